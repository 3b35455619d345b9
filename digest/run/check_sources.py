"""A source that somebody names, read outside of any feed: an address, or a file on this machine."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digest.errors import ExtractFailed, IssueError
from digest.extract.document import DocumentReader
from digest.extract.page_workers import Extractor
from digest.extract.pdf import read_pdf
from digest.model import Document, Entry
from digest.net.address_guard import AddressGuard
from digest.net.http import Client
from digest.net.robots import Robots
from digest.net.workers import processes
from digest.text.decoding import decode
from digest.text.tidy import tidy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.config.schema import Config
    from digest.extract.page import Page
    from digest.model import Basis

MOST_BYTES = 20_000_000
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)


class _Nowhere:
    """No robots.txt is kept."""

    def get(self, origin: str) -> None:
        """None is there."""

    def put(self, origin: str, text: str, fetched_at: datetime) -> None:
        """None is kept."""


def read_source(source: str, config: Config, now: datetime) -> Document:
    """The document at an address, or in a file: a page, a PDF or text. Raises IssueError when it
    cannot be read.
    """
    with Extractor(lambda: processes(1)) as extractor:
        if source.startswith(("http://", "https://")):
            return _fetched(source, config, extractor, now)
        return _from_file(Path(source), extractor, now)


def _fetched(url: str, config: Config, extractor: Extractor, now: datetime) -> Document:
    entry = Entry(url, "", url, "", None, now)
    with Client(guard=AddressGuard(config.network.allow), limits=config.limits) as client:
        robots = Robots(client, _Nowhere(), lambda: now)
        most = int(config.limits.page_mb * 1_000_000)
        found = DocumentReader(client, robots, extractor, most, {}, {}).read(entry, now).document
    if found.basis != "article" or not found.text.strip():
        raise IssueError(f"{url}: cannot be read: {found.note or 'the page holds no text'}")
    return found


def _from_file(path: Path, extractor: Extractor, now: datetime) -> Document:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise IssueError(f"{path}: cannot be read: larger than {MOST_BYTES // 10**6} MB")
        body = path.read_bytes()
    except OSError as error:
        raise IssueError(f"{path}: cannot be read: {error.strerror}") from None
    try:
        page = _page(body, path, extractor)
    except ExtractFailed as error:
        raise IssueError(f"{path}: cannot be read: {error.reason}") from None
    text, title = (page.text, page.title) if page else (tidy(decode(body, "text/plain")), "")
    if not text.strip():
        raise IssueError(f"{path}: cannot be read: it holds no text")
    return document_of(str(path), {"title": title, "text": text}, now)


def _page(body: bytes, path: Path, extractor: Extractor) -> Page | None:
    """The page or the PDF that a file holds; None when it is text."""
    if body.startswith(b"%PDF-"):
        return extractor.call(read_pdf, body, "application/pdf", str(path))
    return extractor.read(body, "text/html", str(path)) if _HTML.match(body) else None


def document_of(name: str, row: Mapping[str, str], now: datetime) -> Document:
    """A document of a text that was handed over: `title`, `text`, and where known `basis` and
    `published` (ISO 8601). Raises ValueError for a basis or a time that is none.
    """
    basis = _basis(row.get("basis") or "article")
    published = _moment(row["published"]) if row.get("published") else None
    return Document(
        entry_id=name,
        url=name,
        feed_url="",
        kind="podcast" if basis in {"transcript", "show-notes"} else "news",
        title=row.get("title") or "",
        publisher="",
        published=published,
        when=published or now,
        basis=basis,
        text=row["text"],
    )


def _basis(value: str) -> Basis:
    known: dict[str, Basis] = {
        "article": "article",
        "transcript": "transcript",
        "show-notes": "show-notes",
        "feed-text": "feed-text",
    }
    if value not in known:
        raise ValueError(f"basis '{value[:40]}' is none of {', '.join(known)}")
    return known[value]


def _moment(value: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(f"published '{value[:40]}' is no date such as 2026-02-05") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
