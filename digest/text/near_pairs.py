"""Which of many texts are near each other, found by the rarer terms that they share: not all pairs
are compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from heapq import nlargest
from itertools import chain
from typing import TYPE_CHECKING

from digest.text.vectors import cosine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.text.vectors import Vector

# A term that stands in more than COMMON vectors finds none unless it is one of a vector's HEAVIEST,
# and a pair is compared only if it shares this part of the terms by which it is found, two at least
# of vectors of FEW terms or more: so the work grows with their number, and not with its square.
COMMON = 60
HEAVIEST = 8
SHARED = 0.05
FEW = 16


def near(
    vectors: Sequence[Vector], floor: float, *, known: int | None = None
) -> dict[tuple[int, int], float]:
    """The cosine of each pair (i < j) of unit vectors that is `floor` or more; with `known` only of
    pairs of one of the first `known` and a later one.

    A vector is found by the rarest of its terms, as many as leave less than half of `floor` of it
    (prefix filtering; Bayardo et al., 2007): a pair that is near enough has the other half from
    terms that are rare in both.
    """
    spread = Counter(term for vector in vectors for term in vector)
    places = {term: i for i, term in enumerate(sorted(spread, key=lambda one: (-spread[one], one)))}
    index: defaultdict[str, list[int]] = defaultdict(list)
    least: list[float] = []  # shared terms from which a pair is compared, by vector
    found: dict[tuple[int, int], float] = {}
    for j, vector in enumerate(vectors):
        telling = _telling(vector, sorted(vector, key=places.__getitem__), spread, floor / 2)
        least.append(mine := _least(len(telling), len(vector)))
        if known is None or j >= known:
            shared = Counter(chain.from_iterable(index[term] for term in telling if term in index))
            rivals = [i for i, count in shared.items() if count >= mine or count >= least[i]]
            for i in rivals:
                value = cosine(vectors[i], vector)
                if value >= floor:
                    found[i, j] = value
        if known is None or j < known:
            for term in telling:
                index[term].append(j)
    return found


def _telling(
    vector: Vector, ordered: Sequence[str], spread: Mapping[str, int], rest: float
) -> list[str]:
    """The rarest terms of a unit vector, as many as leave less than `rest` of it; `ordered` are its
    terms, the commonest first.
    """
    room, left = rest * rest, 0
    for term in ordered:
        room -= vector[term] * vector[term]
        if room <= 0:
            break
        left += 1
    heaviest = set(nlargest(HEAVIEST, ordered[left:], key=vector.__getitem__))
    return [term for term in ordered[left:] if spread[term] <= COMMON or term in heaviest]


def _least(telling: int, terms: int) -> float:
    """How many terms a pair must share to be compared, for a vector of so many terms that is found
    by so many of them: of two the fewer.
    """
    return max(1 if terms < FEW else 2, SHARED * telling)
