"""The figures of record in a text: each with its owner, its measure and its time, or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from digest.stories.ledger.attached import attached, unit_kind
from digest.stories.ledger.owners import bare
from digest.stories.ledger.ownership import article, clause_of, owner_of
from digest.stories.ledger.periods import periods
from digest.text.quantities import quantities
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from digest.stories.ledger.attached import Attached
    from digest.stories.ledger.measure_names import Nature
    from digest.stories.ledger.owners import Owners
    from digest.stories.ledger.ownership import Sentence
    from digest.stories.ledger.periods import Period, PeriodKind
    from digest.text.quantities import Quantity

    Span = tuple[PeriodKind, str, str]  # how long, which time, and the words for it

_TO = re.compile(r"(?: [A-Z]{3})?\s?(?:-|to|and|\u2014)\s?(?:just |about |around |nearly |only )?")
_RATES = frozenset(["annual", "yearly", "monthly", "quarterly", "weekly", "daily", "annually"])
_INTO = re.compile(r" (?:in|into) (?:the )?(?:[a-z-]+ ){0,3}")
LEAST = 1e5  # of a round, a deal or a bond sale
LONGEST = 60  # words of a sentence; a longer one is a list or a table
BEFORE = 12  # sentences in which "the company" may be named, and which quarter is told of


Standing = Literal["stated", "planned", "hedged"]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A figure of record. `start` and `end` are its own in the text, `what` is its sentence.

    `standing`: stated as so; its owner's plan; or "hedged", supposed, of an earlier time, a bound
    or an end of a range, in its series too, but nothing is up from it. `period` names a time, where
    that is certain.
    """

    owner: str
    measure: str
    nature: Nature
    value: float
    unit: str
    text: str
    span: PeriodKind
    period: str
    period_text: str
    standing: Standing
    start: int
    end: int
    what: str


