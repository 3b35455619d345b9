"""How headers are set: as Python's email package does it, but for those that only programs read."""

from __future__ import annotations

from email.policy import EmailPolicy
from typing import Any


class NewsletterPolicy(EmailPolicy):
    """Leaves List-* headers and the Message-ID on one line.

    The standard library encodes a URL that is longer than a line (RFC 2047), after which no mail
    program knows the header any more (CPython issue 85725). Values are ASCII, below 998 octets.
    """

    def _fold(self, name: str, value: Any, refold_binary: bool = False) -> str:
        if name.lower().startswith(("list-", "message-id")):
            return f"{name}: {value}{self.linesep}"
        return super()._fold(name, value, refold_binary)  # type: ignore[misc, no-any-return]


# 76, because the package makes lines of quoted-printable as long as those of headers, and RFC 2045
# allows no more.
POLICY = NewsletterPolicy(linesep="\r\n", cte_type="7bit", max_line_length=76)
