"""What raised and lowered figures say in plain text: an exponent stays one, a footnote's mark goes.
Pure.
"""

from __future__ import annotations

import re
from unicodedata import normalize

# A mark that leads to a note: 1, [4], *, †, "a", "1, 2", "3–5".
MARK = re.compile(
    r"[\[(]?\s*(?:(?:note|nb|fn)?\s?\d{1,3}|[a-z]{1,2}|[ivxl]{1,5}|[*†‡§¶#]+)"
    r"(?:\s*[,;–-]\s*(?:\d{1,3}|[a-z]))*\s*[\])]?[.,;]?",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\[[^\[\]]{1,12}\]|[*†‡§¶#,;\s]+")
_EXPONENT = re.compile(r"[+\u2212-]?\d{1,4}")
_ORDINAL = re.compile(
    r"st|nd|rd|th|s|er|re|e|è|ère|ème|eme|de|do|da|mo|ma|o|a|os|as", re.IGNORECASE
)
_SIGNS = {"tm": "\u2122", "sm": "\u2120", "r": "\u00ae", "\u00ae": "\u00ae", "\u2122": "\u2122"}
# A base that is raised: ten or two, but as no day of a month, no sum of money and no top ten.
_BASE = re.compile(r"(?<![\w.,$€£¥₹])(?:10|2)$|(?<![\w'’.-])e$")
_NO_BASE = re.compile(
    r"(?:[$€£¥₹]|\b(?:top|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*"
    r"|dec\w*)\.?)\s?(?:10|2)$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?:\d\s?|\bper |/|\bsquare |\bcubic )(?:[kcmnµ]?m|ft|in|mi|yd|s)$|(?<![\w'’.-])[kcmµ]m$"
)
_VARIABLE = re.compile(r"(?<![\w'’.-])(?:[b-z]|R)$|[=+*/×·]\s?[A-Za-z]{1,3}$")
_COUNTED = re.compile(r"(?<!\d)\d{1,3}$|[A-Z]$")
_ENGLISH_ORDINAL = re.compile(r"st|nd|rd|th", re.IGNORECASE)
_ABBREVIATED = re.compile(r"(?<!\w)[A-Zn][a-z]?$")
# How shops set cents, which is no note: $19⁹⁹, but not $400³⁵ billion.
_CENTS, _PRICE = re.compile(r"\d[059]"), re.compile(r"[$€£]\s?\d{1,3}(?:,\d{3})*$")
_SCALE = re.compile(r"\s*(?:thousand|million|billion|trillion|[kmbt]n?\b)", re.IGNORECASE)
_SMALL = str.maketrans("0123456789+-\u2212()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_LOW = str.maketrans("0123456789+-\u2212()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
_VULGAR = {normalize("NFKC", character): character for character in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"}


def exponent(text: str) -> str:
    """A raised figure as plain text: "10²⁶", or "^" with what has no raised characters."""
    raised = text.translate(_SMALL)
    sound = not any(character.isascii() for character in raised)
    return raised if sound else f"^({text})" if len(text) > 1 else f"^{text}"


def raised(mark: str, before: str, behind: str = "", *, is_note: bool = False) -> str:
    """What stands in plain text for a raised `mark` between its neighbours; "" for a footnote's."""
    mark = mark.strip()
    if is_note or not mark or _BRACKETED.fullmatch(mark):
        return ""
    if mark.lower() in _SIGNS:
        return _SIGNS[mark.lower()]
    if _EXPONENT.fullmatch(mark):
        if _CENTS.fullmatch(mark) and _PRICE.search(before) and not _SCALE.match(behind):
            return f".{mark}"
        return exponent(mark) if _is_raised(mark, before) else ""
    return _raised_letters(mark, before)


def _raised_letters(mark: str, before: str) -> str:
    """Ordinals ("4th", "XXIe") and abbreviations ("Mme") are one word with what they end; a
    variable has an exponent; all else that is longer than a mark is a word.
    """
    ends = _ENGLISH_ORDINAL.fullmatch(mark) or (
        _ORDINAL.fullmatch(mark) and _COUNTED.search(before)
    )
    if ends or (mark.islower() and _ABBREVIATED.search(before)):
        return mark
    if len(mark) <= 2 and (_VARIABLE.search(before) or before.endswith("10")):
        return exponent(mark)
    return "" if MARK.fullmatch(mark) else f" {mark}" if before[-1:].isalnum() else mark


def _is_raised(mark: str, before: str) -> bool:
    """Whether a figure is an exponent: of a base, a unit or a variable. Nobody raises ten to the
    first.
    """
    if mark[0] in "+-\u2212":
        return True
    based = _BASE.search(before) and mark != "1" and not _NO_BASE.search(before)
    return bool(based or _UNIT.search(before) or _VARIABLE.search(before))


def lowered(mark: str, before: str, *, is_note: bool = False) -> str:
    """What stands in plain text for a lowered `mark`: CO2 is written so, ten to the base of two is
    not 102.
    """
    mark = mark.strip()
    if is_note or _BRACKETED.fullmatch(mark):
        return ""
    if not before[-1:].isdigit():
        return mark
    return mark.translate(_LOW) if mark.isdigit() else f" {mark}"


def fraction(over: str, under: str, before: str) -> str:
    """A fraction as plain text: "½" or "3/32", behind a whole number that is not run into it."""
    over, under = over.strip(), under.strip()
    sign = _VULGAR.get(f"{over}\u2044{under}", f"{over}/{under}")
    return f" {sign}" if before[-1:].isdigit() and len(sign) > 1 else sign
