"""One stage alone, as `digest fetch` and its like run it: each imports no other's means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.run.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from digest.run.job import Job
    from digest.run.session import Session


def _fetch(session: Session, job: Job) -> Report:
    from digest.run.feed_health import feed_notices
    from digest.run.fetch import fetch

    with session.client() as client:
        fetched = fetch(session, client)
    return Report(fetched, notices=feed_notices(session, job.window.end))


def _extract(session: Session, job: Job) -> Report:
    from digest.run.extract import extract
    from digest.run.feed_health import feed_notices

    with session.client() as client:
        extracted = extract(session, client, job)
    return Report(extract=extracted, notices=feed_notices(session, job.window.end))


def _summarise(session: Session, job: Job) -> Report:
    from digest.run.results import models_asked
    from digest.run.summarise import summarise

    with session.answerer(job.id) as answerer:
        read = summarise(session, job, answerer)
        return Report(read=read, asked=models_asked(answerer))


def _compose(session: Session, job: Job) -> Report:
    from dataclasses import replace

    from digest.run.compose import compose
    from digest.run.results import models_asked

    with session.answerer(job.id) as answerer:
        report = compose(session, job, answerer, Report()).report
        return replace(report, asked=models_asked(answerer))


def render_draft(session: Session, job: Job, *, read: bool = False) -> Report:
    """The draft rendered as it stands; with `read` after a second reading of what is merely
    checked in it.
    """
    from digest.run.archive import build_site
    from digest.run.publish import read_draft, render
    from digest.run.results import ReadResult, RereadResult

    done = (read_draft(session, job.id).reread if read else None) or RereadResult()
    rendered = render(session, job.id)
    if rendered.status != "draft":
        build_site(session)
    return Report(read=ReadResult(second=done.second), asked=done.asked, mail=rendered.notice)


STAGES: Mapping[str, Callable[[Session, Job], Report]] = {
    "fetch": _fetch,
    "extract": _extract,
    "summarise": _summarise,
    "compose": _compose,
    "render": render_draft,
}
