"""What an edition is: a kind of issue, with its window, what it reads, its sections and the rule
that fills them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from digest.config.schema import Editions, Theme
    from digest.model import Insight, Kind, Plan, Ranked

EVERY_KIND: frozenset[Kind] = frozenset({"news", "podcast"})


@dataclass(frozen=True, slots=True)
class Style:
    """How a section is laid out: sentences a story, as bullets or under headings."""

    sentences: int
    bullets: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """What an issue can be made of: stories, best first; the insights of their documents by entry
    id, best first; the themes there are.
    """

    stories: Sequence[Ranked]
    insights: Mapping[str, Sequence[Insight]]
    themes: Sequence[Theme]


@dataclass(frozen=True, slots=True)
class Edition:
    """A kind of issue. `window_days` is how far back its first issue reaches; `sections` are in the
    order they stand in.

    `plan` takes what was found and every edition's settings; it raises QuietDay. `reads` says of
    which kinds entries are read and `numbers` how many figures *By the Numbers* may hold, 0 for an
    edition without. An edition with `by_theme` has a section for each theme in that style; one with
    `title` is called so, after what it tells, else by its first headlines. `highlights` says
    whether it begins with a paragraph of them.
    """

    name: str
    window_days: int
    sections: Mapping[str, Style]
    plan: Callable[[Choice, Editions], Plan]
    numbers: Callable[[Editions], int] = lambda _: 0
    reads: Callable[[Editions], frozenset[Kind]] = lambda _: EVERY_KIND
    by_theme: Style | None = None
    title: Callable[[Sequence[Ranked]], str] | None = None
    highlights: bool = True

    def style(self, section: str) -> Style:
        """How a section of that name is laid out. Raises KeyError for a name that is none of the
        edition's.
        """
        return self.by_theme or self.sections[section]
