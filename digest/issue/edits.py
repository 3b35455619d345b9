"""What an editor does to an issue.md, one function an operation: what nobody asked to be changed
stays as it was typed. Pure.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.errors import IssueError
from digest.issue.issue_md import HIGHLIGHTS
from digest.issue.sheet import Block, Section, apart, sheet, spaced
from digest.issue.written_items import written_item
from digest.text.markdown import to_plain
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.issue.sheet import Sheet
    from digest.model import Form, Item, SourceLink

MOST_WORDS_OF_A_HEAD = 12  # of a text, for the headline of what was split off


def dropped(page: Sheet, at: int) -> Sheet:
    """Without the item that is the `at`th of all, from 0."""
    number, place = _where(page, at)
    section = page.sections[number]
    left = (*section.blocks[:place], *section.blocks[place + 1 :])
    return _with_blocks(page, number, left)


def moved(page: Sheet, at: int, place: int, section: str = "") -> Sheet:
    """With the item at a place of its section, or of another one, from 1; 0 or a place beyond the
    last is the last. A section that there is not yet is made, as the last one.
    """
    number, _ = _where(page, at)
    own, block = page.sections[number], page.blocks[at]
    goal = section.strip() or own.name
    if goal == HIGHLIGHTS:
        raise IssueError(f"'{HIGHLIGHTS}' holds no stories; what stands in it is the editor's text")
    return _inserted(dropped(page, at), block, own.form, goal, place)


def inserted(page: Sheet, item: Item, section: str, place: int) -> Sheet:
    """With a new item at a place of a section, as `moved` counts places."""
    form: Form = next((one.form for one in page.sections if one.name == section), "bullets")
    return _inserted(page, Block(item, written_item(item, form)), form, section, place)


def merged(page: Sheet, first: int, second: int) -> Sheet:
    """With the second story's text, sources and insights in the first one; its headline goes."""
    one, other = page.blocks[first].item, page.blocks[second].item
    if first == second:
        raise IssueError("a story cannot be merged with itself")
    if "note" in {one.kind, other.kind} or one.kind != other.kind:
        raise IssueError("only two stories, or two figures, can be merged")
    form = page.sections[_where(page, first)[0]].form
    both = replace(
        one,
        text=("\n\n" if form == "headings" else " ").join(filter(None, (one.text, other.text))),
        links=_each_once((*one.links, *other.links)),
        insights=tuple(dict.fromkeys((*one.insights, *other.insights))),
        update=one.update or other.update,
    )
    return dropped(replaced(page, first, both), second)


def split(page: Sheet, at: int, sentence: int = 0) -> Sheet:
    """With the story's text from a sentence on (from 1; 0: the middle) as a story of its own below
    it, with the same sources. Its id is made of both.
    """
    item = page.blocks[at].item
    if item.kind != "story":
        raise IssueError("only a story can be split")
    before, behind = _parted(item.text, sentence)
    number, place = _where(page, at)
    section = page.sections[number]
    second = replace(
        item,
        id=split_id(item.id, behind) if item.id else "",
        headline="" if section.form == "bullets" else _head(behind),
        text=behind,
        insights=item.insights if item.id else (),
        update="",
        tag="",
    )
    first = replaced(page, at, replace(item, text=before))
    block = Block(second, written_item(second, section.form))
    return _inserted(first, block, section.form, section.name, place + 2)


def replaced(page: Sheet, at: int, item: Item) -> Sheet:
    """With another item in the place of one, written as its section has items."""
    number, place = _where(page, at)
    section = page.sections[number]
    block = Block(item, _below(section, place, written_item(item, section.form)))
    blocks = (*section.blocks[:place], block, *section.blocks[place + 1 :])
    return _with_blocks(page, number, blocks)


def retyped(page: Sheet, at: int, markdown: str) -> Sheet:
    """With what an editor typed in the place of one item's lines."""
    number, place = _where(page, at)
    section = page.sections[number]
    plain = markdown.replace("\r\n", "\n").replace("\r", "\n")
    if not plain.strip():
        raise IssueError("there is no text; to take a story out, drop it")
    block = Block(section.blocks[place].item, _below(section, place, plain))
    blocks = (*section.blocks[:place], block, *section.blocks[place + 1 :])
    return _with_blocks(page, number, blocks)


