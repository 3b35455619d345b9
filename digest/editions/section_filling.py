"""An issue in the making: sections filled best first, where a further story of a feed or a theme
must be worth more.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from digest.model import Left, Plan, Ranked, Section
from digest.stories.publishers import family
from digest.stories.themes import OTHER

if TYPE_CHECKING:
    from collections.abc import Sequence


COST = 0.12  # what each story of a feed or theme beyond its number costs, in points of the score
MOST_COST = 0.36  # so that what matters most is never out for where it comes from


class Filling:
    """Takes stories in, or leaves them out with a reason.

    A story counts to the feed of its best source, unless another house tells it too: then it is
    nobody's. From `per_feed` stories of a feed and `per_theme` of a theme on a further one costs.
    """

    def __init__(self, *, per_feed: int, per_theme: int) -> None:
        self._per_feed, self._per_theme = per_feed, per_theme
        self._feeds: Counter[str] = Counter()
        self._themes: Counter[str] = Counter()
        self._sections: list[Section] = []
        self._why_out: dict[int, tuple[Ranked, str]] = {}

    @property
    def told(self) -> tuple[Ranked, ...]:
        """What the sections hold so far, in order."""
        return tuple(story for section in self._sections for story in section.stories)

    def fill(self, name: str, size: int, candidates: Sequence[Ranked]) -> None:
        """Add a section with the `size` candidates that are worth most, in the order given; with
        none, there is no such section.
        """
        taken = self._taken(size, candidates)
        if taken:
            self._sections.append(Section(name, taken))

    def fill_by_theme(self, size: int, candidates: Sequence[Ranked]) -> None:
        """The same with a section for each theme."""
        self._sections += by_theme(self._taken(size, candidates))

    def _taken(self, size: int, candidates: Sequence[Ranked]) -> tuple[Ranked, ...]:
        """Each candidate is worth what its place says, less what its feed and theme cost by
        then.
        """
        places = {id(story): i for i, story in enumerate(candidates)}
        worth = _descending([story.score for story in candidates])
        taken: list[Ranked] = []
        while len(taken) < min(size, len(candidates)):
            best = max(
                (story for story in candidates if story not in taken),
                key=lambda story: (
                    worth[places[id(story)]] - self._cost(story),
                    -places[id(story)],
                ),
            )
            taken.append(best)
            self._feeds[best.group.documents[0].feed_url] += not _shared(best)
            self._themes[best.theme] += 1
        return tuple(sorted(taken, key=lambda story: places[id(story)]))

    def remaining(self, candidates: Sequence[Ranked]) -> list[Ranked]:
        """The candidates about which nothing has been decided, in the same order."""
        decided = {id(story) for story in self.told} | set(self._why_out)
        return [story for story in candidates if id(story) not in decided]

    def leave_out(self, story: Ranked, why: str) -> None:
        """Keep the story out of the issue for this reason."""
        self._why_out[id(story)] = (story, why)

    def plan(self, ranked: Sequence[Ranked]) -> Plan:
        """The sections, and every document of the other stories with its reason."""
        for story in self.remaining(ranked):
            self.leave_out(story, "below the line")
        left = (self._why_out[id(story)] for story in ranked if id(story) in self._why_out)
        return Plan(
            tuple(self._sections),
            tuple(
                Left(document.url, why, document.entry_id)
                for story, why in left
                for document in story.group.documents
            ),
        )

    def _cost(self, story: Ranked) -> float:
        """What a story costs for those of its feed and theme that are in; "Other" is no theme."""
        feed = self._feeds[story.group.documents[0].feed_url] - self._per_feed + 1
        theme = self._themes[story.theme] - self._per_theme + 1
        over = (0 if _shared(story) else max(0, feed)) + (
            0 if story.theme == OTHER else max(0, theme)
        )
        return min(COST * over, MOST_COST)


def by_theme(stories: Sequence[Ranked]) -> tuple[Section, ...]:
    """A section for each theme, the one with the best story first; what belongs to none comes
    last.
    """
    first = {theme: i for i, theme in reversed(list(enumerate(story.theme for story in stories)))}
    placed = sorted(stories, key=lambda story: (story.theme == OTHER, first[story.theme]))
    return tuple(
        Section(theme, tuple(group))
        for theme, group in groupby(placed, key=lambda story: story.theme)
    )


def _descending(scores: Sequence[float]) -> list[float]:
    """The scores as far as none is above one before it: whoever gave the order knew more."""
    worth: list[float] = []
    for score in scores:
        worth.append(min(score, worth[-1]) if worth else score)
    return worth


def _shared(story: Ranked) -> bool:
    """Whether more than one house tells the story; two feeds of one house are one."""
    return len({family(document) for document in story.group.documents}) > 1