_PLANNED = re.compile(
    r"\b(?:will|plan(?:s|ned|ning)?|expects?|expected|project(?:s|ed|ion|ions)|guidance|forecasts?"
    r"|outlook|budget(?:s|ed)"
    r"|target(?:s|ed|ing)?|aim(?:s|ed|ing)?|intends?|committed|pledge[sd]?|on track|goal)\b",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\b(?:may|might|could|would|should|predict\w*|estimat\w*|hop(?:es|ed|ing) to|seek\w*|eye(?:s"
    r"|d|ing)?"
    r"|in (?:early |advanced )?talks|consider\w*|analysts?|wall street|investors|consensus"
    r"|rumou?r\w*|reportedly"
    r"|possibl[ey]|perhaps|potential\w*|suggest\w*|if|proposed|close[r]? to|discuss\w*|weigh\w*"
    r"|likely|bids?|offers?)\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:last (?!valued)\w+|previous|prior|earlier|previously|formerly|originally|then|once"
    r"|at the time|had|used to"
    r"|in (?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"|(?:months?|years?|weeks?) (?:ago|earlier|before|prior))\b"
)
_BOUND = re.compile(
    r"\b(?:more than|over|at least|above|exceed\w*|upwards of|topp\w+|tops|surpass\w*|cross\w+"
    r"|nearly|almost|up to|as much as|"
    r"less than|fewer than|under|below|at most|close to|hundreds of|range|ranging|between|low|high"
    r"|mid) (?:an? |the )?$",
    re.IGNORECASE,
)
_AVERAGE = re.compile(
    r"\b(?:average|averaging|median|typical\w*)(?: \w+){0,3} $|\b(?:of which"
    r"|including)(?: \w+){0,3} $",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\b(?:total (?:\d{4} )?(?:funding|financing|capital)|a total of|to date|so far|cumulative\w*"
    r"|in total|altogether|total new|since its (?:founding|start|launch)"
    r"|(?:combined|lifetime))\b",
    re.IGNORECASE,
)
_RANGE_END = re.compile(r"(?:\bfrom|\bbetween) (?:about |around )?$")
_RANGE_NEXT = re.compile(r"^\s?(?:-|\u2014|to|and)\s?[$€£¥]?\d")
_RANGE_BACK = re.compile(r"\d[\w.,]*(?: (?:million|billion|trillion))?\s?(?:-|\u2014|to|and)\s?$")
_COMPARES = re.compile(r"\b(?:from|compared|than|versus|against)\b")
OPENS = 12  # characters in which a sentence says first when all of it was
FAR = 90  # characters between a figure and its time
_CURRENCY = re.compile(r"\s?(CAD|AUD|NZD|SGD|HKD|TWD)\b")


def recorded(text: str, published: date, owners: Owners, title: str = "") -> tuple[Recorded, ...]:
    """The figures of record of an article, in order."""
    about = article(title, text, owners)
    spans = sentences(text)
    found: list[Recorded] = []
    for number, span in enumerate(spans):
        stated = quantities(span.text) if span.words <= LONGEST else ()
        if not stated:
            continue
        before = [one.text for one in spans[max(0, number - BEFORE) : number]]
        sentence = about.sentence(span.text, stated, before)
        found += [
            replace(one, start=span.start + one.start, end=span.start + one.end)
            for one in _of_sentence(sentence, published, (title, *before))
        ]
    return tuple(found)


def _of_sentence(sentence: Sentence, published: date, told: Sequence[str]) -> list[Recorded]:
    found: dict[int, Recorded] = {}
    times = periods(sentence.plain, published)
    for i, one in enumerate(sentence.stated):
        if _AVERAGE.search(sentence.plain, 0, one.start):
            continue
        measure = attached(sentence.plain, sentence.stated, i)
        read: Recorded | None = None
        if measure and measure.base:
            like = found.get(measure.quantity)
            read = _base(like, one, sentence, published) if like else None
        elif measure:
            read = _read(sentence, one, measure, _When(times, told, published))
        read = read or _other_end(sentence, i, found)
        if read:
            found[i] = read
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _When:
    """What is known of when a sentence's figures are: its own times, what was told before it, and
    when it was published.
    """

    times: Sequence[Period]
    told: Sequence[str]
    published: date


def _read(sentence: Sentence, one: Quantity, measure: Attached, when: _When) -> Recorded | None:
    if _too_small(one, measure):
        return None
    owner, part = owner_of(sentence, one, measure)
    if not owner:
        return None
    time = _time(sentence, one, measure, when.times)
    span = _span(measure, one, time, when.told, when.published)
    return _figure(sentence, one, measure, owner, part, span)


def _other_end(sentence: Sentence, i: int, found: Mapping[int, Recorded]) -> Recorded | None:
    """The second of "$40 billion to $50 billion", which is of the same as the first."""
    one, first = sentence.stated[i], found.get(i - 1)
    if first is None or sentence.stated[i - 1].unit != one.unit:
        return None
    between = sentence.plain[sentence.stated[i - 1].end : one.start]
    before = sentence.plain[: sentence.stated[i - 1].start]
    if not _TO.fullmatch(between) or (" and " in between and not _RANGE_END.search(before)):
        return None
    return replace(
        first, value=one.value, text=one.text, standing="hedged", start=one.start, end=one.end
    )


def _unit(plain: str, one: Quantity) -> str:
    """The unit, with a currency that stands behind the sum: "$79,990 CAD"."""
    code = _CURRENCY.match(plain, one.end)
    return f"{code[1]}{one.unit[3:]}" if code and one.unit[:3] == "USD" else one.unit


def _too_small(one: Quantity, measure: Attached) -> bool:
    """Whether an event's sum is a price rather than a figure of record."""
    return measure.nature == "event" and unit_kind(one.unit) == "money" and one.value < LEAST


def _figure(
    sentence: Sentence, one: Quantity, measure: Attached, owner: str, part: str, when: Span
) -> Recorded:
    if measure.name == "investment":
        part = _target(sentence, one)
        return _recorded(sentence, one, measure, owner, f"investment{part}", when)
    part = part if measure.nature != "event" and part not in measure.name else ""
    total = _TOTAL.search(sentence.plain, max(0, one.start - 40), one.end + 25)
    name = f"{'total ' if total else ''}{f'{part} ' if part else ''}{measure.name}"
    name = name.replace("total funding round", "total funding")
    when = ("", "", when[2]) if total else when
    return _recorded(sentence, one, measure, owner, name, when)


def _target(sentence: Sentence, one: Quantity) -> str:
    """Into whom an investment goes: it is one with another only where both go to the same."""
    for named in sentence.names:
        if named.start > one.end and _INTO.fullmatch(sentence.plain, one.end, named.start):
            return f" in {sentence.owners.name(named.name)}"
    return ""


def _recorded(
    sentence: Sentence, one: Quantity, measure: Attached, owner: str, name: str, when: Span
) -> Recorded:
    return Recorded(
        bare(owner),
        name,
        measure.nature,
        one.value,
        _unit(sentence.plain, one),
        one.text,
        *when,
        _standing(sentence, one, measure),
        one.start,
        one.end,
        sentence.text,
    )


def _base(like: Recorded, one: Quantity, sentence: Sentence, published: date) -> Recorded:
    """What a figure is compared with: of the same series, at another time."""
    later = periods(sentence.plain[one.end : one.end + 60], published)
    key = next((time.key for time in later if time.kind == like.span), "")
    return replace(
        like,
        value=one.value,
        unit=one.unit,
        text=one.text,
        period=key,
        period_text="",
        standing="hedged",
        start=one.start,
        end=one.end,
    )


# ---------------------------------------------------------------- for when, and how sure


def _time(
    sentence: Sentence, one: Quantity, measure: Attached, times: Sequence[Period]
) -> Period | None:
    """The time nearest to the figure or to its measure that is not another figure's."""
    if measure.nature == "event":
        return None
    spans = ((one.start, one.end), (measure.start, measure.end))

    def far(time: Period) -> int:
        return min(max(0, time.start - end, start - time.end) for start, end in spans)

    near = [time for time in times if far(time) <= FAR and not _anothers(sentence, one, time)]
    if not near and len(times) == 1 and times[0].start < OPENS:
        return times[0]  # "In the first quarter, …" is said of the whole sentence
    return min(near, key=far, default=None)


def _anothers(sentence: Sentence, one: Quantity, time: Period) -> bool:
    """Whether a figure that is nearer, or that this one is compared with, has the time."""
    low, high = min(time.end, one.end), max(time.start, one.start)
    if _COMPARES.search(sentence.plain, one.end, max(one.end, time.start)):
        return True
    if _is_range(sentence.plain, one):
        return False
    return time.start > one.end and any(
        low <= other.start < high and unit_kind(other.unit) == unit_kind(one.unit)
        for other in sentence.stated
        if other is not one
    )


def _is_range(plain: str, one: Quantity) -> bool:
    return bool(_RANGE_NEXT.match(plain[one.end :]) or _RANGE_BACK.search(plain[: one.start]))


def _span(
    measure: Attached, one: Quantity, time: Period | None, told: Sequence[str], published: date
) -> Span:
    """The length of time that a figure covers, which time it is, and the words for it."""
    per = one.unit.partition("/")[2]
    if per in {"month", "year", "week", "day", "quarter"}:
        return per, "", ""  # type: ignore[return-value]
    if measure.nature != "flow":  # an annual run rate is no year's
        moment = time if time and time.text.lower() not in _RATES else None
        return "", moment.key if moment else "", moment.text if moment else ""
    if time:
        return time.kind, time.key, time.text
    before = {
        each.kind
        for text in told
        for each in periods(text, published)
        if each.text.lower() not in _RATES
    }
    lengths = before & {"quarter", "year", "half"}
    return (lengths.pop() if len(lengths) == 1 else ""), "", ""


def _standing(sentence: Sentence, one: Quantity, measure: Attached) -> Standing:
    """Whether the figure is stated as so, as its owner's plan, or neither is sure."""
    plain = sentence.plain
    before, clause = plain[: one.start], clause_of(plain, one.start)[1]
    if (
        _HEDGED.search(clause)
        or (
            measure.nature == "level"
            and _EARLIER.search(plain, max(0, one.start - 60), one.end + 40)
        )
        or _HEDGED.search(plain, one.end, one.end + 25)
        or _BOUND.search(before)
        or _is_range(plain, one)
        or _RANGE_END.search(before)
        or one.text.endswith("+")
    ):
        return "hedged"
    planned = _PLANNED.search(clause) or _PLANNED.search(plain, one.end, one.end + 25)
    return "planned" if planned else "stated"
