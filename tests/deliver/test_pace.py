"""How fast messages go out."""

from __future__ import annotations

import pytest

from digest.deliver.pace import HOUR, IN_A_ROW, LONGEST_WAIT, Pace, wait_after


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        """The time, in seconds."""
        return self.now


def passed(pace: Pace, clock: Clock, count: int) -> list[float]:
    """When so many messages go out, in seconds from now."""
    began = clock.now
    times: list[float] = []
    while len(times) < count:
        pause = pace.wait()
        clock.now += pause
        if not pause:
            times.append(clock.now - began)
    return times


def test_a_rate_is_kept() -> None:
    """Ten a second."""
    clock = Clock()
    assert passed(Pace(10, clock=clock), clock, 4) == pytest.approx([0, 0.1, 0.2, 0.3])


def test_a_most_in_an_hour_is_kept_over_runs() -> None:
    """What went out in the hour before counts, and at no time do more go out in an hour."""
    clock = Clock()
    before = [clock.now - 3000, clock.now - 600]
    times = passed(Pace(per_hour=3, before=before, clock=clock), clock, 5)
    assert times == pytest.approx([0, 600, 3000, 3600, 4200])


def test_a_clock_that_goes_back_stops_nothing_for_long() -> None:
    """An hour at most."""
    clock = Clock()
    pace = Pace(per_hour=1, clock=clock)
    assert pace.wait() == 0
    clock.now -= 10 * HOUR
    assert 0 < pace.wait() <= HOUR


def test_a_busy_server_is_given_time() -> None:
    """After five times in a row all wait, twice as long each time, at most five minutes; an answer
    of another kind ends it.
    """
    clock = Clock()
    pace = Pace(clock=clock)
    waits = []
    for _ in range(IN_A_ROW + 12):
        pace.told(busy=True)
        waits.append(pace.wait())
        clock.now += waits[-1]
    assert waits[: IN_A_ROW - 1] == [0] * (IN_A_ROW - 1)
    assert waits[IN_A_ROW - 1 : IN_A_ROW + 2] == pytest.approx([1, 2, 4])
    assert max(waits) == pytest.approx(LONGEST_WAIT)
    pace.told(busy=False)
    assert pace.wait() == 0


def test_a_message_that_is_put_off_again_and_again_is_left_to_the_next_run() -> None:
    """Its waits double, and end with one that no run waits for."""
    waits = [wait_after(attempts) for attempts in range(1, 12)]
    assert waits[:9] == [1, 2, 4, 8, 16, 32, 64, 128, 256]
    assert sum(waits[:9]) > 300, "a server that greylists wants five minutes"
    assert waits[9] > LONGEST_WAIT
