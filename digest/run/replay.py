"""Making an issue again from its record: no feed and no page is asked, and what was answered then
is not asked again.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from digest.config.atomic_files import write_if_changed
from digest.config.schema import feed_key
from digest.editions.registry import edition_named
from digest.run.job import Job
from digest.run.pipeline import RunOutcome, remake
from digest.run.record import opened, run_of
from digest.store import issues, open_state
from digest.store.snapshot import take_answers, take_inputs

if TYPE_CHECKING:
    from digest.config.schema import Config, Editions
    from digest.run.record import Record
    from digest.run.session import Session


def recorded_job(directory: Path, editions: Editions) -> Job:
    """The issue that a record is of, by the editions there are. Raises what `record.opened`
    raises.
    """
    run = run_of(directory)
    return Job(edition_named(run.edition, editions), run.date, run.window, run.thesis)


def replay(session: Session, directory: Path) -> RunOutcome:
    """Make the recorded issue with the themes, templates, prompts and models that are configured
    now.

    In a state that does not have the issue the record's inputs are taken over and the issue is made
    as by a run. Where there is one, it stays as it is: a result that differs is put beside it as
    issue.new.md ("differs"). Raises what `record.opened` and a run raise.
    """
    with opened(directory) as record:
        job = recorded_job(directory, session.config.editions)
        take_answers(session.db, record.inputs, session.now)
        again = replace(
            session,
            config=_settings(session.config, record.config),
            offline=session.config.llm is None,
        )
        if issues.get(session.db, job.id) is None and session.folder(job.id).text() is None:
            take_inputs(session.db, record.inputs)
            return remake(again, job)
        return _beside(again, record, job)


def _settings(now: Config, then: Config) -> Config:
    """What is configured now, with the feeds of then: they are the inputs. What is said now of a
    feed of then counts.
    """
    said = {feed_key(feed.url): feed for feed in now.feeds}
    feeds = tuple(
        replace(said.get(feed_key(feed.url), feed), url=feed.url, kind=feed.kind)
        for feed in then.feeds
    )
    # nothing is asked for; which links lead to a private network was known to the run
    now = replace(now, feeds=feeds, network=then.network)
    return now if now.llm else replace(now, llm=then.llm, grounding=then.grounding)


def _beside(session: Session, record: Record, job: Job) -> RunOutcome:
    """Make the issue in a state and an output of its own, and compare."""
    with TemporaryDirectory(prefix="digest-replay-") as scratch, open_state(record.inputs) as db:
        elsewhere = replace(session, db=db, config=replace(session.config, output=Path(scratch)))
        outcome = remake(elsewhere, job)
        text = elsewhere.folder(job.id).text() or ""
    place = session.folder(job.id)
    if text == place.text():
        return replace(outcome, state="unchanged")
    write_if_changed(place.path / "issue.new.md", text)
    return replace(outcome, state="differs")
