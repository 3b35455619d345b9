"""The stage that chooses: the state's candidates into a plan, by the edition's rule."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from digest.editions import selection
from digest.errors import QuietDay
from digest.run.candidates import candidates
from digest.run.results import SelectResult, reason_kind
from digest.text.counted import counted

if TYPE_CHECKING:
    from digest.editions.selection import Selection
    from digest.run.job import Job
    from digest.run.session import Session

_REASONS = 4  # that a quiet day names


def select(session: Session, job: Job) -> Selection:
    """The plan of an issue, all its stories and what was read in them. Raises QuietDay."""
    found = candidates(session, job)
    try:
        return selection.select(job.edition, job.window, found, session.config)
    except QuietDay as quiet:
        why = f"{job.id}: a quiet day: {quiet}"
        reasons = Counter(reason_kind(left.why) for left in found.left)
        if reasons:
            said = ", ".join(f"{kind} {count}" for kind, count in reasons.most_common(_REASONS))
            why += f"; {counted(reasons.total(), 'document')} left out ({said})"
        raise QuietDay(why) from None


def result_of(selected: Selection) -> SelectResult:
    """What the choice came to, for the report."""
    return SelectResult(
        selected.found, selected.told, selected.claims, selected.plan.left_out, selected.restored
    )
