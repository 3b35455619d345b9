"""Issues that were taken down: what stands at their addresses, and what lists and feeds say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.config.templates import fill_in
from digest.render.publication import address, direction
from digest.render.web_page import look
from digest.text.own_words import named, own_words
from digest.text.reader_dates import plain_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from jinja2 import Environment

    from digest.config.schema import Newsletter


@dataclass(frozen=True, slots=True)
class WithdrawnIssue:
    """An issue that was taken down. Of what it said nothing is left."""

    id: str
    edition: str
    date: date
    reason: str
    at: datetime
    newsletter: Newsletter

    @property
    def title(self) -> str:
        """What stands in its place in lists and feeds."""
        language = self.newsletter.language
        return own_words(language).gettext("Withdrawn: %(edition)s, %(day)s") % {
            "edition": named(self.edition.capitalize(), language),
            "day": plain_day(self.date, language),
        }

    @property
    def notice(self) -> str:
        """What readers are told, in plain text."""
        language = self.newsletter.language
        on = plain_day(self.at.astimezone(self.newsletter.zone).date(), language)
        return own_words(language).gettext("This issue was withdrawn on %(day)s: %(reason)s") % {
            "day": on,
            "reason": self.reason,
        }

    @property
    def url(self) -> str:
        """Where its page was."""
        return address(self.newsletter, f"issues/{self.id}/")


def withdrawn_pages(
    gone: Sequence[WithdrawnIssue], newsletter: Newsletter, env: Environment
) -> dict[str, str]:
    """A notice at the address of each, by its path in the archive, and for web servers the list of
    addresses that are to be answered 410 (Gone).
    """
    if not gone:
        return {}
    root = urlsplit(newsletter.url or "").path.rstrip("/")
    values = {"newsletter": newsletter, "direction": direction(newsletter), "root": "../../"}
    pages = {
        f"issues/{one.id}/index.html": fill_in(
            env, "site_withdrawn.html.j2", issue=one, **values, **look(env)
        )
        for one in gone
    }
    return pages | {GONE: "".join(f"{root}/issues/{one.id}/ 410;\n" for one in gone)}


GONE = "gone.map"  # as a `map` of nginx includes it
