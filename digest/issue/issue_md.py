"""The grammar of issue.md, written and parsed back: `parse(write(draft)) == draft`.
docs/editions.md describes it for editors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from digest.errors import IssueError
from digest.issue.bold_lines import READ_MORE, bold_words, tag_and_headline
from digest.issue.front_matter import (
    front_matter,
    read_date,
    read_flag,
    read_front,
    split_front,
    strings,
)
from digest.issue.greeting_and_notes import states_fact
from digest.issue.markdown_variants import as_typed
from digest.issue.nested_points import BULLET, begins_point
from digest.issue.written_items import LINK, LINKS_LINE, written_item
from digest.model import Draft, Item, Part, SourceLink
from digest.text.markdown import one_line, to_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.model import Form

HIGHLIGHTS = "Highlights"
_ID = r"[A-Za-z0-9_-]+"
_MARKER = re.compile(rf"<!-- (story|figure):({_ID})(?: insights:({_ID}(?:,{_ID})*))? -->")
_BLANK = " \t"  # not every white space: a no-break space is part of the text
_NEARLY_MARKER = re.compile(
    r"\b(?:story|figure|insights?) *:|<!-- *\w+:[0-9a-f]{8}\b", re.IGNORECASE
)
_LINKS_BEHIND = re.compile(rf"(?<=[.!?…\"'”’)*]) (?:{READ_MORE})?{LINK}(?: (?:· )?{LINK})*$")
_BOLD_BULLET = re.compile(r"-[ \t]+\*\*")
_UPDATE = re.compile(r"([*_])Update: (.+)\1", re.DOTALL)
_BOLD_LEAD = re.compile(r"\*\*((?:\\.|[^\\])+?):?\*\*(?: +|$)")


# ---------------------------------------------------------------- writing


def write(draft: Draft) -> str:
    """The text of issue.md. Raises ValueError for a draft that the grammar cannot hold, so that
    nothing is lost silently.
    """
    blocks = [front_matter(draft), *([draft.greeting] if draft.greeting else [])]
    if draft.highlights:
        blocks += [f"## {HIGHLIGHTS}", draft.highlights]
    for part in draft.parts:
        blocks.append(f"## {part.name}")
        blocks += [written_item(item, part.form) for item in part.items]
    text = "\n\n".join(blocks) + "\n"
    if parse(text) != draft:
        raise ValueError(f"{draft.id}: issue.md cannot hold this draft")
    return text


# ---------------------------------------------------------------- parsing


@dataclass
class OpenItem:
    """An item or paragraph being read: its blocks of lines, and where it began."""

    line: int
    headline: str = ""
    headed: bool = False
    bulleted: bool = False
    bold: bool = False
    blocks: list[list[str]] = field(default_factory=lambda: [[]])
    marker: re.Match[str] | None = None

    def add(self, line: str) -> None:
        """A line of its text; an empty one ends a paragraph."""
        if line:
            if begins_point(line, self.blocks[-1]) and self.blocks[-1]:
                self.blocks.append([])
            self.blocks[-1].append(line)
        elif self.blocks[-1]:
            self.blocks.append([])

    @property
    def open_to_text(self) -> bool:
        """May a bold line be text of it? It begins a story behind one that is closed by its marker,
        and below other bold lines.
        """
        return ((self.headed or self.bulleted) and self.marker is None) or bool(self.blocks[-1])

    @property
    def empty(self) -> bool:
        """Is nothing in it?"""
        return not self.headline and not self.headed and not any(self.blocks)


@dataclass
class OpenSection:
    """A section being read, and where it began."""

    name: str
    line: int
    items: list[OpenItem] = field(default_factory=list)


def parse(text: str, name: str = "issue.md", *, images: bool = True) -> Draft:
    """The draft that the text of an issue.md holds; `name` is how errors call the file. Without
    `images` one is refused.

    Raises IssueError, one line that names the file and the line.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    front, body_at = split_front(lines, name)
    values = read_front(front, name)
    greeting, sections = sections_in(as_typed(lines, body_at, name, images=images), body_at, name)
    _refuse_doubled(sections, name)
    return replace(_draft(values, sections, name), greeting=greeting)


def sections_in(lines: list[str], start: int, name: str) -> tuple[str, list[OpenSection]]:
    """The greeting before the first section, and the sections."""
    sections: list[OpenSection] = []
    greeting = OpenItem(start)
    current: OpenItem | None = None
    for number, raw in enumerate(lines[start:], start + 1):
        line = raw.strip(_BLANK)
        if line.startswith("## "):
            sections.append(OpenSection(line[3:].strip(_BLANK), number))
            current = None
        elif not sections:
            _greet(greeting, line, raw, number, name)
        else:
            current = _take(line, raw, number, sections[-1], current, name)
    return _paragraphs(greeting.blocks), sections


