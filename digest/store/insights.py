"""Insights of each document, by who made them, and the stories that documents were grouped into."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from digest.insights.as_json import insight_from
from digest.model import Document, Group, Insight, Reading, Tally
from digest.store import documents

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date


def save(
    db: sqlite3.Connection, entry_id: str, summariser: str, insights: Iterable[Insight]
) -> None:
    """Replace what this summariser made of an entry."""
    db.execute("DELETE FROM insights WHERE entry_id = ? AND summariser = ?", (entry_id, summariser))
    db.executemany(
        "INSERT INTO insights (id, entry_id, summariser, position, value) VALUES (?, ?, ?, ?, ?)",
        (
            (insight.id, entry_id, summariser, i, json.dumps(asdict(insight)))
            for i, insight in enumerate(insights)
        ),
    )


def of(
    db: sqlite3.Connection, entry_ids: Iterable[str], summariser: str
) -> dict[str, tuple[Insight, ...]]:
    """Insights by entry id, best first."""
    query = "SELECT value FROM insights WHERE entry_id = ? AND summariser = ? ORDER BY position"
    return {
        entry_id: tuple(
            insight_from(json.loads(row["value"]))
            for row in db.execute(query, (entry_id, summariser))
        )
        for entry_id in entry_ids
    }


def save_reading(
    db: sqlite3.Connection, entry_id: str, summariser: str, reading: Reading | None
) -> None:
    """Replace what a model read in an entry; None: it could not, and the entry has none."""
    save(db, entry_id, summariser, reading.insights if reading else ())
    db.execute("DELETE FROM readings WHERE entry_id = ? AND summariser = ?", (entry_id, summariser))
    if reading:
        tally = reading.tally
        db.execute(
            "INSERT INTO readings (entry_id, summariser, model, made, repaired, replaced, dropped,"
            " why) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entry_id,
                summariser,
                reading.model,
                tally.made,
                tally.repaired,
                tally.replaced,
                tally.dropped,
                json.dumps(tally.why),
            ),
        )


def readings(
    db: sqlite3.Connection, entry_ids: Iterable[str], summariser: str
) -> dict[str, Reading]:
    """What a model read in those of the entries that it could read, by entry id."""
    query = "SELECT * FROM readings WHERE entry_id = ? AND summariser = ?"
    rows = [row for entry_id in entry_ids for row in db.execute(query, (entry_id, summariser))]
    found = of(db, [row["entry_id"] for row in rows], summariser)
    return {
        row["entry_id"]: Reading(found[row["entry_id"]], _tally(row), row["model"]) for row in rows
    }


def _tally(row: sqlite3.Row) -> Tally:
    return Tally(
        row["made"], row["repaired"], row["replaced"], row["dropped"], json.loads(row["why"])
    )


def save_groups(db: sqlite3.Connection, edition: str, day: date, groups: Sequence[Group]) -> None:
    """Replace the stories found for one edition's day."""
    db.execute("DELETE FROM groups WHERE edition = ? AND date = ?", (edition, day.isoformat()))
    db.executemany(
        "INSERT INTO groups (edition, date, story_id, entries, position) VALUES (?, ?, ?, ?, ?)",
        (
            (
                edition,
                day.isoformat(),
                group.id,
                json.dumps([document.entry_id for document in group.documents]),
                i,
            )
            for i, group in enumerate(groups)
        ),
    )


def groups(db: sqlite3.Connection, edition: str, day: date) -> tuple[Group, ...]:
    """The stories found for one edition's day, in the order in which they were found."""
    rows = db.execute(
        "SELECT story_id, entries FROM groups WHERE edition = ? AND date = ? ORDER BY position",
        (edition, day.isoformat()),
    ).fetchall()
    members = {row["story_id"]: json.loads(row["entries"]) for row in rows}
    known: Mapping[str, Document] = documents.of(
        db, [entry_id for ids in members.values() for entry_id in ids]
    )
    found = (
        Group(story, tuple(known[entry_id] for entry_id in ids if entry_id in known))
        for story, ids in members.items()
    )
    return tuple(group for group in found if group.documents)
