"""Writing a column: on the editor's thesis, on one of those that were proposed, or, where there is
neither, proposing three.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from digest.config.atomic_files import write_if_changed
from digest.errors import UsageError
from digest.insights.model.claims import Checks
from digest.issue.column.column_draft import column_draft, insights_of, passage_facts
from digest.issue.column.essay_writer import EssayWriter
from digest.issue.column.outline import Outlined, outline
from digest.issue.column.period import period_of
from digest.issue.column.theses import (
    PROPOSED,
    ProposedColumn,
    ThesisProposer,
    proposal_from,
    subjects,
)
from digest.issue.facts import facts_of
from digest.llm.usage import SecondReadings
from digest.run.attempt import tried
from digest.run.read import asking_of, second_reader
from digest.run.results import Crash, WriteResult, models_asked
from digest.store import issues

if TYPE_CHECKING:
    from digest.issue.column.essay import Essay
    from digest.issue.column.period import Period
    from digest.issue.material import Material
    from digest.llm.provider import Provider
    from digest.model import Draft, Plan
    from digest.run.attempt import Tried
    from digest.run.job import Job
    from digest.run.report import Report
    from digest.run.session import Session

THESES = "theses.json"  # in the issue's folder: what was proposed


class ThesisWantedError(Exception):
    """There is no thesis yet; three are proposed. `report` is what the run did until then."""

    def __init__(self, report: Report) -> None:
        super().__init__("a thesis is wanted")
        self.report = report


def write_column(
    session: Session,
    job: Job,
    answerer: Provider | None,
    plan: Plan,
    material: Material,
    done: Report,
) -> tuple[Draft, dict[str, Any], Report]:
    """The column's draft, or its outline where no model writes it, its facts, and what the run did
    until then. Raises ThesisWantedError once it has proposed some.
    """
    period = period_of(plan, material)
    chosen = _chosen(session, job)
    if chosen is None:
        _propose(session, job, answerer, plan, period)
        raise ThesisWantedError(replace(done, asked=models_asked(answerer)))
    readings = SecondReadings()
    essay = _essay(session, answerer, chosen, period, readings) if chosen.text else None
    if essay:
        crashes = (Crash("writing the column", essay.why),) if essay.crashed else ()
        tally = essay.result.tally if essay.result else done.write.claims
        result = WriteResult(tally, crashes, readings.counts())
        done = replace(done, write=result, asked=models_asked(answerer))
    found = essay.result if essay else None
    if found and not found.why_none:
        draft = column_draft(job.id, job.day, found, chosen, material)
        facts = facts_of(plan, replace(draft, parts=()), material, done.run_json())
        facts["stories"] = passage_facts(draft, found, material)
        facts["insights"] |= {name: asdict(one) for name, one in insights_of(found).items()}
    else:
        why = found.why_none if found else essay.why if essay else ""
        of = Outlined(job.id, job.edition, job.day, chosen, why)
        kept, draft = outline(of, plan, material)
        facts = {**facts_of(kept, draft, material, done.run_json()), "thesis": {}}
    return draft, {**facts, "column": chosen.json()}, done


def proposals(session: Session, job: Job) -> tuple[ProposedColumn, ...]:
    """What was proposed for the issue last; () for nothing."""
    file = session.folder(job.id).path / THESES
    try:
        rows = json.loads(file.read_text("utf-8"))["theses"]
        return tuple(map(proposal_from, rows))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()


def _chosen(session: Session, job: Job) -> ProposedColumn | None:
    """The thesis to argue: the editor's, the proposed one that was chosen by its number, or that of
    the draft there is; None where there is none. Raises UsageError for a number that names none.
    """
    said = job.thesis.strip()
    if said.isdecimal() and len(said) == 1:
        there = proposals(session, job)
        if not 0 < int(said) <= len(there):
            raise UsageError(
                f"--thesis {said}: {len(there) or 'none'} are proposed for {job.id};"
                f" 'digest run -e {job.edition.name}' without a thesis proposes some"
            )
        return there[int(said) - 1]
    if said:
        return ProposedColumn(said)
    record = issues.get(session.db, job.id)
    kept = record.facts.get("column") if record else None
    return proposal_from(kept) if kept else None


def _propose(
    session: Session, job: Job, answerer: Provider | None, plan: Plan, period: Period
) -> None:
    """Keep three proposals beside the draft to be."""
    second = second_reader(session, answerer, SecondReadings()) if answerer else None
    found: tuple[ProposedColumn, ...] = ()
    if answerer and second:
        proposer = ThesisProposer(answerer, asking_of(session), second)
        found = tried("propose theses", lambda: proposer.propose(period)).result or ()
    rows = [one.json() for one in (*found, *subjects(plan, period))[:PROPOSED]]
    text = json.dumps({"issue": job.id, "theses": rows}, ensure_ascii=False, indent=1) + "\n"
    write_if_changed(session.folder(job.id).path / THESES, text)


def _essay(
    session: Session,
    answerer: Provider | None,
    chosen: ProposedColumn,
    period: Period,
    readings: SecondReadings,
) -> Tried[Essay] | None:
    """The essay as far as it holds; None where no model writes, or nobody would read what it
    argues.
    """
    second = second_reader(session, answerer, readings) if answerer else None
    if answerer is None or second is None:
        return None
    asking = asking_of(session)
    writer = EssayWriter(answerer, asking, Checks(answerer, asking, second, task="write"), second)
    given = not chosen.stories
    return tried("write the column", lambda: writer.write(chosen, period, given=given))
