"""What can be searched: the insights of each entry, and the stories of each issue as they stand,
in a full-text index beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Literal

from digest.store.told_condition import counts_as_told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

Kind = Literal["insight", "story"]
_TOLD = counts_as_told("passages")
NEWEST = 5000  # passages that are ranked


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that can be found. `source` is the entry that an insight is of, the issue that a story
    stands in; `item` its id there, and `insight` the first one that a story tells.
    """

    kind: Kind
    source: str
    item: str
    headline: str
    text: str
    day: date
    url: str = ""
    entry: str = ""
    insight: str = ""
    publisher: str = ""  # several of a story's are parted by a line break
    show: str = ""
    theme: str = ""
    edition: str = ""
    issue: str = ""  # that tells it


@dataclass(frozen=True, slots=True)
class Filters:
    """Which passages count; "" and None are any. Names count in any letter case, in part."""

    theme: str = ""
    publisher: str = ""
    show: str = ""
    since: date | None = None
    until: date | None = None
    edition: str = ""
    told: bool = False


_NAMES = tuple(one.name for one in fields(Passage))
_COLUMNS = ", ".join(_NAMES)


def save(db: sqlite3.Connection, kind: Kind, source: str, found: Sequence[Passage]) -> None:
    """Replace what can be found of an entry or an issue; nothing is done where it is the same."""
    known = db.execute(
        f"SELECT id, {_COLUMNS} FROM passages WHERE kind = ? AND source = ? ORDER BY id",  # noqa: S608  # our own names
        (kind, source),
    ).fetchall()
    if [tuple(row)[1:] for row in known] == [_values(one) for one in found]:
        return
    db.executemany(
        "INSERT INTO passages_index (passages_index, rowid, headline, text, kind)"
        " VALUES ('delete', ?, ?, ?, ?)",
        ((row["id"], row["headline"], row["text"], kind) for row in known),
    )
    db.execute("DELETE FROM passages WHERE kind = ? AND source = ?", (kind, source))
    for one in found:
        places = ", ".join("?" * len(_NAMES))
        number = db.execute(
            f"INSERT INTO passages ({_COLUMNS}) VALUES ({places})",  # noqa: S608  # our own names
            _values(one),
        ).lastrowid
        db.execute(
            "INSERT INTO passages_index (rowid, headline, text, kind) VALUES (?, ?, ?, ?)",
            (number, one.headline, one.text, kind),
        )


def of(db: sqlite3.Connection, kind: Kind, source: str) -> tuple[Passage, ...]:
    """What can be found of an entry or an issue."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM passages WHERE kind = ? AND source = ? ORDER BY id",  # noqa: S608  # our own names
        (kind, source),
    )
    return tuple(_passage(row) for row in rows)


def mark_told(db: sqlite3.Connection, issue: str, themes: Mapping[str, str]) -> None:
    """Keep which insights an issue tells, by id each with its theme, and no others."""
    db.execute(
        "UPDATE passages SET issue = '', theme = ''"
        " WHERE kind = 'insight' AND issue = ? AND issue <> ''",
        (issue,),
    )
    db.executemany(
        "UPDATE passages SET issue = ?, theme = ? WHERE kind = 'insight' AND item = ?",
        ((issue, theme, insight) for insight, theme in themes.items()),
    )


def search(db: sqlite3.Connection, query: str, filters: Filters, limit: int) -> tuple[Passage, ...]:
    """What matches a query in FTS5's language best, and of what matches alike the newest. What an
    edition only drafted, where it has approved issues, is not found as told.

    Of what a great many passages hold only the NEWEST are ranked, unless a filter narrows them.
    """
    conditions, values = _conditions(filters)
    matched = f"{{headline text}} : ({query})"
    if filters.told:
        matched += " AND kind : story"
    first = 0 if values else _first(db, matched)
    rows = db.execute(
        f"""SELECT {", ".join(f"passages.{name}" for name in _NAMES)}
            FROM passages_index JOIN passages ON passages.id = passages_index.rowid
            LEFT JOIN issues ON issues.id = passages.source
            WHERE passages_index MATCH ? AND passages_index.rowid >= ?
              AND (passages.kind = 'insight' OR {_TOLD}) {conditions}
            ORDER BY bm25(passages_index, 2.0, 1.0, 0.0), day DESC, passages.id LIMIT ?""",  # noqa: S608  # our own words
        (matched, first, *values, limit),
    )
    return tuple(_passage(row) for row in rows)


def _first(db: sqlite3.Connection, matched: str) -> int:
    """The oldest of the newest passages that match: passages are numbered as they come."""
    row = db.execute(
        """SELECT min(number) AS first FROM (
               SELECT rowid AS number FROM passages_index WHERE passages_index MATCH ?
               ORDER BY rowid DESC LIMIT ?)""",
        (matched, NEWEST),
    ).fetchone()
    return int(row["first"] or 0)


def _conditions(filters: Filters) -> tuple[str, list[str]]:
    wanted = {
        "instr(lower(passages.theme), lower(?))": filters.theme,
        "instr(lower(passages.publisher), lower(?))": filters.publisher,
        "instr(lower(passages.show), lower(?))": filters.show,
        "passages.day >= ?": filters.since.isoformat() if filters.since else "",
        "passages.day <= ?": filters.until.isoformat() if filters.until else "",
        "passages.edition = ?": filters.edition,
    }
    given = {condition: value for condition, value in wanted.items() if value}
    return "".join(f" AND {one}" for one in given), list(given.values())


def _values(one: Passage) -> tuple[str, ...]:
    return tuple(
        value.isoformat() if isinstance(value, date) else value
        for value in (getattr(one, name) for name in _NAMES)
    )


def _passage(row: sqlite3.Row) -> Passage:
    return Passage(**{**dict(row), "day": date.fromisoformat(row["day"])})
