"""Which stories matter most for the newsletter, and why, in words that an editor can argue with."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.model import Document, Group, Ranked, Window
from digest.stories.amounts import Amount, amounts, is_currency, largest
from digest.stories.publishers import independent
from digest.stories.relevance import ON_SUBJECT, relevance
from digest.stories.themes import assign
from digest.text.quantities import quantities

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, timedelta

    from digest.config.schema import Theme
    from digest.model import Insight

# What can be added to relevance, which runs from 0 to 1 and so stays dominant.
PUBLISHERS = 0.2  # approached as more houses tell the story in their own words
FIGURE = 0.05  # for a figure in the title or the beginning
STAKE = 0.15  # for the sum of money in the title, by its size between these two
IN_LEAD = 0.7  # of that for one that only its news begins with
SMALL_SUM, GREAT_SUM = 1e7, 1e11
PER_DOLLAR = {"JPY": 150.0, "KRW": 1400.0, "INR": 90.0, "CNY": 7.0}  # for the order of magnitude
FRESHNESS = 0.05  # for the end of the window, falling to 0 at its start
TO_TELL = 0.08  # for so much of it that its text can go on from its headline
ENOUGH_TO_TELL = 90  # words
FEED_WEIGHT = 0.1  # for each doubling of the feed's weight, and as much off for each halving
# For each step above the middle of a model's five, and as much off for each below: from one to five
# as far as relevance goes from the line of the subject to its top. A page could talk a model into a
# five, which lifts nothing over that line.
LEAST, MIDDLE, MOST = 1, 3, 5
IMPORTANCE = (1 - ON_SUBJECT) / (MOST - LEAST)

LEAD = 400  # characters of a text in which its news stands
_NUMBER_WORDS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)


def rank(
    groups: Sequence[Group],
    *,
    themes: Sequence[Theme],
    weights: Mapping[str, float],
    window: Window,
) -> tuple[Ranked, ...]:
    """The groups with theme, relevance, score and reason, best first. `weights` are the feeds' by
    URL; a feed not named weighs 1.
    """
    ranked = [_ranked(group, themes, weights, window) for group in groups]
    return tuple(
        sorted(
            ranked, key=lambda story: (-story.score, story.group.id, story.group.documents[0].url)
        )
    )


def to_tell(insights: Sequence[Insight]) -> float:
    """What a story gains by how much there is to tell of it: a source of one sentence tells its
    headline again, and no more.
    """
    said = sum(len(one.text.split()) for one in insights)
    return TO_TELL * min(1.0, said / ENOUGH_TO_TELL)


def weighed(
    stories: Sequence[Ranked], insights: Mapping[str, Sequence[Insight]]
) -> tuple[Ranked, ...]:
    """The stories in order again, with how important the model that read them found what it read;
    `insights` are by entry.
    """
    read = [
        [one for document in story.group.documents for one in insights.get(document.entry_id, ())]
        for story in stories
    ]
    counted = [_weighed(story, found) for story, found in zip(stories, read, strict=True)]
    return tuple(sorted(counted, key=lambda story: -story.score))


def _weighed(story: Ranked, insights: Sequence[Insight]) -> Ranked:
    most = max((one.importance for one in insights), default=0)
    if not most:
        return replace(story, score=round(story.score + to_tell(insights), 6))
    moved = importance(most) if story.relevance >= ON_SUBJECT else min(0.0, importance(most))
    return replace(
        story,
        score=round(story.score + moved, 6),
        why=f"{story.why}; importance {most} of 5",
    )


def importance(judged: int) -> float:
    """What a model's judgement, 1 to 5, adds to a score; 0 where there is none."""
    return IMPORTANCE * (judged - MIDDLE) if judged else 0.0


def _ranked(
    group: Group, themes: Sequence[Theme], weights: Mapping[str, float], window: Window
) -> Ranked:
    theme, theme_why = assign(group, themes)
    tellers = independent(group.documents)
    judged = [relevance(document) for document in tellers]
    best = max(
        judged, key=lambda one: one.score
    )  # one telling that shows what it means for the economy is enough
    figure = largest(sums_of(group.documents[0]))
    newest = max(document.when for document in group.documents)
    weight = max(weights.get(document.feed_url, 1.0) for document in group.documents)
    score = best.score + PUBLISHERS * (1 - 1 / len(tellers)) + FEED_WEIGHT * math.log2(weight)
    score += FRESHNESS * _freshness(newest, window) + (FIGURE if figure else 0.0)
    score += STAKE * _at_stake(group.documents[0])
    why = _why(best.why, len(tellers), figure, window.end - newest, weight)
    return Ranked(group, theme, theme_why, best.score, round(score, 6), why)


def _at_stake(document: Document) -> float:
    """What the headline puts at stake or, for less, what the beginning of its news does."""
    return max(stake(document.title), IN_LEAD * stake(document.opening[:LEAD]))


def stake(text: str) -> float:
    """How much money a text speaks of, from 0 to 1 by the sum's order of magnitude."""
    units = ((one.value, one.unit.partition("/")[0]) for one in quantities(text))
    sums = [value / PER_DOLLAR.get(unit, 1.0) for value, unit in units if is_currency(unit)]
    greatest = max(SMALL_SUM, *sums, 0.0)
    return min(1.0, math.log10(greatest / SMALL_SUM) / math.log10(GREAT_SUM / SMALL_SUM))


def sums_of(document: Document) -> tuple[Amount, ...]:
    """The amounts of a document's headline or, without any, of where its news stands."""
    return amounts(document.title) or amounts(document.opening[:LEAD])


def _freshness(moment: datetime, window: Window) -> float:
    share = (moment - window.start) / (window.end - window.start)
    return min(1.0, max(0.0, share))


def _why(words: str, tellers: int, figure: Amount | None, age: timedelta, weight: float) -> str:
    """Such as "three publishers; $41 bn; 2 h before the cut-off; speaks of OpenAI, data center,
    debt".
    """
    count = _NUMBER_WORDS[tellers] if tellers < len(_NUMBER_WORDS) else str(tellers)
    parts = [
        f"{count} publisher{'s' if tellers > 1 else ''}",
        str(figure or ""),
        f"{_span(age)} before the cut-off",
    ]
    parts += [
        f"speaks of {words}" if words else "",
        f"feed weight {weight:g}" if weight != 1 else "",
    ]
    return "; ".join(filter(None, parts))


def _span(age: timedelta) -> str:
    minutes = max(0, round(age.total_seconds() / 60))
    if minutes < 60:
        return f"{minutes} min"
    return f"{round(minutes / 60)} h" if minutes < 48 * 60 else f"{round(minutes / 1440)} days"
