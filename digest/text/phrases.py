"""Finding words and phrases in prose: at word boundaries, whatever the case, in the singular or the
plural.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.text.vectors import singular

if TYPE_CHECKING:
    from collections.abc import Iterable


BEFORE_MONEY = " $"  # the end of a phrase that counts only before a sum of money


class Phrases:
    """A list of words and phrases to look for; a space also stands for a hyphen or a line break,
    and " $" at the end for a sum of money with at most three words before it.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = {
            _key(word): word for word in words if any(letter.isalnum() for letter in word)
        }
        longest_first = sorted(self._words, key=len, reverse=True)
        self._pattern = (
            re.compile(
                rf"(?<!\w)(?:{'|'.join(map(_pattern, longest_first))})(?:(?<=[$€£¥]\d)|(?!\w))"
            )
            if self._words
            else None
        )

    @property
    def words(self) -> tuple[str, ...]:
        """The list, each word once."""
        return tuple(self._words.values())

    @classmethod
    def listed(cls, words: str) -> Phrases:
        """From a list with commas, over as many lines as it takes."""
        return cls(word for part in words.split(",") if (word := " ".join(part.split())))

    def found(self, text: str) -> list[str]:
        """Each occurrence in the text, in order, as the list spells it; of two that overlap, the
        longer.
        """
        # Lower case rather than IGNORECASE, which takes letters such as the long s for others and
        # yields what no list has.
        return (
            [self._spelt(match[0]) for match in self._pattern.finditer(text.lower())]
            if self._pattern
            else []
        )

    def _spelt(self, occurrence: str) -> str:
        seen = " ".join(re.split(r"[\s-]+", occurrence))
        if seen[-1].isdigit() and seen not in self._words:
            return next(
                word
                for key, word in self._words.items()
                if key.endswith(BEFORE_MONEY) and seen.startswith(key.removesuffix(BEFORE_MONEY))
            )
        forms = (
            seen,
            seen[:-1],
            seen[:-2],
            f"{seen[:-3]}y",
        )  # as it stands, then without -s, -es, -ies
        return next(self._words[form] for form in forms if form in self._words)


def _key(phrase: str) -> str:
    *others, last = re.split(r"[\s-]+", phrase.strip().lower())
    return " ".join((*others, singular(last)))


def _pattern(key: str) -> str:
    if key.endswith(BEFORE_MONEY):
        before = r"[\s-]+".join(map(re.escape, key.removesuffix(BEFORE_MONEY).split(" ")))
        return rf"{before}(?:\s[a-z]+){{0,3}}?\s(?:us)?[$€£¥]\d"
    *others, last = key.split(" ")
    ending = (
        rf"{re.escape(last[:-1])}(?:y|ies)"
        if last.endswith("y") and len(last) > 3
        else rf"{re.escape(last)}(?:e?s)?"
    )
    return r"[\s-]+".join((*map(re.escape, others), ending))
