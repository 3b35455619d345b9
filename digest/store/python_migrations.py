"""Migrations that SQL alone cannot make: what is stored is read, changed and written back, in the
migration's transaction.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from digest.model import Document
from digest.store.column_values import chapters, marks
from digest.store.document_texts import said_json, texts_of
from digest.text.tidy import tidy

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator


def store_disarmed(db: sqlite3.Connection) -> None:
    """Documents were stored as they were found, and disarmed whenever they were read. Now what is
    read is stored, and what was found beside it.
    """
    db.execute("ALTER TABLE documents ADD COLUMN notes TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE documents ADD COLUMN said TEXT")
    rows = db.execute(
        """SELECT documents.*, entries.text AS entry_text
           FROM documents JOIN entries ON entries.id = entry_id
           WHERE armed OR basis = 'transcript'"""
    )
    for row in rows.fetchall():
        found = _found(row)
        document = _disarmed(found) if row["armed"] else found
        read = {**texts_of(document), "said": said_json(document, found)}
        assignments = ", ".join(f"{column} = :{column}" for column in read)
        db.execute(
            f"UPDATE documents SET {assignments} WHERE entry_id = :entry_id",  # noqa: S608  # our own names
            {**read, "entry_id": row["entry_id"]},
        )
    db.execute("ALTER TABLE documents DROP COLUMN armed")


def _disarmed(found: Document) -> Document:
    from digest.extract.hostile import disarmed  # a state that is new has nothing to disarm

    return disarmed(found)


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


def name_entries(db: sqlite3.Connection) -> None:
    """Insights and issues named documents by their address. Now they name the entry, too; where an
    address was several entries', the one that the quotation or the title is of.
    """
    named = _EntryNames(db)
    for row in db.execute("SELECT entry_id, summariser, position, value FROM insights").fetchall():
        insight = named.insight(json.loads(row["value"]), row["entry_id"])
        db.execute(
            "UPDATE insights SET value = ? WHERE entry_id = ? AND summariser = ? AND position = ?",
            (json.dumps(insight), row["entry_id"], row["summariser"], row["position"]),
        )
    for row in db.execute("SELECT id, facts FROM issues").fetchall():
        facts = named.facts(json.loads(row["facts"]))
        db.execute("UPDATE issues SET facts = ? WHERE id = ?", (json.dumps(facts), row["id"]))


@dataclass(frozen=True, slots=True)
class _EntryNames:
    """The entries of a state, found by what earlier versions knew of them."""

    db: sqlite3.Connection

    def facts(self, facts: dict[str, Any]) -> dict[str, Any]:
        """The facts of an issue."""
        for told in (*facts.get("stories", {}).values(), *facts.get("figures", {}).values()):
            told["sources"] = [self.source(row) for row in told.get("sources", [])]
            if "figure" in told:
                told["figure"]["entry"] = self.quoted(told["figure"], told["figure"]["what"])
        insights = facts.get("insights", {})
        for key, value in insights.items():
            insights[key] = self.insight(value, self.reader_of(key))
        for row in facts.get("left_out", []):
            row["entry"] = self.only(row["entry_url"])
        return facts

    def insight(self, value: dict[str, Any], entry_id: str) -> dict[str, Any]:
        """An insight; `entry_id` is "" where it is not known in whose document it was read."""
        evidence = [
            {**span, "entry": self.quoted(span, span["quote"])} for span in value["evidence"]
        ]
        first = next((span["entry"] for span in evidence if span["entry"]), "")
        return {
            **value,
            "evidence": evidence,
            "entry": entry_id or first or self.only(value["entry_url"]),
        }

    def source(self, row: dict[str, Any]) -> dict[str, Any]:
        """A story's source."""
        found = self.at(row["url"])
        titled = [one for one in found if row["title"] in {one["title"], one["document_title"]}]
        return {**row, "entry": next((one["id"] for one in titled or found[:1]), "")}

    def quoted(self, span: dict[str, Any], text: str) -> str:
        """The entry in whose document a text stands just there."""
        found = self.at(span["entry_url"])
        exact = (one for one in found if _stands_in(one["document_text"], text, span["start"]))
        return next((one["id"] for one in exact), "") or self.only(span["entry_url"])

    def only(self, url: str) -> str:
        """The one entry with this address, "" when there are several or none."""
        found = self.at(url)
        return found[0]["id"] if len(found) == 1 else ""

    def reader_of(self, insight: str) -> str:
        """In whose document an insight was read, "" for a story's text."""
        row = self.db.execute("SELECT entry_id FROM insights WHERE id = ?", (insight,)).fetchone()
        return row["entry_id"] if row else ""

    def at(self, url: str) -> list[sqlite3.Row]:
        """The entries with an address and what was read for them, the earliest seen first."""
        return self.db.execute(
            """SELECT entries.id, entries.title, documents.title AS document_title,
                      documents.text AS document_text
               FROM entries LEFT JOIN documents ON entry_id = entries.id
               WHERE url = ? AND url != '' ORDER BY first_seen, entries.id""",
            (url,),
        ).fetchall()


def _stands_in(document: str | None, text: str, start: int) -> bool:
    return bool(document) and (document or "")[start : start + len(text)] == text


def remember_told(db: sqlite3.Connection) -> None:
    """Stories that issues told were known again by address and title alone. Now each has a
    signature, made of what was read for its sources, as far as that is kept.
    """
    db.execute(
        """CREATE TABLE told (
               issue     TEXT NOT NULL,
               story     TEXT NOT NULL,
               signature TEXT NOT NULL,
               PRIMARY KEY (issue, story)
           ) STRICT"""
    )
    for row in db.execute("SELECT id, facts FROM issues").fetchall():
        for story, facts in json.loads(row["facts"]).get("stories", {}).items():
            read = (_source_read(db, source) for source in facts.get("sources", ()))
            kept = _signature(one for one in read if one)
            db.execute("INSERT INTO told VALUES (?, ?, ?)", (row["id"], story, kept))


def _signature(read: Iterator[Document]) -> str:
    from digest.stories.told_story import as_json, signature  # a state that is new told nothing

    return json.dumps(as_json(signature(read)))


def _source_read(db: sqlite3.Connection, source: dict[str, Any]) -> Document | None:
    """What was read for a story's source, as far as a signature asks; None where nothing is
    kept.
    """
    row = db.execute(
        """SELECT documents.title, documents.publisher, documents.text, url, feed_url, kind
           FROM documents JOIN entries ON entries.id = entry_id WHERE entry_id = ?""",
        (source.get("entry", ""),),
    ).fetchone()
    if row is None:
        return None
    return Document(
        entry_id=source["entry"],
        url=row["url"],
        feed_url=row["feed_url"],
        kind=row["kind"],
        title=row["title"],
        publisher=row["publisher"],
        published=None,
        when=datetime.min.replace(tzinfo=UTC),
        basis="article",
        text=row["text"],
    )
