"""The ledger: figures by owner and measure, and which issues told them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from digest.store.told_condition import counts_as_told
from digest.stories.ledger.reading import Recorded
from digest.stories.ledger.series import Entered

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable

_TOLD = counts_as_told("told_figures")
_COLUMNS = (
    "owner", "measure", "nature", "value", "unit", "text", "span", "period", "period_text",
    "standing", "start", "end", "what",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listing:
    """Which figures are asked for: of these owners' keys, of a measure that begins so, and only
    told ones.
    """

    owners: Collection[str] = ()
    measure: str = ""
    told: bool = False


def save(db: sqlite3.Connection, entry_id: str, figures: Iterable[Entered]) -> None:
    """Replace what the ledger has of an entry; what an issue told of it stays."""
    db.execute(
        "DELETE FROM figures WHERE entry_id = ? AND id NOT IN (SELECT figure_id FROM told_figures)",
        (entry_id,),
    )
    columns = ("id", "entry_id", "entry_url", "day", "owner_key", *_COLUMNS)
    places = ", ".join("?" * len(columns))
    db.executemany(
        f"INSERT OR REPLACE INTO figures ({', '.join(columns)}) VALUES ({places})",  # noqa: S608  # our own names
        (
            (
                one.id,
                one.entry,
                one.entry_url,
                one.day.isoformat(),
                one.figure.owner.casefold(),
                *(getattr(one.figure, column) for column in _COLUMNS),
            )
            for one in figures
        ),
    )


def of(db: sqlite3.Connection, entry_ids: Iterable[str]) -> tuple[Entered, ...]:
    """The figures of entries, in the order of their texts."""
    return tuple(
        _entered(row)
        for entry_id in entry_ids
        for row in db.execute(
            "SELECT * FROM figures WHERE entry_id = ? ORDER BY start", (entry_id,)
        )
    )


def tell(
    db: sqlite3.Connection, issue: str, edition: str, day: date, figures: Iterable[str]
) -> None:
    """Keep which figures an issue tells as it stands, by id."""
    db.execute("DELETE FROM told_figures WHERE issue_id = ?", (issue,))
    db.executemany(
        "INSERT OR IGNORE INTO told_figures (figure_id, issue_id, edition, date)"
        " VALUES (?, ?, ?, ?)",
        ((figure, issue, edition, day.isoformat()) for figure in figures),
    )


def told_before(
    db: sqlite3.Connection, owners: Collection[str], edition: str, day: date, since: date
) -> tuple[Entered, ...]:
    """The figures of owners that an edition told before a day and not before `since`; of one that
    was told twice, the last time.
    """
    rows = db.execute(
        f"""SELECT figures.*, max(told_figures.date) AS told, told_figures.issue_id
            FROM told_figures
            CROSS JOIN figures ON figures.id = told_figures.figure_id
            JOIN issues ON issues.id = told_figures.issue_id
            WHERE told_figures.edition = ? AND told_figures.date < ? AND told_figures.date >= ?
              AND owner_key IN ({", ".join("?" * len(owners))}) AND {_TOLD}
            GROUP BY figures.id ORDER BY told, figures.id""",  # noqa: S608  # our own words
        (edition, day.isoformat(), since.isoformat(), *owners),
    )
    return tuple(_entered(row, row["told"], row["issue_id"]) for row in rows)


def plans(
    db: sqlite3.Connection, owners: Collection[str], measure: str, period: str, day: date
) -> tuple[Entered, ...]:
    """What was planned of a measure of an owner for a time, as far as it was known before a day."""
    rows = db.execute(
        f"""SELECT * FROM figures
            WHERE owner_key IN ({", ".join("?" * len(owners))}) AND measure = ? AND day < ?
              AND period = ? AND standing = 'planned'
            ORDER BY day, id""",  # noqa: S608  # our own words
        (*owners, measure, day.isoformat(), period),
    )
    return tuple(_entered(row) for row in rows)


def told_in(
    db: sqlite3.Connection, issues: Iterable[str], owners: Collection[str]
) -> tuple[Entered, ...]:
    """The figures of an owner that issues tell."""
    query = f"""SELECT figures.*, told_figures.date AS told, told_figures.issue_id
        FROM told_figures CROSS JOIN figures ON figures.id = told_figures.figure_id
        WHERE told_figures.issue_id = ? AND owner_key IN ({", ".join("?" * len(owners))})
        ORDER BY start, figures.id"""  # noqa: S608  # our own words
    return tuple(
        _entered(row, row["told"], row["issue_id"])
        for issue in issues
        for row in db.execute(query, (issue, *owners))
    )


def listed(db: sqlite3.Connection, wanted: Listing) -> tuple[Entered, ...]:
    """The figures that are asked for, each with the issue that told it first, by owner, measure and
    day.
    """
    conditions, values = ["1"], list[str]()
    if wanted.owners:
        conditions.append(f"owner_key IN ({', '.join('?' * len(wanted.owners))})")
        values += wanted.owners
    if wanted.measure:
        conditions.append("measure LIKE ? ESCAPE '\\'")
        values.append(f"%{_literal(wanted.measure)}%")
    if wanted.told:
        conditions.append("first.date IS NOT NULL")
    rows = db.execute(
        f"""SELECT figures.*, first.date AS told, first.issue_id FROM figures
            LEFT JOIN (
                SELECT figure_id, min(told_figures.date) AS date, issue_id FROM told_figures
                JOIN issues ON issues.id = issue_id WHERE {_TOLD} GROUP BY figure_id
            ) AS first ON first.figure_id = figures.id
            WHERE {" AND ".join(conditions)}
            ORDER BY owner_key, measure, day, figures.id""",  # noqa: S608  # our own words
        values,
    )
    return tuple(_entered(row, row["told"], row["issue_id"]) for row in rows)


def _literal(text: str) -> str:
    """The text with what LIKE would take for a pattern made plain."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _entered(row: sqlite3.Row, told: str | None = None, issue: str | None = None) -> Entered:
    return Entered(
        row["id"],
        row["entry_id"],
        date.fromisoformat(row["day"]),
        Recorded(**{column: row[column] for column in _COLUMNS}),
        date.fromisoformat(told) if told else None,
        issue or "",
        row["entry_url"],
    )
