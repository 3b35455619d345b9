"""The run, said once:

feeds.yaml | fetch | extract | group | read | select | write | render

Each stage reads what the one before stored and can be run again alone. Two stages of the command line are pairs: `summarise` is
group and read, `compose` is select and write. This is the only place that knows both the deciding code and the edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from digest.editions import Edition, edition
from digest.errors import IssueError, QuietDay
from digest.facts import both, facts_of
from digest.gather import extract, fetch, look
from digest.insights.embedded import read
from digest.insights.figures import figures
from digest.insights.write import Material, write_draft
from digest.model import Document, Draft, Group, Insight, Left, Plan, Window
from digest.publish import render
from digest.render.draft import parse, write
from digest.render.files import write_atomic, write_if_changed
from digest.render.folder import hash_of
from digest.schedule import today, window_of
from digest.store import documents, durably, entries, insights, issues
from digest.store.issues import IssueRecord, issue_id
from digest.stories.group import group
from digest.stories.memory import Earlier, remember
from digest.stories.rank import rank
from digest.stories.sift import sift

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from digest.session import Session

EMBEDDED = "embedded"
BELOW_THE_LINE = "below the line"


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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a run: "made", "unchanged", "kept" (the editor changed it), "beside" (and the new one is
    beside it), "approved" (nothing was done), "planned" (dry run)."""

    job: Job
    state: str
    plan: Plan | None = None


def job_for(session: Session, name: str, day: date | None) -> Job:
    """The job for an edition and a day (None: today). A day that has an issue keeps that issue's window."""
    which = edition(name)
    zone = session.config.newsletter.zone
    day = day or today(session.now, zone)
    record = issues.get(session.db, issue_id(name, day))
    earlier = issues.before(session.db, name, day)
    window = window_of(day, session.now, zone, earlier[0].window.end if earlier else None, which.window_days)
    return Job(which, day, record.window if record else window)


def run(session: Session, job: Job, *, dry_run: bool = False, rewrite: bool = False) -> Outcome:
    """All stages up to a rendered draft. Raises QuietDay when there is too little, DigestError when it cannot be done."""
    record = issues.get(session.db, job.id)
    if record and record.approved_hash and session.folder(job.id).status(record.approved_hash) == "approved":
        return Outcome(job, "approved")
    with session.client() as client:  # one for both, so that a host's pages wait their turn after its feed
        fetch(session, client)
        extract(session, client, job.window)
    summarise(session, job)
    if dry_run:
        return Outcome(job, "planned", select(session, job)[0])
    state = compose(session, job, rewrite=rewrite)
    render(session, job.id)
    return Outcome(job, state)


# ---------------------------------------------------------------- group and read


def summarise(session: Session, job: Job) -> None:
    """Group the window's documents into stories and read each into insights."""
    kept, _ = _readable(session, job)
    stories = group(kept, _weights(session))
    words = frozenset(word for theme in session.config.themes for word in theme.words)
    with session.db:
        insights.save_groups(session.db, job.edition.name, job.day, stories)
        for document in kept:
            insights.save(session.db, document.entry_id, EMBEDDED, read(document, theme_words=words))
    session.stage(f"summarise: {len(kept)} documents, {len(stories)} stories")


def _weights(session: Session) -> dict[str, float]:
    return {feed.url: feed.weight for feed in session.config.feeds}


def _readable(session: Session, job: Job) -> tuple[tuple[Document, ...], tuple[Left, ...]]:
    wanted = entries.within(session.db, job.window, session.feed_urls)
    found = documents.of(session.db, [entry.id for entry in wanted])
    memory = remember([_earlier(session, record) for record in issues.before(session.db, job.edition.name, job.day)])
    unread = tuple(Left(entry.url, "not read yet") for entry in wanted if entry.id not in found)
    kept, left = sift(found.values(), session.config.newsletter.language, memory)
    return kept, (*unread, *left)


def _earlier(session: Session, record: IssueRecord) -> Earlier:
    """An earlier issue as it stands. A draft that cannot be parsed just now counts with all that was written into it."""
    stories = record.facts["stories"]
    try:
        text = record.approved_text or session.folder(record.id).text()
        standing = {item.id for part in parse(text).parts for item in part.items} if text else set(stories)
    except IssueError:
        standing = set(stories)
    sources = [(source["url"], source["title"]) for one in stories.keys() & standing for source in stories[one]["sources"]]
    return Earlier(record.date, record.approved_text is not None, sources)


# ---------------------------------------------------------------- select and write


