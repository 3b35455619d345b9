"""Approving an issue: what is flagged must be accepted by name first, and what was approved is
known by its hash.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.config.atomic_files import write_if_changed
from digest.errors import IssueError
from digest.issue.front_matter import published
from digest.run.archive import build_site
from digest.run.publish import load, read_draft, render
from digest.store import durably, issues

if TYPE_CHECKING:
    from digest.run.publish import JoinedIssue
    from digest.run.session import Session


def approve(session: Session, identity: str, accepted: tuple[str, ...] = ()) -> JoinedIssue:
    """Approve the issue as it stands; `accepted` names flagged stories whose words may go out.

    What is merely checked gets its second reading first, where a model is configured. Renders, so
    that what is approved is what the draft says. Raises IssueError while anything flagged is not
    accepted, or a story tells nothing.
    """
    issue = read_draft(session, identity)
    read = issue.reread
    if issue.status != "draft":
        return issue
    _refuse_empty(issue)
    issue = _accept(session, issue, accepted)
    waiting = issue.unaccepted()
    if waiting:
        name, (why, _) = next(iter(waiting.items()))
        more = f" (and {len(waiting) - 1} more)" if len(waiting) > 1 else ""
        raise IssueError(
            f"{identity}: {name} is flagged: {why}{more}; change it, or accept it: digest approve"
            f" {identity} --accept {name}"
        )
    place = session.folder(identity)
    write_if_changed(place.markdown, published(place.text() or ""))
    notice = render(session, identity).notice
    with durably(session.db):
        issues.approve(session.db, identity, place.content_hash(), place.text() or "", session.now)
    issue = render(session, identity)
    build_site(session)
    return replace(issue, reread=read, notice=notice)


def _refuse_empty(issue: JoinedIssue) -> None:
    empty = next((one for one in issue.told if one.empty), None)
    if empty:
        raise IssueError(
            f"{issue.record.id}: {empty.id} has no text; write some, or delete the story"
        )


def _accept(session: Session, issue: JoinedIssue, names: tuple[str, ...]) -> JoinedIssue:
    waiting = issue.unaccepted()
    unknown = next(
        (name for name in names if name not in waiting and name not in issue.record.accepted), None
    )
    if unknown:
        raise IssueError(
            f"{issue.record.id}: nothing flagged is called '{unknown}'; flagged:"
            f" {', '.join(waiting) or 'nothing'}"
        )
    accepted = {
        **issue.record.accepted,
        **{name: waiting[name][1] for name in names if name in waiting},
    }
    with session.db:
        issues.accept(session.db, issue.record.id, accepted)
    return load(session, issue.record.id)
