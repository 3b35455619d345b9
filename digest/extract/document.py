"""From an entry and what its page gave to a document: which text is used, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from digest.errors import ExtractFailed, FetchFailed, NotReached
from digest.extract.consent_and_pay_walls import lacks
from digest.extract.dek import dek_of, standfirst, with_dek
from digest.extract.episode import PAGE_TYPES, chapters_of, hear, with_talk
from digest.extract.metadata import clean_authors
from digest.extract.multi_page import MAX_PARTS
from digest.extract.page import MAX_TEXT, SENDS_ON, Page, read_page
from digest.extract.page_or_feed import published_of, publisher_of, title_of
from digest.extract.page_section import read_section
from digest.extract.pdf import read_pdf
from digest.extract.plain_page import is_plain, read_plain
from digest.extract.release_titles import is_version, project_of
from digest.model import Basis, Document, Entry
from digest.net.refresh_and_wrapped_links import MOST, wrapped_in
from digest.net.urls import host_of, page_of
from digest.text.language import language_of
from digest.text.tidy import tidy

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.extract.page_workers import Extractor
    from digest.net.http import Client, Response
    from digest.net.robots import Permission

TRY_AGAIN = timedelta(hours=2)
_LASTING = (
    "refused",
    "only http",
    "this is no",
    "redirected to no",
    "redirect loop",
    "the URL",
    "larger than",
    "more than",
)
_PASSING = {408, 425, 429, 500, 502, 503, 504}
_PDF = re.compile(r"\s*application/(?:x-)?pdf", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_HTML = re.compile(r"\s*(?:text/|application/(?:xhtml|xml))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document as everybody reads it and, when its page could not be had for a passing reason,
    when to try again. `said` is the document as it was found, None where nothing in it spoke to a
    machine.
    """

    document: Document
    retry_at: datetime | None = None
    said: Document | None = None


@dataclass(frozen=True, slots=True)
class DocumentReader:
    """What reading needs from outside."""

    client: Client
    robots: Permission
    extractor: Extractor
    max_bytes: int
    feed_titles: dict[str, str]
    user_agents: dict[str, str]
    shared: frozenset[str] = frozenset()  # pages that hold several entries
    # what was found at pages that several entries lead to, each asked for once; entries of one host
    # are read one after the other
    repeated: frozenset[str] = frozenset()
    kept: dict[str, Response | FetchFailed] = field(default_factory=dict)

    def read(self, entry: Entry, now: datetime) -> Extracted:
        """The document of one entry, disarmed. Trouble with its page is recorded in the document,
        never raised.
        """
        found = self._read(entry, now)
        return guarded(found, self.extractor.disarmed)

    def _read(self, entry: Entry, now: datetime) -> Extracted:
        publisher = self.feed_titles.get(entry.feed_url, "")
        if entry.kind == "podcast":
            return self._listen(entry, publisher, now)
        try:
            page = self._page(entry)
        except FetchFailed as error:
            return Extracted(document(entry, None, publisher, error.reason), retry_at(error, now))
        except ExtractFailed as error:
            return Extracted(document(entry, None, publisher, error.reason))
        return Extracted(document(entry, page, publisher, ""))

    def _listen(self, entry: Entry, publisher: str, now: datetime) -> Extracted:
        def fetch(url: str, accept: str) -> Response:
            return self._get(url, accept, entry)

        page_url = "" if page_of(entry.url) in self.shared else entry.page_url
        heard = hear(entry, page_url, fetch, self.extractor)
        read = with_talk(document(entry, None, publisher, ""), heard, chapters_of(entry, fetch))
        return Extracted(read, retry_at(heard.failed, now) if heard.failed else None)

    def _page(self, entry: Entry) -> Page:
        if not entry.page_url:
            raise ExtractFailed(entry.url, "the feed gives no link")
        url = page_of(entry.page_url)
        try:
            page = self._sent_on(self._open(url, entry), entry)
        except (FetchFailed, ExtractFailed):
            onward = wrapped_in(url)
            if not onward:
                raise
            page = self._sent_on(self._open(onward, entry), entry)
        return page if self._part(entry) else self._whole(self._usual(page, entry), entry)

    def _open(self, url: str, entry: Entry) -> Page:
        """What stands at an address, or the entry's own part of it. Raises ExtractFailed for what is
        neither a page nor a PDF.
        """
        response = self._once(url, entry)
        kind = response.headers.get("content-type", "")
        if _PDF.match(kind) or response.body.startswith(b"%PDF-"):
            return self.extractor.call(read_pdf, response.body, kind, response.final_url)
        if (
            kind and not _HTML.match(kind) and not _LOOKS_LIKE_HTML.match(response.body)
        ):  # pages go out under strange names
            raise ExtractFailed(entry.url, f"not a web page but {kind.split(';')[0].strip()[:40]}")
        reading = self._part(entry) or read_page
        if is_plain(response.body, kind):
            reading = partial(read_plain, reading=reading)
        return self.extractor.call(reading, response.body, kind, response.final_url)

    def _sent_on(self, page: Page, entry: Entry) -> Page:
        """The page that one which says nothing sends to, by refresh or by the address that it
        carries. Raises FetchFailed and ExtractFailed, which say that.
        """
        for _ in range(MOST):
            onward = page.sends_to or (wrapped_in(page.url) if len(page.text) < SENDS_ON else "")
            if not onward:
                break
            try:
                page = self._open(onward, entry)
            except (FetchFailed, ExtractFailed) as error:
                error.reason += f" at {host_of(onward)}, where the page only sends on to"
                raise
        return page

    def _part(self, entry: Entry) -> Callable[[bytes, str, str], Page] | None:
        """How to read the entry's own part of a page; None where all of the page may be its own."""
        anchor, several = entry.url.partition("#")[2], page_of(entry.url) in self.shared
        if not anchor and not several:
            return None
        return partial(read_section, anchor=anchor, title=entry.title, only=several)

    def _once(self, url: str, entry: Entry) -> Response:
        """What is found at a page, asked for once though several entries lead there."""
        if url not in self.repeated:
            return self._get(url, PAGE_TYPES, entry)
        if url not in self.kept:
            try:
                self.kept[url] = self._get(url, PAGE_TYPES, entry)
            except FetchFailed as error:
                self.kept[url] = error
        found = self.kept[url]
        if isinstance(found, FetchFailed):
            raise found
        return found

    def _usual(self, page: Page, entry: Entry) -> Page:
        """In place of an AMP or print version the page that everybody sees, unless that cannot be
        had or holds much less.
        """
        if not page.usual_url:
            return page
        try:
            usual = self._further(page.usual_url, entry)
        except (FetchFailed, ExtractFailed):
            return page
        return usual if 2 * len(usual.text) >= len(page.text) else page

    def _whole(self, page: Page, entry: Entry) -> Page:
        """A page with the article's further parts. One that cannot be had ends it: what is there is
        still the article's beginning.
        """
        texts, part = [page.text], page
        while part.next_url and len(texts) < MAX_PARTS:
            try:
                part = self._further(part.next_url, entry)
            except (FetchFailed, ExtractFailed):
                break
            if not part.text or part.text in texts:
                break
            texts.append(part.text)
        return replace(page, text="\n".join(texts)[:MAX_TEXT])

    def _further(self, url: str, entry: Entry) -> Page:
        """A page that another one leads to. What it leads to itself is for the caller to follow, or
        not.
        """
        response = self._get(url, PAGE_TYPES, entry)
        return self.extractor.read(
            response.body, response.headers.get("content-type", ""), response.final_url
        )

    def _get(self, url: str, accept: str, entry: Entry) -> Response:
        refusal = self.robots.refusal(url)
        if refusal:
            raise FetchFailed(url, refusal)
        return self.client.get(
            url,
            accept=accept,
            max_bytes=self.max_bytes,
            user_agent=self.user_agents.get(entry.feed_url) or None,
        )


