"""Documents: what was read for each entry, kept once and read again only when the entry changed or a passing trouble may be over."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.model import Document, Entry
from digest.store.values import maybe_moment, maybe_stamp, moment, stamp

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

_COLUMNS = """entries.id, entries.url, entries.feed_url, entries.kind, entries.published, entries.first_seen,
              documents.title AS document_title, documents.publisher, documents.basis, documents.text AS document_text,
              documents.language AS document_language, documents.author AS document_author, documents.canonical_url, documents.note"""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and, when its page could not be had for a passing reason, when to try again."""

    document: Document
    retry_at: datetime | None = None


def fingerprint(entry: Entry) -> str:
    """Changes when the feed changes what the document would be read from."""
    text = "\x1f".join((entry.url, entry.title, entry.text))
    return hashlib.blake2s(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def save(db: sqlite3.Connection, entry: Entry, reading: Reading, now: datetime) -> None:
    """Keep what was read for an entry, in place of what was read before."""
    document = reading.document
    db.execute(
        """INSERT OR REPLACE INTO documents
               (entry_id, title, publisher, basis, text, language, author, canonical_url, note, read_at, retry_at, fingerprint)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            entry.id, document.title, document.publisher, document.basis, document.text, document.language, document.author,
            document.canonical_url, document.note, stamp(now), maybe_stamp(reading.retry_at), fingerprint(entry),
        ),
    )  # fmt: skip


def missing(db: sqlite3.Connection, entries: Iterable[Entry], now: datetime) -> tuple[Entry, ...]:
    """The entries that have yet to be read: never read, changed since, or due for another try."""
    rows = db.execute("SELECT entry_id, fingerprint, retry_at FROM documents")
    known = {row["entry_id"]: (row["fingerprint"], maybe_moment(row["retry_at"])) for row in rows}

    def due(entry: Entry) -> bool:
        print_, retry_at = known.get(entry.id, ("", None))
        return print_ != fingerprint(entry) or (retry_at is not None and retry_at <= now)

    return tuple(entry for entry in entries if due(entry))


def of(db: sqlite3.Connection, entry_ids: Iterable[str]) -> dict[str, Document]:
    """Documents by entry id; entries that have none are left out."""
    found: dict[str, Document] = {}
    for entry_id in entry_ids:
        row = db.execute(
            f"SELECT {_COLUMNS} FROM documents JOIN entries ON entries.id = entry_id WHERE entry_id = ?",  # noqa: S608  # our own text
            (entry_id,),
        ).fetchone()
        if row:
            found[entry_id] = _document(row)
    return found


def by_url(db: sqlite3.Connection, url: str) -> tuple[Document, datetime] | None:
    """The document of the entry with this address and when it was read."""
    row = db.execute(
        f"""SELECT {_COLUMNS}, read_at FROM documents JOIN entries ON entries.id = entry_id
            WHERE entries.url = ? ORDER BY first_seen, id LIMIT 1""",  # noqa: S608  # our own text
        (url,),
    ).fetchone()
    return (_document(row), moment(row["read_at"])) if row else None


def _document(row: sqlite3.Row) -> Document:
    published = maybe_moment(row["published"])
    return Document(
        entry_id=row["id"],
        url=row["url"],
        feed_url=row["feed_url"],
        kind=row["kind"],
        title=row["document_title"],
        publisher=row["publisher"],
        published=published,
        when=published or moment(row["first_seen"]),
        basis=row["basis"],
        text=row["document_text"],
        language=row["document_language"],
        author=row["document_author"],
        canonical_url=row["canonical_url"],
        note=row["note"],
    )
