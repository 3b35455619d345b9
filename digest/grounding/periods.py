"""By what it is counted and when: an hour for a month, this year for last year, where the source
has another of the kind in its place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.grounding.locality import agreement, word_at
from digest.text.folding import folded
from digest.text.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.grounding.aligned import Aligned, Place
    from digest.grounding.indexed import Sentence

_IN_PLACE = 0.18  # how well the surroundings of the two must agree
_BETTER = (
    0.12,
    1.5,
)  # by how much, and how many times, where the source has the claim's own as well
_SPANS = {
    "minute": "minute", "hour": "hour", "hourly": "hour", "day": "day", "daily": "day", "week": "week", "weekly": "week", "month": "month",
    "monthly": "month", "quarter": "quarter", "quarterly": "quarter", "year": "year", "yearly": "year", "annual": "year",
    "annually": "year", "year's": "year", "quarter's": "quarter", "month's": "month", "annualized": "year",
    "night": "day", "nightly": "day",
    "thousand": "thousand", "million": "million", "billion": "billion", "trillion": "trillion",
    "gram": "gram", "kilogram": "kilogram", "ounce": "ounce", "pound": "pound", "ton": "ton", "tonne": "tonne",
    "mile": "mile", "kilometer": "kilometer", "kilometre": "kilometer", "meter": "meter", "foot": "foot", "inch": "inch",
    "kilowatt": "kilowatt", "megawatt": "megawatt", "gigawatt": "gigawatt",
}  # fmt: skip
_KINDS = (
    frozenset({"minute", "hour", "day", "week", "month", "quarter", "year"}),
    frozenset({"thousand", "million", "billion", "trillion"}),
    frozenset({"gram", "kilogram", "ounce", "pound", "ton", "tonne"}),
    frozenset({"mile", "kilometer", "meter", "foot", "inch"}),
    frozenset({"kilowatt", "megawatt", "gigawatt"}),
)
_RATE = re.compile(
    r"\b(?:(?:an?|per|each|every)\s(?P<unit>minute|hour|day|week|month|quarter|year|thousand|million|billion|trillion|gram|kilogram|ounce|"
    r"pound|ton|tonne|mile|kilomet(?:er|re)|meter|foot|inch|kilowatt|megawatt|gigawatt)\b(?!\s(?:ago|earlier|later|before|from|and))|"
    r"(?P<adjective>hourly|daily|weekly|monthly|quarterly|yearly|annual|annually|nightly)\b|"
    r"(?:tens|hundreds|dozens)\sof\s(?P<many>thousand|million|billion|trillion)s\b|"
    r"(?:the|this|last)\s(?P<owner>month|quarter|year)'s\b)",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:(?P<which>this|last|next|previous|prior|preceding)\s(?P<unit>week|month|quarter|year|spring|summer|autumn|fall|winter)\b|"
    r"(?:an?|one|the)\s(?P<ago>day|week|month|quarter|year|decade)\s(?:ago|earlier|before)\b)",
    re.IGNORECASE,
)


def misperiods(claim: Aligned) -> Iterator[str]:
    """The first unit or time that stands where the evidence has another of the kind, in words."""
    for pattern in (_RATE, _WHEN):
        there = [
            (place, found)
            for place in claim.evidence
            for found in pattern.finditer(folded(place.sentence.text))
        ]
        for mine in pattern.finditer(folded(claim.claim.text)):
            same = [row for row in there if _means(row[1]) == _means(mine)]
            others = [
                row
                for row in there
                if _alike(mine, row[1])
                and not any(
                    _means(row[1]) == _means(one)
                    for one in pattern.finditer(folded(claim.claim.text))
                )
            ]
            if not others or (
                not same
                and not _means(mine)[0]
                and any(
                    stem(_means(mine)[1]) in place.sentence.stems for place in claim.evidence[:1]
                )
            ):
                continue
            own = max((_fit(claim.claim, mine, *row) for row in same), default=0.0)
            fits, instead = max(
                ((_fit(claim.claim, mine, *row), row[1][0]) for row in others),
                key=lambda row: row[0],
            )
            if fits >= _IN_PLACE and (
                not same or (fits > own + _BETTER[0] and fits > own * _BETTER[1])
            ):
                yield f"“{mine[0]}”: the source says “{instead}”"
                return


def _means(found: re.Match[str]) -> tuple[str, str]:
    """What is meant: the unit, and for a time which one."""
    parts = found.groupdict()
    if "which" in parts:
        which = (parts["which"] or "last").lower()
        return "last" if which in {"previous", "prior", "preceding"} else which, (
            parts["unit"] or parts["ago"]
        ).lower()
    return (
        "",
        _SPANS[(parts["unit"] or parts["adjective"] or parts["many"] or parts["owner"]).lower()],
    )


def _alike(one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether one may stand for the other by mistake: both of a kind, and not the same."""
    (which, unit), (as_which, as_unit) = _means(one), _means(other)
    if which or as_which:
        return (which, unit) != (as_which, as_unit) and (unit == as_unit or which == as_which)
    return unit != as_unit and any({unit, as_unit} <= kind for kind in _KINDS)


def _fit(claim: Sentence, mine: re.Match[str], place: Place, theirs: re.Match[str]) -> float:
    here, there = word_at(claim, mine.end() - 1), word_at(place.sentence, theirs.end() - 1)
    return agreement(claim, here, place.sentence, there, place.source)
