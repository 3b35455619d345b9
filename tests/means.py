"""What tests give a session so that nobody waits: workers that are warm, and waits for a model that
take no time.
"""

from __future__ import annotations

from typing import Any

from digest.llm.concurrency import Gate
from digest.net.lent_pool import LentPool
from digest.net.workers import processes
from tests.fake_time import FakeTime

WORKERS = LentPool(lambda: processes(1))  # conftest ends it


def gate(width: int) -> Gate:
    """As an endpoint's, but for the waiting."""
    time = FakeTime()
    return Gate(width, time.clock, time.sleep)


MEANS: dict[str, Any] = {"processes": WORKERS, "gate": gate}
