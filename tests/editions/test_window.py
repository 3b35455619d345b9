"""Windows: which time an issue covers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from digest.editions.window import REACH, quiet_before, window_of
from digest.errors import UsageError

BERLIN, TONGA, UTC_ZONE = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Tongatapu"), ZoneInfo("UTC")
NOW = datetime(2026, 2, 6, 5, 30, tzinfo=UTC)


def test_todays_first_issue_takes_one_day_up_to_now() -> None:
    """Without an earlier issue the window is the day before the moment of asking."""
    window = window_of(date(2026, 2, 6), NOW, UTC_ZONE, None, 1)
    assert (window.start, window.end) == (NOW - timedelta(days=1), NOW)


def test_a_past_day_ends_with_its_local_day() -> None:
    """A back issue holds what was published on that day where the newsletter lives, midnight to
    midnight.
    """
    window = window_of(date(2026, 2, 5), NOW, BERLIN, None, 1)
    midnight = datetime(2026, 2, 4, 23, tzinfo=UTC)
    assert midnight in window
    assert midnight - timedelta(microseconds=1) not in window
    assert midnight + timedelta(days=1) not in window
    assert midnight + timedelta(days=1, microseconds=-1) in window


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2025, 3, 30), 23), (date(2025, 10, 26), 25), (date(2025, 6, 1), 24)]
)
def test_a_day_has_the_hours_that_the_clock_gives_it(day: date, hours: int) -> None:
    """Days on which the clocks change are shorter or longer."""
    window = window_of(day, NOW, BERLIN, None, 1)
    assert window.end - window.start == timedelta(hours=hours)


def test_the_window_begins_where_the_previous_one_ended() -> None:
    """Nothing is covered twice and nothing falls between two issues, quiet days included."""
    previous = datetime(2026, 2, 1, 6, 30, tzinfo=UTC)
    assert window_of(date(2026, 2, 6), NOW, UTC_ZONE, previous, 1).start == previous


def test_an_earlier_issue_that_ended_later_is_no_start() -> None:
    """A window never runs backwards."""
    window = window_of(date(2026, 2, 5), NOW, UTC_ZONE, NOW + timedelta(days=1), 1)
    assert window.end - window.start == timedelta(days=1)


def test_a_day_before_there_were_feeds_is_refused() -> None:
    """Rather than running off the beginning of the calendar."""
    with pytest.raises(UsageError, match="before there were feeds"):
        window_of(date(1, 1, 1), NOW, UTC_ZONE, None, 1)


def test_a_week_takes_seven_local_days() -> None:
    """A first issue of an edition with a longer reach."""
    window = window_of(date(2026, 2, 5), NOW, UTC_ZONE, None, 7)
    assert window.end - window.start == timedelta(days=7)


def test_today_is_the_newsletters_today() -> None:
    """At 20:00 UTC it is tomorrow in Tonga: that day can be made, and in London it is still to
    come.
    """
    evening = datetime(2026, 2, 5, 20, tzinfo=UTC)
    assert window_of(date(2026, 2, 6), evening, TONGA, None, 1).end == evening
    with pytest.raises(UsageError, match="still to come; today is 2026-02-05"):
        window_of(date(2026, 2, 6), evening, ZoneInfo("Europe/London"), None, 1)


def test_a_first_issue_reaches_back_over_quiet_days() -> None:
    """To the first day that was tried, whatever lies between; not to days after it or long ago."""
    day = date(2026, 2, 6)
    tried = {day - timedelta(days=2), day - timedelta(days=4), day, day + timedelta(days=1)}
    assert quiet_before(day, tried) == 4
    assert quiet_before(day, {day - timedelta(days=REACH + 1)}) == quiet_before(day, ()) == 0
