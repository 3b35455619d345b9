"""What a product costs, where its name stands beside the sum: "the Pro plan at $20 a month"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.stories.ledger.names import NOBODY

if TYPE_CHECKING:
    from digest.text.quantities import Quantity

# "Pro" alone is anybody's
_PRODUCT = r"(?P<name>[A-Z][\w.+-]*(?: [A-Z0-9][\w.+-]*){1,4})"
_PLAN = r"(?:plan|subscription|tier|membership|package|licen[cs]e)"
_BEFORE = re.compile(
    rf"(?:the |an? |its )?{_PRODUCT}(?: {_PLAN})? (?:at|for)(?: an?)?(?: [a-z]+)? $"
)
_BEHIND = re.compile(rf" (?:a |per )?{_PRODUCT} {_PLAN}\b")
_AT_FIRST = re.compile(r"(?:Priced at|At|For)(?: just| only| about| around)? $")
_NEXT = re.compile(rf"[^,;]{{0,60}}, (?:the |its )?{_PRODUCT}(?: {_PLAN})?\b")
_A_TIME = ("month", "year", "user", "seat", "week")


def product_priced(plain: str, one: Quantity) -> str:
    """The product whose price the figure is; "" where no product's name says so."""
    if len(one.unit.partition("/")[0]) != 3:
        return ""
    found = _found(plain, one)
    words = found["name"].split() if found else []
    while words and words[0] in NOBODY - {"AI"}:
        words = words[1:]
    return " ".join(words) if len(words) > 1 else ""


def _found(plain: str, one: Quantity) -> re.Match[str] | None:
    behind = _BEHIND.match(plain, one.end)
    if behind:
        return behind
    if one.unit.partition("/")[2] not in _A_TIME:
        return None
    before = _BEFORE.search(plain, max(0, one.start - 70), one.start)
    if before is None and _AT_FIRST.fullmatch(plain[: one.start]):
        return _NEXT.match(plain, one.end)
    return before
