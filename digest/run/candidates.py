"""What an issue can tell, as the state has it: the window's documents that may become stories, the
stories that they became, and what was read in them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from digest.editions.selection import Candidates
from digest.errors import IssueError
from digest.feeds.shared_addresses import shared_addresses
from digest.insights.embedded import EMBEDDED
from digest.issue.carried_corrections import CORRECTION
from digest.issue.issue_md import parse
from digest.issue.lost_markers import recognised
from digest.issue.outcomes import told_elsewhere
from digest.model import Left
from digest.net.address_guard import AddressGuard
from digest.run.job import covered
from digest.store import documents, entries, insights, issues, told_stories
from digest.stories.eligibility import sift
from digest.stories.recurrence import recurrences, without_repetitions
from digest.stories.told_before import REMEMBERED_DAYS, Earlier, remember, that_count
from digest.stories.told_story import ToldStory
from digest.text.markdown import to_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Document, Entry, Group
    from digest.run.job import Job
    from digest.run.session import Session
    from digest.store.issues import IssueRecord
    from digest.stories.recurrence import Recurrence


def candidates(session: Session, job: Job) -> Candidates:
    """What the issue can tell, once its documents are grouped and read."""
    stories = insights.groups(session.db, job.edition.name, job.day)
    ids = [document.entry_id for story in stories for document in story.documents]
    return Candidates(
        stories,
        insights.of(session.db, ids, EMBEDDED),
        insights.readings(session.db, ids, session.summariser),
        readable(session, job)[1],
        _shared(session, job),
        decided(session, job, stories),
    )


def decided(session: Session, job: Job, stories: Sequence[Group]) -> dict[str, Recurrence]:
    """Which of the stories the edition's earlier issues told, by story: new, update or
    repetition.
    """
    return recurrences(stories, _told(session, job))


def fresh(session: Session, job: Job, stories: Sequence[Group]) -> tuple[Group, ...]:
    """The stories that the edition did not tell before, or that come back with something new."""
    return without_repetitions(stories, decided(session, job, stories))


def _told(session: Session, job: Job) -> tuple[ToldStory, ...]:
    """The stories that the edition's issues of the last days told, newest first."""
    since = job.day - timedelta(days=REMEMBERED_DAYS)
    before = issues.before(session.db, job.edition.name, job.day)
    counted = that_count([(record, record.approved_text is not None) for record in before])
    return tuple(
        ToldStory(record.id, record.date, story, headline, signature)
        for record in counted
        if record.date >= since
        for story, signature in told_stories.of(
            session.db, record.id, standing(session, record)
        ).items()
        if (headline := to_plain(record.facts["stories"][story]["headline"]))
    )


def readable(session: Session, job: Job) -> tuple[tuple[Document, ...], tuple[Left, ...]]:
    """The window's documents that may become stories, and those that may not with the reason."""
    belonging = covered(session, job)
    wanted = belonging.entries
    found = documents.of(session.db, [entry.id for entry in wanted])
    before = issues.before(session.db, job.edition.name, job.day)
    memory = remember([_earlier(session, record) for record in before])
    unread = [
        *(Left(entry.url, "not read yet", entry.id) for entry in wanted if entry.id not in found),
        *(Left(entry.url, _too_old(entry), entry.id) for entry in belonging.too_old),
    ]
    language = session.config.newsletter.language
    guard = AddressGuard(session.config.network.allow)
    kept, left = sift(found.values(), language, memory, _shared(session, job), guard.closed)
    return kept, (*unread, *left)


def _shared(session: Session, job: Job) -> frozenset[str]:
    """The addresses of the issue's entries that are not one piece's own."""
    urls = [entry.url for entry in covered(session, job).entries]
    return shared_addresses(entries.holders(session.db, urls))


def _too_old(entry: Entry) -> str:
    return f"published on {entry.day or entry.when.date()}, long before it was first seen"


def _earlier(session: Session, record: IssueRecord) -> Earlier:
    """An earlier issue as it stands. A draft that cannot be parsed just now counts with all that
    was written into it.
    """
    stories = record.facts["stories"]
    sources = [
        (source.get("entry", ""), source["url"], source["title"])
        for story in standing(session, record)
        for source in stories[story]["sources"]
    ]
    return Earlier(record.date, record.approved_text is not None, sources)


def standing(session: Session, record: IssueRecord) -> frozenset[str]:
    """The stories that an issue tells as it stands, by id; what the editor dropped is none of
    them, what was merged into another is.
    """
    stories = frozenset(one for one in record.facts["stories"] if not one.startswith(CORRECTION))
    try:
        text = record.approved_text or session.folder(record.id).text()
        if not text:
            return stories
        draft = recognised(parse(text), record.facts)
        items = [item for part in draft.parts for item in part.items]
        linked = [{link.url for link in item.links} for item in items]
        merged = {
            one
            for one in stories
            if any(told_elsewhere(record.facts["stories"][one], urls) for urls in linked)
        }
        return (stories & {item.id for item in items}) | merged
    except IssueError:
        return stories
