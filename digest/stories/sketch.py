"""What of a document is compared with others: the terms of its title and lead, its names, and the
sums that it says were raised.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from digest.stories.amounts import raised
from digest.stories.publishers import family
from digest.stories.subject_words import COMMONPLACE
from digest.text.proper_names import capitals, small
from digest.text.vectors import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from digest.model import Document

LEAD = 1500  # characters of a text that are compared
ROUND_LEAD = 500  # characters in which news of a funding round states its sum
NO_COMMON_NAME = 0.5  # what is left of a similarity when both texts name names and share none
# What is left of it when they are of different days, name names beside those that all news of the
# field shares, and have only such names in common.
NO_TELLING_NAME = 0.9
ONE_DAY = timedelta(days=1)
OTHER_ROUND = (
    0.3  # what is left of it when they tell of different sums raised: news of rounds reads alike
)
NEARLY_ALL = 0.9  # of the texts that have a name and write it with a capital
UNLIKE = 0.2  # share of the shorter title's words below which two titles are of two things
FURNITURE = 0.25  # what is left of it under unlike titles of one house, which prints much alike


@dataclass(frozen=True, slots=True)
class Sketch:
    """A document as it is compared. `terms` are counted, the title's twice; `capitals` are those
    that it writes with a capital alone.
    """

    house: str
    title: frozenset[str]
    terms: Mapping[str, int]
    capitals: frozenset[str]
    raised: frozenset[str]


def sketch(document: Document) -> Sketch:
    """The sketch of a document by itself."""
    lead = document.opening[:LEAD]
    text = f"{document.title}. {lead}"
    title = tokens(document.title)
    return Sketch(
        family(document),
        frozenset(title),
        Counter(tokens(lead)) + Counter(title * 2),
        capitals(text) - small([text]),
        frozenset(str(one) for one in raised(text[:ROUND_LEAD])),
    )


def names(sketches: Iterable[Sketch]) -> list[frozenset[str]]:
    """For each sketch what it writes with a capital and nearly all of them do that have it: among
    many somebody writes any name without one.
    """
    known = list(sketches)
    spread = Counter(term for one in known for term in one.terms)
    large = Counter(term for one in known for term in one.capitals)
    return [
        frozenset(term for term in one.capitals if large[term] >= NEARLY_ALL * spread[term])
        for one in known
    ]


def doubt(
    one: Sketch, other: Sketch, names_one: frozenset[str], names_other: frozenset[str]
) -> float:
    """What is left of two texts' similarity where names, money or titles speak against one
    event.
    """
    shared = len(one.title & other.title)
    unlike = shared < UNLIKE * min(len(one.title), len(other.title))
    return (
        by_name(names_one, names_other)
        * (OTHER_ROUND if apart(one.raised, other.raised) else 1.0)
        * (FURNITURE if unlike and one.house == other.house else 1.0)
    )


def by_name(one: frozenset[str], other: frozenset[str], away: timedelta | None = None) -> float:
    """What is left of two texts' similarity by the names that they have in common; `away` is the
    time between them, None for that between issues. Of one day's news about one company two pieces
    are mostly one event, of later news no more.
    """
    if apart(one, other):
        return NO_COMMON_NAME
    later = away is None or away > ONE_DAY
    return NO_TELLING_NAME if later and apart(one - COMMONPLACE, other - COMMONPLACE) else 1.0


def apart(a: AbstractSet[object], b: AbstractSet[object]) -> bool:
    """Whether both say something, and nothing in common."""
    return bool(a and b) and a.isdisjoint(b)
