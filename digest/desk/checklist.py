"""What is looked at before an issue is approved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from digest.desk.looks import weight
from digest.desk.mail_lint import stumbles
from digest.text.counted import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from digest.run.publish import JoinedIssue

State = Literal["good", "warn", "bad", "open"]
Links = tuple[str, int, list[tuple[str, str]]]  # of which draft, how many asked, which are dead


@dataclass(frozen=True, slots=True)
class Row:
    """One thing on the list, how it stands, and what of it there is to see."""

    name: str
    state: State
    line: str
    details: Sequence[str] = ()


def checklist(issue: JoinedIssue, folder: Path, links: Links | None, *, behind: str) -> list[Row]:
    """Everything but the test mail, which only its reader can judge."""
    return [
        _flags(issue),
        _accepted(issue),
        _unread(issue),
        _links(issue, links),
        _size(folder),
        _accessible(folder),
        *([Row("Rendering", "warn", f"older than the draft: {behind}")] if behind else []),
    ]


def _flags(issue: JoinedIssue) -> Row:
    waiting = issue.unaccepted()
    if not waiting:
        return Row("Flags", "good", "nothing is flagged")
    details = [f"{_called(issue, name)}: {why}" for name, (why, _) in waiting.items()]
    return Row("Flags", "bad", f"{counted(len(waiting), 'text')} flagged", details)


def _accepted(issue: JoinedIssue) -> Row:
    rows = [
        f"{_called(issue, name)}: by {one['by']}" + (f" — {one['note']}" if one["note"] else "")
        for name, one in issue.acceptances.items()
    ]
    if not rows:
        return Row("Accepted by name", "good", "nothing needed it")
    return Row("Accepted by name", "warn", counted(len(rows), "text"), rows)


def _unread(issue: JoinedIssue) -> Row:
    names = [name for name, one in issue.standings.items() if one.verdict == "checked"]
    if not names:
        return Row("Meaning", "good", "read, or the sources' own words")
    line = f"nobody read the meaning of {counted(len(names), 'text')}"
    return Row("Meaning", "warn", line, [_called(issue, name) for name in names])


def _links(issue: JoinedIssue, links: Links | None) -> Row:
    if links is None or links[0] != issue.draft_hash:
        return Row("Links", "open", "not asked yet")
    _, asked, dead = links
    if not dead:
        return Row("Links", "good", f"all {asked} answer")
    details = [f"{url}: {why}" for url, why in dead]
    return Row("Links", "bad", f"{len(dead)} of {asked} do not answer", details)


def _size(folder: Path) -> Row:
    heavy = weight(folder)
    states: dict[str, State] = {"good": "good", "warn": "warn", "bad": "bad"}
    return Row("Size", states[heavy.state], heavy.line)


def _accessible(folder: Path) -> Row:
    try:
        page = (folder / "email.html").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return Row("Accessibility", "open", "no mail was rendered yet")
    faults = stumbles(page)
    if not faults:
        return Row("Accessibility", "good", "nothing found")
    return Row("Accessibility", "bad", counted(len(faults), "fault"), faults)


def _called(issue: JoinedIssue, name: str) -> str:
    """A text as an editor knows it: a story by its headline."""
    from digest.run.edit import shown

    return next((shown(one.item) for one in issue.told if one.id == name), name)
