"""Which corrections the next issue of an edition carries, and that their editor has accepted them
by making them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.issue.carried_corrections import CORRECTION, Carried
from digest.issue.issue_md import parse
from digest.model import SourceLink
from digest.run.acceptance import accepted
from digest.run.after_approval import headlines_of
from digest.run.publish import load
from digest.store import corrections, issues
from digest.text.reader_dates import plain_day

if TYPE_CHECKING:
    from digest.run.job import Job
    from digest.run.session import Session
    from digest.store.corrections import Correction
    from digest.store.issues import IssueRecord


def carried(session: Session, job: Job) -> tuple[Carried, ...]:
    """The corrections of earlier issues of the edition that were made by the job's day and that no
    issue in between has carried to its readers.
    """
    made, zone = corrections.of_issues(session.db), session.config.newsletter.zone
    if not made:
        return ()
    earlier = issues.before(session.db, job.edition.name, job.day)
    approved = "\n".join(record.approved_text or "" for record in earlier)
    return tuple(
        _carried(session, record, one)
        for record in reversed(earlier)
        for one in made.get(record.id, ())
        if one.at.astimezone(zone).date() <= job.day and f"story:{one.id} " not in approved
    )


def _carried(session: Session, record: IssueRecord, one: Correction) -> Carried:
    newsletter = session.config.newsletter
    day = plain_day(record.date, newsletter.language)
    text = record.approved_text or ""
    parts = parse(text, record.id, images=True).parts if text else ()
    links = tuple(
        link for part in parts for item in part.items if item.id == one.story for link in item.links
    )
    if newsletter.url and record.id not in corrections.unpublished(session.db):
        page = f"{newsletter.url.rstrip('/')}/issues/{record.id}/"
        links = (*links, SourceLink(day, page))
    told = headlines_of(record).get(one.story) or newsletter.name
    return Carried(
        one.id,
        f"{told} ({day})",
        one.text,
        links,
        record.facts.get("stories", {}).get(one.story, {}).get("sources", ()),
        f"a correction of {record.id}",
    )


def accept_carried(session: Session, identity: str) -> None:
    """Let a new draft's corrections go out: whoever made them has accepted their words by name."""
    issue = load(session, identity)
    waiting = [name for name in issue.unaccepted() if name.startswith(CORRECTION)]
    if waiting:
        accepted(session, issue, waiting, note="digest correct")
