"""Migrations that SQL alone cannot make: what is stored is read, changed and written back, in the
migration's transaction.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from digest.model import Document
from digest.store.column_values import chapters, marks
from digest.store.document_texts import said_json, texts_of
from digest.text.decoding import tidy

if TYPE_CHECKING:
    import sqlite3


def store_disarmed(db: sqlite3.Connection) -> None:
    """Documents were stored as they were found, and disarmed whenever they were read. Now what is
    read is stored, and what was found beside it.
    """
    from digest.extract.hostile import disarmed

    db.execute("ALTER TABLE documents ADD COLUMN notes TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE documents ADD COLUMN said TEXT")
    rows = db.execute(
        """SELECT documents.*, entries.text AS entry_text FROM documents JOIN entries ON entries.id = entry_id
           WHERE armed OR basis = 'transcript'"""
    )
    for row in rows.fetchall():
        found = _found(row)
        document = disarmed(found) if row["armed"] else found
        read = {**texts_of(document), "said": said_json(document, found)}
        assignments = ", ".join(f"{column} = :{column}" for column in read)
        db.execute(
            f"UPDATE documents SET {assignments} WHERE entry_id = :entry_id",  # noqa: S608  # our own names
            {**read, "entry_id": row["entry_id"]},
        )
    db.execute("ALTER TABLE documents DROP COLUMN armed")


def _found(row: sqlite3.Row) -> Document:
    """The texts of a document as it was stored; what else a document has plays no part."""
    return Document(
        entry_id=row["entry_id"],
        url="",
        feed_url="",
        kind="news",
        title=row["title"],
        publisher=row["publisher"],
        published=None,
        when=datetime.min.replace(tzinfo=UTC),
        basis=row["basis"],
        text=row["text"],
        author=row["author"],
        marks=marks(row["marks"]),
        chapters=chapters(row["chapters"]),
        notes=tidy(row["entry_text"]) if row["basis"] == "transcript" else "",
    )
