"""A draft as the desk's page shows it: story by story with what is typed, how each stands, and
where it may go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.issue.sheet import sheet
from digest.text.markdown import to_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.issue.join import JoinedItem
    from digest.run.publish import JoinedIssue

_MARKER = re.compile(r"\n?[ \t]*<!-- (?:story|figure):[^>]*-->[ \t]*\n*\Z")


@dataclass(frozen=True, slots=True)
class ShownStory:
    """One item of the draft; `place` counts from 1 within its section."""

    id: str
    kind: str
    headline: str
    markdown: str  # as typed, without its marker
    verdict: str
    flagged: str
    accepted: dict[str, str] | None
    theme: str
    why: str
    sources: Sequence[tuple[str, str]]  # name and address
    place: int
    last: bool
    unread: bool


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with its stories."""

    name: str
    stories: tuple[ShownStory, ...]


@dataclass(frozen=True, slots=True)
class ShownFront:
    """A text that stands above the stories: how it stands."""

    name: str
    verdict: str
    flagged: str
    accepted: dict[str, str] | None


def shown_sections(issue: JoinedIssue, text: str, *, images: bool) -> list[ShownSection]:
    """The sections of a draft, whose issue.md is given."""
    typed = [block.text for block in sheet(text, images=images).blocks]
    rows = list(zip(issue.told, typed, strict=True))
    names = list(dict.fromkeys(one.section for one, _ in rows))
    return [ShownSection(name, _stories(issue, rows, name)) for name in names]


def _stories(
    issue: JoinedIssue, rows: Sequence[tuple[JoinedItem, str]], section: str
) -> tuple[ShownStory, ...]:
    own = [row for row in rows if row[0].section == section]
    return tuple(
        _story(issue, one, typed, at, last=at == len(own)) for at, (one, typed) in enumerate(own, 1)
    )


def _story(
    issue: JoinedIssue, one: JoinedItem, typed: str, place: int, *, last: bool
) -> ShownStory:
    return ShownStory(
        id=one.id,
        kind=one.item.kind,
        headline=to_plain(one.item.headline) or to_plain(one.item.text)[:70],
        markdown=without_marker(typed),
        verdict=one.standing.verdict,
        flagged=one.flagged,
        accepted=issue.acceptance(one.id),
        theme=str(one.facts.get("theme", "")),
        why=str(one.facts.get("why", "added by the editor")),
        sources=[(source.publisher or source.url, source.url) for source in one.sources],
        place=place,
        last=last,
        unread=bool(one.standing.unread),
    )


def shown_front(issue: JoinedIssue) -> list[ShownFront]:
    """How title, highlights and the like stand."""
    return [
        ShownFront(name, one.verdict, one.why, issue.acceptance(name))
        for name, one in issue.front.items()
    ]


def without_marker(typed: str) -> str:
    """What an editor sees of a story's lines."""
    return _MARKER.sub("", typed).strip("\n")


def with_marker(typed: str, before: str) -> str:
    """What an editor typed with the marker that the lines had, unless they have one."""
    marker = _MARKER.search(before)
    if marker is None or _MARKER.search(typed):
        return typed
    apart = "\n\n" if before[: marker.start()].endswith("\n") else "\n"
    return f"{typed.rstrip()}{apart}{marker[0].strip(chr(10))}\n"
