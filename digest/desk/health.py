"""How the newsroom fares: feeds, models and money, last runs, what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.run.feed_health import fares, feed_titles
from digest.store import aftermath, issues, spending
from digest.store.deliveries import counts, every_sending
from digest.store.readers_file import peeked_readers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.run.session import Session
    from digest.store.spending import DaySpent

_LAST = 14  # issues


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A subscription and how it fares."""

    title: str
    url: str
    state: str
    line: str


@dataclass(frozen=True, slots=True)
class RunRow:
    """What became of the last run of an issue, and of its sending."""

    issue: str
    ended: str
    said: str
    failed_feeds: int
    cost: float
    sent: str


@dataclass(frozen=True, slots=True)
class Health:
    """All of it."""

    feeds: Sequence[FeedRow]
    runs: Sequence[RunRow]
    spent: Sequence[DaySpent]
    model: str
    cap: float | None


def health(session: Session) -> Health:
    """As it stands now; nobody is asked."""
    titles, llm = feed_titles(session), session.config.llm
    feeds = [
        FeedRow(titles.get(url) or url, url, fare.state, fare.line)
        for url, fare in fares(session).items()
    ]
    ailing = sorted(feeds, key=lambda row: row.state == "ok")
    return Health(
        ailing,
        _runs(session),
        spending.by_day(session.db, _LAST),
        llm.model if llm else "",
        llm.max_usd_per_run if llm else None,
    )


def _runs(session: Session) -> list[RunRow]:
    sent = _sent(session)
    rows = []
    for record in issues.every(session.db)[:_LAST]:
        run, ended = record.facts.get("run", {}), aftermath.last_run(session.db, record.id)
        rows.append(
            RunRow(
                record.id,
                f"{ended.at:%Y-%m-%d %H:%M}, exit {ended.code}" if ended else "",
                ended.said if ended else "",
                len(run.get("feeds", {}).get("failed", ())),
                float(run.get("model", {}).get("cost_usd", 0.0)),
                sent.get(record.id, ""),
            )
        )
    return rows


def _sent(session: Session) -> dict[str, str]:
    """What became of each issue's messages, in a line."""
    with peeked_readers(session.config.state) as db:
        if db is None:
            return {}
        return {
            issue: ", ".join(f"{n} {state}" for state, n in sorted(counts(db, one.number).items()))
            or one.state
            for issue, one in every_sending(db).items()
        }
