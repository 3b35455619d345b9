"""The stage that chooses: the state's candidates into a plan, by the edition's rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.editions import selection
from digest.errors import QuietDay
from digest.run.candidates import candidates
from digest.run.results import SelectResult

if TYPE_CHECKING:
    from digest.editions.selection import Selection
    from digest.run.job import Job
    from digest.run.session import Session


def select(session: Session, job: Job) -> Selection:
    """The plan of an issue, all its stories and what was read in them. Raises QuietDay."""
    try:
        return selection.select(job.edition, job.window, candidates(session, job), session.config)
    except QuietDay as quiet:
        raise QuietDay(f"{job.id}: a quiet day: {quiet}") from None


def result_of(selected: Selection) -> SelectResult:
    """What the choice came to, for the report."""
    return SelectResult(
        selected.found, selected.told, selected.claims, selected.plan.left_out, selected.restored
    )
