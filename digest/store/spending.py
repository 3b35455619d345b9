"""What was spent on models, call by call: the day's caps count it across runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from digest.llm.budget import Call, Cost
from digest.store.column_values import stamp

if TYPE_CHECKING:
    import sqlite3
    from datetime import date, datetime

    from digest.store.thread_connection import Shared

FORGET = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class DaySpent:
    """What one day's calls came to."""

    day: str
    calls: int
    usd: float


def by_day(db: sqlite3.Connection, days: int) -> list[DaySpent]:
    """The last days on which anything was asked, the newest first."""
    rows = db.execute(
        "SELECT day, count(*) AS calls, total(usd) AS usd FROM spending GROUP BY day"
        " ORDER BY day DESC LIMIT ?",
        (days,),
    )
    return [DaySpent(row["day"], row["calls"], row["usd"]) for row in rows]


class Spendings:
    """A ledger (`digest.llm.budget.Ledger`) of one run: `day` is the newsletter's, `issue` what the
    run makes.
    """

    def __init__(self, db: Shared, now: datetime, day: date, issue: str) -> None:
        self._db = db
        self._now = now
        self._day = day.isoformat()
        self._issue = issue

    def open(self, call: Call, worst: Cost) -> str:
        """Keep a call that is about to be made, at the worst that it may cost; returns its id."""
        identity = uuid4().hex
        self._db.write(
            """INSERT INTO spending
                   (id, at, day, issue, task, host, model, tokens_in, tokens_out, usd, settled)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)""",
            (
                identity, stamp(self._now), self._day, self._issue,
                call.task, call.host, call.model,
                worst.tokens_in, worst.tokens_out, worst.usd,
            ),
        )  # fmt: skip
        return identity

    def close(self, identity: str, really: Cost | None) -> None:
        """Keep what the call cost; None strikes it out."""
        if really is None:
            self._db.write("DELETE FROM spending WHERE id = ?", (identity,))
        else:
            self._db.write(
                "UPDATE spending SET tokens_in = ?, tokens_out = ?, usd = ?, settled = 1 WHERE"
                " id = ?",
                (really.tokens_in, really.tokens_out, really.usd, identity),
            )

    def today(self) -> Cost:
        """What was spent on this day until now; calls without a known price count no money."""
        return self._sum("day", self._day)

    def by_this_run(self) -> Cost:
        """What the run has spent until now, known by the moment that it began."""
        return self._sum("at", stamp(self._now))

    def _sum(self, column: str, value: str) -> Cost:
        row = self._db.read(
            f"""SELECT total(tokens_in) AS tokens_in, total(tokens_out) AS tokens_out,
                       total(usd) AS usd
                FROM spending WHERE {column} = ?""",  # noqa: S608  # our own text
            (value,),
        )[0]
        return Cost(int(row["tokens_in"]), int(row["tokens_out"]), row["usd"])

    def forget(self) -> None:
        """Forget what is older than a year and a month."""
        self._db.write("DELETE FROM spending WHERE at < ?", (stamp(self._now - FORGET),))
