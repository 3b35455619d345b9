"""Accepting what is flagged: by name, with a note, for the words that stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.errors import ConflictError, IssueError, UsageError
from digest.run.publish import load
from digest.store import issues

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.run.publish import JoinedIssue
    from digest.run.session import Session


def accept(
    session: Session,
    identity: str,
    name: str,
    by: str = "",
    note: str = "",
    seen: str | None = None,
) -> JoinedIssue:
    """Let a flagged text go out as it is; `by` is who says so, else the newsletter's editor. It
    holds for these words: changed ones are flagged again.

    Raises IssueError where nothing flagged is called so, UsageError where nobody says it,
    ConflictError where issue.md is not what was seen.
    """
    issue = load(session, identity)
    if seen is not None and seen != issue.draft_hash:
        raise ConflictError(
            f"{identity}: was changed since you saw it; nothing was accepted",
            session.folder(identity).text() or "",
        )
    if not (by.strip() or issue.editor):
        raise UsageError("say who accepts it: --by NAME, or newsletter.editor in feeds.yaml")
    _refuse_empty_text(issue, name)
    return accepted(session, issue, (name,), by, note)


def accepted(
    session: Session, issue: JoinedIssue, names: Iterable[str], by: str = "", note: str = ""
) -> JoinedIssue:
    """The issue with flagged texts accepted by their names. Raises IssueError."""
    waiting = issue.unaccepted()
    kept, whose = dict(issue.record.accepted), dict(issue.record.acceptances)
    at, who = session.now.isoformat(), " ".join(by.split()) or issue.editor
    for name in names:
        if name not in waiting and issue.acceptance(name) is None and name not in kept:
            raise IssueError(
                f"{issue.record.id}: nothing flagged is called '{name}'; flagged:"
                f" {', '.join(waiting) or 'nothing'}"
            )
        if name in waiting:
            words = kept[name] = waiting[name][1]
            whose[name] = {"words": words, "by": who, "note": " ".join(note.split()), "at": at}
    with session.db:
        issues.accept(session.db, issue.record.id, kept, whose)
    return load(session, issue.record.id)


def _refuse_empty_text(issue: JoinedIssue, name: str) -> None:
    if any(one.id == name and one.empty for one in issue.told):
        raise IssueError(f"{issue.record.id}: {name} has no text; write some, or drop it")
