"""Markdown as people and other programs write it, line by line into the one way that the grammar
has: each line stays where it is, so that errors can name it. Pure.
"""

from __future__ import annotations

import re

from digest.errors import IssueError
from digest.issue.bold_lines import refilled
from digest.issue.nested_points import set_points

_BULLET = re.compile(r"[*+](?=[ \t]|$)")
_NUMBER = re.compile(r"(\d{1,3})[.)](?=[ \t]|$)")
_UNDERLINE = re.compile(r"-{3,}[ \t]*$|={3,}[ \t]*$")
_RULE = re.compile(r"(?:[-*_][ \t]*){3,}$")
_NOTHING_GOES_ON = re.compile(r"$|#|<!--")
_BESIDE_TEXT = re.compile(r"$|#|<!--|[-*+>](?:[ \t]|$)|\d{1,3}[.)][ \t]")
_ITEM = re.compile(r"-[ \t]+(?=\S)")
_UNDERSCORED = re.compile(r"__((?:\\.|[^\\_]|_(?!_))+)__(?=[:\s]|$)")
_COLON_OUTSIDE = re.compile(r"((?:\\.|[^\\*])*[^\\*\s:])\*\*:(?=[ \t]|$)")
_CLOSED = re.compile(r"(#{1,6} .*\S)[ \t]+#+[ \t]*$")
_MARKED = re.compile(r"\b(?:story|figure|insights?) *:", re.IGNORECASE)
_IMAGE = re.compile(r"(?<!\\)!\[((?:\\.|[^\]\\])*)\](?:\(<?([^\s()<>]*)|\[)")
_MEDIA = re.compile(
    r"(?<!\\)<(?:img|picture|video|audio|iframe|embed|object|svg|canvas|form|input)\b",
    re.IGNORECASE,
)
# An address that none is: its words, or what stands behind a space in it, no reader would be shown.
_BROKEN = re.compile(
    r"""(?<![\\!])\[(?:\\.|[^\[\]\\])*\]\((?!<)(?:[^()\s:/.\#?]+|[^()\s]*\s+(?!["'])[^()]*)\)"""
)


def as_typed(lines: list[str], start: int, name: str, *, images: bool) -> list[str]:
    """The lines of an issue.md, those from `start` on as the grammar has them. Raises IssueError
    for what would be left out without a word: images are let through only where they may be shown.
    """
    typed = lines[:]
    _leave_out_comments(typed, start)
    for number in range(start, len(typed)):
        _refuse_pictures(typed[number], f"{name}:{number + 1}", images=images)
        _refuse_broken_links(typed[number], f"{name}:{number + 1}")
    set_points(typed, start)
    last = 0  # the number of the item that the line above begins, 0 for none
    for number in range(start, len(typed)):
        last = _counted(typed, number, start, last)
        typed[number] = (
            f"-{_NUMBER.sub('', typed[number])}" if last else _dashed(typed, number, start)
        )
        _set_heading(typed, number, start)
        _set_bold_line(typed, number, start)
    for number in range(start, len(typed)):
        if item := _ITEM.match(typed[number]):
            _set_lead(typed, number, item.end())
    return typed


def _leave_out_comments(lines: list[str], start: int) -> None:
    """Empty the lines of comments that go over several; one in which a marker stands stays, and is
    refused.
    """
    begun: int | None = None
    for number in range(start, len(lines)):
        if begun is None and lines[number].lstrip().startswith("<!--"):
            begun = number
        if begun is not None and "-->" in lines[number]:
            inside = range(begun, number + 1)
            if len(inside) > 1 and not any(_MARKED.search(lines[one]) for one in inside):
                behind = lines[number].partition("-->")[2]
                lines[begun : number + 1] = ["" for _ in inside[1:]] + [behind.strip()]
            begun = None


def _refuse_pictures(line: str, place: str, *, images: bool) -> None:
    if media := _MEDIA.search(line):
        raise IssueError(f"{place}: {media[0]}…> cannot be sent along; link to what it shows")
    for image in _IMAGE.finditer(line):
        if not images:
            raise IssueError(
                f"{place}: an image cannot be sent along; link to it without the '!', or allow"
                " images with newsletter.images"
            )
        if not image[1].strip() or not (image[2] or "").lower().startswith("https://"):
            raise IssueError(
                f"{place}: an image is written ![what it shows](https://…), so that readers who do"
                " not see it know what it shows"
            )


def _refuse_broken_links(line: str, place: str) -> None:
    broken = _BROKEN.search(line)
    if broken:
        raise IssueError(
            f"{place}: {broken[0][:80]} is no link: an address begins with https:// and has no"
            " space; before a bracket that is text write \\["
        )


def _dashed(lines: list[str], number: int, start: int) -> str:
    """The line with the bullet that the grammar has; a rule between stories says nothing."""
    line = lines[number]
    if _RULE.match(line) and not _above(lines, number, start):
        return ""
    return f"-{line[1:]}" if _BULLET.match(line) else line


def _counted(lines: list[str], number: int, start: int, last: int) -> int:
    """The number that an item begins with, 0 for a line that begins none. One begins where nothing
    goes on from the line above, or is the next: within a paragraph it is a date or an amount.
    """
    counted = _NUMBER.match(lines[number])
    if not counted:
        return 0
    fresh = _NOTHING_GOES_ON.match(_above(lines, number, start))
    return int(counted[1]) or 1 if fresh or (int(counted[1]) in {last, last + 1} and last) else 0


def _above(lines: list[str], number: int, start: int) -> str:
    """The line above, "" where there is none. Below an indented one an item's text has ended."""
    above = lines[number - 1] if number > start else ""
    return "" if above[:1] in {" ", "\t"} else above


def _set_heading(lines: list[str], number: int, start: int) -> None:
    """A heading that is underlined, or closed, as one with signs before it alone."""
    lines[number] = _CLOSED.sub(r"\1", lines[number])
    if number <= start or not _UNDERLINE.match(lines[number]):
        return
    over = lines[number - 1]
    alone = number - 1 == start or not lines[number - 2].strip()
    if alone and over.strip() and not over[0].isspace() and not _BESIDE_TEXT.match(over):
        lines[number - 1] = f"{'##' if lines[number][0] == '-' else '#'} {over.strip()}"
        lines[number] = ""


def _set_bold_line(lines: list[str], number: int, start: int) -> None:
    """A paragraph's bold first line with asterisks, and on one line again."""
    if number > start and lines[number - 1].strip():
        return
    if (scored := _UNDERSCORED.match(lines[number])) and scored.end() == len(
        lines[number].rstrip()
    ):
        lines[number] = f"**{scored[1]}**"
    count = refilled(lines, number)
    if count > 1:
        lines[number] = " ".join(line.strip() for line in lines[number : number + count])
        lines[number + 1 : number + count] = [""] * (count - 1)


def _set_lead(lines: list[str], number: int, at: int) -> None:
    """An item's bold lead with asterisks, and its colon inside; it may end on the next line."""
    line = lines[number]
    if lead := _UNDERSCORED.match(line, at):
        line = lines[number] = f"{line[:at]}**{lead[1]}**{line[lead.end() :]}"
    if not line.startswith("**", at):
        return
    inside = _COLON_OUTSIDE.match(line, at + 2)
    if inside:
        lines[number] = f"{line[: inside.end(1)]}:**{line[inside.end() :]}"
    elif "**" not in line[at + 2 :] and number + 1 < len(lines):
        below = _COLON_OUTSIDE.match(lines[number + 1])
        if below:
            lines[number + 1] = f"{below[1]}:**{lines[number + 1][below.end() :]}"
