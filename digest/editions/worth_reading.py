"""What a reader gets of each story: events that differ, and pieces worth reading whole rather than
the same event again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.stories.grouping import similarities
from digest.stories.piece_form import form, is_piece
from digest.stories.publishers import independent
from digest.text.vectors import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.model import Insight, Ranked

PARAGRAPH = 30  # words
AKIN = 0.14  # similarity from which two stories are about one matter without being one event
SAME_WORDS = 0.6  # share of the shorter headline's words
FORM = 0.5  # what a piece's form weighs beside the story's score, which is about 0 to 1


def varied(stories: Sequence[Ranked]) -> list[Ranked]:
    """The same stories, those last that are akin to one before them: what a second house makes of
    an event can wait.
    """
    akin = similarities([story.group.documents[0] for story in stories], AKIN)
    first: list[int] = []
    for j in range(len(stories)):
        if all((i, j) not in akin for i in first):
            first.append(j)
    return [stories[i] for i in first] + [
        story for i, story in enumerate(stories) if i not in first
    ]


def worth_reading(
    stories: Sequence[Ranked], insights: Mapping[str, Sequence[Insight]]
) -> list[Ranked]:
    """Those that argue, explain or report at length, can be told in a paragraph and are one
    house's, the best first; the order given decides ties.

    `insights` are those of their documents by entry id; a document that is not among them is taken
    to have enough.
    """
    pieces = (
        story
        for story in stories
        if is_piece(story.group.documents[0])
        and len(independent(story.group.documents)) == 1
        and _fills_a_paragraph(story, insights)
    )
    return sorted(pieces, key=lambda story: -(story.score + FORM * form(story.group.documents[0])))


def _fills_a_paragraph(story: Ranked, insights: Mapping[str, Sequence[Insight]]) -> bool:
    read = [
        insights[document.entry_id]
        for document in story.group.documents
        if document.entry_id in insights
    ]
    return (
        not read
        or sum(len(insight.text.split()) for found in read for insight in found) >= PARAGRAPH
    )


def told_as(story: Ranked, told: Sequence[Ranked]) -> str:
    """The headline of the story among `told` that this one's headline tells again; "" when there is
    none.
    """
    own = set(tokens(story.group.documents[0].title))
    for other in told:
        for document in other.group.documents:
            words = set(tokens(document.title))
            if len(own & words) >= max(3, SAME_WORDS * min(len(own), len(words))):
                return other.group.documents[0].title
    return ""
