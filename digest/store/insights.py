"""Insights of each document, by who made them, and the stories that documents were grouped into."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from digest.model import Document, Group, Insight
from digest.store import documents
from digest.store.values import insight_from

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date


def save(db: sqlite3.Connection, entry_id: str, summariser: str, insights: Iterable[Insight]) -> None:
    """Replace what this summariser made of an entry."""
    db.execute("DELETE FROM insights WHERE entry_id = ? AND summariser = ?", (entry_id, summariser))
    db.executemany(
        "INSERT INTO insights (id, entry_id, summariser, position, value) VALUES (?, ?, ?, ?, ?)",
        ((insight.id, entry_id, summariser, i, json.dumps(asdict(insight))) for i, insight in enumerate(insights)),
    )


def of(db: sqlite3.Connection, entry_ids: Iterable[str], summariser: str) -> dict[str, tuple[Insight, ...]]:
    """Insights by entry id, best first."""
    query = "SELECT value FROM insights WHERE entry_id = ? AND summariser = ? ORDER BY position"
    return {
        entry_id: tuple(insight_from(json.loads(row["value"])) for row in db.execute(query, (entry_id, summariser)))
        for entry_id in entry_ids
    }


def save_groups(db: sqlite3.Connection, edition: str, day: date, groups: Sequence[Group]) -> None:
    """Replace the stories found for one edition's day."""
    db.execute("DELETE FROM groups WHERE edition = ? AND date = ?", (edition, day.isoformat()))
    db.executemany(
        "INSERT INTO groups (edition, date, story_id, entries, position) VALUES (?, ?, ?, ?, ?)",
        (
            (edition, day.isoformat(), group.id, json.dumps([document.entry_id for document in group.documents]), i)
            for i, group in enumerate(groups)
        ),
    )


def groups(db: sqlite3.Connection, edition: str, day: date) -> tuple[Group, ...]:
    """The stories found for one edition's day, in the order in which they were found."""
    rows = db.execute(
        "SELECT story_id, entries FROM groups WHERE edition = ? AND date = ? ORDER BY position", (edition, day.isoformat())
    ).fetchall()
    members = {row["story_id"]: json.loads(row["entries"]) for row in rows}
    known: Mapping[str, Document] = documents.of(db, [entry_id for ids in members.values() for entry_id in ids])
    found = (Group(story, tuple(known[entry_id] for entry_id in ids if entry_id in known)) for story, ids in members.items())
    return tuple(group for group in found if group.documents)