def _greet(greeting: OpenItem, line: str, raw: str, number: int, name: str) -> None:
    """A line of the greeting: paragraphs alone, for stories stand in sections."""
    if line.startswith("#") or _BOLD_BULLET.match(raw):
        raise IssueError(f"{name}:{number}: a heading or a story before the first '## section'")
    if line.startswith("<!--"):
        _comment(line, number, None, None, name)
    else:
        greeting.add(_pointed(raw))


def _take(
    line: str, raw: str, number: int, section: OpenSection, current: OpenItem | None, name: str
) -> OpenItem | None:
    """One line inside a section; returns the item that is open after it."""
    behind = line.rfind("<!--")
    if behind > 0 and _MARKER.fullmatch(line[behind:]):  # a formatter has moved it up
        current = _take(line[:behind].rstrip(_BLANK), raw, number, section, current, name)
        return _comment(line[behind:], number, section, current, name)
    if line.startswith("<!--"):
        return _comment(line, number, section, current, name)
    if begun := _beginning(line, raw, number, current):
        return _begin(section, begun)
    if line.startswith("#"):
        raise IssueError(
            f"{name}:{number}: a heading here is '## section' or '### story'; the issue's title is"
            " in the front matter"
        )
    return _text(line, raw, number, section, current)


def _text(
    line: str, raw: str, number: int, section: OpenSection, current: OpenItem | None
) -> OpenItem | None:
    """A line of text, or one in bold that begins a story."""
    bold = bold_words(line)
    if bold and (current is None or not current.open_to_text):
        return _begin(section, OpenItem(number, headline=bold, bold=True))
    if not line and current is None:
        return None
    current = current or _begin(section, OpenItem(number))
    current.add(_pointed(raw))
    return current


def _beginning(line: str, raw: str, number: int, current: OpenItem | None) -> OpenItem | None:
    """The item that a line begins; a bullet without a bold lead is a point of the headed story
    above it.
    """
    if line.startswith("### ") or line == "###":
        return OpenItem(number, headline=line[3:].strip(_BLANK), headed=True)
    if not raw.startswith("- ") and line != "-":
        return None
    if current and current.headed and not _BOLD_BULLET.match(raw):
        return None
    return _bulleted(line[1:].strip(_BLANK), number)


def _pointed(raw: str) -> str:
    """A line of a paragraph, a bullet as a point."""
    line = raw.strip(_BLANK)
    return f"{BULLET} {line[1:].strip(_BLANK)}" if raw.startswith("- ") else line


def _begin(section: OpenSection, item: OpenItem) -> OpenItem:
    section.items.append(item)
    return item


def _bulleted(text: str, number: int) -> OpenItem:
    lead = _BOLD_LEAD.match(text)
    item = OpenItem(number, headline=lead[1].strip(_BLANK) if lead else "", bulleted=True)
    rest = text[lead.end() :] if lead else text
    if rest:
        item.add(rest)
    return item


def _comment(
    line: str, number: int, section: OpenSection | None, current: OpenItem | None, name: str
) -> OpenItem | None:
    """A marker closes the item above it; a comment of the editor's own is left out of the issue."""
    marker = _MARKER.fullmatch(line)
    if marker is None:
        if _NEARLY_MARKER.search(line) or not line.endswith("-->"):
            raise IssueError(f"{name}:{number}: {_damage(line)}")
        return current
    if current is None:
        raise IssueError(f"{name}:{number}: {_astray(marker, section)}")
    current.marker = marker
    return None


def _damage(line: str) -> str:
    if marker := _MARKER.match(line):
        return f"the marker {_key(marker)} ends its story; the text behind it goes above it"
    return "this marker is damaged; it reads <!-- story:ID insights:a,b --> on one line"


def _astray(marker: re.Match[str], section: OpenSection | None) -> str:
    """Why a marker cannot stand where it does: of a story made of two one has to go."""
    last = section.items[-1].marker if section and section.items else None
    if last is None:
        return f"the marker {_key(marker)} stands below no story"
    return (
        f"the marker {_key(marker)} stands below the story that {_key(last)} ends; where you made"
        f" one story of both, delete the marker {_key(marker)}"
    )


def _key(marker: re.Match[str]) -> str:
    return f"{marker[1]}:{marker[2]}"


def _refuse_doubled(sections: list[OpenSection], name: str) -> None:
    seen: dict[str, int] = {}
    for section in sections:
        for item in section.items:
            if item.marker:
                key = _key(item.marker)
                if key in seen:
                    raise IssueError(
                        f"{name}:{item.line}: {key} stands already at line {seen[key]}; a story"
                        " stands in one place"
                    )
                seen[key] = item.line


