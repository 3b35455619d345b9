"""What a reader gets of each story: events that differ, and pieces worth reading whole rather than
the same event again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.stories.grouping import similarities
from digest.stories.publishers import independent
from digest.text.vectors import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.model import Insight, Ranked

LONG_ENOUGH = 1200  # characters, about 200 words: a shorter text is news in brief
PARAGRAPH = 30  # words
LONG = 6000  # characters, about 1,000 words: a piece that takes its time
AKIN = 0.14  # similarity from which two stories are about one matter without being one event
SAME_WORDS = 0.6  # share of the shorter headline's words
LENGTH, EXPLAINS, ALONE, EVENT = (
    0.15,
    0.15,
    0.1,
    -0.15,
)  # added to the story's score, which is about 0 to 1

_EXPLAINING = re.compile(
    r"^(?:why|how|what|inside|when|who|is|are|can|will|does|do|should)\b|\?|\bthe"
    r" (?:case|economics|math|real|hidden)\b"
    r"|\b(?:explained|explainer|analysis|lessons?|essay|opinion|interview|deep dive|case for|case"
    r" against|myth|question)\b",
    re.IGNORECASE,
)
_HAPPENING = re.compile(
    r"\b(?:raises|raised|launches|announces|unveils|acquires|buys|signs|releases|debuts|introduces|hits|reports|posts|files|names"
    r"|appoints|hires|cuts|lays"
    r" off|joins|sues|wins|secures|closes|opens|expands|partners|invests|delays|approves|bans|fines"
    r"|rises|falls|jumps|drops|surges|slides)\b",
    re.IGNORECASE,
)


def varied(stories: Sequence[Ranked]) -> list[Ranked]:
    """The same stories, those last that are akin to one before them: what a second house makes of
    an event can wait.
    """
    similarity = similarities([story.group.documents[0] for story in stories])
    first: list[int] = []
    for j in range(len(stories)):
        if all(similarity.get((i, j), 0.0) < AKIN for i in first):
            first.append(j)
    return [stories[i] for i in first] + [
        story for i, story in enumerate(stories) if i not in first
    ]


def worth_reading(
    stories: Sequence[Ranked], insights: Mapping[str, Sequence[Insight]]
) -> list[Ranked]:
    """Those that are long enough and can be told in a paragraph, the most explanatory first; the
    order given decides ties.

    `insights` are those of their documents by entry id; a document that is not among them is taken
    to have enough.
    """
    long = (
        story
        for story in stories
        if len(story.group.documents[0].text) >= LONG_ENOUGH and _fills_a_paragraph(story, insights)
    )
    return sorted(long, key=lambda story: -_worth(story))


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


def _worth(story: Ranked) -> float:
    best = story.group.documents[0]
    worth = story.score + LENGTH * min(1.0, len(best.text) / LONG)
    worth += EXPLAINS if _EXPLAINING.search(best.title) else 0.0
    worth += EVENT if _HAPPENING.search(best.title) else 0.0
    return worth + (ALONE if len(independent(story.group.documents)) == 1 else 0.0)


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
