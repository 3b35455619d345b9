"""ROUGE-1, ROUGE-2 and ROUGE-L as F1 (Lin 2004), without stemming; over several references the best
counts.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NAMES = ("rouge1", "rouge2", "rougeL")


def tokens(text: str) -> list[str]:
    """Lower-case words and numbers, as the usual implementations cut them."""
    return re.findall(r"[a-z0-9]+", text.lower())


def best(summary: str, references: Iterable[str]) -> dict[str, float]:
    """Each measure's highest F1 over the references."""
    found = [_scores(tokens(summary), tokens(reference)) for reference in references]
    return {name: max(scores[name] for scores in found) for name in NAMES}


def _scores(summary: Sequence[str], reference: Sequence[str]) -> dict[str, float]:
    return {
        "rouge1": _overlap(summary, reference, 1),
        "rouge2": _overlap(summary, reference, 2),
        "rougeL": _f1(_longest_common(summary, reference), len(summary), len(reference)),
    }


def _overlap(summary: Sequence[str], reference: Sequence[str], n: int) -> float:
    a, b = _grams(summary, n), _grams(reference, n)
    return _f1((a & b).total(), a.total(), b.total())


def _grams(words: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[i : i + n]) for i in range(len(words) - n + 1))


def _f1(common: int, made: int, wanted: int) -> float:
    return 2 * common / (made + wanted) if common else 0.0


def _longest_common(a: Sequence[str], b: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for word in a:
        diagonal = 0
        for j, other in enumerate(b, 1):
            above = row[j]
            row[j] = diagonal + 1 if word == other else max(above, row[j - 1])
            diagonal = above
    return row[-1]
