"""Is every date of the claim one that a source gives?"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.grounding.outcome import Outcome, cited, outcome
from digest.grounding.quarters import is_stated, quarters
from digest.text.calendar import dates as read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.grounding.case import Case
    from digest.grounding.indexed import Indexed
    from digest.text.calendar import Dated

_TELLING = re.compile(
    r"\b(?:announce|report|sa(?:y|id)|t(?:ell|old)|unveil|launch|introduc|publish|releas|wr(?:ite|ote)"
    r"|disclos|confirm|reveal)",
    re.IGNORECASE,
)

_UP_TO = re.compile(
    r"\b(?:(?:months?|weeks?|quarter|year) (?:to|through|until|up to)"
    r"|between \w+ and|from \w+ (?:to|through|until)) $"
)


def dates(case: Case) -> Outcome:
    """Every date is one that a source gives; its own "this year" is counted from its publication."""
    wanted = claimed_dates(case)
    return outcome(bool(wanted), (why for one in wanted for why in _absent(one, case)))


def claimed_dates(case: Case) -> list[Dated]:
    """The dates that the sentence gives, those aside that only count from today."""
    return [one for one in _read(case.sentence.text) if not one.relative]


_read = lru_cache(maxsize=2_000)(read)


def _absent(one: Dated, case: Case) -> Iterator[str]:
    there = [(source, other) for source in case.sources for _, other in source.dates]
    if any(within(one, other, year(source)) for source, other in there):
        return
    if _of_a_quarter(one, case) and (
        not one.year or any(one.year == other.year for _, other in there)
    ):
        return
    if not _told_on_publication(one, case):
        said = next((other.text for _, other in there if alike(one, other)), "")
        yield f"{one.text} is not in {cited(case.sources)}" + (f"; it says {said}" if said else "")


def _told_on_publication(one: Dated, case: Case) -> bool:
    """Whether the date is when a source was published, said of somebody's telling it, "announced in
    February", or of a time that goes up to then: "the three months to February".
    """
    text = case.sentence.text
    if not (_TELLING.search(text) or _UP_TO.search(text[: one.start])):
        return False
    days = (each.document.published.date() for each in case.sources if each.document.published)
    return any(
        one.year in {0, day.year}
        and one.month in {0, day.month}
        and one.day in {0, day.day}
        and one.weekday in {0, day.isoweekday()}
        for day in days
    )


def _of_a_quarter(one: Dated, case: Case) -> bool:
    """Whether the date is one end of a quarter that the source gives by its number."""
    return any(
        quarter.start <= one.start < quarter.end and is_stated(quarter, case)
        for quarter in quarters(case.sentence.text)
    )


def alike(one: Dated, other: Dated) -> bool:
    """Whether both give the same parts of a date."""
    if one.weekday and not one.month:
        return _from_a_weekday(other)
    given = [(bool(date.year), bool(date.month), bool(date.day)) for date in (one, other)]
    counted = other.relative and not (other.text.lower().endswith("year") and not one.month)
    return given[0] == given[1] and not counted and not _from_a_weekday(other)


def within(one: Dated, other: Dated, published: int = 0) -> bool:
    """Whether every part of the claim's date is in the source's. A weekday's month is too little to
    go by.
    """
    if not one.day and not one.weekday and _from_a_weekday(other):
        return False
    # a full date's weekday is what its year makes it, and the other's may be left out
    pairs = [(one.month, other.month), (one.day, other.day)]
    if not (one.day and other.day):
        pairs.append((one.weekday, other.weekday))
    # "in August" of a page is that of the year about it
    near = not published or abs(one.year - published) <= 1
    same = not one.year or one.year == other.year or (not other.year and bool(one.month) and near)
    return same and all(not mine or mine == theirs for mine, theirs in pairs)


def year(source: Indexed) -> int:
    """The year of the source's publication; 0 when it is not known."""
    return source.document.published.year if source.document.published else 0


def _from_a_weekday(one: Dated) -> bool:
    return one.text.lower().rstrip("s").endswith("day")
