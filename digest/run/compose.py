"""Writing an issue down: the draft from what was selected, by a model where there is one, and never
over what a person changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from digest.config.atomic_files import write_atomic, write_if_changed
from digest.insights.figures import figures, figures_read, with_records
from digest.issue.by_the_numbers import numbered
from digest.issue.came_due import with_came_due
from digest.issue.carried_corrections import with_carried
from digest.issue.contradictions import contradiction_lines
from digest.issue.edited_facts import THEMES
from digest.issue.facts import both, facts_of
from digest.issue.folder import hash_of
from digest.issue.heard import heard_of, with_heard
from digest.issue.issue_md import write
from digest.issue.material import Material
from digest.issue.told_elsewhere import ToldStory, told_elsewhere
from digest.issue.told_plan import told
from digest.run import ledger
from digest.run.candidates import readable, standing
from digest.run.carried import accept_carried, carried
from digest.run.column import ThesisWantedError, write_column
from digest.run.lock import drafting
from digest.run.recall import related_stories
from digest.run.results import models_asked
from digest.run.select import result_of, select
from digest.run.write import retell
from digest.store import durably, issues, told_stories
from digest.stories.told_story import signature

if TYPE_CHECKING:
    from digest.editions.selection import Selection
    from digest.llm.provider import Provider
    from digest.model import Draft, Plan
    from digest.run.job import Job
    from digest.run.report import Report
    from digest.run.session import Session
    from digest.store.issues import IssueRecord


@dataclass(frozen=True, slots=True)
class Composed:
    """What became of the draft: "made", "unchanged", "approved" (nothing was done), "proposed" (a
    column's theses, of which its editor is to choose), or when a person changed it "kept" or
    "beside" (and the new one is beside it). `report` is what the run did until then.
    """

    state: str
    report: Report


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft as the program wrote it, with its facts, what it was written from, and what was known
    of the issue before.
    """

    text: str
    facts: dict[str, Any]
    selected: Selection
    record: IssueRecord | None


def kept(session: Session, job: Job, *, rewrite: bool) -> bool:
    """Whether `compose` would leave the draft as a person changed it."""
    return not rewrite and issues.get(session.db, job.id) is not None and _changed(session, job)


def _changed(session: Session, job: Job) -> bool:
    """Whether there is a draft that is not what the program last wrote."""
    text, record = session.folder(job.id).text(), issues.get(session.db, job.id)
    return text is not None and (record is None or hash_of(text) not in record.written_hashes)


def compose(
    session: Session, job: Job, answerer: Provider | None, done: Report, *, rewrite: bool = False
) -> Composed:
    """Choose and write the issue; `done` is what the run did before. Raises QuietDay."""
    place = session.folder(job.id)
    record = issues.get(session.db, job.id)
    if record and place.status(record.approved_hash) == "approved":
        return Composed("approved", done)
    done = replace(done, asked=models_asked(answerer))
    if record and kept(session, job, rewrite=rewrite):
        with drafting(session.config.state):
            record = issues.get(session.db, job.id) or record
            _learn(session, job, {**record.facts, "run": _run_of(record, done)}, record)
        return Composed("kept", done)
    selected = select(session, job)
    done = replace(done, select=result_of(selected))
    try:
        draft, facts, done = _write(session, job, answerer, selected, done)
    except ThesisWantedError as wanted:
        return Composed("proposed", wanted.report)
    corrections = carried(session, job)
    draft, facts = with_carried(draft, facts, corrections)
    done = replace(done, contradictions=tuple(contradiction_lines(facts["contradictions"])))
    with drafting(session.config.state):  # an editor may have changed the draft meanwhile
        record = issues.get(session.db, job.id)
        if record and THEMES in record.facts:
            facts = {**facts, THEMES: record.facts[THEMES]}
        composed = _laid_down(
            session, job, Drafted(write(draft), facts, selected, record), done, rewrite=rewrite
        )
    if corrections and composed.state in {"made", "unchanged"}:
        accept_carried(session, job.id)
    return composed


def _laid_down(
    session: Session, job: Job, made: Drafted, done: Report, *, rewrite: bool
) -> Composed:
    """The draft where it belongs: beside one that a person changed."""
    place, text, facts, record = session.folder(job.id), made.text, made.facts, made.record
    if record and place.status(record.approved_hash) == "approved":
        return Composed("approved", done)
    if _changed(session, job):
        if rewrite:
            write_atomic(place.path / "issue.new.md", text)
        _learn(session, job, both(record.facts, facts) if record else facts, record)
        with session.db:
            _remember(session, job, made.selected, facts)
        return Composed("beside" if rewrite else "kept", done)
    # Old and new hash go in before the file: whichever of the two a crash leaves on disk is known
    # as the program's own.
    with durably(session.db):
        issues.save_draft(
            session.db, job.edition.name, job.day, job.window, _hashes(hash_of(text), record), facts
        )
        _remember(session, job, made.selected, facts)
    return Composed("made" if write_if_changed(place.markdown, text) else "unchanged", done)


def _remember(session: Session, job: Job, selected: Selection, facts: dict[str, Any]) -> None:
    """Keep by what the stories of the issue are known again, in the caller's transaction."""
    told_stories.save(
        session.db,
        job.id,
        {
            story.id: signature(story.documents)
            for story in selected.stories
            if story.id in facts["stories"]
        },
    )


def _run_of(record: IssueRecord, done: Report) -> dict[str, Any]:
    """The run's report for a draft that is left alone: what was fetched is news of this run; what
    the draft came from and cost is that of the run that wrote it.
    """
    written = record.facts.get("run", {}).items()
    return {
        **done.run_json(),
        **{key: value for key, value in written if key not in {"feeds", "documents"}},
    }


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


def _write(
    session: Session, job: Job, answerer: Provider | None, selected: Selection, done: Report
) -> tuple[Draft, dict[str, Any], Report]:
    """The draft, by a model where there is one, the facts that issue.json joins to it, and what the
    run did until then.
    """
    material = replace(
        _material(session, job, selected),
        language=session.config.newsletter.language,
        zone=session.config.newsletter.zone,
        editor=session.config.newsletter.editor,
    )
    material = replace(material, told_in=told_elsewhere(selected.plan, _other_issues(session, job)))
    if job.edition.terms.essay:
        return write_column(session, job, answerer, selected.plan, material, done)
    material = _with_episodes(session, job, selected.plan, material)
    numbers = job.edition.terms.numbers
    plan, draft = told(job.id, job.edition, job.day, selected.plan, material, numbers)
    given = _given_thesis(session, job)
    draft = replace(draft, thesis=given)
    if plan != selected.plan:
        done = replace(done, select=result_of(replace(selected, plan=plan)))
    if answerer:
        before = draft
        retold = retell(session, answerer, job.edition, plan, draft, material)
        draft, material = retold.draft, replace(material, texts=retold.texts, front=retold.front)
        draft = numbered(draft, material, numbers) if retold.draft != before else draft
        done = replace(done, write=retold.result, asked=models_asked(answerer))
    if job.edition.name == "daily":
        draft = with_came_due(draft, material)
    draft = with_heard(draft, material)
    material = replace(material, related=related_stories(session, job, draft))
    facts = {**facts_of(plan, draft, material, done.run_json()), **_given(given, material)}
    return draft, facts, done


def _given_thesis(session: Session, job: Job) -> str:
    """The editor's thesis for this run, or for the one before it."""
    record = issues.get(session.db, job.id)
    before = record.facts.get("given_thesis", "") if record else ""
    return " ".join(job.thesis.split()) or before


def _given(given: str, material: Material) -> dict[str, Any]:
    """What is kept of an editor's thesis; while nobody has read it, it is checked as what is typed
    is.
    """
    unread: dict[str, Any] = {} if "thesis" in material.front else {"thesis": {}}
    return {"given_thesis": given, **unread} if given else {}


def _with_episodes(session: Session, job: Job, plan: Plan, material: Material) -> Material:
    """The material with what episodes of the time say of the stories, in an edition that hears
    them.
    """
    if "podcast" not in job.edition.reads:
        return material
    episodes = [one for one in readable(session, job)[0] if one.kind == "podcast"]
    documents = {**{one.entry_id: one for one in episodes}, **material.documents}
    return replace(material, documents=documents, heard=heard_of(plan, episodes))


def _other_issues(session: Session, job: Job) -> tuple[ToldStory, ...]:
    """The stories that issues of other editions tell in the time that this one looks back on."""
    if not job.edition.terms.stored:
        return ()
    since = job.window.start.date()
    return tuple(
        ToldStory(
            record.id,
            record.edition,
            record.date,
            story,
            record.approved_text is not None,
            frozenset(one.get("entry", "") for one in record.facts["stories"][story]["sources"]),
        )
        for record in issues.every(session.db)
        if record.edition != job.edition.name and since <= record.date <= job.day
        for story in standing(session, record)
    )


def _material(session: Session, job: Job, selected: Selection) -> Material:
    """What the issue may be written from."""
    told = [
        document
        for section in selected.plan.sections
        for story in section.stories
        for document in story.group.documents
    ]
    # what is said aloud is no figure of record
    news = [document for document in told if document.kind == "news"]
    found = [figure for document in news for figure in figures(document)]
    found += [
        figure
        for document in news
        for insight in selected.insights.get(document.entry_id, ())
        for figure in figures_read(insight, document)
    ]
    documents = {one.entry_id: one for story in selected.stories for one in story.documents}
    remembered = ledger.remembered(session, job, [document.entry_id for document in news])
    return Material(
        selected.insights,
        with_records(found, remembered.figures, remembered.owners),
        documents | {one.entry_id: one for one in told},
        ledger=remembered.figures,
        previous=remembered.previous,
        contradicted=remembered.contradicted,
        came_due=remembered.came_due,
        owners=remembered.owners,
        day=job.day,
    )
