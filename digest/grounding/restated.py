"""A number that its source states in another way, and whether what follows it there is what follows
it in the claim.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.text.numerals import in_digits

if TYPE_CHECKING:
    from digest.grounding.indexed import Sentence
    from digest.text.measures import Stated

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_MONTHS = {"month": 1, "year": 12}
_FOLLOWING, _THERE = (
    6,
    9,
)  # content words after a number, and after the source's, that may be the same
_LEAST = 3  # of them that are


def aged(one: Stated, other: Stated) -> bool:
    """Whether a time is an age of the source's: "founded three months ago" and "the three-month-old
    unit".
    """
    age, time = (one, other) if one.kind == "count" else (other, one)
    months = _MONTHS.get(age.unit, 0) * age.value if age.kind == "count" else 0
    return (time.kind, time.unit) == ("time", "month") and months == time.value


def of_so_many(one: Stated, other: Stated) -> bool:
    """Whether a count is one of the two of a share: "five of 45 citations" and "five citations out
    of 45".
    """
    if (one.kind, other.kind) != ("count", "share") or " " not in other.text:
        return False
    figures = _FIGURE.findall(in_digits(other.text).text)
    return len(figures) > 1 and any(float(figure) == one.value for figure in figures)


def followed(
    claim: Sentence, one: Stated, own: tuple[Sentence, Stated], rival: tuple[Sentence, Stated]
) -> bool:
    """Whether what follows the number in the claim follows its own in the source, and less of it
    the rival.
    """
    mine = _after(claim, one)[:_FOLLOWING]
    same, others = (
        len(set(mine).intersection(_after(sentence, number)[:_THERE]))
        for sentence, number in (own, rival)
    )
    return same >= _LEAST and same > others


def _after(sentence: Sentence, one: Stated) -> list[str]:
    return [word.stem for word in sentence.words if word.start >= one.end and word.content]
