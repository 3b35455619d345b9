"""Approving an issue: what is flagged must be accepted by name first, and what was approved is
known by its hash.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.config.atomic_files import write_if_changed
from digest.errors import ConflictError, IssueError
from digest.issue.front_matter import published
from digest.run.acceptance import accepted
from digest.run.archive import build_site
from digest.run.lock import drafting
from digest.run.publish import load, read_draft, render
from digest.store import durably, issues

if TYPE_CHECKING:
    from digest.run.publish import JoinedIssue
    from digest.run.session import Session


def approve(
    session: Session, identity: str, names: tuple[str, ...] = (), seen: str | None = None
) -> JoinedIssue:
    """Approve the issue as it stands; `names` are of flagged stories whose words may go out.

    What is merely checked gets its second reading first, where a model is configured. Renders, so
    that what is approved is what the draft says. Raises IssueError while anything flagged is not
    accepted, or a story tells nothing; ConflictError where issue.md is not what was `seen`, by its
    hash.
    """
    issue = read_draft(session, identity)
    read = issue.reread
    if issue.status != "draft":
        return issue
    with drafting(session.config.state):  # nobody changes the draft while it is approved
        issue, notice = _approved(session, identity, names, seen)
    build_site(session)
    return replace(issue, reread=read, notice=notice)


def _approved(
    session: Session, identity: str, names: tuple[str, ...], seen: str | None
) -> tuple[JoinedIssue, str]:
    """The issue as it is approved, and what to know of its mail."""
    issue = load(session, identity)
    if seen is not None and seen != issue.draft_hash:
        raise ConflictError(
            f"{identity}: was changed since you saw it; nothing was approved",
            session.folder(identity).text() or "",
        )
    _refuse_empty(issue)
    issue = accepted(session, issue, names)
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
    return render(session, identity), notice


def _refuse_empty(issue: JoinedIssue) -> None:
    empty = next((one for one in issue.told if one.empty), None)
    if empty:
        raise IssueError(
            f"{issue.record.id}: {empty.id} has no text; write some, or delete the story"
        )
