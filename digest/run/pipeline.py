"""The run, said once:

feeds.yaml | fetch | extract | group | read | select | write | render

Each stage reads what the one before stored and can be run again alone. Two stages of the command
line are pairs: `summarise` is group and read, `compose` is select and write. This is the only place
that knows both the deciding code and the edge.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.editions import edition
from digest.editions.window import today, window_of
from digest.insights.embedded import EMBEDDED, read
from digest.run.compose import compose, kept
from digest.run.estimate import foreseen
from digest.run.gather import extract, fetch, look, tell_documents
from digest.run.publish import render
from digest.run.read import read_with_model, to_read
from digest.run.select import Job, feeds_read, ranked, readable, select, weights
from digest.store import insights, issues
from digest.store.issues import issue_id
from digest.stories.grouping import group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from digest.llm.provider import Provider
    from digest.model import Plan
    from digest.run.session import Session


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a run: "made", "unchanged", "kept" (the editor changed it), "beside" (and the
    new one is beside it), "approved" (nothing was done), "planned" (dry run).
    """

    job: Job
    state: str
    plan: Plan | None = None


def job_for(session: Session, name: str, day: date | None) -> Job:
    """The job for an edition and a day (None: today). A day that has an issue keeps that issue's
    window.
    """
    which = edition(name)
    zone = session.config.newsletter.zone
    day = day or today(session.now, zone)
    record = issues.get(session.db, issue_id(name, day))
    earlier = issues.before(session.db, name, day)
    window = window_of(
        day, session.now, zone, earlier[0].window.end if earlier else None, which.window_days
    )
    return Job(which, day, record.window if record else window)


def run(session: Session, job: Job, *, dry_run: bool = False, rewrite: bool = False) -> Outcome:
    """All stages up to a rendered draft. Raises QuietDay when there is too little, DigestError when
    it cannot be done.
    """
    record = issues.get(session.db, job.id)
    if (
        record
        and record.approved_hash
        and session.folder(job.id).status(record.approved_hash) == "approved"
    ):
        return Outcome(job, "approved")
    if dry_run:
        session = replace(session, offline=True)
    with (
        session.client() as client
    ):  # one for both, so that a host's pages wait their turn after its feed
        fetch(session, client)
        extract(session, client, job.window, feeds_read(session, job))
    if dry_run:
        return Outcome(job, "planned", _plan(session, job))
    return Outcome(job, make(session, job, rewrite=rewrite))


def _plan(session: Session, job: Job) -> Plan:
    """What the issue would hold by relevance, and what a model would cost; none is asked. Raises
    QuietDay.
    """
    summarise(session, job, None)
    stories = ranked(session, job, insights.groups(session.db, job.edition.name, job.day))
    try:
        return select(session, job)[0]
    finally:  # of a quiet day too: that it is one shows only when its documents are read
        session.report.estimate = foreseen(session, to_read(stories), session.report.told)


def make(session: Session, job: Job, *, rewrite: bool = False) -> str:
    """The issue, rendered, from what is stored; returns what `compose` does, and raises what `run`
    does.
    """
    with _answerer(session, job) as answerer:
        # A draft that stays as its editor left it needs no model.
        summarise(session, job, None if kept(session, job, rewrite=rewrite) else answerer)
        state = compose(session, job, answerer, rewrite=rewrite)
    render(session, job.id)
    return state


def remake(session: Session, job: Job) -> str:
    """`make` from inputs that were recorded: nothing is fetched, and they are reported as a run
    reports what it read.
    """
    tell_documents(session, job.window, feeds_read(session, job))
    return make(session, job)


@contextmanager
def _answerer(session: Session, job: Job) -> Iterator[Provider | None]:
    """The models of a run, None without one; what they came to is in the report however it ends."""
    with session.answerer(job.id) as provider:
        try:
            yield provider
        finally:
            if provider:
                session.report.asked(provider)


# ---------------------------------------------------------------- group and read


def summarise(session: Session, job: Job, answerer: Provider | None) -> None:
    """Group the window's documents into stories and read each into insights: all without a model,
    those that may be told with it.
    """
    found, _ = readable(session, job)
    stories = group(found, weights(session))
    words = frozenset(word for theme in session.config.themes for word in theme.words)
    with session.db:
        insights.save_groups(session.db, job.edition.name, job.day, stories)
        for document in found:
            insights.save(
                session.db, document.entry_id, EMBEDDED, read(document, theme_words=words)
            )
    session.stage(f"summarise: {len(found)} documents, {len(stories)} stories")
    if answerer:
        read_with_model(session, answerer, to_read(ranked(session, job, stories)))


def _fetch_alone(session: Session, job: Job) -> None:
    with session.client() as client:
        fetch(session, client)
    look(session, job.window.end)


def _extract_alone(session: Session, job: Job) -> None:
    with session.client() as client:
        extract(session, client, job.window, feeds_read(session, job))


def _summarise_alone(session: Session, job: Job) -> None:
    with _answerer(session, job) as answerer:
        summarise(session, job, answerer)


def _compose_alone(session: Session, job: Job) -> None:
    with _answerer(session, job) as answerer:
        compose(session, job, answerer)


STAGES: Mapping[str, Callable[[Session, Job], object]] = {
    "fetch": _fetch_alone,
    "extract": _extract_alone,
    "summarise": _summarise_alone,
    "compose": _compose_alone,
    "render": lambda session, job: render(session, job.id),
}
