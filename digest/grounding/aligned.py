"""Which sentences of its sources a claim rests on, and which of their words each of its own words
stands for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from heapq import nlargest
from typing import TYPE_CHECKING

from digest.text.thesaurus import meanings, relation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.grounding.indexed import Indexed, Sentence
    from digest.text.words import Word

MOST_SENTENCES = 4
_TRIED = 40  # sentences that are tried: those that give most
SYNONYM, _WIDER = (
    0.9,
    0.5,
)  # what a synonym and a wider or narrower word are worth, where the word itself is worth 1
_LATER = 0.11  # what a word loses for each sentence of the evidence that comes before its own
_WORTH_ADDING = 0.06  # the share of the claim that a further sentence must add to become evidence


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of a source."""

    source: Indexed
    number: int

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self.source.sentences[self.number]


@dataclass(frozen=True, slots=True)
class Match:
    """A word of the claim and the evidence's word that it stands for: `worth` is 1 for the word
    itself, 0 for none.
    """

    word: Word
    weight: float  # how telling the word is in its source
    worth: float
    place: Place | None = None
    other: Word | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A word of the claim and the one that it stands for, each with its number in its sentence."""

    at: int
    word: Word
    place: Place
    there: int
    other: Word
    worth: float


@dataclass(frozen=True)
class Aligned:
    """A claim's sentence held against its evidence, best sentence first."""

    claim: Sentence
    evidence: tuple[Place, ...]
    matches: tuple[Match, ...]  # one for each content word of the claim

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The content words that stand for one of the evidence's, in order."""
        numbers = {word.start: i for i, word in enumerate(self.claim.words)}
        return tuple(
            Pair(
                numbers[one.word.start],
                one.word,
                one.place,
                one.place.sentence.words.index(one.other),
                one.other,
                one.worth,
            )
            for one in self.matches
            if one.place is not None and one.other is not None
        )

    @property
    def coverage(self) -> float:
        """The weighted share of the claim's content that its evidence has, 0 to 1."""
        total = sum(match.weight for match in self.matches)
        return sum(match.weight * match.worth for match in self.matches) / total if total else 1.0


def align(claim: Sentence, sources: Sequence[Indexed]) -> Aligned:
    """The claim's sentence with the few sentences that cover it best."""
    content = [word for word in claim.words if word.content]
    weights = {
        word.stem: max((source.rarity(word.stem) for source in sources), default=1.0)
        for word in content
    }
    gains = _gains(weights, sources)
    evidence = tuple(_greedy(gains, sum(weights.values())))
    return Aligned(
        claim, evidence, tuple(_match(word, weights[word.stem], evidence) for word in content)
    )


def _gains(
    weights: dict[str, float], sources: Sequence[Indexed]
) -> dict[tuple[int, int], tuple[Place, dict[str, float]]]:
    """For each sentence that has anything of the claim, what it gives to each of the claim's
    stems.
    """
    found: dict[tuple[int, int], tuple[Place, dict[str, float]]] = {}
    for i, source in enumerate(sources):
        for stem, weight in weights.items():
            for kin in source.kin(stem):
                gain = weight if kin == stem else SYNONYM * weight
                for number in source.places[kin]:
                    given = found.setdefault((i, number), (Place(source, number), {}))[1]
                    given[stem] = max(given.get(stem, 0.0), gain)
    return found


def _greedy(
    gains: dict[tuple[int, int], tuple[Place, dict[str, float]]], total: float
) -> list[Place]:
    """The sentence that gives most, then those that add most to it. A tie goes to the earlier one,
    the title last.
    """
    best = nlargest(_TRIED, gains.items(), key=lambda row: (sum(row[1][1].values()), row[0]))
    gains, have = dict(best), dict[str, float]()
    chosen: list[tuple[int, int]] = []
    while len(chosen) < MOST_SENTENCES:
        added = {key: _added(given, have) for key, (_, given) in gains.items() if key not in chosen}
        most = max(
            added,
            key=lambda key: (
                round(added[key] + _near(key, chosen) * 0.02 * total, 6),
                -key[0],
                -key[1],
            ),
            default=None,
        )
        if most is None or (chosen and added[most] < _WORTH_ADDING * total):
            break
        chosen.append(most)
        for stem, gain in gains[most][1].items():
            have[stem] = max(have.get(stem, 0.0), gain)
    return [gains[key][0] for key in chosen]


def _added(given: dict[str, float], have: dict[str, float]) -> float:
    return sum(max(0.0, gain - have.get(stem, 0.0)) for stem, gain in given.items())


def _near(key: tuple[int, int], chosen: list[tuple[int, int]]) -> bool:
    return any(key[0] == other[0] and abs(key[1] - other[1]) == 1 for other in chosen)


def _match(word: Word, weight: float, evidence: Sequence[Place]) -> Match:
    """The word that stands for this one: better a synonym in the best sentence than the word itself
    in the last.
    """
    best, most = Match(word, weight, 0.0), 0.0
    stem, own = word.stem, meanings(word.stem)
    for rank, place in enumerate(evidence):
        if most >= 1.0 - _LATER * rank:
            break  # nothing later can be better
        for other, theirs in place.sentence.telling:
            if stem != other.stem and own.isdisjoint(theirs):
                continue
            value = worth(stem, other.stem)
            if value - _LATER * rank > most:
                best, most = Match(word, weight, value, place, other), value - _LATER * rank
    return best


@lru_cache(maxsize=200_000)
def worth(one: str, other: str) -> float:
    """What a source's stem is worth for a claim's: 1 for the same, less for a synonym or a wider
    word, 0 for another.
    """
    if one == other:
        return 1.0
    if meanings(one).isdisjoint(meanings(other)):
        return 0.0
    return {"same": SYNONYM, "wider": _WIDER}.get(relation(one, other), 0.0)
