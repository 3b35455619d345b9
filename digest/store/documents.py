"""Documents: what was read for each entry, kept once and read again only when the entry changed or
a passing trouble may be over.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from digest.model import Basis, Document, Entry
from digest.net.urls import host_of
from digest.store.column_values import (
    chapters,
    links,
    marks,
    maybe_moment,
    maybe_stamp,
    moment,
    stamp,
)
from digest.store.document_texts import said_json, texts_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

    from digest.extract.document import Extracted

_COLUMNS = """entries.id, entries.url, entries.feed_url, entries.kind, entries.published, entries.first_seen,
              entries.enclosure, entries.day,
              documents.title AS document_title, documents.publisher, documents.basis, documents.text AS document_text,
              documents.language AS document_language, documents.author AS document_author, documents.canonical_url, documents.note, documents.dek,
              documents.marks, documents.chapters, documents.published AS document_published, documents.notes"""

LONGEST_WAIT = timedelta(
    days=1
)  # a time further off than any that is set comes from a clock that jumped


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document that was read from a page, as cleaning sees it: its text beside what the feed said
    of it.
    """

    entry_id: str
    title: str  # the feed's
    feed_text: str
    text: str
    note: str
    settled: bool


def fingerprint(entry: Entry) -> str:
    """Changes when the feed changes what the document would be read from."""
    files = [link.url for link in entry.transcripts]
    text = "\x1f".join((entry.url, entry.title, entry.text, *files, entry.chapters_url))
    return hashlib.blake2s(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def save(db: sqlite3.Connection, entry: Entry, reading: Extracted, now: datetime) -> None:
    """Keep what was read for an entry, in place of what was read before."""
    document = reading.document
    row = {
        "entry_id": entry.id,
        **texts_of(document),
        "dek": document.dek,
        "said": said_json(document, reading.said),
        "basis": document.basis,
        "language": document.language,
        "canonical_url": document.canonical_url,
        "note": document.note,
        "published": maybe_stamp(document.published),
        "site": host_of(document.canonical_url or document.url).removeprefix("www."),
        "read_at": stamp(now),
        "retry_at": maybe_stamp(reading.retry_at),
        "fingerprint": fingerprint(entry),
    }
    places = ", ".join(f":{column}" for column in row)
    db.execute(
        f"INSERT OR REPLACE INTO documents ({', '.join(row)}) VALUES ({places})",  # noqa: S608  # our own names
        row,
    )


def annotate(db: sqlite3.Connection, entry_id: str, note: str) -> None:
    """Say anew why a document is not a better one."""
    db.execute("UPDATE documents SET note = ? WHERE entry_id = ?", (note, entry_id))


def missing(db: sqlite3.Connection, entries: Iterable[Entry], now: datetime) -> tuple[Entry, ...]:
    """The entries that have yet to be read: never read, changed since, or due for another try."""
    rows = db.execute("SELECT entry_id, fingerprint, retry_at FROM documents")
    known = {row["entry_id"]: (row["fingerprint"], maybe_moment(row["retry_at"])) for row in rows}

    def due(entry: Entry) -> bool:
        print_, retry_at = known.get(entry.id, ("", None))
        return print_ != fingerprint(entry) or (
            retry_at is not None and not now < retry_at <= now + LONGEST_WAIT
        )

    return tuple(entry for entry in entries if due(entry))


def of(db: sqlite3.Connection, entry_ids: Iterable[str]) -> dict[str, Document]:
    """Documents by entry id; entries that have none are left out."""
    found: dict[str, Document] = {}
    for entry_id in entry_ids:
        row = db.execute(
            f"SELECT {_COLUMNS} FROM documents JOIN entries ON entries.id = entry_id"  # noqa: S608
            " WHERE entry_id = ?",
            (entry_id,),
        ).fetchone()
        if row:
            found[entry_id] = _document(row)
    return found


def at(db: sqlite3.Connection, url: str) -> tuple[Document, ...]:
    """The documents of the entries with this address, the earliest seen first."""
    rows = db.execute(
        f"""SELECT {_COLUMNS} FROM documents JOIN entries ON entries.id = entry_id
            WHERE entries.url = ? ORDER BY first_seen, id""",  # noqa: S608  # our own text
        (url,),
    )
    return tuple(_document(row) for row in rows)


def read_at(db: sqlite3.Connection, entry_id: str) -> datetime | None:
    """When an entry's document was read, None when it was not."""
    row = db.execute("SELECT read_at FROM documents WHERE entry_id = ?", (entry_id,)).fetchone()
    return moment(row["read_at"]) if row else None


def disarmed(db: sqlite3.Connection, entry_id: str) -> tuple[str, ...]:
    """Which texts of an entry's document are not as they were found, because they spoke to a
    machine.
    """
    row = db.execute("SELECT said FROM documents WHERE entry_id = ?", (entry_id,)).fetchone()
    return tuple(json.loads(row["said"])) if row and row["said"] else ()


def unsettled_sites(db: sqlite3.Connection) -> tuple[str, ...]:
    """The sites of articles that have not been cleaned yet."""
    rows = db.execute(
        "SELECT DISTINCT site FROM documents WHERE settled = 0 AND basis = 'article' ORDER BY site"
    )
    return tuple(row["site"] for row in rows)


def sheets(db: sqlite3.Connection, site: str, earlier: int) -> tuple[Sheet, ...]:
    """A site's articles that have not been cleaned yet, and the latest `earlier` of those that
    have.
    """
    rows = db.execute(
        """SELECT entry_id, entries.title, entries.text AS feed_text, documents.text, note, settled,
                  row_number() OVER (PARTITION BY settled ORDER BY coalesce(entries.published, first_seen) DESC, entry_id) AS place
           FROM documents JOIN entries ON entries.id = entry_id WHERE site = ? AND basis = 'article' ORDER BY settled, place""",
        (site,),
    )
    return tuple(
        Sheet(
            row["entry_id"],
            row["title"],
            row["feed_text"],
            row["text"],
            row["note"],
            bool(row["settled"]),
        )
        for row in rows
        if not row["settled"] or row["place"] <= earlier
    )


def settle(db: sqlite3.Connection, entry_id: str, text: str, basis: Basis, note: str) -> None:
    """Keep a document as it is from now on."""
    db.execute(
        "UPDATE documents SET text = ?, basis = ?, note = ?, settled = 1 WHERE entry_id = ?",
        (text, basis, note, entry_id),
    )


def _document(row: sqlite3.Row) -> Document:
    published = maybe_moment(row["published"]) or maybe_moment(
        row["document_published"]
    )  # the feed may have corrected its own
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
        audio_url=next((link.url for link in links(row["enclosure"])), ""),
        marks=marks(row["marks"]),
        chapters=chapters(row["chapters"]),
        notes=row["notes"],
        day=date.fromisoformat(row["day"]) if row["day"] else None,
        dek=row["dek"] if row["dek"] in row["document_text"] else "",  # cleaning may have taken it
    )
