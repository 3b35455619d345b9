"""issue.md taken apart without losing a character: its head, its sections, and each item with the
lines that it stands in. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.issue.front_matter import split_front
from digest.issue.issue_md import HIGHLIGHTS, form_of, item_of, sections_in
from digest.issue.markdown_variants import as_typed
from digest.text.tidy import composed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.issue.issue_md import OpenSection
    from digest.model import Form, Item


@dataclass(frozen=True, slots=True)
class Block:
    """An item, and its lines as they were typed with all that stands below them up to the next."""

    item: Item
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A `##` section; `head` is its heading with what stands between that and its first item. The
    highlights hold no items.
    """

    name: str
    form: Form
    head: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """An issue.md in parts; `head` is all before the first section."""

    head: str
    sections: tuple[Section, ...]
    newline: str = "\n"

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The items of all sections, in their order."""
        return tuple(block for section in self.sections for block in section.blocks)

    def text(self) -> str:
        """The whole, as it is typed."""
        parts = [self.head]
        for section in self.sections:
            parts += [section.head, *(block.text for block in section.blocks)]
        return "".join(parts).replace("\n", self.newline)

    def with_sections(self, sections: Sequence[Section]) -> Sheet:
        """The sheet with other sections: every one begins below an empty line, and the last line
        ends the file.
        """
        kept = [
            apart(one) if i < len(sections) else closed(one) for i, one in enumerate(sections, 1)
        ]
        return replace(self, sections=tuple(kept))


def sheet(text: str, name: str = "issue.md", *, images: bool = True) -> Sheet:
    """The parts of an issue.md. Raises IssueError where it cannot be parsed."""
    newline = "\r\n" if "\r\n" in text else "\n"
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    typed = plain.split("\n")
    lines = composed(plain.removeprefix("\ufeff")).split("\n")
    _, start = split_front(lines, name)
    read = as_typed(lines, start, name, images=images)
    _, found = sections_in(read, start, name)
    bounds = [*(section.line - 1 for section in found), len(typed)]
    return Sheet(
        _lines(typed, 0, bounds[0]),
        tuple(_section(one, end, typed) for one, end in zip(found, bounds[1:], strict=True)),
        newline,
    )


def _section(section: OpenSection, end: int, typed: Sequence[str]) -> Section:
    read = [] if section.name == HIGHLIGHTS else [one for one in section.items if not one.empty]
    items = [item_of(one) for one in read]
    begins = [one.line - 1 for one in read]
    bounds = [section.line - 1, *begins, end]
    texts = [_lines(typed, at, to) for at, to in pairwise(bounds)]
    blocks = zip(items, texts[1:], strict=True)
    return Section(
        section.name, form_of(section), texts[0], tuple(Block(*block) for block in blocks)
    )


def _lines(typed: Sequence[str], start: int, end: int) -> str:
    """These lines, with the line breaks behind them that the file has."""
    text = "\n".join(typed[start:end])
    return f"{text}\n" if end < len(typed) and start < end else text


def apart(section: Section) -> Section:
    """The section with an empty line at its end."""
    if not section.blocks:
        return replace(section, head=_ended(section.head, 2))
    return replace(section, blocks=spaced(section.blocks))


def closed(section: Section) -> Section:
    """The section as the file's last one."""
    if not section.blocks:
        return replace(section, head=_ended(section.head, 1))
    last = section.blocks[-1]
    return replace(section, blocks=(*section.blocks[:-1], replace(last, text=_ended(last.text, 1))))


def spaced(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, the last one with an empty line below it."""
    last = blocks[-1]
    return (*blocks[:-1], replace(last, text=_ended(last.text, 2)))


def _ended(text: str, breaks: int) -> str:
    """The text with just so many line breaks at its end."""
    return text.rstrip("\n") + "\n" * breaks
