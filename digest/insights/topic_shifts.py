"""Where talk changes its subject: at its chapters, or where the words change (TextTiling, Hearst
1997).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from statistics import fmean, pstdev
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.model import Chapter

BLOCK = 12  # sentences on each side of a gap that are compared
SHORTEST = 15  # sentences of a part
REACH = 60  # sentences from a valley to its peaks


def parts(
    terms: Sequence[Mapping[str, int]], seconds: Sequence[float | None], chapters: Sequence[Chapter]
) -> tuple[int, ...]:
    """For each sentence the number of the part that it belongs to, rising from 0.

    `terms` are the sentences' counted words and `seconds` when each begins; with three chapters or
    more, and times, those are the parts.
    """
    if len(chapters) >= 3 and all(second is not None for second in seconds):
        return tuple(
            max(0, bisect_right(chapters, second or 0.0, key=lambda chapter: chapter.second) - 1)
            for second in seconds
        )
    bounds = _changes(terms)
    return tuple(bisect_right(bounds, i) for i in range(len(terms)))


def _changes(terms: Sequence[Mapping[str, int]]) -> list[int]:
    """The sentences at which a new subject begins: the deepest valleys of the similarity between
    what goes before and what comes after.
    """
    gaps = range(BLOCK, len(terms) - BLOCK + 1)
    if len(gaps) < SHORTEST:
        return []
    alike = _similarities(terms)
    depths = {gap: _depth(alike, gap - gaps.start) for gap in gaps}
    limit = fmean(depths.values()) + pstdev(depths.values()) / 2
    bounds: set[int] = set()
    for gap in sorted(gaps, key=lambda gap: -depths[gap]):
        if depths[gap] < limit:
            break
        if bounds.isdisjoint(range(gap - SHORTEST + 1, gap + SHORTEST)):
            bounds.add(gap)
    return sorted(bounds)


def _similarities(terms: Sequence[Mapping[str, int]]) -> list[float]:
    """For each gap the cosine of the blocks beside it. The blocks move along by a sentence at a
    time.
    """
    left, right = Counter[str](), Counter[str]()
    for i in range(BLOCK):
        left.update(terms[i])
        right.update(terms[BLOCK + i])
    found = [_cosine(left, right)]
    for gap in range(BLOCK, len(terms) - BLOCK):
        left.update(terms[gap])
        left.subtract(terms[gap - BLOCK])
        right.update(terms[gap + BLOCK])
        right.subtract(terms[gap])
        found.append(_cosine(left, right))
    return found


def _cosine(left: Counter[str], right: Counter[str]) -> float:
    shared = sum(count * right[term] for term, count in left.items() if count and term in right)
    lengths = math.sqrt(
        sum(count * count for count in left.values())
        * sum(count * count for count in right.values())
    )
    return shared / lengths if lengths else 0.0


def _depth(alike: Sequence[float], i: int) -> float:
    """How far the similarity falls to this gap from the peaks on both sides, if they are near."""
    left = right = alike[i]
    for value in reversed(alike[max(0, i - REACH) : i]):
        if value < left:
            break
        left = value
    for value in alike[i + 1 : i + 1 + REACH]:
        if value < right:
            break
        right = value
    return left + right - 2 * alike[i]
