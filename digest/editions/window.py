"""Which time an issue covers. Pure: days, zones and the moment of asking in, a window out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from digest.errors import UsageError
from digest.model import Window

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

EARLIEST = 1990
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


def _start_of(day: date, zone: ZoneInfo) -> datetime:
    """Midnight, local; where a clock change skips midnight, the first moment after it."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)
