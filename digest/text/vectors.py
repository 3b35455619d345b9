"""Texts as TF-IDF vectors: tokens, weights and cosine, in plain Python."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

Vector = Mapping[str, float]  # of unit length, or empty

# Above 1, the rare names and figures that tell one event from another outweigh the words that every
# story of the day shares.
RARITY = 1.5

_TOKEN = re.compile(
    r"(?P<figure>\d+(?:[.,]\d+)*)"
    r"(?:[\s-]?(?P<scale>trillion|billion|million|thousand|tn|bn|mn|[tbmk])\b|(?P<percent>\s?(?:%|percent\b|per"
    r" cent\b)))?"
    r"|(?P<word>[^\W\d_]\w*)(?:['\u2019][^\W\d_]+)?"
)
_SCALES = {
    "trillion": "tn",
    "t": "tn",
    "billion": "bn",
    "b": "bn",
    "million": "m",
    "mn": "m",
    "thousand": "k",
}
_STOP_WORDS = """
    a about above after again against all also am an and any are as at be because been before being
    below between both but by can cannot could did do does doing down during each even every few for
    from further get gets got had has have having he her here hers herself him himself his how
    however i if in into is it its itself just like made make many may me might more most much must
    my new no nor not now of off on once one only or other our ours out over own said same say says
    she should since so some still such than that the their theirs them then there these they this
    those through to too two under until up upon us very via was we were what when where which while
    who whom why will with within without would year years yet you your yours yourself
"""
_STOP = frozenset(_STOP_WORDS.split())


def tokens(text: str) -> list[str]:
    """Words in lower case without stop words, plurals and possessives folded; figures as "1.5bn",
    "97%".
    """
    found = (
        singular(word) if word else _figure(figure, scale, percent)
        for figure, scale, percent, word in _TOKEN.findall(text.lower())
    )
    return [token for token in found if len(token) > 1 and token not in _STOP]


def _figure(figure: str, scale: str, percent: str) -> str:
    plain = figure.replace(",", "")
    return f"{plain}%" if percent else plain + _SCALES.get(scale, scale)


@lru_cache(maxsize=100_000)
def singular(word: str) -> str:
    """The word without the ending of an English plural: good enough to compare by, not to print."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "is"))
        and (len(word) < 5 or not word.endswith("us"))
    ):
        return word[:-1]
    return word


def tf_idf(
    bags: Sequence[Mapping[str, int]], *, rarity: float = RARITY, commonplace: Collection[str] = ()
) -> list[Vector]:
    """A unit vector per bag of counted terms: (1 + ln tf) * idf^rarity, with idf smoothed over the
    bags at hand. `commonplace` terms count half, however rare they happen to be in these bags.
    """
    spread = Counter(term for bag in bags for term in bag)
    idf = {
        term: (1 + math.log((1 + len(bags)) / (1 + count))) ** rarity
        for term, count in spread.items()
    }
    idf |= {term: idf[term] / 2 for term in commonplace if term in idf}
    return [
        unit({term: (1 + math.log(count)) * idf[term] for term, count in bag.items()})
        for bag in bags
    ]


def unit(weights: Mapping[str, float]) -> Vector:
    """The same direction at length 1."""
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}


def cosines(vectors: Sequence[Vector]) -> dict[tuple[int, int], float]:
    """The cosine of each pair (i < j) of unit vectors that share a term; what is absent is 0."""
    holders: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    sums: defaultdict[tuple[int, int], float] = defaultdict(float)
    for j, vector in enumerate(vectors):
        for term, weight in vector.items():
            for i, other in holders[term]:
                sums[i, j] += weight * other
            holders[term].append((j, weight))
    return dict(sums)


def cosine(one: Vector, other: Vector) -> float:
    """The cosine of two unit vectors."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return sum(weight * long[term] for term, weight in short.items() if term in long)
