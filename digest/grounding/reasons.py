"""The reasons for which a claim is flagged, as machines are told them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from digest.grounding import Grounded


class Reason(NamedTuple):
    """A check that fails, the row or rows of the table that say so, and why in words."""

    check: str
    rule: str
    why: str


def reasons(grounded: Grounded) -> tuple[Reason, ...]:
    """Why a claim is flagged; none where it is not."""
    if grounded.verdict != "flagged":
        return ()
    return tuple(
        Reason(name, check.rule or name, check.why)
        for name, check in grounded.checks
        if check.result == "fail"
    )
