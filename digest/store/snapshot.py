"""What an issue was made from, copied out of the state into a file of its own, and back into a
state.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from digest.errors import StateError
from digest.llm.structured_output import Manner
from digest.store import issues
from digest.store.column_values import stamp
from digest.store.migrations import migrate
from digest.store.state import open_state

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from digest.model import Window

# What is the same wherever it is found. What is known of feeds beyond their names, of sites and of
# money belongs to one state.
_TAKEN = (
    """INSERT OR IGNORE INTO feeds (url, title, known_since)
       SELECT url, title, known_since FROM source.feeds""",
    "INSERT OR IGNORE INTO entries SELECT * FROM source.entries",
    "INSERT OR IGNORE INTO documents SELECT * FROM source.documents",
    "INSERT OR IGNORE INTO issues SELECT * FROM source.issues",
    "INSERT OR IGNORE INTO figures SELECT * FROM source.figures",
    "INSERT OR IGNORE INTO told_figures SELECT * FROM source.told_figures",
)


def copy_inputs(
    state: Path, target: Path, entry_ids: Sequence[str], window: Window, edition: str, day: date
) -> None:
    """Make `target`, a state file that holds what an issue of this window was made from: these
    entries with their documents and feeds, the edition's earlier issues, the answers used since the
    window began, and how the models want to be asked.
    """
    with open_state(target) as db, _beside(db, state), db:
        wanted = (json.dumps(list(entry_ids)),)
        db.execute(
            "INSERT INTO entries SELECT * FROM source.entries WHERE id IN"
            " (SELECT value FROM json_each(?))",
            wanted,
        )
        db.execute(
            "INSERT INTO documents SELECT * FROM source.documents WHERE entry_id IN"
            " (SELECT value FROM json_each(?))",
            wanted,
        )
        db.execute(
            "INSERT INTO feeds (url, title, known_since) SELECT url, title, known_since"
            " FROM source.feeds WHERE url IN (SELECT feed_url FROM entries)"
        )
        db.execute(
            "INSERT INTO issues SELECT * FROM source.issues WHERE edition = ? AND date < ?",
            (edition, day.isoformat()),
        )
        _copy_told(db, edition, day)
        db.execute(
            "INSERT INTO answers SELECT * FROM source.answers WHERE used_at >= ?",
            (stamp(window.start),),
        )
        db.execute("INSERT INTO endpoints SELECT * FROM source.endpoints")


def _copy_told(db: sqlite3.Connection, edition: str, day: date) -> None:
    """What the edition told before in figures: what its new ones are up or down from."""
    db.execute(
        "INSERT INTO told_figures SELECT * FROM source.told_figures WHERE edition = ? AND date < ?",
        (edition, day.isoformat()),
    )
    db.execute(
        "INSERT INTO figures SELECT * FROM source.figures WHERE id IN"
        " (SELECT figure_id FROM told_figures)"
    )


def take_answers(db: sqlite3.Connection, source: Path, now: datetime) -> None:
    """Take over the answers that another state holds and how it asked for them, as of now; what is
    there stays.
    """
    with _beside(db, source), db:
        db.execute(
            "INSERT OR IGNORE INTO endpoints (base_url, model, manner, found_at) SELECT base_url,"
            " model, manner, ? FROM source.endpoints",
            (stamp(now),),
        )
        db.execute(
            """INSERT OR IGNORE INTO answers
                   (key, model, text, tokens_in, tokens_out, useless, used_at)
               SELECT key, model, text, tokens_in, tokens_out, useless, ? FROM source.answers""",
            (stamp(now),),
        )


def take_inputs(db: sqlite3.Connection, source: Path) -> None:
    """Take over entries, documents and issues; what is there already stays as it is."""
    with _beside(db, source), db:
        for statement in _TAKEN:
            db.execute(statement)


def keep_standing(target: Path, told: Mapping[str, frozenset[str]]) -> None:
    """Keep of each issue in a copy, by id, only the stories that it still tells: drafts that were
    edited do not come along.
    """
    with open_state(target) as db, db:
        for record in issues.every(db):
            stories = {
                one: facts
                for one, facts in record.facts["stories"].items()
                if one in told[record.id]
            }
            issues.save_draft(
                db,
                record.edition,
                record.date,
                record.window,
                record.written_hashes,
                {**record.facts, "stories": stories},
            )


def one_file(target: Path) -> None:
    """Make a state file whole in itself, to be carried anywhere."""
    with closing(sqlite3.connect(target)) as db:
        db.execute("PRAGMA journal_mode = DELETE")


def refuse_foreign_schema(db: sqlite3.Connection, path: Path) -> None:
    """Raise StateError when a file holds anything but our own tables: a view or a trigger would be
    another's program.
    """
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.row_factory = sqlite3.Row
        migrate(fresh, 0)
        ours, theirs = (_objects(one) for one in (fresh, db))
    if ours != theirs:
        raise StateError(
            f"{path}: holds other tables than a record does; it was not made by digest, or is"
            " damaged"
        )


def check_manners(db: sqlite3.Connection) -> None:
    """Raise ValueError when what is said of an endpoint is nothing that we could have found out."""
    manners = TypeAdapter(Manner)
    for row in db.execute("SELECT manner FROM endpoints"):
        manners.validate_json(row["manner"])


def _objects(db: sqlite3.Connection) -> set[tuple[str, ...]]:
    rows = db.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'"
    )
    return {tuple(str(value) for value in row) for row in rows}


@contextmanager
def _beside(db: sqlite3.Connection, source: Path) -> Iterator[None]:
    """Another state file under the name `source`."""
    db.execute("ATTACH ? AS source", (str(source),))
    try:
        yield
    finally:
        db.execute("DETACH source")
