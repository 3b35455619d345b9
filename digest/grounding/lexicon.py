"""The words by which a sentence is analysed, read from lexicon.txt, and where a text has them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files


@cache
def pattern(kind: str) -> re.Pattern[str]:
    """Matches any of the words of this class in a folded, lower-case text."""
    rows = _rows()[kind]
    endings = [words for words in rows if words.startswith(("n't", "'"))]
    whole = [words for words in rows if words not in endings]
    # what is asked at each place of a text is asked once, not for each word
    either = [rf"(?<![\w-])(?:{_any(whole)})", *([_any(endings)] if endings else [])]
    return re.compile(rf"(?:{'|'.join(either)})(?![\w])")


@lru_cache(maxsize=20_000)
def found(kind: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where the text, folded and in lower case, has words of this class."""
    return tuple(match.span() for match in pattern(kind).finditer(text))


def _any(rows: list[str]) -> str:
    """Any of the words as an expression; "*" is any ending of one."""
    return "|".join(
        re.escape(words).replace(r"\*", r"[\w-]*").replace(r"\ ", r"\s") for words in rows
    )


@cache
def _rows() -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {}
    for line in (files(__package__) / "lexicon.txt").read_text(encoding="utf-8").splitlines():
        kind, _, rest = line.partition(" | ")
        if rest and not line.startswith("#"):
            rows.setdefault(kind, []).extend(rest.partition(" | ")[0].split(", "))
    return rows
