"""The run, said once:

feeds.yaml | fetch | extract | group | read | select | write | render

Each stage reads what the one before stored, returns what it did, and can be run again alone. Two
stages of the command line are pairs: `summarise` is group and read, `compose` is select and write.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from digest.editions.selection import ranked
from digest.errors import QuietDay
from digest.run.candidates import fresh
from digest.run.compose import compose, kept
from digest.run.estimate import foreseen
from digest.run.extract import extract, sources
from digest.run.feed_health import feed_notices
from digest.run.fetch import fetch
from digest.run.publish import render
from digest.run.read import to_read
from digest.run.report import Report
from digest.run.results import ExtractResult, models_asked
from digest.run.select import result_of, select
from digest.run.summarise import summarise
from digest.store import insights, issues

if TYPE_CHECKING:
    from datetime import datetime

    from digest.model import Plan
    from digest.run.job import Job
    from digest.run.session import Session


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """What became of a run: "made", "unchanged", "kept" (the editor changed it), "beside" (and the
    new one is beside it), "proposed" (a column's theses), "approved" (nothing was done), "planned"
    (dry run), "differs" (replay).
    """

    job: Job
    state: str
    report: Report
    plan: Plan | None = None


class QuietRun(QuietDay):
    """A quiet day, and what the run did until that was seen."""

    def __init__(self, why: str, report: Report) -> None:
        super().__init__(why)
        self.report = report


def run(session: Session, job: Job, *, dry_run: bool = False, rewrite: bool = False) -> RunOutcome:
    """All stages up to a rendered draft. Raises QuietRun when there is too little, DigestError when
    it cannot be done.
    """
    if _approved(session, job):
        return RunOutcome(job, "approved", Report())
    if dry_run:
        session = replace(session, offline=True)
    with session.client() as client:
        # one for both, so that a host's pages wait their turn after its feed
        fetched = fetch(session, client, _read_since(job))
        extracted = extract(session, client, job)
    done = Report(fetched, extracted, notices=feed_notices(session, job.window.end))
    return plan(session, job, done) if dry_run else make(session, job, done, rewrite=rewrite)


def _read_since(job: Job) -> datetime | None:
    """From when on a feed counts as read, for an edition that is made of what the others read."""
    return job.window.end - timedelta(days=1) if job.edition.terms.stored else None


def make(
    session: Session, job: Job, done: Report | None = None, *, rewrite: bool = False
) -> RunOutcome:
    """The issue, rendered, from what is stored; `done` is what the run did before. Raises what
    `run` does.
    """
    done = done or Report()
    with session.answerer(job.id) as answerer:
        # A draft that stays as its editor left it needs no model.
        reader = None if kept(session, job, rewrite=rewrite) else answerer
        done = replace(done, read=summarise(session, job, reader))
        try:
            composed = compose(session, job, answerer, done, rewrite=rewrite)
        except QuietDay as quiet:
            raise QuietRun(str(quiet), replace(done, asked=models_asked(answerer))) from None
        done = replace(composed.report, asked=models_asked(answerer))
    if composed.state == "proposed":
        return RunOutcome(job, composed.state, done)
    rendered = render(session, job.id)
    done = replace(done, verdicts=rendered.verdicts, mail=rendered.notice)
    return RunOutcome(job, composed.state, done)


def plan(session: Session, job: Job, done: Report) -> RunOutcome:
    """What the issue would hold by relevance, and what a model would cost; none is asked. Raises
    QuietRun.
    """
    summarise(session, job, None)
    groups = insights.groups(session.db, job.edition.name, job.day)
    wanted = to_read(ranked(fresh(session, job, groups), job.window, session.config))
    try:
        selected = select(session, job)
    except QuietDay as quiet:  # that it is one shows only when its documents are read
        raise QuietRun(str(quiet), replace(done, estimate=foreseen(session, wanted, 0))) from None
    done = replace(
        done, select=result_of(selected), estimate=foreseen(session, wanted, selected.told)
    )
    return RunOutcome(job, "planned", done, selected.plan)


def remake(session: Session, job: Job) -> RunOutcome:
    """`make` from inputs that were recorded: nothing is fetched, and they are reported as a run
    reports what it read.
    """
    read = sources(session, job)
    return make(session, job, Report(extract=ExtractResult(sources=read)))


def _approved(session: Session, job: Job) -> bool:
    record = issues.get(session.db, job.id)
    return (
        record is not None
        and record.approved_hash is not None
        and session.folder(job.id).status(record.approved_hash) == "approved"
    )
