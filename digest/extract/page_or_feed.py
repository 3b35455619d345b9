"""Which text, title and date stand for an entry: the page's or the feed's, and why. Pure."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from digest.extract.consent_and_pay_walls import terms
from digest.extract.metadata import without_site
from digest.text.tidy import one_line

if TYPE_CHECKING:
    from datetime import datetime

    from digest.extract.page import Page

OLDEST = timedelta(
    days=366
)  # a page's date further back says when its template was made, or that this is no news
_GENERIC = frozenset(
    {"", "untitled", "no title", "home", "article", "news", "post", "new post", "link", "blog"}
)


def title_of(told: str, page_title: str, publisher: str) -> str:
    """The feed's title without the site's name, unless it is cut short, shouted or no title, and
    the page has the whole of it.
    """
    told = without_site(one_line(told), publisher)
    if not page_title or told == page_title:
        return told or page_title
    stem = re.sub(r"\s*(?:\u2026|\.\.\.|\[\u2026\])$", "", told)
    cut = stem != told and page_title.casefold().startswith(
        stem.casefold()[: max(1, len(stem) - 1)]
    )
    shouted = (
        told.isupper()
        and len(told) > 12
        and not page_title.isupper()
        and terms(told) == terms(page_title)
    )
    generic = told.casefold() in _GENERIC or told.casefold() == publisher.casefold()
    return page_title if cut or shouted or generic else told


def published_of(told: datetime | None, page: Page | None, first_seen: datetime) -> datetime | None:
    """The feed's date; where it has none the page's, if that lies in the year before the entry was
    first seen.
    """
    if told or page is None or page.published is None:
        return told
    return page.published if first_seen - OLDEST <= page.published <= first_seen else None


def publisher_of(page: Page | None, feed_title: str, source: str = "") -> str:
    """Whose item it is: the `source` from which the feed says that it has it, else the page's own
    name for its site, else the feed's title. A host, a slogan or an address is no name.
    """
    named = page.publisher if page else ""
    return next((name for name in (source, named) if _is_name(name)), feed_title or named[:50])


def _is_name(text: str) -> bool:
    return (
        1 < len(text) <= 50
        and not re.search(r"https?:|/|@", text)
        and any(letter.isalpha() for letter in text)
    )
