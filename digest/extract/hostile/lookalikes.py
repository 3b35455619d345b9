# ruff: noqa: RUF001 - letters that look like others are the point
"""A text made plain for looking for words in it: disguised letters undone, every place still
known.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.extract.hostile.invisible import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Sequence

_DROPPED = re.compile(f"[{UNSEEN}\u0300-\u036f\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f]+")
_LOOKALIKES = dict(
    zip(
        "асеорхуіјѕԁһӏԛԝкмнтвαορεικντυχѵɡɩℓ\u0251ʀɪɴᴛʏᴍᴘᴜɢᴇᴏᴀᴄᴅ",
        "aceopxyijsdhlqwkmhtbaopeikvtuxvgilarintympugeoacd",
        strict=True,
    )
)
_OTHERS = {
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ı": "i",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "–": "-",
    "‑": "-",
    "‐": "-",
}
_LATIN, _NO_LATIN, _WORD = (
    re.compile(r"[a-z]"),
    re.compile(r"[^a-z\xdf-\u024f]"),
    re.compile(r"[^\W\d_]+"),
)
_DIGITS = str.maketrans("0134578@$!|", "oieastbasil")
_LEET = re.compile(
    r"(?<![\w@$!|])(?=[\w@$!|]{4,24}(?![\w@$!|]))(?=[\d@$!|]{0,2}[a-z])[a-z]*[\d@$!|]+[a-z][\w@$!|]*|(?<!\w)[a-z]{2,}[013457@$!|]{1,2}[a-z]{1,}(?!\w)"
)
_TELLING = re.compile(
    r"(?:ignor|disregard|forget|instruct|previous|prior|prompt|system|summar|newsletter|digest|includ|respond|assistant|insert|append|recipient)"
)
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_][ ._*\-/|]{1,3}){6,}[^\W\d_](?!\w)")


class _Letters(dict[int, str]):
    """One plain character for each character, found when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        known = _OTHERS.get(character)
        if known is None:
            first = unicodedata.normalize("NFKD", character)[0]
            known = (first if first < "\x80" else character).lower()
        self[code] = known if len(known) == 1 else character
        return self[code]


_letters = _Letters()


@dataclass(frozen=True, slots=True)
class Plain:
    """Lower-case text without accents, and for each of its characters the place where it stands in
    the original.
    """

    text: str
    places: Sequence[int]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """A span of the plain text as a span of the original; `start` < `end`."""
        return self.places[start], self.places[end - 1] + 1


def plain(text: str) -> Plain:
    """The text as its words are meant: full-width, mathematical and look-alike letters as ASCII,
    invisible ones left out.
    """
    places: Sequence[int] = range(len(text))
    if not text.isascii() and _DROPPED.search(text):
        places = [i for gap in _kept(text) for i in gap]
        text = "".join(text[gap.start : gap.stop] for gap in _kept(text))
    folded = text.translate(_letters)
    if not folded.isascii():
        folded = _WORD.sub(_unmixed, folded)
    return Plain(folded, places)


def _unmixed(word: re.Match[str]) -> str:
    """A word of two alphabets in one: its look-alike letters are Latin ones."""
    if not (_LATIN.search(word[0]) and _NO_LATIN.search(word[0])):
        return word[0]
    return "".join(_LOOKALIKES.get(letter, letter) for letter in word[0])


def _kept(text: str) -> list[range]:
    start, kept = 0, []
    for gap in _DROPPED.finditer(text):
        kept.append(range(start, gap.start()))
        start = gap.end()
    return [*kept, range(start, len(text))]


def undigited(text: str) -> str:
    """The plain text with digits read as letters in the words that mix them ("1gn0re"), of the same
    length; "" when that makes no order.
    """
    words = {word: word.translate(_DIGITS) for word in set(_LEET.findall(text))}
    return (
        _LEET.sub(lambda word: words[word[0]], text)
        if any(_TELLING.match(word) for word in words.values())
        else ""
    )


def spelled(text: str) -> list[tuple[int, int, str]]:
    """Words written letter by letter ("i g n o r e"): start, end and the letters."""
    return [
        (run.start(), run.end(), re.sub(r"[\W_]+", "", run[0])) for run in _SPACED.finditer(text)
    ]
