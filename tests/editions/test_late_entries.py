"""Which entries belong to an issue: published in its window, or first seen in it a little later."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from digest.editions.window import LATE, place_of, window_of
from digest.model import Entry, Window

START = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
WINDOW = Window(START, START + timedelta(days=1))
LONG_KNOWN = START - timedelta(days=90)
LONDON, TOKYO, DENVER = (ZoneInfo(f"{name}") for name in ("UTC", "Asia/Tokyo", "America/Denver"))
INSTANT = timedelta(microseconds=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def entry(published: datetime | date | None, first_seen: datetime) -> Entry:
    """An entry dated by the hour, by the day, or not at all."""
    day = None if published is None or isinstance(published, datetime) else published
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else published
    assert moment is None or isinstance(moment, datetime)
    return Entry(
        "e", "https://a.example/feed", "https://a.example/1", "One", moment, first_seen, day=day
    )


def place(
    published: datetime | date | None,
    first_seen: datetime = WINDOW.end,
    known: datetime | None = LONG_KNOWN,
    zone: ZoneInfo = LONDON,
) -> str:
    """Where an entry belongs."""
    return place_of(entry(published, first_seen), WINDOW, zone, known)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (WINDOW.start, "outside"),
        (WINDOW.start + INSTANT, "inside"),
        (WINDOW.end, "inside"),
        (WINDOW.end + INSTANT, "outside"),
    ],
)
def test_a_window_is_open_at_its_start_and_closed_at_its_end(
    published: datetime, expected: str
) -> None:
    """To the microsecond, for what was seen before it began."""
    assert place(published, WINDOW.start) == expected


@pytest.mark.parametrize(
    ("first_seen", "expected"), [(WINDOW.start, "outside"), (WINDOW.end, "inside")]
)
def test_what_is_undated_counts_from_when_it_was_first_seen(
    first_seen: datetime, expected: str
) -> None:
    """Of a new feed, too."""
    assert place(None, first_seen) == place(None, first_seen, known=None) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [(HOUR, "inside"), (LATE, "inside"), (LATE + INSTANT, "too old"), (300 * DAY, "too old")],
)
def test_what_is_first_seen_in_the_window_may_have_been_published_before(
    before: timedelta, expected: str
) -> None:
    """Up to three days; what is older belongs to no issue."""
    assert place(WINDOW.start - before) == expected


@pytest.mark.parametrize(
    ("first_seen", "known"),
    [(WINDOW.end, None), (WINDOW.end, WINDOW.end), (WINDOW.start, LONG_KNOWN), (START + 9 * DAY, LONG_KNOWN)],
    ids=["first issue", "first sight of the feed", "seen before", "back issue"],
)  # fmt: skip
def test_only_news_of_known_feeds_is_let_in_late(
    first_seen: datetime, known: datetime | None
) -> None:
    """Not what a feed held when it was first read, nor what was seen in another window."""
    assert place(WINDOW.start - HOUR, first_seen, known) == "outside"


@pytest.mark.parametrize(
    ("day", "first_seen", "expected"),
    [
        (date(2026, 3, 2), WINDOW.end, "inside"),  # put up on the 2nd after the cut-off
        (date(2026, 3, 2), START - HOUR, "outside"),  # seen on the 2nd before it
        (date(2026, 3, 3), WINDOW.end, "inside"),
        (date(2026, 3, 3), WINDOW.end + HOUR, "outside"),  # seen later on the 3rd
        (date(2026, 3, 4), WINDOW.end, "outside"),  # where it is tomorrow already
        (date(2026, 3, 2), START + 99 * DAY, "inside"),  # a back issue: the day's end is in it
    ],
)
def test_a_day_without_a_time_is_that_whole_day(
    day: date, first_seen: datetime, expected: str
) -> None:
    """It counts from when it was first seen, as far as that was on it."""
    assert place(day, first_seen) == expected


@pytest.mark.parametrize("zone", [LONDON, TOKYO, DENVER], ids=str)
def test_a_day_is_one_where_the_newsletter_lives(zone: ZoneInfo) -> None:
    """A back issue of the 3rd of March holds what is dated that day, and nothing of the days beside
    it.
    """
    now = START + 99 * DAY
    window = window_of(date(2026, 3, 3), now, zone, None, days=1)
    places = [
        place_of(entry(date(2026, 3, day), now), window, zone, LONG_KNOWN) for day in (2, 3, 4)
    ]
    assert places == ["outside", "inside", "outside"]
