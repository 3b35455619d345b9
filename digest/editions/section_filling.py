"""An issue in the making: sections filled best first, under caps that count over the whole
issue.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from digest.model import Left, Plan, Ranked, Section
from digest.stories.publishers import family
from digest.stories.themes import OTHER

if TYPE_CHECKING:
    from collections.abc import Sequence


class Filling:
    """Takes stories in, or leaves them out with a reason.

    A story counts to the feed of its best source, unless another house tells it too: then it is
    nobody's, and no feed's cap keeps it out.
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
        """Add a section with the first `size` candidates that the caps let in; with none, there is
        no such section.
        """
        taken: list[Ranked] = []
        for story in candidates:
            why = self._against(story) if len(taken) < size else ""
            if why:
                self.leave_out(story, why)
            elif len(taken) < size:
                taken.append(story)
                self._feeds[story.group.documents[0].feed_url] += not _shared(story)
                self._themes[story.theme] += 1
        if taken:
            self._sections.append(Section(name, tuple(taken)))

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

    def _against(self, story: Ranked) -> str:
        source = story.group.documents[0]
        if self._feeds[source.feed_url] >= self._per_feed and not _shared(story):
            return f"enough from {source.publisher or source.feed_url}"
        if (
            story.theme != OTHER and self._themes[story.theme] >= self._per_theme
        ):  # "Other" is no subject of its own
            return f"enough on {story.theme}"
        return ""


def _shared(story: Ranked) -> bool:
    """Whether more than one house tells the story; two feeds of one house are one."""
    return len({family(document) for document in story.group.documents}) > 1
