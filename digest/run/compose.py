"""Writing an issue down: the draft from what was selected, by a model where there is one, and never
over what a person changed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from digest.config.atomic_files import write_atomic, write_if_changed
from digest.insights.figures import figures
from digest.issue.embedded_writer import Material, write_draft
from digest.issue.facts import both, facts_of
from digest.issue.folder import hash_of
from digest.issue.grammar import write
from digest.run.select import select
from digest.run.write import retell
from digest.store import durably, issues

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.llm.provider import Provider
    from digest.model import Draft, Group, Insight, Plan
    from digest.run.select import Job
    from digest.run.session import Session
    from digest.store.issues import IssueRecord

BELOW_THE_LINE = "below the line"


def kept(session: Session, job: Job, *, rewrite: bool) -> bool:
    """Whether `compose` would leave the draft as a person changed it."""
    return not rewrite and issues.get(session.db, job.id) is not None and _changed(session, job)


def _changed(session: Session, job: Job) -> bool:
    """Whether there is a draft that is not what the program last wrote."""
    text, record = session.folder(job.id).text(), issues.get(session.db, job.id)
    return text is not None and (record is None or hash_of(text) not in record.written_hashes)


def compose(session: Session, job: Job, answerer: Provider | None, *, rewrite: bool = False) -> str:
    """Choose and write the issue; returns "made", "unchanged", "approved" (nothing was done), or
    for a draft that a person changed "kept" or "beside".
    """
    place = session.folder(job.id)
    record = issues.get(session.db, job.id)
    if record and place.status(record.approved_hash) == "approved":
        return "approved"
    if answerer:
        session.report.asked(answerer)
    if record and kept(session, job, rewrite=rewrite):
        # What was fetched is news of this run; what the draft came from and cost is that of the run
        # that wrote it.
        written = {
            key: value
            for key, value in record.facts.get("run", {}).items()
            if key not in {"feeds", "documents"}
        }
        _learn(
            session, job, {**record.facts, "run": {**session.report.run_json(), **written}}, record
        )
        return "kept"
    plan, stories, made = select(session, job)
    draft, facts = _write(session, job, answerer, plan, _material(plan, stories, made))
    text = write(draft)
    if _changed(session, job):
        if rewrite:
            write_atomic(place.path / "issue.new.md", text)
        _learn(session, job, both(record.facts, facts) if record else facts, record)
        return "beside" if rewrite else "kept"
    # Old and new hash go in before the file: whichever of the two a crash leaves on disk is known
    # as the program's own.
    with durably(session.db):
        issues.save_draft(
            session.db, job.edition.name, job.day, job.window, _hashes(hash_of(text), record), facts
        )
    return "made" if write_if_changed(place.markdown, text) else "unchanged"


def _hashes(new: str, record: IssueRecord | None) -> tuple[str, ...]:
    return (new, *(old for old in (record.written_hashes[:1] if record else ()) if old != new))


def _learn(session: Session, job: Job, facts: dict[str, Any], record: IssueRecord | None) -> None:
    """Keep facts for a draft that a person changed, which is still not the program's own."""
    with session.db:
        issues.save_draft(
            session.db,
            job.edition.name,
            job.day,
            job.window,
            record.written_hashes if record else (),
            facts,
        )


def _material(
    plan: Plan, stories: Sequence[Group], made: Mapping[str, tuple[Insight, ...]]
) -> Material:
    """What the issue may be written from."""
    off_subject = {left.entry_url for left in plan.left_out if left.why != BELOW_THE_LINE}
    quotable = [
        document
        for story in stories
        for document in story.documents
        if document.url not in off_subject
    ]
    stated = [
        document for document in quotable if document.kind == "news"
    ]  # what is said aloud is no figure of record
    found = [figure for document in stated for figure in figures(document)]
    return Material(made, found, {document.url: document for document in quotable})


def _write(
    session: Session, job: Job, answerer: Provider | None, plan: Plan, material: Material
) -> tuple[Draft, dict[str, Any]]:
    """The draft, by a model where there is one, and the facts that issue.json joins to it."""
    draft = write_draft(
        job.id, job.edition, job.day, plan, material, job.edition.numbers(session.config.editions)
    )
    if answerer is None:
        return draft, facts_of(plan, draft, material, session.report.run_json())
    told = retell(session, answerer, job.edition, plan, draft, material)
    session.report.claims += told.tally
    session.report.asked(answerer)
    return told.draft, facts_of(
        plan, told.draft, replace(material, texts=told.texts), session.report.run_json()
    )
