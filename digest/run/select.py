"""Which documents of a window may be told, and which of their stories an issue tells: select,
between the store and the deciding code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.editions import Edition, Found
from digest.errors import IssueError, QuietDay
from digest.insights.embedded import EMBEDDED
from digest.issue.grammar import parse
from digest.model import Left, Plan, Tally
from digest.store import documents, entries, insights, issues
from digest.store.issues import issue_id
from digest.stories.eligibility import sift
from digest.stories.ranking import rank, weighed
from digest.stories.told_before import Earlier, remember

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from digest.model import Document, Group, Insight, Ranked, Reading, Window
    from digest.run.session import Session
    from digest.store.issues import IssueRecord


@dataclass(frozen=True, slots=True)
class Job:
    """One edition's day and the time that it covers."""

    edition: Edition
    day: date
    window: Window

    @property
    def id(self) -> str:
        """The issue's id."""
        return issue_id(self.edition.name, self.day)


def feeds_read(session: Session, job: Job) -> tuple[str, ...]:
    """The subscriptions of the kinds that the edition reads."""
    kinds = job.edition.reads(session.config.editions)
    return tuple(feed.url for feed in session.config.feeds if feed.kind in kinds)


def weights(session: Session) -> dict[str, float]:
    """How much each feed counts, by its address."""
    return {feed.url: feed.weight for feed in session.config.feeds}


def readable(session: Session, job: Job) -> tuple[tuple[Document, ...], tuple[Left, ...]]:
    """The window's documents that may become stories, and those that may not with the reason."""
    wanted = entries.within(session.db, job.window, feeds_read(session, job))
    found = documents.of(session.db, [entry.id for entry in wanted])
    memory = remember(
        [
            _earlier(session, record)
            for record in issues.before(session.db, job.edition.name, job.day)
        ]
    )
    unread = tuple(Left(entry.url, "not read yet") for entry in wanted if entry.id not in found)
    kept, left = sift(found.values(), session.config.newsletter.language, memory)
    return kept, (*unread, *left)


def _earlier(session: Session, record: IssueRecord) -> Earlier:
    """An earlier issue as it stands. A draft that cannot be parsed just now counts with all that
    was written into it.
    """
    stories = record.facts["stories"]
    sources = [
        (source["url"], source["title"])
        for one in standing(session, record)
        for source in stories[one]["sources"]
    ]
    return Earlier(record.date, record.approved_text is not None, sources)


def standing(session: Session, record: IssueRecord) -> frozenset[str]:
    """The stories that an issue tells as it stands, by id; what the editor dropped is none of
    them.
    """
    stories = frozenset(record.facts["stories"])
    try:
        text = record.approved_text or session.folder(record.id).text()
        return (
            stories & {item.id for part in parse(text).parts for item in part.items}
            if text
            else stories
        )
    except IssueError:
        return stories


def select(
    session: Session, job: Job
) -> tuple[Plan, tuple[Group, ...], Mapping[str, tuple[Insight, ...]]]:
    """The plan of an issue, all its stories and what was read in them. Raises QuietDay."""
    _, left = readable(session, job)
    stories = insights.groups(session.db, job.edition.name, job.day)
    made, readings = _made(session, stories)
    try:
        plan, tellable = _planned(session, job, stories, made)
    except QuietDay:
        # Where a model finds nothing in so much that the day would be lost, the sources' own words
        # are the better issue.
        mute = [entry_id for entry_id, found in made.items() if entry_id in readings and not found]
        made |= insights.of(session.db, mute, EMBEDDED)
        plan, tellable = _planned(session, job, stories, made)
        session.report.restored = sum(bool(made[entry_id]) for entry_id in mute)
    untold = tuple(
        Left(document.url, _why_mute(readings.get(document.entry_id)))
        for story in stories
        if story not in tellable
        for document in story.documents
    )
    session.report.stories = len(stories)
    session.report.claims = _claims(made, readings)
    plan = Plan(plan.sections, _once((*plan.left_out, *untold, *left), plan))
    session.report.told = sum(len(section.stories) for section in plan.sections)
    session.report.left_out = plan.left_out
    return plan, tellable, made


def _made(
    session: Session, stories: Sequence[Group]
) -> tuple[dict[str, tuple[Insight, ...]], dict[str, Reading]]:
    """What was read in the stories' documents: by the model where it read one, else by the embedded
    summariser.
    """
    ids = [document.entry_id for story in stories for document in story.documents]
    readings = insights.readings(session.db, ids, session.summariser)
    return {
        **insights.of(session.db, ids, EMBEDDED),
        **{entry_id: one.insights for entry_id, one in readings.items()},
    }, readings


def _planned(
    session: Session, job: Job, stories: Sequence[Group], made: Mapping[str, tuple[Insight, ...]]
) -> tuple[Plan, tuple[Group, ...]]:
    """The edition's plan, and the stories that it could be made from. Raises QuietDay."""
    tellable = tuple(
        story for story in stories if any(made[document.entry_id] for document in story.documents)
    )
    try:
        found = Found(weighed(ranked(session, job, tellable), made), made, session.config.themes)
        return job.edition.plan(found, session.config.editions), tellable
    except QuietDay as quiet:
        raise QuietDay(f"{job.id}: a quiet day: {quiet}") from None


def ranked(session: Session, job: Job, stories: Sequence[Group]) -> tuple[Ranked, ...]:
    """The stories as they matter for this issue, best first."""
    return rank(stories, themes=session.config.themes, weights=weights(session), window=job.window)


def _why_mute(reading: Reading | None) -> str:
    """Why a document has no insight."""
    if reading is None:
        return "no sentence that stands on its own"
    return (
        f"not grounded: {reading.tally.why[0]}"
        if reading.tally.why
        else "the model found nothing on the subject in it"
    )


def _claims(made: Mapping[str, tuple[Insight, ...]], readings: Mapping[str, Reading]) -> Tally:
    """What became of all claims: a model's as counted when it read; extracts as they are, also
    where they stand for an empty reading.
    """
    extracts = sum(
        len(found)
        for entry_id, found in made.items()
        if entry_id not in readings or not readings[entry_id].insights
    )
    return sum((reading.tally for reading in readings.values()), Tally(made=extracts))


def _once(left: Sequence[Left], plan: Plan) -> tuple[Left, ...]:
    """Each address once, and none that the issue tells: two feeds may carry the same item."""
    told = {
        document.url
        for section in plan.sections
        for story in section.stories
        for document in story.group.documents
    }
    return tuple(
        {one.entry_url: one for one in reversed(left) if one.entry_url not in told}.values()
    )[::-1]
