"""How far a document is about the economics of AI: AI its subject, and money, work, power or rules
what it tells of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.stories import subject_words
from digest.stories.amounts import amounts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Document
    from digest.text.phrases import Phrases

TITLE, LEAD, REST = (
    3.0,
    1.0,
    0.4,
)  # what one word is worth in the title, at the beginning and further down
LEAD_LENGTH, READ_LENGTH = 500, 1500  # characters of the text
HALF = 3.0  # points at which a side is half convincing: one word in the title
CONSUMER_SHARE = 0.8  # of the score that consumer, security and promotion words can take away
# What a word of each class is worth. Chips and data centres speak for both sides: a story of them
# needs few other words.
_AI = ((subject_words.AI, 1.0), (subject_words.COMPUTE, 0.8), (subject_words.BIG_TECH, 0.3))
_ECONOMY = (
    (subject_words.MONEY, 1.0),
    (subject_words.LABOUR, 1.0),
    (subject_words.OPENNESS, 0.7),
    (subject_words.ENERGY, 0.7),
    (subject_words.POLICY, 0.5),
    (subject_words.COMPUTE, 0.5),
    (subject_words.TRADE, 0.4),
)
_CONSUMER = ((subject_words.CONSUMER, 1.0), (subject_words.GADGETRY, 0.5))
MENTION = 0.7  # one word on its own, even one that speaks for both sides, is a mention
ON_SUBJECT = 0.33  # from this score on a document is about the economics of AI
SHOWN = 3  # words of each side that the reason names


@dataclass(frozen=True, slots=True)
class Relevance:
    """`score` from 0 to 1, and the words that it rests on."""

    score: float
    why: str


def relevance(document: Document) -> Relevance:
    """Judge one document by its title and the beginning of its text."""
    parts = _parts(document)
    ai, consumer = _points(parts, _AI), _points(parts, _CONSUMER)
    economy = _points(parts, _ECONOMY)
    figures = _figures(parts)
    score = math.sqrt(_half(ai) * _half(economy, figures)) * (1 - CONSUMER_SHARE * _half(consumer))
    if len({*ai, *economy}) == 1 and not figures:
        score *= MENTION
    return Relevance(round(score, 4), ", ".join(dict.fromkeys(_named(ai) + _named(economy))))


def _parts(document: Document) -> Sequence[tuple[str, float]]:
    text = document.opening[:READ_LENGTH]
    if document.kind == "podcast":  # show notes list their subjects evenly
        return (document.title, TITLE), (text, LEAD)
    return (document.title, TITLE), (text[:LEAD_LENGTH], LEAD), (text[LEAD_LENGTH:], REST)


def _points(
    parts: Sequence[tuple[str, float]], classes: Sequence[tuple[Phrases, float]]
) -> dict[str, float]:
    """What each distinct word is worth: the best place where it stands counts, and repeating it
    wins nothing.
    """
    points: dict[str, float] = {}
    for phrases, weight in classes:
        for text, worth in parts:
            for word in set(phrases.found(text)):
                points[word] = max(points.get(word, 0.0), worth * weight)
    return points


def _figures(parts: Sequence[tuple[str, float]]) -> float:
    """A stated sum of millions counts like one more word of money, any other figure half as
    much.
    """
    stated = ((amount, worth) for text, worth in parts for amount in amounts(text))
    return max(
        (
            worth if amount.is_money and amount.value >= 1e6 else worth / 2
            for amount, worth in stated
        ),
        default=0.0,
    )


def _half(points: dict[str, float], more: float = 0.0) -> float:
    """0 with no point, one half at HALF points, towards 1 with many."""
    total = sum(points.values()) + more
    return total / (total + HALF)


def _named(points: dict[str, float]) -> list[str]:
    return sorted(points, key=lambda word: (-points[word], word))[:SHOWN]
