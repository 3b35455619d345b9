"""What an edition is: a kind of issue, with its window, its sections and the rule that fills them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from digest.config import Editions
    from digest.model import Plan, Ranked


@dataclass(frozen=True, slots=True)
class Style:
    """How a section is laid out: sentences a story, as bullets or under headings."""

    sentences: int
    bullets: bool = True


@dataclass(frozen=True, slots=True)
class Edition:
    """A kind of issue. `window_days` is how far back its first issue reaches; `sections` are in the order they stand in.

    `numbers` says how many figures its *By the Numbers* may hold, 0 for an edition without. `plan` takes the stories,
    best first, and every edition's settings; it raises QuietDay.
    """

    name: str
    window_days: int
    sections: Mapping[str, Style]
    numbers: Callable[[Editions], int]
    plan: Callable[[Sequence[Ranked], Editions], Plan]
