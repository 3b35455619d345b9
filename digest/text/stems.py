"""What the forms of a word have in common, so that "rose" and "rises" are one word; the irregular
ones from thesaurus.txt.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

_ENDINGS = (
    ("uctions", "uc"), ("uction", "uc"), ("ization", "iz"), ("isation", "iz"), ("ational", "at"),
    ("fulness", "ful"), ("iveness", "iv"), ("ements", ""), ("ement", ""), ("ments", ""),
    ("ment", ""), ("ations", ""), ("ation", ""), ("itions", ""), ("ition", ""), ("ness", ""),
    ("ity", ""), ("ities", ""), ("ies", "y"), ("ied", "y"), ("ising", "iz"), ("ised", "iz"),
    ("ises", "iz"), ("ise", "iz"), ("izing", "iz"), ("ized", "iz"), ("izes", "iz"), ("ize", "iz"),
    ("ually", "ual"), ("ally", "al"), ("ings", ""), ("ing", ""), ("edly", ""), ("ions", ""),
    ("ion", ""), ("ers", "er"), ("ors", "or"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"),
    ("xes", "x"), ("ed", ""), ("ly", ""), ("es", ""), ("s", ""), ("e", ""),
)  # fmt: skip
_AGREED = ("greed", "creed", "freed", "teed", "ereed")
_SPELLINGS = (("our", "or"), ("ogue", "og"), ("ence", "ense"))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What the inflected and most of the derived forms of a lower-case word have in common."""
    word = re.sub(r"tre(?=s?$)", "ter", _irregular().get(word, word))
    word = re.sub(
        r"(?<=..ion)(?:ed|ing)$", "", word
    )  # "positioned" is of "position", as "positions" is
    if len(word) < 4 or not word.isalpha():
        return word
    if word.endswith("eed") and not word.endswith(_AGREED):
        return word  # "exceed" is no past tense
    word = re.sub(r"(?<=..ee)(?:d|ing)$", "", word)
    for ending, instead in _ENDINGS:
        left = len(word) - len(ending)
        if word.endswith(ending) and left >= 3 and not (ending == "s" and word[-2] in "su"):
            word = word[:left] + instead
            break
    for spelling, instead in _SPELLINGS:
        if word.endswith(spelling) and len(word) > 5:
            word = word.removesuffix(spelling) + instead
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "sl":
        return word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith(("e", "y")) else word


def irregular(word: str) -> bool:
    """Whether the lower-case word is an irregular form: "built", "grew"."""
    return word in _irregular()


@cache
def lines() -> tuple[str, ...]:
    """The lines of the word list, its licence aside."""
    text = (files(__package__) / "thesaurus.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if not line.startswith("#"))


@cache
def _irregular() -> dict[str, str]:
    """Irregular forms; those that are words of their own as well ("found", "saw", "left") stay what
    they are.
    """
    pairs = (line[2:].split() for line in lines() if line.startswith("."))
    return {
        form: word
        for form, word in pairs
        if form not in {"found", "ground", "bore", "wound", "lay", "does", "us", "as", "less"}
    }
