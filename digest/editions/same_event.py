"""Stories of one issue that are one event: of the same house and the same sum of money. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.stories.piece_form import is_piece
from digest.stories.subject_words import BIG_TECH
from digest.text.folding import word_list
from digest.text.measures import stated
from digest.text.stems import stem
from digest.text.thesaurus import known
from digest.text.vectors import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Document, Ranked

NEAR = 0.02  # how far apart two statements of one sum lie ("$50 billion", "$50bn")
LARGE = 1e7  # money from which a sum tells one event from another
LEAD = 300  # characters of a text in which its news stands
_WORD = re.compile(r"[A-Z][\w&-]+")
_INITIALS = word_list("ai agi ceo cfo cto ipo gpu gpus cpu tpu llm llms vc us usa uk eu un api")
_HOUSES = frozenset(token for name in BIG_TECH.words for token in tokens(name))
_Sum = tuple[float, str]


def joined(stories: Sequence[Ranked]) -> list[Ranked]:
    """The stories, those of one event as one with the sources of both: their headlines name one
    house, and the sum of one headline is the other's first. What argues about an event is not it.

    Grouping has joined what reads alike; this finds what two desks tell in different words. The
    story keeps its place, under the headline that has the sum.
    """
    kept: list[Ranked] = []
    for story in stories:
        at = next((i for i, one in enumerate(kept) if _same(story, one)), None)
        if at is None:
            kept.append(story)
        else:
            kept[at] = _with(kept[at], story)
    return kept


def _with(story: Ranked, other: Ranked) -> Ranked:
    """One story of both, the better headline in front."""
    first, second = story.group.documents, other.group.documents
    if _headed(second[0]) and not _headed(first[0]):
        first, second = second, first
    return replace(story, group=replace(story.group, documents=(*first, *second)))


def _same(story: Ranked, other: Ranked) -> bool:
    first, second = story.group.documents[0], other.group.documents[0]
    if not _named(first) & _named(second) or is_piece(first) or is_piece(second):
        return False
    return _meet(_headed(first), _led(second)) or _meet(_headed(second), _led(first))


def _named(document: Document) -> frozenset[str]:
    """The words of the headline that are a name: of a large house, or unknown to the language."""
    return frozenset(
        word
        for word in tokens(" ".join(_WORD.findall(document.title)))
        if word in _HOUSES or not (word in _INITIALS or known(stem(word)))
    )


def _headed(document: Document) -> tuple[_Sum, ...]:
    return _sums(document.title)


def _led(document: Document) -> tuple[_Sum, ...]:
    """The sums of its headline or, where that has none, the first that its text states."""
    return _sums(document.title) or _sums(document.opening[:LEAD])[:2]


def _sums(text: str) -> tuple[_Sum, ...]:
    return tuple(
        (one.value, one.unit) for one in stated(text) if one.kind == "money" and one.value >= LARGE
    )


def _meet(some: Sequence[_Sum], others: Sequence[_Sum]) -> bool:
    return any(
        unit == other and abs(value - near) <= NEAR * value
        for value, unit in some
        for near, other in others
    )
