"""When a feed that redirects for good is taken at its word (RFC 9110, sections 15.4.2 and
15.4.9).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

# A hotel's login page or a registrar's parking page redirects "for good" as well, and is gone two
# days later.
PROOF_RUNS = 3
PROOF_TIME = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Move:
    """Where a feed's permanent redirects lead."""

    to: str
    since: datetime
    runs: int  # successful ones in a row that led there
    proved: bool  # from now on `to` is asked directly


def seen(move: Move | None, led_to: str | None, now: datetime) -> Move | None:
    """What is known of a feed's move after its own address was asked with success and its permanent
    redirects led to `led_to`.
    """
    if not led_to:
        return None
    if move is None or move.to != led_to:
        return Move(led_to, now, 1, proved=False)
    runs = move.runs + 1
    return Move(
        led_to, move.since, runs, proved=runs >= PROOF_RUNS and now - move.since >= PROOF_TIME
    )
