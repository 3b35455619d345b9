"""Which time an issue covers, and which entries belong to it. Pure: days, zones and the moment of
asking in, a window out.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from digest.errors import UsageError
from digest.feeds.dates import EARLIEST
from digest.model import Window

if TYPE_CHECKING:
    from collections.abc import Collection
    from zoneinfo import ZoneInfo

    from digest.model import Entry

LATE = timedelta(days=3)  # before a window begins, for what was first seen in it
REACH = 14  # days that a first issue reaches back at most
_INSTANT = timedelta(microseconds=1)


def today(now: datetime, zone: ZoneInfo) -> date:
    """The day it is where the newsletter lives."""
    return now.astimezone(zone).date()


def window_of(
    day: date, now: datetime, zone: ZoneInfo, previous_end: datetime | None, days: int
) -> Window:
    """(the previous issue's cut-off, this cut-off], in UTC.

    The cut-off is `now` for today and the end of the local day for a day past; without a previous
    issue the window goes `days` days back. Raises UsageError for a day to come.
    """
    current = today(now, zone)
    if day > current:
        raise UsageError(f"{day} is still to come; today is {current} in {zone.key}")
    if day.year < EARLIEST:
        raise UsageError(f"{day} is before there were feeds")
    end = now if day == current else _start_of(day + timedelta(days=1), zone) - _INSTANT
    if previous_end is not None and previous_end < end:
        return Window(previous_end, end)
    start = (
        now - timedelta(days=days)
        if day == current
        else _start_of(day - timedelta(days=days - 1), zone) - _INSTANT
    )
    return Window(start.astimezone(UTC), end.astimezone(UTC))


def place_of(
    entry: Entry, window: Window, zone: ZoneInfo, known_since: datetime | None
) -> Literal["inside", "too old", "outside"]:
    """Whether an entry belongs to the issue of a window: what was published in it, and what was
    first seen in it though published up to LATE before; what is older than that is too old.

    `known_since` is when the entry's feed was first read, None on the first issue of an edition: of
    what a feed brings then only what was published in the window counts.
    """
    published = _counts_from(entry, zone)
    if published in window:
        return "inside"
    new = known_since is not None and entry.first_seen > known_since
    if new and entry.first_seen in window and published <= window.start:
        return "inside" if published >= window.start - LATE else "too old"
    return "outside"


def _counts_from(entry: Entry, zone: ZoneInfo) -> datetime:
    """When an entry counts as published. A day without a time is that whole day: it counts from
    when it was first seen, as far as that was on it.
    """
    if entry.day is None:
        return entry.when
    begins, ends = _start_of(entry.day, zone), _start_of(entry.day + timedelta(days=1), zone)
    return min(max(entry.first_seen, begins), ends - _INSTANT)


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def next_due(day: date, days: Collection[str]) -> date:
    """The first day from this one on that is one of these days of the week; the day itself without
    any.
    """
    ahead = (day + timedelta(days=i) for i in range(len(WEEKDAYS)))
    return next((one for one in ahead if not days or WEEKDAYS[one.weekday()] in days), day)


def quiet_before(day: date, tried: Collection[date]) -> int:
    """How many days before `day` the first was that was tried, all of them quiet; one that lies
    further back than REACH is forgotten.
    """
    back = [(day - one).days for one in tried if one < day]
    return max((days for days in back if days <= REACH), default=0)


def _start_of(day: date, zone: ZoneInfo) -> datetime:
    """Midnight, local; where a clock change skips midnight, the first moment after it."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)
