"""Telling a story of the week with a model: one paragraph from all of its documents, each with its
day, checked against them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.insights.model.forms import StoryAnswer
from digest.text.reader_dates import plain_day, weekday
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import tzinfo

    from digest.issue.story_writer import StoryWriter, Written
    from digest.model import Document, Group, Insight

LONGEST = 185  # words that are kept; 160 are asked for at most
BEGINNING = 220  # words of a document's text that are shown beside what was read in it
MOST_SOURCES = 6


@dataclass(frozen=True, slots=True)
class WeekWriter:
    """Writes a week's paragraphs as `story` writes a day's; `zone` says which day a moment is
    of.
    """

    story: StoryWriter
    zone: tzinfo

    def write(self, group: Group, insights: Sequence[Insight]) -> Written | None:
        """The story told from these insights and the beginnings of its documents; None when nothing
        that the model wrote holds. Raises NoAnswer.
        """
        cited = sorted(_sources(group, insights), key=lambda one: one.when)
        best = group.documents[0]
        ids = {one.id: f"i{i}" for i, one in enumerate(insights, 1)}
        question = self.story.asking.question(
            "write",
            "week",
            StoryAnswer,
            about=f"story {best.title}",
            words=LONGEST + 60,
            title=best.title,
            sources=[
                (
                    f"s{i}",
                    document,
                    self._day(document),
                    _beginning(document),
                    [(ids[one.id], one) for one in insights if one.entry == document.entry_id],
                )
                for i, document in enumerate(cited, 1)
            ],
        )
        answer = self.story.answerer.ask(question).form
        return self.story.examined(
            answer, [best, *(o for o in cited if o is not best)], insights, LONGEST
        )

    def _day(self, document: Document) -> str:
        day = document.day or document.when.astimezone(self.zone).date()
        return f"{weekday(day, 'en')}, {plain_day(day, 'en')}"


def _sources(group: Group, insights: Sequence[Insight]) -> Iterable[Document]:
    """The documents that the paragraph is written from: those in which something was read, then
    the others of the story.
    """
    read = {one.entry for one in insights}
    ordered = sorted(group.documents, key=lambda document: document.entry_id not in read)
    kept = ordered[:MOST_SOURCES]
    best = group.documents[0]
    return kept if best in kept else [best, *kept[1:]]


def _beginning(document: Document) -> str:
    """The first sentences of an article; talk begins with small talk."""
    if document.kind != "news":
        return ""
    taken: list[str] = []
    for span in sentences(document.text):
        if taken and sum(len(one.split()) for one in taken) + span.words > BEGINNING:
            break
        taken.append(span.text)
    return " ".join(" ".join(taken).split())