def guarded(found: Extracted, disarm: Callable[[Document], Document]) -> Extracted:
    """What was found, as it may be read, beside what it was where that differs."""
    document = disarm(found.document)
    said = found.document if document != found.document else None
    return replace(found, document=document, said=said)


def retry_at(error: FetchFailed, now: datetime) -> datetime | None:
    """When to try again after a passing trouble; None after a lasting one."""
    if isinstance(error, NotReached):
        return now  # this run had no time for it, the next one may
    passing = error.status is None and not error.reason.startswith(_LASTING)
    return now + TRY_AGAIN if passing or error.status in _PASSING else None


def document(entry: Entry, page: Page | None, feed_title: str, trouble: str) -> Document:
    """Choose between the page's text and the feed's own. Pure.

    `trouble` says why there is no page; `feed_title` names the publisher where the page does not.
    """
    feed_text = tidy(entry.text)
    text, basis, note = feed_text, _feed_basis(entry), trouble
    if page is not None:
        note = lacks(page, entry.title, feed_text)
        if not note:
            text, basis = page.text, "article"
    publisher = publisher_of(page, feed_title, entry.publisher)
    title = title_of(entry.title, page.title if page and basis == "article" else "", publisher)
    project = project_of(feed_title, entry.url) if is_version(title) else ""
    text, dek = _with_dek(page, text, title, feed_text) if basis == "article" else (text, "")
    published = published_of(
        entry.published, page if basis == "article" else None, entry.first_seen
    )
    declared = (page.language if page and basis == "article" else "") or entry.language
    return Document(
        entry_id=entry.id,
        url=entry.url,
        feed_url=entry.feed_url,
        kind=entry.kind,
        title=f"{project} {title}" if project else title,
        publisher=project or publisher,
        published=published,
        when=published or entry.first_seen,
        day=entry.day,
        basis=basis,
        text=text,
        language=language_of(f"{entry.title}\n{text}", declared),
        author=(page.author if page else "") or clean_authors([entry.author]),
        canonical_url=page.canonical_url if page else "",
        note=note,
        dek=dek,
    )


def _with_dek(page: Page | None, text: str, title: str, feed_text: str) -> tuple[str, str]:
    """The article's text with the publisher's own words about it, the feed's before the page's."""
    said = (feed_text, standfirst(title, text), *(page.descriptions if page else ()))
    return with_dek(text, dek_of(said, title, text))


def _feed_basis(entry: Entry) -> Basis:
    return "show-notes" if entry.kind == "podcast" else "feed-text"
