"""How a feed fares: what its last checks, its entries' dates and its documents add up to. Pure.

The limits were chosen on real feeds and articles; docs/operations.md says which, and what other
limits would have cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.feeds.fetch import FetchOutcome

State = Literal["ok", "new", "gone", "failing", "silent", "thin", "slow", "moved"]

FAILED_RUNS = 3  # in a row, and the editor is told
GAPS_KNOWN = 8  # before a feed's own rhythm is trusted
QUIET_TIMES = 2  # the gap between two entries that nine in ten of the feed's gaps stay below
QUIET_AT_LEAST = timedelta(days=4)  # a long weekend is no silence
REST_KNOWN, REST_SPAN = 10, timedelta(days=14)  # before a day without entries is one of rest
QUIET_UNKNOWN = timedelta(days=30)  # where there is no rhythm to go by
SLOW_TIMES, SLOW_AT_LEAST, SLOW_KNOWN = 3, 5.0, 3
THIN_SHARE = 1 / 3  # of what the documents before had
THIN_NOW, THIN_KNOWN, THIN_WORTH = 5, 10, 1000  # documents, documents, characters


@dataclass(frozen=True, slots=True)
class FeedCheck:
    """One time that a feed was asked."""

    at: datetime
    outcome: FetchOutcome
    reason: str
    seconds: float  # of network time
    entries: int | None  # that the feed held; None when no feed came


@dataclass(frozen=True, slots=True)
class Read:
    """One document of a feed: how much text there was, and why it is not the page's."""

    characters: int
    fell_back: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is stored of a feed, each list from old to new."""

    checks: Sequence[FeedCheck] = ()
    dates: Sequence[datetime] = ()  # of its newest entries
    reads: Sequence[Read] = ()  # of its newest documents
    failing_since: datetime | None = None
    gone_since: datetime | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is the matter with a feed."""

    state: State
    since: datetime | None
    text: str
    news: bool = True  # whether the editor is told without asking


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a feed publishes."""

    per_day: float
    quiet: timedelta  # a silence longer than this is unusual


@dataclass(frozen=True, slots=True)
class Health:
    """What is to be said of a feed: what is the matter, gravest first, and how often it
    publishes.
    """

    findings: tuple[Finding, ...]
    state: State
    newest: datetime | None
    rhythm: Rhythm | None
    fell_back: int  # of `reads`, how many are not the page's own text
    reads: int

    @property
    def line(self) -> str:
        """One line for a person."""
        said = [finding.text for finding in self.findings] or [
            self.state if self.state == "ok" else "not asked yet"
        ]
        if self.newest and self.state != "silent":
            said.append(f"newest {self.newest:%Y-%m-%d}")
        if self.rhythm:
            said.append(_often(self.rhythm.per_day))
        if self.fell_back:
            said.append(f"{self.fell_back} of {self.reads} documents from the feed's own text")
        return "; ".join(said)

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "state": self.state,
            "findings": [
                {
                    "state": one.state,
                    "since": one.since.isoformat() if one.since else None,
                    "text": one.text,
                    "news": one.news,
                }
                for one in self.findings
            ],
            "entries_per_day": round(self.rhythm.per_day, 3) if self.rhythm else None,
            "silent_after_days": (
                round(self.rhythm.quiet / timedelta(days=1), 1) if self.rhythm else None
            ),
            "documents": self.reads,
            "fell_back": self.fell_back,
        }


@dataclass(frozen=True, slots=True)
class Notice:
    """News for the editor about a feed; about all of them when `feed_url` is empty."""

    feed_url: str
    title: str
    state: State
    since: datetime | None
    text: str

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        since = self.since.isoformat() if self.since else None
        return {
            "feed_url": self.feed_url,
            "title": self.title,
            "state": self.state,
            "since": since,
            "text": self.text,
        }

    def line(self) -> str:
        """For a person."""
        return f"{self.title or self.feed_url}: {self.text}" if self.feed_url else self.text


def health(facts: Facts, now: datetime) -> Health:
    """How a feed fares at `now`. Times that lie after `now` come from a clock that was wrong, and
    count as `now`.
    """
    dates = sorted({date for date in facts.dates if date <= now})
    beat = rhythm(dates)
    found = (
        _gone(facts),
        _failing(facts, now),
        _silent(facts, dates, beat, now),
        _thin(facts),
        _slow(facts),
        _moved(facts),
    )
    findings = tuple(finding for finding in found if finding)
    state: State = findings[0].state if findings else "ok" if facts.checks else "new"
    fell_back = sum(bool(read.fell_back) for read in facts.reads)
    return Health(findings, state, dates[-1] if dates else None, beat, fell_back, len(facts.reads))


def rhythm(dates: Sequence[datetime]) -> Rhythm | None:
    """How often these entries came, oldest first; None when they are too few to tell."""
    gaps = sorted(later - earlier for earlier, later in pairwise(dates))
    if len(gaps) < GAPS_KNOWN:
        return None
    most = gaps[min(len(gaps) - 1, len(gaps) * 9 // 10)]
    span = max(dates[-1] - dates[0], timedelta(hours=1))
    return Rhythm(len(gaps) / (span / timedelta(days=1)), max(QUIET_TIMES * most, QUIET_AT_LEAST))


def notices(fares: Mapping[str, Health], titles: Mapping[str, str], now: datetime) -> list[Notice]:
    """What the editor is told. When most feeds fall silent at once it is the clock that is to be
    looked at.
    """
    told = [
        Notice(url, titles.get(url, ""), finding.state, finding.since, finding.text)
        for url, fare in fares.items()
        for finding in fare.findings
        if finding.news
    ]
    silent = [notice for notice in told if notice.state == "silent"]
    if len(silent) < 3 or len(silent) * 2 <= len(fares):
        return told
    text = (
        f"{len(silent)} of {len(fares)} feeds seem to be silent; is this machine's clock right? It"
        f" says {now:%Y-%m-%d %H:%M} UTC"
    )
    return [
        *(notice for notice in told if notice.state != "silent"),
        Notice("", "", "silent", None, text),
    ]


# ---------------------------------------------------------------- one rule each


def _gone(facts: Facts) -> Finding | None:
    if facts.gone_since is None:
        return None
    return Finding(
        "gone",
        facts.gone_since,
        f"gone for good since {facts.gone_since:%Y-%m-%d}, says its server; digest feeds remove"
        " ends it",
    )


def _failing(facts: Facts, now: datetime) -> Finding | None:
    """A feed that its server calls gone is not also failing."""
    if facts.gone_since or not facts.checks or facts.checks[-1].outcome != "failed":
        return None
    last_good = max(
        (i for i, check in enumerate(facts.checks) if check.outcome != "failed"), default=-1
    )
    runs = len(facts.checks) - 1 - last_good
    since = min(facts.failing_since or facts.checks[last_good + 1].at, now)
    times = f", {runs} runs in a row" if runs > 1 else ""
    return Finding(
        "failing",
        since,
        f"failing since {since:%Y-%m-%d}{times}: {facts.checks[-1].reason}",
        runs >= FAILED_RUNS,
    )


def _silent(
    facts: Facts, dates: Sequence[datetime], beat: Rhythm | None, now: datetime
) -> Finding | None:
    """Silence is only known up to the last time that the feed was had."""
    had = next((check.at for check in reversed(facts.checks) if check.outcome != "failed"), None)
    if not dates or had is None:
        return None
    usual = beat.quiet if beat else QUIET_UNKNOWN
    if min(had, now) - dates[-1] <= usual:
        return None
    days = (min(had, now) - dates[-1]).days
    return Finding(
        "silent",
        dates[-1],
        f"silent since {dates[-1]:%Y-%m-%d} ({days} days; more than {usual.days} is unusual"
        " for it)",
    )


def _thin(facts: Facts) -> Finding | None:
    """The feed holds nothing any more, or its documents have shrunk against their own past."""
    held = [check.entries for check in facts.checks if check.entries is not None]
    if held and held[-1] == 0 and facts.dates and not _rests(facts):
        return Finding("thin", None, "the feed has become empty")
    recent, before = facts.reads[-THIN_NOW:], facts.reads[:-THIN_NOW]
    if len(before) < THIN_KNOWN:
        return None
    from statistics import median

    is_, was = (median(read.characters for read in reads) for reads in (recent, before))
    if was < THIN_WORTH or is_ >= was * THIN_SHARE:
        return None
    why = max((read.fell_back for read in recent), key=[read.fell_back for read in recent].count)
    text = f"thin: {is_:.0f} characters in the last {THIN_NOW} documents, {was:.0f} before"
    return Finding("thin", None, f"{text}; {why}" if why else text)


def _rests(facts: Facts) -> bool:
    """Whether the feed never brings anything on the day of the week when it was found empty."""
    day = next((check.at for check in reversed(facts.checks) if check.entries == 0), None)
    dates = sorted(facts.dates)
    known = len(dates) >= REST_KNOWN and dates[-1] - dates[0] >= REST_SPAN
    return bool(known and day and all(date.weekday() != day.weekday() for date in dates))


def _slow(facts: Facts) -> Finding | None:
    times = [check.seconds for check in facts.checks if check.outcome != "failed" and check.seconds]
    if len(times) <= SLOW_KNOWN or facts.checks[-1].outcome == "failed":
        return None
    from statistics import median

    usual = median(times[:-1])
    if times[-1] <= max(SLOW_TIMES * usual, SLOW_AT_LEAST):
        return None
    return Finding(
        "slow", facts.checks[-1].at, f"slow: {times[-1]:.1f} s, usually {usual:.1f} s", news=False
    )


def _moved(facts: Facts) -> Finding | None:
    if not facts.moved_to:
        return None
    return Finding(
        "moved", None, f"moved for good to {facts.moved_to}; change its url in feeds.yaml"
    )


def _often(per_day: float) -> str:
    if per_day >= 1.5:
        return f"about {per_day:.0f} a day"
    days = 1 / per_day
    return "about daily" if days < 1.5 else f"about every {days:.0f} days"
