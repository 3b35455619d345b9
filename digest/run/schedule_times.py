"""When a schedule is due: a time of the day in the newsletter's zone, over every change of clocks.
Pure: zones and moments in, moments out.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from digest.editions.window import WEEKDAYS
from digest.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import tzinfo
    from zoneinfo import ZoneInfo

# The smallest change of clocks there is (Lord Howe's): of the minutes at which cron wakes on a day,
# only the right one lies so close after the time that is meant.
LATE = timedelta(minutes=30)
AHEAD = 3 * 366  # days whose changes of clocks are looked at


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which a day has this time: where a change of clocks skips it as long
    after the change as it is into the gap, where it comes twice the first.
    """
    return datetime.combine(day, at, zone).astimezone(UTC)


def due(now: datetime, at: time, zone: ZoneInfo, days: Collection[str] = ()) -> bool:
    """Whether it was this time on one of these days (none: every day) less than LATE ago."""
    here = now.astimezone(zone).date()
    around = (here + timedelta(days=i) for i in (-1, 0, 1))
    return any(
        timedelta(0) <= now - instant(day, at, zone) < LATE
        for day in around
        if not days or WEEKDAYS[day.weekday()] in days
    )


def next_time(now: datetime, at: time, zone: ZoneInfo, days: Collection[str] = ()) -> datetime:
    """The next moment after `now`, in the newsletter's zone."""
    here = now.astimezone(zone).date()
    ahead = (here + timedelta(days=i) for i in range(9))
    return next(
        instant(day, at, zone).astimezone(zone)
        for day in ahead
        if (not days or WEEKDAYS[day.weekday()] in days) and instant(day, at, zone) > now
    )


def wakings(at: time, zone: ZoneInfo, here: tzinfo, first: date) -> tuple[time, ...]:
    """The times of the day at which a clock that runs in the zone `here` has to wake so that none
    of the moments that are meant is missed, from `first` on: one where the two zones change
    together, else several.
    """
    return tuple(sorted(set(_local(at, zone, here, first))))


def _local(at: time, zone: ZoneInfo, here: tzinfo, first: date) -> Iterator[time]:
    for i in range(AHEAD):
        moment = instant(first + timedelta(days=i), at, zone).astimezone(here)
        yield moment.time().replace(second=0, microsecond=0)


def is_skipped(at: time, zone: ZoneInfo, first: date) -> bool:
    """Whether a change of clocks skips this time of the day, from `first` on."""
    days = (first + timedelta(days=i) for i in range(AHEAD))
    return any(instant(day, at, zone).astimezone(zone).time() != at for day in days)


def days_named(text: str) -> tuple[str, ...]:
    """Days of the week as people write them: "mon,wed", "mon-fri"; all seven, or nothing, is every
    day, (). Raises UsageError.
    """
    named = list[str]()
    for part in filter(None, (part.strip().lower() for part in text.split(","))):
        first, _, last = (one.strip()[:3] for one in part.partition("-"))
        if first not in WEEKDAYS or (last or first) not in WEEKDAYS:
            raise UsageError(f"--days: '{part}' is no day of the week such as mon, or mon-fri")
        begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        named += [WEEKDAYS[i % 7] for i in range(begin, end + 1 + (7 if end < begin else 0))]
    chosen = tuple(day for day in WEEKDAYS if day in named)
    return () if len(chosen) == len(WEEKDAYS) else chosen


def clock_time(text: str) -> time:
    """A time of the day such as 06:30. Raises UsageError."""
    try:
        found = datetime.strptime(text.strip(), "%H:%M").time()  # noqa: DTZ007  a time of any day
    except ValueError:
        raise UsageError(f"--at: '{text}' is no time of the day such as 06:30") from None
    return found
