"""The one way in which a program changes an issue.md that a person may be changing, too: under a
lock, compared with what was seen, kept so that it can be undone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from digest.config.atomic_files import write_atomic
from digest.errors import ConflictError, IssueError
from digest.issue.edited_facts import THEMES, chosen_themes
from digest.issue.folder import hash_of
from digest.run.lock import drafting
from digest.run.publish import record_of
from digest.store import drafts, durably, issues

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from digest.run.session import Session
    from digest.store.drafts import Version


@dataclass(frozen=True, slots=True)
class Change:
    """What an issue.md is to become; `facts` are those to keep, None where they stay."""

    text: str
    what: str
    facts: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """An issue.md after a change: its text, the hash of that, and what was done."""

    text: str
    hash: str
    what: str


def change(
    session: Session, identity: str, make: Callable[[str], Change], seen: str | None = None
) -> Written:
    """Change an issue.md: `make` is given its text. `seen` is the hash of the text that whoever
    asks for it has seen. Raises ConflictError where that is not what stands there now; nothing is
    written then.
    """
    with drafting(session.config.state):
        text = _present(session, identity, seen)
        wanted = make(text)
        facts = wanted.facts or record_of(session, identity).facts
        with durably(session.db):
            _catch_up(session, identity, text)
            if wanted.facts is not None:
                issues.keep_facts(session.db, identity, facts)
            themes = chosen_themes(facts)
            drafts.put(session.db, identity, wanted.text, themes, wanted.what, session.now)
        write_atomic(session.folder(identity).markdown, wanted.text)
    return Written(wanted.text, hash_of(wanted.text), wanted.what)


def undo(session: Session, identity: str, seen: str | None = None) -> Written:
    """Take the last change back, whoever made it. Raises IssueError when there is none."""
    return _step(session, identity, -1, seen)


def redo(session: Session, identity: str, seen: str | None = None) -> Written:
    """Make the change again that was taken back last. Raises IssueError when there is none."""
    return _step(session, identity, +1, seen)


def history(session: Session, identity: str) -> tuple[Version, ...]:
    """What issue.md has been, the oldest first, up to what was undone."""
    record_of(session, identity)
    return drafts.versions(session.db, identity)


def _step(session: Session, identity: str, way: int, seen: str | None) -> Written:
    with drafting(session.config.state):
        text = _present(session, identity, seen)
        with session.db:
            _catch_up(session, identity, text)
        kept = drafts.versions(session.db, identity)
        at = next(i for i, one in enumerate(kept) if one.present)
        if not 0 <= at + way < len(kept):
            raise IssueError(f"{identity}: there is nothing to {'undo' if way < 0 else 'redo'}")
        goal, what = kept[at + way], kept[max(at, at + way)].what
        record = record_of(session, identity)
        with durably(session.db):
            issues.keep_facts(session.db, identity, {**record.facts, THEMES: goal.themes})
            drafts.point_at(session.db, identity, goal.number)
        write_atomic(session.folder(identity).markdown, goal.text)
    return Written(goal.text, hash_of(goal.text), what)


def _present(session: Session, identity: str, seen: str | None) -> str:
    """The text of issue.md as it stands. Raises ConflictError where it is not what was seen."""
    record_of(session, identity)
    place = session.folder(identity)
    text = place.text()
    if text is None:
        raise IssueError(f"{place.markdown}: there is no such draft; 'digest run' makes one")
    if seen is not None and seen != hash_of(text):
        raise ConflictError(
            f"{place.markdown}: was changed since you saw it; nothing was written", text
        )
    return text


def _catch_up(session: Session, identity: str, text: str) -> None:
    """Make the history agree with the file: a crash may have come before the file was written, and
    a person may have written it.
    """
    kept = drafts.versions(session.db, identity)
    at = next((i for i, one in enumerate(kept) if one.present), None)
    if at is not None and kept[at].text == text:
        return
    beside = _beside(kept, at, text)
    if beside is not None:
        drafts.point_at(session.db, identity, beside)
        return
    themes = chosen_themes(record_of(session, identity).facts)
    what = "the draft as it was" if at is None else "a change in the file"
    drafts.put(session.db, identity, text, themes, what, session.now)


def _beside(kept: Sequence[Version], at: int | None, text: str) -> int | None:
    """The number of the version before or behind the present one that has this text."""
    near = [] if at is None else [*kept[max(at - 1, 0) : at], *kept[at + 1 : at + 2]]
    return next((one.number for one in near if one.text == text), None)
