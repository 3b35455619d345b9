"""From an entry and what its page gave to a document: which text is used, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from digest.errors import ExtractFailed, FetchFailed
from digest.extract.language import language_of
from digest.extract.page import Page, tidy
from digest.model import Basis, Document, Entry
from digest.store.documents import Reading

if TYPE_CHECKING:
    from digest.extract.workers import Extractor
    from digest.fetch.http import Client
    from digest.fetch.robots import Robots

PAGE_TYPES = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"
TRY_AGAIN = timedelta(hours=2)
_PASSING = {408, 425, 429, 500, 502, 503, 504}
_WORD = re.compile(r"\w+")
THIN_WORDS = 25  # below this a page holds no article
SHORT_WORDS = 60  # below this it must at least be about what the feed says


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading needs from outside."""

    client: Client
    robots: Robots
    extractor: Extractor
    max_bytes: int
    feed_titles: dict[str, str]
    user_agents: dict[str, str]

    def read(self, entry: Entry, now: datetime) -> Reading:
        """The document of one entry. Trouble with its page is recorded in the document, never raised."""
        publisher = self.feed_titles.get(entry.feed_url, "")
        if entry.kind == "podcast":
            return Reading(document(entry, None, publisher, ""))
        try:
            page = self._page(entry)
        except FetchFailed as error:
            passing = error.status is None and not error.reason.startswith(("refused", "only http"))
            retry = now + TRY_AGAIN if passing or error.status in _PASSING else None
            return Reading(document(entry, None, publisher, error.reason), retry)
        except ExtractFailed as error:
            return Reading(document(entry, None, publisher, error.reason))
        return Reading(document(entry, page, publisher, ""))

    def _page(self, entry: Entry) -> Page:
        refusal = self.robots.refusal(entry.url)
        if refusal:
            raise FetchFailed(entry.url, refusal)
        agent = self.user_agents.get(entry.feed_url) or None
        response = self.client.get(entry.url, accept=PAGE_TYPES, max_bytes=self.max_bytes, user_agent=agent)
        kind = response.headers.get("content-type", "")
        if kind and not re.match(r"\s*(text/|application/(xhtml|xml))", kind, re.IGNORECASE):
            raise ExtractFailed(entry.url, f"not a web page but {kind.split(';')[0].strip()[:40]}")
        return self.extractor.read(response.body, kind, response.final_url)


def document(entry: Entry, page: Page | None, feed_title: str, trouble: str) -> Document:
    """Choose between the page's text and the feed's own. Pure.

    `trouble` says why there is no page; `feed_title` names the publisher where the page does not.
    """
    feed_text = tidy(entry.text)
    text, basis, note = feed_text, _feed_basis(entry), trouble
    if page is not None:
        note = _lacks(page.text, feed_text)
        if not note:
            text, basis = page.text, "article"
    declared = (page.language if page and basis == "article" else "") or entry.language
    return Document(
        entry_id=entry.id,
        url=entry.url,
        feed_url=entry.feed_url,
        kind=entry.kind,
        title=" ".join(tidy(entry.title).split()) or (page.title if page else ""),
        publisher=_publisher(page, feed_title),
        published=entry.published,
        when=entry.when,
        basis=basis,
        text=text,
        language=language_of(f"{entry.title}\n{text}", declared),
        author=(page.author if page else "") or entry.author,
        canonical_url=page.canonical_url if page else "",
        note=note,
    )


def _feed_basis(entry: Entry) -> Basis:
    return "show-notes" if entry.kind == "podcast" else "feed-text"


def _lacks(text: str, feed_text: str) -> str:
    """What a page's text lacks to count as the article; "" when it counts. Walls and shells are short and about something else."""
    words = _WORD.findall(text.casefold())
    promised = set(_WORD.findall(feed_text.casefold()))
    if len(words) >= SHORT_WORDS or (not promised and len(words) >= THIN_WORDS):
        return ""
    if len(words) < THIN_WORDS and len(words) <= len(_WORD.findall(feed_text)):
        return f"the page holds no article ({len(words)} words)"
    shared = len(promised & set(words)) / len(promised) if promised else 0.0
    return "" if shared >= 0.5 else f"the page holds something else than the feed promised ({len(words)} words)"


def _publisher(page: Page | None, feed_title: str) -> str:
    """The page's own name for its site, unless it is no name: a host, a slogan, or nothing."""
    named = page.publisher.strip("@ ") if page else ""
    return named if 1 < len(named) <= 50 else feed_title or named[:50]
