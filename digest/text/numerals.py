"""Numbers written in words, rewritten in digits without losing their places."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_ONES = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
_SCALES = "hundred|thousand|million|billion|trillion"
_FOLD = {
    "hundred": "100",
    "thousand": "1000",
    "million": "1000000",
    "billion": "1000000000",
    "trillion": "1000000000000",
}
_PARTS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25}
_SMALL = "|".join([*_ONES, *_TENS])
_UNIT = r"gigawatts?|megawatts?|dollars?|euros?|per\s?cent|percent|percentage"
_PATTERN = re.compile(
    rf"(?<![\w.-])(?:"
    rf"(?P<whole>{'|'.join(list(_ONES)[1:13])}|\d{{1,2}}) and an? (?P<part>half|third|quarter)\b"
    rf"(?! (?:of|point|percentage)\b)|(?P<half>half an? )(?=million|billion|trillion|dozen)"
    rf"|(?P<tens>{'|'.join(_TENS)})[-\s](?P<ones>{'|'.join(list(_ONES)[1:10])})\b"
    rf"|(?P<dozens>(?:an?|{_SMALL}) dozen)\b"
    rf"|(?P<hundreds>(?:an?|{_SMALL})[-\s]hundred)"
    rf"(?=[-\s](?:thousand|million|billion|trillion)\b)"
    rf"|(?P<article>an?(?=[\s-](?:{_SCALES})\b)|one(?=[\s-](?:{_SCALES}|{_UNIT})\b))"
    rf"|(?P<fold>{_SCALES})(?=x\b)"  # "a hundredx", "100 or thousandx" of talk
    rf"|(?P<plain>{_SMALL})\b(?!-)"
    rf"|(?P<joined>{_SMALL})(?=-(?!one\b)[a-z])"
    r")",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class InDigits:
    """A text with its number words in digits; `place` leads back to the text as it was."""

    text: str
    starts: tuple[int, ...]  # where each piece begins in `text` …
    origins: tuple[int, ...]  # … and where in the text as it was

    def place(self, at: int) -> int:
        """The offset in the text as it was for one in `text`."""
        piece = bisect_right(self.starts, at) - 1
        return self.origins[piece] + at - self.starts[piece]


def in_digits(text: str) -> InDigits:
    """The text with "twenty-five" as "25", "two dozen" as "24", "half a billion" as "0.5 billion";
    "one" alone stays a word.
    """
    out, starts, origins, at, length = [], [0], [0], 0, 0
    for found in _PATTERN.finditer(text):
        digits = _digits(found)
        if digits is None:
            continue
        out += [text[at : found.start()], digits]
        length += found.start() - at
        starts += [length, length + len(digits)]
        origins += [found.start(), found.end()]
        length += len(digits)
        at = found.end()
    return InDigits("".join([*out, text[at:]]), tuple(starts), tuple(origins))


def _digits(found: re.Match[str]) -> str | None:
    word = found[0].lower()
    if found["whole"]:
        whole = found["whole"].lower()
        return f"{int(_ONES.get(whole, whole)) + _PARTS[found['part'].lower()]:.4g}"
    if found["half"]:
        return "0.5 "
    if found["tens"]:
        return str(_TENS[found["tens"].lower()] + _ONES[found["ones"].lower()])
    if found["dozens"] or found["hundreds"]:
        return str((12 if found["dozens"] else 100) * _value(re.split(r"[-\s]", word)[0]))
    if found["article"] or found["fold"]:
        return _FOLD.get(word, "1")
    return None if word in {"one", "zero"} else str(_value(word))


def _value(word: str) -> int:
    return 1 if word in {"a", "an"} else _ONES.get(word) or _TENS.get(word) or 0
