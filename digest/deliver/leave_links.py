"""The ways to leave that a message names: an address of the web, and one of mail (RFC 2369, RFC
8058).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from digest.deliver.leave_tokens import LENGTH, PLACEHOLDER

WORD = "leave"
_SUBJECT = re.compile(rf"\b{WORD}[ +_]([a-z0-9-]{{1,40}})[ +_]([A-Za-z0-9_-]{{{LENGTH}}})(?![\w-])")


@dataclass(frozen=True, slots=True)
class LeaveWays:
    """Where readers leave an edition: `lists_url` is where `digest serve-lists` is reached,
    `lists_mail` who reads requests by mail; "" for a way that there is not.
    """

    edition: str
    lists_url: str = ""
    lists_mail: str = ""

    def __bool__(self) -> bool:
        return bool(self.lists_url or self.lists_mail)

    def url(self, token: str) -> str:
        """The reader's own page, where one click is enough; "" when there is no server."""
        return f"{self.lists_url.rstrip('/')}/u/{self.edition}/{token}" if self.lists_url else ""

    def mailto(self, token: str) -> str:
        """A message that says who leaves what; "" when nobody reads it."""
        subject = quote(f"{WORD} {self.edition} {token}")
        return f"mailto:{self.lists_mail}?subject={subject}" if self.lists_mail else ""

    def link(self) -> str:
        """What an issue's mail holds for each reader's own link."""
        return self.url(PLACEHOLDER) or self.mailto(PLACEHOLDER)

    def headers(self, token: str) -> dict[str, str]:
        """The headers by which mail programs offer to leave."""
        ways = [f"<{way}>" for way in (self.url(token), self.mailto(token)) if way]
        if not ways:
            return {}
        one_click = {"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        return {"List-Unsubscribe": ", ".join(ways), **(one_click if self.lists_url else {})}


def asked_to_leave(subject: str) -> tuple[str, str] | None:
    """Edition and token that a mail's subject names, None when it names none."""
    found = _SUBJECT.search(subject)
    return (found[1], found[2]) if found else None
