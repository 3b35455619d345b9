"""By what it is counted, and with when it is compared: an hour for a month, a megawatt for a
gigawatt, the quarter before for a year ago.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.grounding.outcome import Outcome, outcome
from digest.grounding.surroundings import phrase, word_at
from digest.text.folding import folded
from digest.text.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.grounding.aligned import Place
    from digest.grounding.case import Case
    from digest.grounding.indexed import Sentence

_IN_PLACE = 0.18  # how well the surroundings of the two must agree
_BEHIND = 7  # characters between a number and what it is counted by
_BETTER = 0.12  # by how much more where the source has the claim's own as well
# units of one kind, of which one may stand where the source has another
_KINDS = (
    "second minute hour day week month quarter half year decade",
    "thousand million billion trillion",
    "gram kilogram ounce pound ton tonne",
    "mile kilometer meter foot inch",
    "kilowatt megawatt gigawatt terawatt",
    "kilobyte megabyte gigabyte terabyte petabyte",
    "spring summer autumn winter",
    "cent dollar",
)
_KIND = {stem(unit): i for i, row in enumerate(_KINDS) for unit in row.split()}
_ADJECTIVES = {
    "hourly": "hour", "daily": "day", "nightly": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter",
    "yearly": "year", "annual": "year", "annually": "year", "annualized": "year",
}  # fmt: skip
_UNIT = "|".join(unit for row in _KINDS for unit in row.split())
_RATE = re.compile(
    rf"\b(?:(?:an?|per|each|every)\s(?P<unit>{_UNIT})\b(?!\s(?:ago|earlier|later|before|from now|and|of))"
    rf"|(?P<adjective>{'|'.join(_ADJECTIVES)})\b"
    r"|(?:tens|hundreds|dozens)\sof\s(?P<many>thousand|million|billion|trillion)s\b"
    r"|the\s(?P<owner>month|quarter|year)'s\b"
    r"|(?:for|in)\sthe\s(?:full\s|whole\s|fiscal\s)?(?P<span>month|quarter|half|year)\b(?!\s(?:ago|before|earlier|to))"
    r"|(?P<bare>(?:kilo|mega|giga|tera)(?:watt|byte)s?)\b)",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:(?P<which>this|last|next|previous|prior|preceding)[\s-](?P<unit>week|month|quarter|year|spring"
    r"|summer|autumn|fall|winter)\b|(?:an?|one|the|from)\s(?P<ago>day|week|month|quarter|year|decade)[\s-]"
    r"(?:ago|earlier|before)\b|(?P<over>day|week|month|quarter|year)[\s-](?:over|on)[\s-](?P=over)\b"
    r"|(?P<sequential>sequential(?:ly)?)\b|same (?:quarter|period|month) (?:of )?(?P<same>last) year)",
    re.IGNORECASE,
)


def units(case: Case) -> Outcome:
    """Nothing is counted by another unit, or compared with another time, than there."""
    found = [
        (pattern, mine)
        for pattern in (_RATE, _WHEN)
        for mine in _found(pattern, case.sentence)
        if mine.start() or pattern is _RATE  # an opening "A week earlier" compares with nothing
    ]
    return outcome(bool(found), (why for row in found for why in _other(*row, case)))


def _other(pattern: re.Pattern[str], mine: re.Match[str], case: Case) -> Iterator[str]:
    there = [(place, found) for place in case.evidence for found in _found(pattern, place.sentence)]
    own = {_means(one) for one in _found(pattern, case.sentence)}
    same = [row for row in there if _means(row[1]) == _means(mine)]
    unit = stem(_means(mine)[1])
    known = bool(_means(mine)[0]) or any(unit in source.places for source in case.sources)
    others = [
        row for row in there if _alike(mine, row[1]) and not (known and _means(row[1]) in own)
    ]
    told = bool(same) and pattern is _WHEN
    if not others or told or (not same and _counted(mine, case)):
        return
    best = max((_fit(mine, *row, case) for row in same), default=0.0)
    fits, place, other = max(
        ((_fit(mine, *row, case), *row) for row in others), key=lambda row: row[0]
    )
    beside = _of_one_number(mine, place, other, case)
    if (fits >= _IN_PLACE or beside) and (not same or fits > best + _BETTER):
        said = phrase(place.sentence, word_at(place.sentence, other.start()))
        yield f"“{mine[0]}”: the source says “{said}”"


def _of_one_number(mine: re.Match[str], place: Place, other: re.Match[str], case: Case) -> bool:
    """Whether both stand right behind the same number: "$4 a month" and "$4 an hour"."""
    here, there = (
        next((one for one in sentence.stated if 0 <= found.start() - one.end <= _BEHIND), None)
        for sentence, found in ((case.sentence, mine), (place.sentence, other))
    )
    return here is not None and there is not None and here.value == there.value


def _counted(mine: re.Match[str], case: Case) -> bool:
    """Whether the best evidence has the unit in another form: "12 months" for "a month"."""
    unit = stem(_means(mine)[1])
    return not _means(mine)[0] and any(unit in place.sentence.stems for place in case.evidence[:1])


@lru_cache(maxsize=5_000)
def _found(pattern: re.Pattern[str], sentence: Sentence) -> tuple[re.Match[str], ...]:
    return tuple(pattern.finditer(folded(sentence.text)))


def _means(found: re.Match[str]) -> tuple[str, str]:
    """Which time of what unit; "" for which where it is counted by the unit."""
    parts = {name: text.lower() for name, text in found.groupdict().items() if text}
    if found.re is _RATE:
        if "adjective" in parts:
            return "", _ADJECTIVES[parts["adjective"]]
        return "", next(iter(parts.values())).removesuffix("s")
    if "sequential" in parts:
        return "last", "quarter"
    if "same" in parts:
        return "last", "year"
    which = parts.get("which", "last")
    unit = parts.get("unit") or parts.get("ago") or parts.get("over") or ""
    return "last" if which in {"previous", "prior", "preceding"} else which, unit


def _alike(one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether one may stand for the other by mistake: both of a kind, and not the same."""
    (which, unit), (as_which, as_unit) = _means(one), _means(other)
    if which:
        return (which, unit) != (as_which, as_unit) and (unit == as_unit or which == as_which)
    return unit != as_unit and _KIND.get(stem(unit)) == _KIND.get(stem(as_unit), -1)


def _fit(mine: re.Match[str], place: Place, theirs: re.Match[str], case: Case) -> float:
    here = word_at(case.sentence, mine.end() - 1)
    return case.agrees(here, place, word_at(place.sentence, theirs.end() - 1))
