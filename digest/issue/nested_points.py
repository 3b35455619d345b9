"""Lists inside a story, as people and other programs indent them: each point becomes a paragraph
that begins with its bullet or number. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

BULLET = "•"
_INDENTED = re.compile(r"([ \t]+)(?:[-*+]|(\d{1,3})[.)])[ \t]+(?=\S)")
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)])[ \t]")
_CLOSES = re.compile(r"[ \t]*#|.*<!-- *(?:story|figure):")
_POINT = re.compile(rf"{BULLET} |(\d{{1,3}})\\[.] ")


@dataclass(slots=True)
class _Above:
    """What stands above a line: how far the open item is indented, None where none is open."""

    margin: int | None = None
    number: int = 0  # of the last point of a numbered list, 0 where the line above is none
    blank: bool = True


def set_points(lines: list[str], start: int) -> None:
    """Change the indented list items among the lines: those of an open item into its points, any
    other into items.
    """
    above = _Above()
    for number in range(start, len(lines)):
        if indented := _INDENTED.match(lines[number]):
            lines[number] = _set(lines[number], indented, above)
        else:
            above.margin = _margin(lines[number], above.margin)
        _count(lines[number], above)


def _set(line: str, indented: re.Match[str], above: _Above) -> str:
    depth = len(indented[1].expandtabs(4))
    if above.margin is None or depth < above.margin + 2:
        above.margin = depth
        return line.lstrip(" \t")
    if not indented[2]:
        return f"{indented[1]}{BULLET} {line[indented.end() :]}"
    number = int(indented[2])
    if above.blank or number == 1 or number - 1 == above.number > 0:
        return f"{indented[1]}{number}\\. {line[indented.end() :]}"
    return line  # within a paragraph it is a date or an amount


def _margin(line: str, margin: int | None) -> int | None:
    """How far the item is indented that is open below a line."""
    if _CLOSES.match(line):
        return None
    if _ITEM.match(line):
        return 0
    return 0 if margin is None and line.strip() else margin


def _count(line: str, above: _Above) -> None:
    above.blank = not line.strip()
    point = _POINT.match(line.lstrip(" \t"))
    if not above.blank:
        above.number = int(point[1] or 0) if point else 0


def begins_point(line: str, block: list[str]) -> bool:
    """Whether a line begins a point, below a block of lines: a number only where it is the next."""
    point = _POINT.match(line)
    if not point or not point[1]:
        return bool(point)
    last = _POINT.match(block[0]) if block else None
    before = int(last[1] or 0) if last else 0
    return point[1] == "1" or int(point[1]) - 1 == before > 0
