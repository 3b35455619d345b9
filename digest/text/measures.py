"""Everything in a sentence that is a number, a date or a rank, brought to one scale so that two
texts can be compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from digest.text.folding import folded
from digest.text.numerals import in_digits
from digest.text.quantities import quantities
from digest.text.words import FUNCTION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.text.numerals import InDigits

Bound = Literal["", "about", "over", "under"]


@dataclass(frozen=True, slots=True)
class Stated:
    """A number as a text states it. `kind` is "money", "share", "points", "times", "power",
    "energy", "time", "count" or "rank".
    """

    kind: str
    value: float  # in `unit`, or in the base of its kind: watts, watt-hours, seconds or months
    # a currency, "month" or "second" for a time, a counted or ranked thing; "" when there is none
    unit: str
    period: str  # "month" in "$8 a month"; else ""
    bound: Bound  # "nearly" is under, "more than" over
    start: int
    end: int
    text: str


_POWER = {"kW": 1e3, "MW": 1e6, "GW": 1e9, "TW": 1e12}
_ENERGY = {"kWh": 1e3, "MWh": 1e6, "GWh": 1e9, "TWh": 1e12}
_BOUNDS: tuple[tuple[Bound, str], ...] = (
    (
        "over",
        (
            r"more than|over|at least|above|exceed(?:s|ed|ing)?|upwards of|in excess of|greater"
            r" than|topp(?:ed|ing)|no (?:less|fewer) than"
        ),
    ),
    (
        "under",
        (
            r"nearly|almost|up to|as much as|as many as|less than|fewer than|under|below|at most|no"
            r" more than|close to|just shy of|nears"
        ),
    ),
    ("about", r"about|around|roughly|approximately|some|an estimated|circa|near"),
)
_BEFORE = tuple(
    (bound, re.compile(rf"(?:\b(?:{words})|[~])\s(?:an?\s)?$", re.IGNORECASE))
    for bound, words in _BOUNDS
)
_TIMES = {
    "double": 2, "doubled": 2, "doubles": 2, "doubling": 2, "twofold": 2, "twice": 2, "triple": 3,
    "tripled": 3, "triples": 3, "tripling": 3, "thrice": 3, "threefold": 3, "quadruple": 4,
    "quadrupled": 4, "quadrupling": 4, "fourfold": 4, "fivefold": 5, "tenfold": 10,
    "order of magnitude": 10,
}  # fmt: skip
_TIMES_WORD = re.compile(rf"\b(?:{'|'.join(_TIMES)})\b(?!-digit)", re.IGNORECASE)
_PART = {
    "half": 50.0,
    "third": 100 / 3,
    "quarter": 25.0,
    "fifth": 20.0,
    "sixth": 100 / 6,
    "eighth": 12.5,
    "tenth": 10.0,
    "halved": 50.0,
    "halving": 50.0,
    "halves": 50.0,
}
_PART_WORD = re.compile(
    r"\b(?:(?P<whole>halved|halving|halves)|(?P<many>a|one|[2-9])["
    r" -](?P<part>third|quarter|fifth|sixth|eighth|tenth)s?"
    r"(?=\s+(?:of|more|less|higher|lower|fewer|from|to|are|is|were|was|have|has|had|do|did|say|said|will|would|can|could)\b|[,;:)]|\.?$)"
    r"|(?:a|one)[ -](?P<near>third|quarter|fifth|tenth)\b(?!"
    r" (?:quarter|time|year|month|week|day)\b)"
    r"|(?<=by )(?:(?:about|around|roughly|nearly|almost|some|over) )?a"
    r" (?P<by>third|quarter|fifth|tenth)\b"
    r"|(?<!first )(?<!second )(?<!1st )(?<!2nd )(?P<half>half)(?! (?:an?|of"
    r" (?:19|20)\d\d|year)\b))(?!-)",
    re.IGNORECASE,
)
_IN_SO_MANY = re.compile(
    r"\b(?P<many>one|\d{1,3})(?: [a-z]+)? (?:in|out of) (?:every )?(?P<of>\d{1,4})\b"
    r"(?![.,]\d|[ -](?:second|minute|hour|day|week|month|year)s?\b)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\w.,$€£¥])(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)[\s-](?:straight |consecutive |more"
    r" |full |(?!(?:kilo|mega|giga|tera)watt)[A-Za-z]+\d*-)?"
    r"(?P<unit>second|minute|hour|day|week|month|quarter|year|decade)s?\b"
    r"(?!-old|(?<=quarters) of\b)",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"(?<![\w.,-])(?:(?P<basis>\d+(?:\.\d+)?)[\s-]basis[\s-]|(?:(?P<number>\d+(?:\.\d+)?)(?:[\s-]and[\s-])?)?"
    r"(?:\b(?:an?[\s-]|(?P<many>\d)[\s-])?(?P<part>half|quarter|tenth)s?(?:[\s-]of)?(?:[\s-]an?)?)?[\s-](?:percentage[\s-])?)"
    r"points?\b(?![\s-]of\b)",
    re.IGNORECASE,
)
_PART_OF_A_POINT = {"half": 0.5, "quarter": 0.25, "tenth": 0.1}
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_RANKS = {
    word: number
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        1,
    )
}
# "second-hand", "third-party": what is joined to the word is neither ranked nor counted
_ATTRIBUTE = (
    r"-(?!\w+(?:est|most)\b|(?:quarter|half|year|month|week|day|generation|place|ranked|time)s?\b)"
)
_RANK = re.compile(
    rf"(?<![\w.-])(?:(?P<number>\d+)(?:st|nd|rd|th)|(?P<word>{'|'.join(_RANKS)})\b(?!{_ATTRIBUTE}))\b(?=[\s-](?P<what>[a-z]+))|\b(?P<q>[QH])(?P<part>[1-4])\b",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?<![\w.,-])(?P<symbol>[$€£¥])?(?P<low>\d+(?:,\d{3})*(?:\.\d+)?)(?:\s?[-\u2014]\s?|\sto\s|\sand\s)(?P<again>[$€£¥])?(?P<high>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"[\s-]?(?P<scale>%|per\s?cent\b|(?:hour|day|week|month|year)s?\b(?!-old)|thousand\b|million\b|billion\b|trillion\b|bn\b|(?:kilo|mega|giga)watts?\b|[kMG]W\b)"
)
_BARE = re.compile(
    r"(?<![\w.,$€£¥/:#-])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:[\s-](?P<scale>hundred|thousand|million|billion|trillion))?"
    r"(?![\w/:]|[.,]\d|-\d|\s?%)"
)
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_NOUN = re.compile(r"[\s-]([a-z]+)", re.IGNORECASE)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_OF_A_DATE = re.compile(
    rf"\b{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?\b(?!\.\d|\s?%|\sper\s?cent)(?:,?\s\d{{4}})?\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH}(?!\w)|\b(?:19|20)\d\d(?!\w|\.\d)"
)


def stated(text: str) -> tuple[Stated, ...]:
    """The numbers of the text in order and without overlap; dates and years are left to `dates`."""
    digits = in_digits(folded(text))
    found: list[Stated] = []
    taken = [found.span() for found in _OF_A_DATE.finditer(digits.text)]
    for one in (
        *_points(digits.text),
        *_ranges(digits.text),
        *_in_so_many(digits.text),
        *_parsed(digits.text),
        *_times(digits.text),
        *_ranks(digits.text),
        *_bare(digits.text),
    ):
        if all(one.end <= start or one.start >= end for start, end in taken):
            taken.append((one.start, one.end))
            found.append(_placed(one, digits, text))
    return tuple(sorted(found, key=lambda one: one.start))


def _placed(one: Stated, digits: InDigits, text: str) -> Stated:
    start, end = digits.place(one.start), digits.place(one.end)
    bound = _bound(digits.text, one.start) or one.bound
    if one.kind == "time" and bound == "under" and "-" in digits.text[one.start : one.end]:
        bound = ""  # "under a three-year agreement" limits nothing
    return Stated(one.kind, one.value, one.unit, one.period, bound, start, end, text[start:end])


def _bound(text: str, at: int) -> Bound:
    """What the words right before the number at this offset make of it."""
    return next((bound for bound, words in _BEFORE if words.search(text[max(0, at - 24) : at])), "")


def _points(text: str) -> Iterator[Stated]:
    """Percentage points: "25 basis points", "a quarter of a percentage point", "three and a quarter
    points".
    """
    for found in _POINTS.finditer(text):
        if found["basis"]:
            yield Stated("points", float(found["basis"]) / 100, "", "", "", *found.span(), found[0])
        elif found["part"]:
            part = int(found["many"] or 1) * _PART_OF_A_POINT[found["part"].lower()]
            yield Stated(
                "points", float(found["number"] or 0) + part, "", "", "", *found.span(), found[0]
            )


def _ranges(text: str) -> Iterator[Stated]:
    """Both ends of a range whose unit stands at its second end only: "4-7%", "$26 to $28 billion",
    "12-18 months".
    """
    for found in _RANGE.finditer(text):
        symbol, scale = found["symbol"] or "", found["scale"] or ""
        for name in ("low", "high"):
            end = found.end("low") if name == "low" else found.end()
            start = found.start() if name == "low" else found.start("high")
            if name == "low" and not symbol and scale in _SCALES:
                yield Stated(
                    "count",
                    float(found["low"].replace(",", "")) * _SCALES[scale],
                    "",
                    "",
                    "",
                    start,
                    end,
                    "",
                )
                continue
            whole_text = f"{symbol}{found[name]} {scale}"
            for whole in (*_parsed(whole_text), *_times(whole_text)):
                yield Stated(whole.kind, whole.value, whole.unit, "", "", start, end, "")


def _parsed(text: str) -> Iterator[Stated]:
    """What the parser of figures reads."""
    for one in quantities(text):
        unit, _, period = one.unit.partition("/")
        if unit in _POWER:
            yield Stated(
                "power", one.value * _POWER[unit], "", period, "", one.start, one.end, one.text
            )
        elif unit in _ENERGY:
            yield Stated(
                "energy", one.value * _ENERGY[unit], "", period, "", one.start, one.end, one.text
            )
        elif unit in {"%", "percentage points", "x"}:
            kind = {"%": "share", "percentage points": "points", "x": "times"}[unit]
            yield Stated(kind, one.value, "", "", "", one.start, one.end, one.text)
        elif len(unit) == 3 and unit.isupper():
            yield Stated("money", one.value, unit, period, "", one.start, one.end, one.text)
        else:
            yield Stated(
                "count", one.value, unit.split()[-1], period, "", one.start, one.end, one.text
            )


def _in_so_many(text: str) -> Iterator[Stated]:
    """Shares told by two counts: "one in four", "1 in 10 jobs"."""
    for found in _IN_SO_MANY.finditer(text):
        of, many = int(found["of"]), int(found["many"].lower().replace("one", "1"))
        if many < of < 1900:
            yield Stated("share", 100 * many / of, "", "", "", *found.span(), found[0])


def _times(text: str) -> Iterator[Stated]:
    for found in _TIME.finditer(text):
        unit, value = found["unit"].lower(), float(found["number"].replace(",", ""))
        base, factor = ("second", _SECONDS[unit]) if unit in _SECONDS else ("month", _MONTHS[unit])
        yield Stated("time", value * factor, base, "", "", *found.span(), found[0])
    for found in _TIMES_WORD.finditer(text):
        yield Stated("times", _TIMES[found[0].lower()], "", "", "", *found.span(), found[0])
    for found in _PART_WORD.finditer(text):
        if found["near"] and not _bound(text, found.start()):
            continue  # "a third company"; "almost a third collect" is a share
        many = int(found["many"]) if (found["many"] or "").isdigit() else 1
        part = (
            found["whole"] or found["part"] or found["near"] or found["by"] or found["half"]
        ).lower()
        yield Stated(
            "share",
            many * _PART[part],
            "",
            "",
            "about" if many > 1 or part in {"third", "sixth"} else "",
            *found.span(),
            found[0],
        )


def _ranks(text: str) -> Iterator[Stated]:
    for found in _RANK.finditer(text):
        before = text[max(0, found.start() - 6) : found.start()].lower()
        if found["q"]:
            what = "quarter" if found["q"].upper() == "Q" else "half"
            yield Stated("rank", float(found["part"]), what, "", "", *found.span(), found[0])
        elif (
            not found["what"][0].isupper()
            and found["what"] not in FUNCTION
            and not (
                found["word"]
                and found["word"].lower() == "second"
                and before.endswith(("a ", "per ", "each ", "every "))
            )
        ):
            value = float(found["number"] or _RANKS[found["word"].lower()])
            yield Stated("rank", value, found["what"].lower(), "", "", *found.span(), found[0])


def _bare(text: str) -> Iterator[Stated]:
    for found in _BARE.finditer(text):
        noun = _NOUN.match(text, found.end())
        value = float(found["number"].replace(",", "")) * _SCALES.get(
            (found["scale"] or "").lower(), 1.0
        )
        yield Stated(
            "count",
            value,
            noun[1].lower() if noun and noun[1].lower() not in FUNCTION else "",
            "",
            "",
            *found.span(),
            found[0],
        )
