"""What kind of event a headline tells of, in a word or two, by its verb: event_kinds.txt says which.
Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from digest.insights.headlines import ASKS_OR_LISTS, main_clause
from digest.text.folding import folded
from digest.text.quantities import quantities

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[^\W_][\w'’.&-]*")
_DOUBT = re.compile(r"\b(?:could|may|might|would|should|if|not|won't|isn't|never)\b", re.IGNORECASE)
_AHEAD = ("to", "will")  # before a bare verb: it is still to come, and of this kind
_RELATIVE = ("that", "which", "who", "whose")  # what follows tells of somebody else
_MONEY, _AMOUNT = "$", "#"
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class _Row:
    """A kind of event and how a headline shows it; () where nothing more is needed."""

    kind: str
    verbs: tuple[tuple[str, ...], ...]  # each form as its words
    bare: tuple[tuple[str, ...], ...]
    behind: tuple[str, ...]
    before: tuple[str, ...]


def event_kind(headline: str) -> str:
    """The kind of event, "" where the headline's verb tells none, asks, or is in doubt."""
    clause = main_clause(folded(headline))
    if ASKS_OR_LISTS.match(clause) or "?" in headline or _DOUBT.search(clause):
        return ""
    words = [match[0].lower().removesuffix("'s").rstrip(".") for match in _WORD.finditer(clause)]
    starts = [match.end() for match in _WORD.finditer(clause)]
    for i in range(1, len(words)):
        if words[i - 1] in _RELATIVE:
            return ""
        for row in _rows():
            length = _verb_at(row, words, i)
            if length and _shown(row, words, i, length, clause[starts[i + length - 1] :]):
                return row.kind
    return ""


def _verb_at(row: _Row, words: list[str], i: int) -> int:
    """How many words a verb of the row has that begins at the i-th word; 0 for none."""
    forms = (*row.verbs, *(row.bare if words[i - 1] in _AHEAD else ()))
    return max((len(form) for form in forms if tuple(words[i : i + len(form)]) == form), default=0)


def _shown(row: _Row, words: list[str], i: int, length: int, rest: str) -> bool:
    """Whether what the row asks for stands behind the verb, and before it."""
    text = f" {' '.join(words[i + length :])} "
    behind = not row.behind or any(_stands(one, text, rest) for one in row.behind)
    return behind and (not row.before or bool(set(words[:i]) & set(row.before)))


def _stands(sign: str, text: str, rest: str) -> bool:
    if sign in {_MONEY, _AMOUNT}:
        found = quantities(rest)
        return any(sign == _AMOUNT or one.unit.startswith(("USD", "EUR", "GBP")) for one in found)
    return f" {sign} " in text


@cache
def _rows() -> tuple[_Row, ...]:
    text = (files(__package__) / "event_kinds.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(map(_row, lines))


def _row(line: str) -> _Row:
    kind, verbs, behind, before = (part.strip() for part in f"{line} ".split("|"))
    listed = _listed(verbs)
    given = [tuple(verb[1:].split()) for verb in listed if verb.startswith("=")]
    bare = [tuple(verb.split()) for verb in listed if not verb.startswith("=")]
    made = [(form, *rest) for first, *rest in bare for form in _forms(first)]
    return _Row(kind, (*given, *made), tuple(bare), _listed(behind), _listed(before))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _forms(verb: str) -> Iterator[str]:
    """The third person and the past of a regular verb."""
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        yield from (f"{verb[:-1]}ies", f"{verb[:-1]}ied")
        return
    hissing = verb.endswith(("s", "x", "ch", "sh", "z", "o"))
    yield f"{verb}es" if hissing else f"{verb}s"
    yield f"{verb}d" if verb.endswith("e") else f"{verb}ed"
    if verb[-1] not in "aeiouwxy" and verb[-2:-1] in _VOWELS and verb[-3:-2] not in _VOWELS:
        yield f"{verb}{verb[-1]}ed"
