"""The rules of health: stored facts in, what is to be said of the feed out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from digest.feeds.health import Facts, FeedCheck, Health, Read, health, notices, rhythm

if TYPE_CHECKING:
    from digest.feeds.fetch import FetchOutcome

    Row = tuple[FetchOutcome, str, float, int | None]  # a check without its time

NOW = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)
DAY = timedelta(days=1)
LONG, SHORT = Read(4000, ""), Read(300, "the page holds no article (9 words)")


def answered(seconds: float = 0.2, entries: int = 20) -> Row:
    """A check that brought a feed."""
    return ("ok", "", seconds, entries)


def failed(reason: str) -> Row:
    """A check that failed."""
    return ("failed", reason, 0.0, None)


def checked(*outcomes: Row, now: datetime = NOW) -> list[FeedCheck]:
    """Daily checks, the last one now."""
    return [FeedCheck(now - (len(outcomes) - 1 - i) * DAY, *row) for i, row in enumerate(outcomes)]


def every(gap: timedelta, newest: datetime, count: int = 30) -> list[datetime]:
    """Dates that lie one gap apart."""
    return [newest - i * gap for i in reversed(range(count))]


OK = answered()
UNCHANGED: Row = ("unchanged", "", 0.2, None)
DAILY = every(DAY, NOW - timedelta(hours=3))

WORKDAYS = [day for day in every(DAY, datetime(2026, 11, 19, 9, tzinfo=UTC)) if day.weekday() < 5]

CASES: list[tuple[str, Facts, str, bool, str]] = [
    ("never asked", Facts(), "new", False, "not asked yet"),
    ("as ever", Facts(checked(OK, OK), DAILY), "ok", False, "ok; newest 2026-11-20; about daily"),
    (
        "fails once",
        Facts(checked(OK, failed("HTTP 503")), DAILY),
        "failing",
        False,
        "failing since 2026-11-20: HTTP 503",
    ),
    (
        "fails twice",
        Facts(checked(OK, *[failed("HTTP 503")] * 2), DAILY),
        "failing",
        False,
        "2 runs in a row: HTTP 503",
    ),
    (
        "fails three times",
        Facts(checked(OK, *[failed("HTTP 503")] * 3), DAILY),
        "failing",
        True,
        "since 2026-11-18, 3 runs in a row",
    ),
    (
        "never had",
        Facts(checked(*[failed("name not found")] * 3)),
        "failing",
        True,
        "3 runs in a row: name not found",
    ),
    (
        "is had again",
        Facts(checked(failed("HTTP 503"), failed("HTTP 503"), failed("HTTP 503"), OK), DAILY),
        "ok",
        False,
        "ok",
    ),
    (
        "fails for longer than checks are kept",
        Facts(checked(*[failed("HTTP 404")] * 30), failing_since=NOW - 90 * DAY),
        "failing",
        True,
        "failing since 2026-08-22, 30 runs in a row",
    ),
    (
        "a daily feed over a long weekend",
        Facts(checked(OK), every(DAY, NOW - 3.5 * DAY)),
        "ok",
        False,
        "ok",
    ),
    (
        "a daily feed for five days",
        Facts(checked(OK), every(DAY, NOW - 5 * DAY)),
        "silent",
        True,
        "silent since 2026-11-15 (5 days",
    ),
    (
        "a weekly feed for twelve days",
        Facts(checked(OK), every(7 * DAY, NOW - 12 * DAY)),
        "ok",
        False,
        "about every 7 days",
    ),
    (
        "a weekly feed for fifteen days",
        Facts(checked(OK), every(7 * DAY, NOW - 15 * DAY)),
        "silent",
        True,
        "more than 14 is unusual",
    ),
    (
        "too few entries to have a rhythm",
        Facts(checked(OK), every(DAY, NOW - 20 * DAY, 4)),
        "ok",
        False,
        "ok",
    ),
    (
        "a dormant feed of four entries",
        Facts(checked(OK), every(DAY, NOW - 40 * DAY, 4)),
        "silent",
        True,
        "more than 30",
    ),
    (
        "silence is not known of a feed that cannot be had",
        Facts(
            [FeedCheck(NOW - 9 * DAY, *OK), *checked(failed("HTTP 503"))],
            every(DAY, NOW - 10 * DAY),
        ),
        "failing",
        False,
        "failing since 2026-11-20",
    ),
    ("a feed without dates is not silent", Facts(checked(OK)), "ok", False, "ok"),
    (
        "an empty feed on the days when nothing ever comes",
        Facts(checked(OK, answered(entries=0), now=NOW + DAY), WORKDAYS),
        "ok",
        False,
        "ok",
    ),
    (
        "an empty feed on a working day",
        Facts(checked(OK, answered(entries=0)), WORKDAYS),
        "thin",
        True,
        "empty",
    ),
    (
        "an empty feed that was not",
        Facts(checked(OK, answered(entries=0)), DAILY),
        "thin",
        True,
        "the feed has become empty",
    ),
    ("an empty feed from the first", Facts(checked(answered(entries=0))), "ok", False, "ok"),
    (
        "an empty feed, then a 304",
        Facts(checked(answered(entries=0), UNCHANGED), DAILY),
        "thin",
        True,
        "empty",
    ),
    (
        "walls all of a sudden",
        Facts(checked(OK), DAILY, [LONG] * 10 + [SHORT] * 5),
        "thin",
        True,
        "300 characters in the last 5 documents, 4000 before; the page holds no article",
    ),
    (
        "one wall",
        Facts(checked(OK), DAILY, [LONG] * 14 + [SHORT]),
        "ok",
        False,
        "1 of 15 documents from the feed's own text",
    ),
    (
        "walls from the first",
        Facts(checked(OK), DAILY, [SHORT] * 20),
        "ok",
        False,
        "20 of 20 documents",
    ),
    (
        "half as long",
        Facts(checked(OK), DAILY, [LONG] * 10 + [Read(2000, "")] * 5),
        "ok",
        False,
        "ok",
    ),
    (
        "too little known to call it thin",
        Facts(checked(OK), DAILY, [LONG] * 9 + [SHORT] * 5),
        "ok",
        False,
        "ok",
    ),
    (
        "slow",
        Facts(checked(OK, OK, OK, answered(6.0)), DAILY),
        "slow",
        False,
        "slow: 6.0 s, usually 0.2 s",
    ),
    (
        "three times as slow, and still quick",
        Facts(checked(OK, OK, OK, answered(0.9)), DAILY),
        "ok",
        False,
        "ok",
    ),
    ("slow as always", Facts(checked(*[answered(6.0)] * 4), DAILY), "ok", False, "ok"),
    ("slow the first time", Facts(checked(answered(9.0)), DAILY), "ok", False, "ok"),
    (
        "moved",
        Facts(checked(OK), DAILY, moved_to="https://new.example/feed"),
        "moved",
        True,
        "moved for good to https://new.example/feed",
    ),
    (
        "gone",
        Facts(checked(failed("HTTP 410 Gone")), DAILY, gone_since=NOW - 2 * DAY),
        "gone",
        True,
        "since 2026-11-18",
    ),
]


@pytest.mark.parametrize(
    ("facts", "state", "news", "says"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_the_state_of_a_feed(facts: Facts, state: str, news: bool, says: str) -> None:
    """Its gravest finding, whether the editor is told, and what is said."""
    found = health(facts, NOW)
    assert found.state == state
    assert any(finding.news for finding in found.findings) is news
    assert says in found.line


def test_several_findings_are_all_told_the_gravest_first() -> None:
    """A feed can be silent, slow and moved at once."""
    facts = Facts(
        checked(OK, OK, OK, answered(9.0)),
        every(DAY, NOW - 30 * DAY),
        moved_to="https://new.example/",
    )
    assert [finding.state for finding in health(facts, NOW).findings] == ["silent", "slow", "moved"]


@pytest.mark.parametrize(
    ("gaps", "per_day", "quiet_days"),
    [
        ([1.0] * 20, 1.0, 4.0),  # the floor
        ([7.0] * 20, 1 / 7, 14.0),
        ([1, 1, 1, 1, 3] * 4, 20 / 28, 6.0),  # weekdays only: the weekend belongs to the rhythm
        ([0.0, 0.0, 0.0, 10.0] * 5, 20 / 50, 20.0),  # four at once every ten days
        ([1.0] * 19 + [60.0], 20 / 79, 4.0),  # one summer break does not blunt the rule
    ],
)
def test_silence_is_measured_by_a_feeds_own_gaps(
    gaps: list[float], per_day: float, quiet_days: float
) -> None:
    """Twice the gap that nine in ten stay below, and four days at the least."""
    dates = [NOW]
    for gap in gaps:
        dates.append(dates[-1] + gap * DAY)
    found = rhythm(dates)
    assert found is not None
    assert found.per_day == pytest.approx(per_day)
    assert found.quiet == quiet_days * DAY


# ---------------------------------------------------------------- clocks


def test_a_clock_that_went_back_makes_no_nonsense() -> None:
    """Checks and entries from a time still to come: no negative silence, no failure that begins
    tomorrow.
    """
    future = NOW + 3650 * DAY
    failing = health(
        Facts(
            checked(failed("HTTP 503"), failed("HTTP 503"), now=future), DAILY, failing_since=future
        ),
        NOW,
    )
    assert failing.findings[0].since == NOW
    well = health(Facts([FeedCheck(future, *OK)], [*DAILY, future]), NOW)
    assert (well.state, well.newest) == ("ok", DAILY[-1])


def test_when_most_feeds_fall_silent_at_once_the_clock_is_doubted() -> None:
    """One notice that says what the clock says, in place of one for each feed."""
    ahead = NOW + 3650 * DAY
    fares: dict[str, Health] = {
        f"https://{i}.example/": health(Facts(checked(OK, now=ahead), DAILY), ahead)
        for i in range(4)
    }
    fares["https://failing.example/"] = health(
        Facts(checked(*[failed("HTTP 503")] * 3, now=ahead)), ahead
    )
    failing, clock = notices(fares, {}, ahead)
    assert failing.state == "failing"
    assert (
        "4 of 5 feeds seem to be silent; is this machine's clock right? It says 2036"
        in clock.line()
    )


def test_a_few_silent_feeds_are_named() -> None:
    """By the title they are known by, or their address."""
    fares = {
        f"https://{i}.example/": health(
            Facts(checked(OK), every(DAY, NOW - 9 * DAY) if i < 2 else DAILY), NOW
        )
        for i in range(6)
    }
    told = [notice.line() for notice in notices(fares, {"https://0.example/": "Zero"}, NOW)]
    assert [line.partition(": ")[0] for line in told] == ["Zero", "https://1.example/"]