def same_items(page: Sheet, text: str) -> bool:
    """Whether a text holds the items of the sheet and no others, in their order: a paragraph that
    was put somewhere else may have run into its neighbour.
    """
    wanted, found = page.blocks, sheet(text).blocks
    return len(wanted) == len(found) and all(
        _told(one.item) == _told(other.item) and other.item.id in {"", one.item.id}
        for one, other in zip(wanted, found, strict=True)
    )


def split_id(story: str, text: str) -> str:
    """The id of what was split off a story."""
    return f"{story}-{hashlib.sha256(text.encode()).hexdigest()[:6]}"


def _told(item: Item) -> tuple[str, tuple[str, ...]]:
    """The letters and the sources of an item, in whatever form it stands."""
    words = (item.tag, item.headline, item.text, item.update)
    return "".join(to_plain("".join(words)).split()), tuple(link.url for link in item.links)


def _where(page: Sheet, at: int) -> tuple[int, int]:
    """The section and the place in it, both from 0, of the `at`th item."""
    for number, section in enumerate(page.sections):
        if at < len(section.blocks):
            return number, at
        at -= len(section.blocks)
    raise IndexError(at)


def _with_blocks(page: Sheet, number: int, blocks: Sequence[Block]) -> Sheet:
    """With other blocks in a section; a heading that nothing is left below goes."""
    section = replace(page.sections[number], blocks=tuple(blocks))
    stays = [section] if blocks or "\n" in section.head.strip() else []
    return page.with_sections((*page.sections[:number], *stays, *page.sections[number + 1 :]))


def _below(section: Section, place: int, text: str) -> str:
    """The text with as much empty space below it as what stands at its place has."""
    old = section.blocks[place].text
    return text.strip("\n") + (old[len(old.rstrip("\n")) :] or "\n")


def _inserted(page: Sheet, block: Block, form: Form, section: str, place: int) -> Sheet:
    """With a block, written anew where its section's stories stand otherwise."""
    names = [one.name for one in page.sections]
    if section not in names:
        head = f"## {section}\n\n"
        new = Section(section, form, head, spaced([block]))
        return page.with_sections((*map(apart, page.sections), new))
    number = names.index(section)
    goal = page.sections[number]
    if goal.form != form and goal.blocks:
        block = replace(block, text=written_item(block.item, goal.form))
    at = place - 1 if 0 < place <= len(goal.blocks) else len(goal.blocks)
    above, below = goal.blocks[:at], goal.blocks[at:]
    blocks = (*(spaced(above) if above else ()), *spaced([block]), *below)
    return _with_blocks(page, number, blocks)


def _parted(text: str, sentence: int) -> tuple[str, str]:
    """A text in two, before a sentence; where none is named at its middle paragraph or sentence."""
    starts = [span.start for span in sentences(text)][1:]
    breaks = [text.index(part) for part in text.split("\n\n")[1:]] if not sentence else []
    if sentence:
        chosen = starts[sentence - 2 : sentence - 1] if sentence > 1 else []
    else:
        wanted = breaks or starts
        chosen = sorted(wanted, key=lambda start: abs(start - len(text) // 2))[:1]
    if not chosen:
        raise IssueError(
            f"the story has {len(starts) + 1} sentences; the second part begins with one from 2 on"
            if starts
            else "a story of one sentence cannot be split"
        )
    before, behind = text[: chosen[0]].rstrip(), text[chosen[0] :].lstrip()
    if before.count("[") != before.count("]") or before.count("**") % 2:
        raise IssueError("the story cannot be split within a link or bold words")
    return before, behind


def _head(text: str) -> str:
    first = sentences(text)[0].text.rstrip(".!?")
    return " ".join(first.split()[:MOST_WORDS_OF_A_HEAD])


def _each_once(links: Sequence[SourceLink]) -> tuple[SourceLink, ...]:
    return tuple({link.url: link for link in reversed(links)}.values())[::-1]
