"""Forecasts: what somebody said will happen by a time, by when they come due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from digest.stories.forecasts import Forecast, forecast_id

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable


@dataclass(frozen=True, slots=True)
class Said:
    """A forecast, and where and when it was said; `second` places it in an episode."""

    forecast: Forecast
    entry: str
    entry_url: str
    publisher: str
    said: date
    second: float | None = None


def save(db: sqlite3.Connection, entry_id: str, found: Iterable[Said]) -> None:
    """Replace what an entry says of times to come."""
    db.execute("DELETE FROM forecasts WHERE entry_id = ?", (entry_id,))
    db.executemany(
        """INSERT OR REPLACE INTO forecasts (id, entry_id, entry_url, publisher, said, who, who_key,
               what, due, due_text, start, end, second)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            (
                forecast_id(one.entry, one.forecast),
                one.entry,
                one.entry_url,
                one.publisher,
                one.said.isoformat(),
                one.forecast.who,
                one.forecast.who.casefold(),
                one.forecast.what,
                one.forecast.due.isoformat(),
                one.forecast.due_text,
                one.forecast.start,
                one.forecast.end,
                one.second,
            )
            for one in found
        ),
    )


def listed(
    db: sqlite3.Connection, who: Collection[str], until: date | None, since: date | None
) -> tuple[Said, ...]:
    """The forecasts of these keys, of everybody where there are none, that come due in a time; the
    first due first.
    """
    conditions, values = ["1"], list[str]()
    if who:
        conditions.append(f"who_key IN ({', '.join('?' * len(who))})")
        values += who
    if until:
        conditions.append("due <= ?")
        values.append(until.isoformat())
    if since:
        conditions.append("due >= ?")
        values.append(since.isoformat())
    rows = db.execute(
        f"SELECT * FROM forecasts WHERE {' AND '.join(conditions)} ORDER BY due, said, id",  # noqa: S608  # our own words
        values,
    )
    return tuple(_said(row) for row in rows)


def _said(row: sqlite3.Row) -> Said:
    return Said(
        Forecast(
            row["who"],
            row["what"],
            date.fromisoformat(row["due"]),
            row["due_text"],
            row["start"],
            row["end"],
        ),
        row["entry_id"],
        row["entry_url"],
        row["publisher"],
        date.fromisoformat(row["said"]),
        row["second"],
    )
