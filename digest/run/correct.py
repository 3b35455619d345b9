"""Putting right what has gone out: `digest correct` and `digest unpublish`. The approved bytes stay
as they were; what is said of them is added.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.errors import IssueError, UsageError
from digest.run.after_approval import headlines_of
from digest.run.archive import build_site
from digest.run.publish import record_of, render
from digest.store import corrections

if TYPE_CHECKING:
    from digest.run.session import Session
    from digest.store.corrections import Correction
    from digest.store.issues import IssueRecord

LONGEST = 1000  # characters


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction, and the headline of what it corrects."""

    correction: Correction
    headline: str


def correct(session: Session, identity: str, story: str, text: str) -> Corrected:
    """Add a correction to a published issue: its page and the feeds show it, and the edition's next
    issue carries it. Nobody is mailed. Raises IssueError for an issue that was not approved, or has
    no such story.
    """
    record = _approved(session, identity)
    text = _said(text, "--text")
    headlines = headlines_of(record)
    if story and story not in headlines:
        known = ", ".join(headlines) or "none"
        raise IssueError(f"{identity}: there is no story '{story}'; there are: {known}")
    with session.db:
        made = corrections.add(session.db, identity, story, text, session.now)
    _show(session, identity)
    return Corrected(made, headlines.get(story, ""))


def unpublish(session: Session, identity: str, reason: str) -> None:
    """Take an issue's page down: a notice with the reason stands at its address, and the feeds say
    so. Raises IssueError for an issue that was not approved.
    """
    record = _approved(session, identity)
    with session.db:
        corrections.unpublish(session.db, record.id, _said(reason, "--reason"), session.now)
    _show(session, identity)


def publish_again(session: Session, identity: str) -> None:
    """Put a page back that was taken down. Raises IssueError when it was not."""
    record = _approved(session, identity)
    with session.db:
        if not corrections.publish_again(session.db, record.id):
            raise IssueError(f"{identity}: is published; there is nothing to put back")
    _show(session, identity)


def _approved(session: Session, identity: str) -> IssueRecord:
    record = record_of(session, identity)
    if record.approved_text is None:
        raise IssueError(
            f"{identity}: was never approved, so nobody has read it; change its draft:"
            f" {session.folder(identity).markdown}"
        )
    return record


def _said(text: str, option: str) -> str:
    """An editor's words on one line. Raises UsageError."""
    words = " ".join(text.split())
    if not words:
        raise UsageError(f"{option}: says nothing")
    if len(words) > LONGEST:
        raise UsageError(f"{option}: longer than {LONGEST} characters")
    if any(not c.isprintable() for c in words):
        raise UsageError(f"{option}: holds a control character")
    return words


def _show(session: Session, identity: str) -> None:
    """Let the issue's folder say so, where it is still what was approved, and the archive."""
    record = record_of(session, identity)
    if session.folder(identity).status(record.approved_hash) != "draft":
        render(session, identity)
    build_site(session)
