"""What commands print about runs and single stages: as JSON values, and as lines for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from digest.issue.column.theses import ProposedColumn
    from digest.model import Plan
    from digest.run.job import Job
    from digest.run.pipeline import RunOutcome
    from digest.run.report import Report
    from digest.run.session import Session

_STATES = {
    "made": "the draft is made",
    "unchanged": "already made; nothing has changed",
    "kept": "already made and changed by hand since; the draft was left alone",
    "beside": (
        "already made and changed by hand since; the draft was left alone, and the new one is"
        " beside it as issue.new.md"
    ),
    "approved": "already approved; nothing was done",
    "proposed": "theses are proposed; --thesis N chooses one, --thesis TEXT is your own",
    "planned": "dry run; nothing was written",
    "differs": "already made; what the replay made differs, and is beside it as issue.new.md",
}


def run_json(session: Session, outcome: RunOutcome) -> dict[str, Any]:
    """The result of `digest run`."""
    value = {
        "issue": outcome.job.id,
        "state": outcome.state,
        "window": _window(outcome.job),
        **outcome.report.json(),
    }
    if outcome.plan:
        return {**value, "plan": _plan(outcome.plan)}
    if outcome.state == "proposed":
        value["theses"] = [one.json() for one in _proposals(session, outcome.job)]
    return {**value, "files": _files(session, outcome.job.id)}


def quiet_json(job: Job, report: Report) -> dict[str, Any]:
    """The result of `digest run` on a quiet day: what was found, and no files."""
    return {
        "issue": job.id,
        "state": "quiet",
        "window": _window(job),
        **report.json(),
        "files": {},
    }


def not_due(job: Job, due: date) -> tuple[dict[str, Any], list[str]]:
    """The result of `digest run` on a day that is none of the edition's: as JSON, and as lines."""
    value = {"issue": job.id, "state": "not due", "due": due.isoformat(), "files": {}}
    days = ", ".join(job.edition.terms.days)
    return value, [f"{job.edition.name}: made on {days}; due on {due}, nothing was done"]


def run_lines(session: Session, outcome: RunOutcome) -> Iterator[str]:
    """The closing report."""
    if outcome.state != "approved":
        yield from outcome.report.lines()
    for section in _plan(outcome.plan) if outcome.plan else []:
        yield section["name"]
        yield from (f"  {story['headline']} ({story['why']})" for story in section["stories"])
    if outcome.state == "proposed":
        yield from _proposal_lines(_proposals(session, outcome.job))
    yield f"{outcome.job.id}: {_STATES[outcome.state]}"
    if outcome.state == "proposed":
        return
    if outcome.state == "differs":
        yield (
            f"  digest diff {outcome.job.id} {session.folder(outcome.job.id).path / 'issue.new.md'}"
        )
    elif outcome.state != "planned":
        yield f"  {session.folder(outcome.job.id).markdown}"


def _proposals(session: Session, job: Job) -> tuple[ProposedColumn, ...]:
    from digest.run.column import proposals

    return proposals(session, job)


def _proposal_lines(theses: tuple[ProposedColumn, ...]) -> Iterator[str]:
    for number, one in enumerate(theses, 1):
        yield f"{number}  {one.text or f'{one.subject}: a subject; the thesis is yours'}"
        yield from (f"     - {headline}" for headline in one.headlines)
        if one.against:
            yield f"     against it: {one.against}"


def stage_lines(session: Session, job: Job, stage: str, report: Report) -> Iterator[str]:
    """What a single stage did: its part of the report, and for the draft's stages the file and what
    is flagged in it.
    """
    yield from report.lines()
    if stage in {"compose", "render"}:
        folder = session.folder(job.id)
        yield f"{job.id}: {folder.markdown if stage == 'compose' else folder.path / 'index.html'}"
    if stage == "render":
        from digest.cli.issue_results import standing_lines
        from digest.run.publish import load

        yield from standing_lines(load(session, job.id))


def stage_json(job: Job, stage: str, report: Report) -> dict[str, Any]:
    """The result of a single stage."""
    return {"issue": job.id, "stage": stage, "window": _window(job), **report.json()}


def _window(job: Job) -> dict[str, str]:
    return {"from": job.window.start.isoformat(), "to": job.window.end.isoformat()}


def _plan(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "name": section.name,
            "stories": [
                {"headline": story.group.documents[0].title, "why": story.why}
                for story in section.stories
            ],
        }
        for section in plan.sections
    ]


def _files(session: Session, identity: str) -> dict[str, str]:
    from digest.issue.folder import RENDERED

    folder = session.folder(identity).path
    return {
        name: str(folder / name) for name in ("issue.md", *RENDERED) if (folder / name).exists()
    }