def _draft(values: dict[str, object], sections: list[OpenSection], name: str) -> Draft:
    highlights = [section for section in sections if section.name == HIGHLIGHTS]
    if len(highlights) > 1:
        raise IssueError(f"{name}:{highlights[1].line}: there is already a '## {HIGHLIGHTS}'")
    return Draft(
        id=str(values["id"]),
        edition=str(values["edition"]),
        date=read_date(values["date"], name),
        title=one_line(str(values["title"])),
        parts=tuple(_part(section) for section in sections if section.name != HIGHLIGHTS),
        highlights=(
            "\n\n".join(_highlight(item) for item in highlights[0].items) if highlights else ""
        ),
        title_insights=strings(values, "title_insights", name),
        highlights_insights=strings(values, "highlights_insights", name),
        description=one_line(str(values.get("description") or "")),
        summary=one_line(str(values.get("summary") or "")),
        tags=strings(values, "tags", name),
        byline=one_line(str(values.get("byline") or "")),
        unpublished=read_flag(values, "draft", name),
        thesis=one_line(str(values.get("thesis") or "")),
        thesis_stories=strings(values, "thesis_stories", name),
        categories=strings(values, "categories", name),
        summariser=str(values.get("summariser") or "embedded"),
    )


def _highlight(item: OpenItem) -> str:
    """A paragraph of the highlights; one that was made a list of keeps its bold words."""
    text = _paragraphs(item.blocks)
    return f"**{item.headline}:** {text}".rstrip() if item.headline else text


def _part(section: OpenSection) -> Part:
    items = tuple(item_of(item) for item in section.items if not item.empty)
    return Part(section.name, items, form_of(section))


def form_of(section: OpenSection) -> Form:
    """How the stories of a section stand: as its first one does."""
    stories = (item for item in section.items if item.headed or item.bulleted or _is_bold(item))
    first = next(stories, None)
    if first is None or first.bulleted:
        return "bullets"
    return "headings" if first.headed else "bold"


def _is_bold(raw: OpenItem) -> bool:
    """Whether a bold line heads a story: without marker and source it may be a note's own."""
    return raw.bold and item_of(raw).kind != "note"


def item_of(raw: OpenItem) -> Item:
    """The item that was read."""
    blocks = [block for block in raw.blocks if block]
    tag, headline = tag_and_headline(raw.headline) if raw.bold else ("", raw.headline)
    if raw.bulleted and not headline and blocks:
        headline = _refilled_lead(blocks[0])
    links = _taken_links(blocks[-1]) if blocks else []
    update = _taken_update(blocks)
    item = Item("", headline, _paragraphs(blocks), tuple(links), tag=tag, update=update)
    if raw.marker is None:
        voiced = f"**{raw.headline}**\n\n{item.text}".strip() if raw.bold else item.text
        note = not (raw.bulleted or raw.headed or links) and _is_note(raw, item)
        return Item("", "", voiced, kind="note") if note else item
    kind, identity, insights = raw.marker.groups()
    return replace(
        item,
        id=identity,
        insights=tuple(insights.split(",")) if insights else (),
        kind="figure" if kind == "figure" else "story",
    )


def _is_note(raw: OpenItem, item: Item) -> bool:
    return not (states_fact(item.text) or (raw.bold and states_fact(raw.headline)))


def _taken_update(blocks: list[list[str]]) -> str:
    """What the paragraph of an update says, taken out of the blocks; "" where there is none."""
    filled = [block for block in blocks if block]
    update = _UPDATE.fullmatch(" ".join(filled[-1])) if filled else None
    if not update:
        return ""
    blocks.remove(filled[-1])
    return update[2].strip(_BLANK)


def _refilled_lead(block: list[str]) -> str:
    """The bold words that an item begins with where a formatter has broken their line; they are
    taken out of the block.
    """
    text = " ".join(block)
    lead = _BOLD_LEAD.match(text)
    if not lead:
        return ""
    block[:] = [text[lead.end() :]] if text[lead.end() :] else []
    return lead[1].strip(_BLANK)


def _taken_links(block: list[str]) -> list[SourceLink]:
    """The sources at the end of an item, taken out of its last block: lines of links, or, where a
    formatter has filled the lines anew, links behind the end of a sentence.
    """
    links: list[SourceLink] = []
    text = " ".join(block)
    end = _LINKS_BEHIND.search(text)
    if end:
        block[:] = [text[: end.start()].rstrip(_BLANK)]
        return list(_read_links(end[0]))
    while block and LINKS_LINE.fullmatch(block[-1]):
        links = [*_read_links(block.pop()), *links]
    return links


def _paragraphs(blocks: list[list[str]]) -> str:
    return "\n\n".join(" ".join(block) for block in blocks if block)


def _read_links(line: str) -> Iterator[SourceLink]:
    for match in re.finditer(LINK, line):
        yield SourceLink(to_plain(match[1]), match[2] or match[3])
