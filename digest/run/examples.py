"""What editors did to issues, as examples that ranking can be measured on: one row a story, with
what became of it and what ranking knew of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from digest.editions.selection import ranked, weights
from digest.errors import IssueError
from digest.issue.folder import hash_of
from digest.issue.issue_md import parse
from digest.issue.lost_markers import recognised
from digest.issue.outcomes import Outcome, outcomes
from digest.model import Group
from digest.store import documents, insights, issues
from digest.stories.amounts import largest
from digest.stories.publishers import independent
from digest.stories.ranking import sums_of
from digest.text.markdown import to_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.model import Draft, Ranked
    from digest.run.session import Session
    from digest.store.issues import IssueRecord


def examples(session: Session) -> Iterator[dict[str, Any]]:
    """A row for each story that an editor had before them, issue by issue, the oldest first, in the
    order of ranking. An issue that nobody approved or changed is none.
    """
    for record in sorted(issues.every(session.db), key=lambda one: (one.date, one.edition)):
        draft = _judged(session, record)
        if draft:
            yield from _rows(session, record, draft)


def _judged(session: Session, record: IssueRecord) -> Draft | None:
    """The issue as its editor let it stand; None where no editor has."""
    try:
        text = record.approved_text or session.folder(record.id).text()
        if not text or not (record.approved_text or hash_of(text) not in record.written_hashes):
            return None
        return recognised(parse(text), record.facts)
    except IssueError:
        return None


def _rows(session: Session, record: IssueRecord, draft: Draft) -> Iterator[dict[str, Any]]:
    became = outcomes(record.facts, draft)
    stories = record.facts.get("stories", {})
    for place, one in enumerate(ranked(_groups(session, record), record.window, session.config), 1):
        outcome, known = became.get(one.group.id), stories.get(one.group.id, {})
        yield {
            "issue": record.id,
            "edition": record.edition,
            "story": one.group.id,
            "headline": to_plain(known.get("headline", "")) or one.group.documents[0].title,
            "entry_url": one.group.documents[0].url,
            "what": outcome.what if outcome else "left",
            **_places(outcome),
            "rank": place,
            "score": one.score,
            "features": _features(session, record, one),
        }


def _places(outcome: Outcome | None) -> dict[str, int | None]:
    return {
        "place_before": (outcome.before or None) if outcome else None,
        "place_after": (outcome.after or None) if outcome else None,
    }


def _groups(session: Session, record: IssueRecord) -> list[Group]:
    """The stories that the run found, and those that the editor brought."""
    found = list(insights.groups(session.db, record.edition, record.date))
    known = {one.id for one in found}
    for story, facts in record.facts.get("stories", {}).items():
        entries = [source["entry"] for source in facts["sources"] if source.get("entry")]
        read = documents.of(session.db, entries)
        if story not in known and facts.get("put_in") and read:
            found.append(Group(story, tuple(read.values())))
    return found


def _features(session: Session, record: IssueRecord, one: Ranked) -> dict[str, Any]:
    """What the score is made of."""
    weight = weights(session.config)
    told = one.group.documents
    newest = max(document.when for document in told)
    hours = (record.window.end - newest).total_seconds() / 3600
    return {
        "relevance": round(one.relevance, 4),
        "publishers": len(independent(told)),
        "figure": largest(sums_of(told[0])) is not None,
        "hours_before_cutoff": round(hours, 2),
        "feed_weight": max(weight.get(document.feed_url, 1.0) for document in told),
        "theme": one.theme,
        "basis": told[0].basis,
    }
