"""What a form of the desk does to an issue: the command line's own functions, called by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.desk.drafted import with_marker
from digest.errors import IssueError, UsageError
from digest.issue.sheet import sheet
from digest.run import edit, put_in
from digest.run.acceptance import accept
from digest.run.approval import approve
from digest.run.publish import load
from digest.run.reword import reword
from digest.run.send_test_copy import send_tests

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from digest.run.session import Session

Said = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One form, filled in; `seen` is the hash of the issue.md that its page was made from."""

    issue: str
    form: Mapping[str, str]

    @property
    def seen(self) -> str | None:
        """None where the form was not made from a draft."""
        return self.form.get("seen") or None

    def text(self, name: str) -> str:
        """A field, "" where there is none."""
        return self.form.get(name, "")

    def number(self, name: str) -> int:
        """A whole number, 0 where there is none. Raises UsageError."""
        given = self.text(name).strip() or "0"
        if not (given.isascii() and given.isdigit() and len(given) < 6):
            raise UsageError(f"'{given}' is no place")
        return int(given)

    @property
    def story(self) -> str:
        """The story that is meant. Raises UsageError."""
        if not self.text("story"):
            raise UsageError("no story is named")
        return self.text("story")


def _drop(session: Session, asked: Asked) -> Said:
    return edit.drop(session, asked.issue, asked.story, asked.seen).said


def _move(session: Session, asked: Asked) -> Said:
    place, section = asked.number("place"), asked.text("section")
    return edit.move(session, asked.issue, asked.story, place, section, asked.seen).said


def _theme(session: Session, asked: Asked) -> Said:
    return edit.set_theme(session, asked.issue, asked.story, asked.text("theme"), asked.seen).said


def _merge(session: Session, asked: Asked) -> Said:
    return edit.merge(session, asked.issue, asked.story, asked.text("second"), asked.seen).said


def _split(session: Session, asked: Asked) -> Said:
    at = asked.number("sentence")
    return edit.split(session, asked.issue, asked.story, at, asked.seen).said


def _write_story(session: Session, asked: Asked) -> Said:
    typed = asked.text("markdown")
    before = story_text(session, asked.issue, asked.story)
    whole = with_marker(typed, before)
    return edit.write_story(session, asked.issue, asked.story, whole, asked.seen).said


def _write_text(session: Session, asked: Asked) -> Said:
    return edit.write_text(session, asked.issue, asked.text("text"), asked.seen).said


def _undo(session: Session, asked: Asked) -> Said:
    return edit.undo(session, asked.issue, asked.seen).said


def _redo(session: Session, asked: Asked) -> Said:
    return edit.redo(session, asked.issue, asked.seen).said


def _take(session: Session, asked: Asked) -> Said:
    where = asked.text("section"), asked.number("place")
    return put_in.take(session, asked.issue, asked.text("out"), *where, asked.seen).said


def _add(session: Session, asked: Asked) -> Said:
    where = asked.text("section"), asked.number("place")
    return put_in.add(session, asked.issue, asked.text("url"), *where, asked.seen).said


def _reword(session: Session, asked: Asked) -> Said:
    return reword(session, asked.issue, asked.story, asked.text("how"), asked.seen).said


def _accept(session: Session, asked: Asked) -> Said:
    name, by, note = asked.story, asked.text("by"), asked.text("note")
    accept(session, asked.issue, name, by, note, asked.seen)
    return (f"{name} accepted as it stands",)


def _approve(session: Session, asked: Asked) -> Said:
    if asked.seen is None:
        raise UsageError("what is approved must be what was seen")
    done = approve(session, asked.issue, seen=asked.seen)
    return (f"{done.record.id} is {done.status}",)


def _test(session: Session, asked: Asked) -> Said:
    to = asked.text("to").strip()
    if not to:
        raise UsageError("say to which address")
    return tuple(one.line() for one in send_tests(session, asked.issue, [to]))


def _render(_session: Session, asked: Asked) -> Said:
    return (f"{asked.issue} rendered",)


ACTIONS: Mapping[str, Callable[[Session, Asked], Said]] = {
    "accept": _accept,
    "add": _add,
    "approve": _approve,
    "drop": _drop,
    "merge": _merge,
    "move": _move,
    "redo": _redo,
    "render": _render,
    "reword": _reword,
    "split": _split,
    "take": _take,
    "test": _test,
    "theme": _theme,
    "undo": _undo,
    "write-story": _write_story,
    "write-text": _write_text,
}
UNRENDERED = {"approve", "test"}  # they render by themselves, or change nothing


def story_text(session: Session, identity: str, story: str) -> str:
    """A story's lines as they stand. Raises IssueError."""
    issue = load(session, identity)
    text = session.folder(identity).text() or ""
    blocks = sheet(text, images=session.config.newsletter.images).blocks
    for one, block in zip(issue.told, blocks, strict=True):
        if one.id == story:
            return block.text
    raise IssueError(f"{identity}: there is no story {story} any more")
