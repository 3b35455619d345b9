"""From an episode to what is said in it: the transcripts that its feed names, one that its page
links to or holds, else its show notes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from digest.errors import ExtractFailed, FetchFailed
from digest.text.decoding import decode
from digest.text.language import language_of
from digest.transcript.chapters import as_notes, chapters_in, read_chapters
from digest.transcript.formats import NoTranscriptError, parse_text, read
from digest.transcript.html_transcripts import contained, linked
from digest.transcript.preference import ACCEPT, lacks, ranked
from digest.transcript.turns import Spoken, spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.extract.page_workers import Extractor
    from digest.model import Chapter, Document, Entry
    from digest.net.http import Response

    Fetch = Callable[[str, str], Response]  # an address and what to accept; raises FetchFailed

T = TypeVar("T")
PAGE_TYPES = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"
CHAPTER_TYPES = "application/json+chapters,application/json;q=0.9,*/*;q=0.1"
NONE_PUBLISHED = "no transcript published"
MOST_TRIED = 3  # of the transcripts that a feed or a page names
_NO_TEXT = re.compile(r"\s*(?:audio|video|image|font)/", re.IGNORECASE)
_RECORDING = re.compile(r"\.(?:mp3|m4a|mp4|m4v|aac|ogg|oga|opus|wav|flac|mov|webm)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageTalk:
    """What an episode's page has: the transcript that it holds, or None, and where its links to one
    lead.
    """

    spoken: Spoken | None = None
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """What there is to read of an episode. Without `spoken`, `trouble` says why, and `failed` what
    could not be fetched on the way.
    """

    spoken: Spoken | None
    language: str = ""  # as declared
    trouble: str = ""
    failed: FetchFailed | None = None


def hear(entry: Entry, page_url: str, fetch: Fetch, extractor: Extractor) -> Heard:
    """The best transcript that can be had: one that the feed names, one that the episode's page
    holds, one that it links to. `page_url` is "" where it has no page of its own.
    """
    search = _Search(fetch, extractor, entry.seconds)
    for link in ranked(entry.transcripts, entry.language)[:MOST_TRIED]:
        found = search.file(link.url)
        if found:
            return Heard(found, link.language or entry.language)
    page = search.page(page_url)
    if page.spoken:
        return Heard(page.spoken, entry.language)
    for url in page.links[:MOST_TRIED]:
        found = search.file(url)
        if found:
            return Heard(found, entry.language)
    return search.in_vain()


def chapters_of(entry: Entry, fetch: Fetch) -> tuple[Chapter, ...]:
    """The episode's chapters: of the file that its feed names, else those that its show notes
    list.
    """
    if entry.chapters_url:
        try:
            response = fetch(entry.chapters_url, CHAPTER_TYPES)
        except FetchFailed:
            return chapters_in(entry.text)
        return read_chapters(
            response.body, response.headers.get("content-type", "")
        ) or chapters_in(entry.text)
    return chapters_in(entry.text)


def with_talk(notes: Document, heard: Heard, chapters: tuple[Chapter, ...]) -> Document:
    """The document of an episode, from the one that its show notes make: the transcript instead, or
    the notes with their chapters.
    """
    notes = replace(notes, chapters=chapters)
    if heard.spoken is not None:
        text = heard.spoken.text
        language = language_of(text, heard.language)
        return replace(
            notes,
            basis="transcript",
            text=text,
            marks=heard.spoken.marks,
            language=language,
            note="",
            notes=notes.text,
        )
    listed = "" if chapters_in(notes.text) else as_notes(chapters)
    return replace(notes, text="\n".join(filter(None, (notes.text, listed))), note=heard.trouble)


class _Search:
    """One episode's search, and what went wrong in it."""

    def __init__(self, fetch: Fetch, extractor: Extractor, seconds: float | None) -> None:
        self._fetch, self._extractor, self._seconds = fetch, extractor, seconds
        self._troubles: list[FetchFailed | ExtractFailed] = []

    def file(self, url: str) -> Spoken | None:
        """The transcript in a file."""
        try:
            reading = partial(talk_in_file, seconds=self._seconds)
            return self._read(reading, url, ACCEPT)
        except (FetchFailed, ExtractFailed) as trouble:
            self._troubles.append(trouble)
            return None

    def page(self, url: str) -> PageTalk:
        """What the episode's page has."""
        if not url or _RECORDING.search(url.partition("?")[0]):
            return PageTalk()
        try:
            return self._read(talk_on_page, url, PAGE_TYPES)
        except (FetchFailed, ExtractFailed) as trouble:
            self._troubles.append(trouble)
            return PageTalk()

    def in_vain(self) -> Heard:
        """Nothing was found, and why: the first trouble is that of the best source."""
        failed = next(
            (trouble for trouble in self._troubles if isinstance(trouble, FetchFailed)), None
        )
        return Heard(
            None,
            trouble=(
                f"no transcript: {self._troubles[0].reason}" if self._troubles else NONE_PUBLISHED
            ),
            failed=failed,
        )

    def _read(self, reading: Callable[[bytes, str, str], T], url: str, accept: str) -> T:
        response = self._fetch(url, accept)
        kind = response.headers.get("content-type", "")
        if _NO_TEXT.match(kind):
            raise ExtractFailed(url, f"not text but {kind.partition(';')[0].strip()[:40]}")
        return self._extractor.call(reading, response.body, kind, response.final_url)


def talk_in_file(
    body: bytes, content_type: str, url: str, *, seconds: float | None = None
) -> Spoken:
    """What is said in the transcript file of an episode of that many seconds. Raises ExtractFailed
    for one that cannot be read as one. Run in a worker.
    """
    try:
        found = spoken(read(body, content_type, seconds))
    except NoTranscriptError as error:
        raise ExtractFailed(url, f"in its place is {error}") from None
    lack = lacks(found)
    if lack:
        raise ExtractFailed(url, lack)
    return found


def talk_on_page(body: bytes, content_type: str, url: str) -> PageTalk:
    """What an episode's page has. Run in a worker."""
    html = decode(body, content_type)
    found = spoken(parse_text(contained(html)))
    return PageTalk(None if lacks(found) else found, linked(html, url))
