"""The terms in which an edition is said, in feeds.yaml as in the ones that come along: its window,
what it reads, its sections with their rules, and how it is laid out.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path  # noqa: TC003  annotations are read at run time
from typing import TYPE_CHECKING, Annotated, Literal

from digest.config.typed_mapping import Mistake, at_least, at_most, like, no_longer, not_empty
from digest.config.value_types import Line  # noqa: TC001  as above

if TYPE_CHECKING:
    from collections.abc import Iterator

Pick = Literal["news", "events", "pieces", "episodes", "claims"]
SectionForm = Literal["bullets", "headings", "bold"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
KindRead = Literal["news", "podcast"]

TITLE_WORDS = r"(?:[^{}]|\{(?:date|week|count|sources|newsletter|headline)\})*"


@dataclass(frozen=True, kw_only=True)
class SectionTerms:
    """What a section holds and how its stories stand.

    `pick` says of what: news that happened or was argued, the `events` or the `pieces` among it,
    `episodes`, or single `claims` to be quoted; `themes` keeps to these, `by_theme` makes a section
    of each. `form`, `sentences`, `words` and `dated` are the form of a story.
    """

    name: Annotated[Line, no_longer(60)] = ""
    pick: Pick = "news"
    themes: tuple[Line, ...] = ()
    by_theme: bool = False
    top: Annotated[int, at_least(0), at_most(40)] = 5
    form: SectionForm = "bullets"
    sentences: Annotated[int, at_least(1), at_most(12)] = 3
    words: Annotated[int, at_least(0), at_most(300)] = 0
    dated: bool = False

    def mistakes(self) -> Iterator[Mistake]:
        """What is wrong with its values together."""
        if not (self.name or self.by_theme):
            yield Mistake(("name",), "is missing; only sections 'by_theme: true' have none")


@dataclass(frozen=True, kw_only=True)
class EditionTerms:
    """An edition: `window` in days for its first issue, `days` of the week on which it is made
    (every day without), `reads` the kinds of feeds that it is made
    from, and where `stored` it takes feeds as the other editions have read them. An `essay` argues
    one thesis from the stories that it finds.
    """

    sections: Annotated[tuple[SectionTerms, ...], not_empty()]
    window: Annotated[int, at_least(1), at_most(31)] = 1
    days: tuple[Weekday, ...] = ()
    reads: Annotated[tuple[KindRead, ...], not_empty()] = ("news", "podcast")
    stored: bool = False
    min_stories: Annotated[int, at_least(1)] = 1
    per_feed: Annotated[int, at_least(1)] = 3
    per_theme: Annotated[int, at_least(1)] = 4
    per_episode: Annotated[int, at_least(1), at_most(2)] = 2
    numbers: Annotated[int, at_least(0), at_most(20)] = 0
    highlights: bool = True
    title: Annotated[Line, like(TITLE_WORDS)] = ""
    site: bool = False
    essay: bool = False
    templates: Path | None = None

    def mistakes(self) -> Iterator[Mistake]:
        """What is wrong with its values together."""
        names = [section.name for section in self.sections]
        for i, section in enumerate(self.sections):
            if section.name and section.name in names[:i]:
                yield Mistake(("sections", i, "name"), f"'{section.name}' stands twice")
            if "claims" in {section.pick} and len(self.sections) > 1:
                yield Mistake(("sections", i, "pick"), "'claims' fill an edition of their own")