def select(session: Session, job: Job) -> tuple[Plan, tuple[Group, ...], Mapping[str, tuple[Insight, ...]]]:
    """The plan of an issue, all its stories and what was read in them. Raises QuietDay."""
    _, left = _readable(session, job)
    stories = insights.groups(session.db, job.edition.name, job.day)
    made = insights.of(session.db, [document.entry_id for story in stories for document in story.documents], EMBEDDED)
    tellable = tuple(story for story in stories if any(made[document.entry_id] for document in story.documents))
    mute = tuple(
        Left(document.url, "no sentence that stands on its own")
        for story in stories
        if story not in tellable
        for document in story.documents
    )
    ranked = rank(tellable, themes=session.config.themes, weights=_weights(session), window=job.window)
    session.report.stories = len(stories)
    session.report.insights = sum(len(found) for found in made.values())
    try:
        plan = job.edition.plan(ranked, session.config.editions)
    except QuietDay as quiet:
        raise QuietDay(f"{job.id}: a quiet day: {quiet}") from None
    plan = Plan(plan.sections, _once((*plan.left_out, *mute, *left), plan))
    session.report.told = sum(len(section.stories) for section in plan.sections)
    session.report.left_out = plan.left_out
    return plan, tellable, made


def _once(left: Sequence[Left], plan: Plan) -> tuple[Left, ...]:
    """Each address once, and none that the issue tells: two feeds may carry the same item."""
    told = {document.url for section in plan.sections for story in section.stories for document in story.group.documents}
    return tuple({one.entry_url: one for one in reversed(left) if one.entry_url not in told}.values())[::-1]


def compose(session: Session, job: Job, *, rewrite: bool = False) -> str:
    """Choose and write the issue; returns "made", "unchanged", or for a draft that a person changed "kept" or "beside"."""
    place = session.folder(job.id)
    standing, record = place.text(), issues.get(session.db, job.id)
    changed = standing is not None and (record is None or hash_of(standing) not in record.written_hashes)
    if changed and record and not rewrite:
        _learn(session, job, {**record.facts, "run": session.report.run_json()}, record)
        return "kept"
    plan, stories, made = select(session, job)
    draft, facts = _write(session, job, plan, stories, made)
    text = write(draft)
    if changed:
        if rewrite:
            write_atomic(place.path / "issue.new.md", text)
        _learn(session, job, both(record.facts, facts) if record else facts, record)
        return "beside" if rewrite else "kept"
    # Old and new hash go in before the file: whichever of the two a crash leaves on disk is known as the program's own.
    with durably(session.db):
        issues.save_draft(session.db, job.edition.name, job.day, job.window, _hashes(hash_of(text), record), facts)
    return "made" if write_if_changed(place.markdown, text) else "unchanged"


def _hashes(new: str, record: IssueRecord | None) -> tuple[str, ...]:
    return (new, *(old for old in (record.written_hashes[:1] if record else ()) if old != new))


def _learn(session: Session, job: Job, facts: dict[str, Any], record: IssueRecord | None) -> None:
    """Keep facts for a draft that a person changed, which is still not the program's own."""
    with session.db:
        issues.save_draft(session.db, job.edition.name, job.day, job.window, record.written_hashes if record else (), facts)


def _write(
    session: Session, job: Job, plan: Plan, stories: Sequence[Group], made: Mapping[str, tuple[Insight, ...]]
) -> tuple[Draft, dict[str, Any]]:
    """The draft and the facts that issue.json joins to it."""
    off_subject = {left.entry_url for left in plan.left_out if left.why != BELOW_THE_LINE}
    quotable = [document for story in stories for document in story.documents if document.url not in off_subject]
    stated = [document for document in quotable if document.kind == "news"]  # what is said aloud is no figure of record
    found = [figure for document in stated for figure in figures(document)]
    material = Material(made, found, {document.url: document for document in quotable})
    draft = write_draft(job.id, job.edition, job.day, plan, material, job.edition.numbers(session.config.editions))
    return draft, facts_of(plan, draft, material, session.report.run_json())


def _fetch_alone(session: Session, job: Job) -> None:
    with session.client() as client:
        fetch(session, client)
    look(session, job.window.end)


def _extract_alone(session: Session, job: Job) -> None:
    with session.client() as client:
        extract(session, client, job.window)


STAGES: Mapping[str, Callable[[Session, Job], object]] = {
    "fetch": _fetch_alone,
    "extract": _extract_alone,
    "summarise": summarise,
    "compose": compose,
    "render": lambda session, job: render(session, job.id),
}
