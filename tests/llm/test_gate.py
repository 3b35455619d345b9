"""One that is told to wait makes all wait, and no wait is without end."""

from __future__ import annotations

import threading
import time

from digest.llm.concurrency import IN_VAIN, PATIENCE, Gate
from tests.fake_time import FakeTime


def test_all_wait_for_as_long_as_one_was_told() -> None:
    """Whoever comes next waits what is left."""
    fake = FakeTime()
    gate = Gate(2, fake.clock, fake.sleep)
    assert gate.postpone(7)
    with gate.passed():
        assert fake.now == 1007
    with gate.passed():
        assert fake.now == 1007
    assert gate.waited == 7


def test_two_that_are_told_at_once_wait_once() -> None:
    """Four threads that hit the same limit are one limit."""
    fake = FakeTime()
    gate = Gate(4, fake.clock, fake.sleep)
    for seconds in (5, 3, None, 6):
        assert gate.postpone(seconds)
    assert gate.waited == 6


def test_without_a_word_waits_grow_until_an_answer_comes() -> None:
    """1, 2, 4 seconds; then an answer, and 1 again."""
    fake = FakeTime()
    gate = Gate(1, fake.clock, fake.sleep)
    for _ in range(3):
        gate.postpone(None)
        with gate.passed():
            pass
    gate.succeeded()
    gate.postpone(None)
    with gate.passed():
        pass
    assert fake.slept == [1, 2, 4, 1]


def test_patience_ends() -> None:
    """In vain after two minutes; with answers in between after ten."""
    fake = FakeTime()
    gate = Gate(1, fake.clock, fake.sleep)
    assert not gate.postpone(3600)
    assert gate.waited == 0
    while gate.postpone(None):
        fake.sleep(gate.waited)
    assert gate.waited <= IN_VAIN
    gate.succeeded()
    while gate.postpone(30):
        fake.sleep(30)
        gate.succeeded()
    assert PATIENCE - 30 < gate.waited <= PATIENCE


def test_no_more_than_its_width_are_under_way() -> None:
    """Whatever the number of threads."""
    gate, busy, most, lock = Gate(3), 0, 0, threading.Lock()

    def pass_through() -> None:
        nonlocal busy, most
        with gate.passed():
            with lock:
                busy += 1
                most = max(most, busy)
            time.sleep(0.01)
            with lock:
                busy -= 1

    threads = [threading.Thread(target=pass_through) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 3
