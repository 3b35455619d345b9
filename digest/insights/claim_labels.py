"""A label for a spoken claim: the clause of it that makes the point, in the speaker's own words.
Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.insights.quotable_speech import CLAIMS, FILLERS, SELF, VAGUE
from digest.insights.standalone import leans, names
from digest.insights.titles import clauses
from digest.stories import subject_words
from digest.text.folding import folded
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHORTEST = 4  # words of a clause that says something
_SUBJECTS = (
    subject_words.AI,
    subject_words.COMPUTE,
    subject_words.MONEY,
    subject_words.TRADE,
    subject_words.LABOUR,
    subject_words.POLICY,
    subject_words.ENERGY,
    subject_words.OPENNESS,
)
_LEAD_IN = re.compile(
    r"(?:(?:but|and|so|or|because|well|now|again|look|candidly|honestly|ultimately|also|even"
    r" though),? )*"
    r"(?:(?:i|we|you)(?:'d| would| do| still| really| just)?"
    r" (?:think|believe|suspect|guess|know|say|argue|see|feel|mean)"
    r"(?: like| that(?! (?:will|would|is|was|can|could|has)\b))? |"
    r"(?:the|my) (?:reality|truth|fact|point|idea|problem|thing|reason|hope|view|bet) is(?: that)?"
    r" |it turns out(?: that)? |"
    r"i (?:do|still|actually|really) (?:think|believe)(?: that)? |"
    r"(?:\S+ ){1,3}(?:been|is|was|are|were) (?:really |very |pretty )?clear that |"
    r"there(?:'s| is) (?:no doubt|a world in which|also a worry) (?:that )?)?",
    re.IGNORECASE,
)
_HALF = re.compile(  # half a sentence
    r"(?:even (?:if|though|when)|the"
    r" (?:minute|moment|way|more|fact)|anything|anyone|everything|whatever|wherever|whoever|now"
    r" with|all the|"
    r"if|when|because|for|with|what|how|where|(?:\S+ ){1,2}as)\b",
    re.IGNORECASE,
)
_HOUSES = (subject_words.AI, subject_words.COMPUTE, subject_words.BIG_TECH)
_TOO_WIDE = frozenset({"AI", "A.I.", "GPU", "TPU", "LLM", "AGI", "HBM", "DRAM"})
_FULL_NAME = re.compile(r"[A-Z][\w&-]*(?:'s)?(?: [A-Z][\w&-]*(?:'s)?)*")
_WHO_OR_WHAT = re.compile(r"[\w'-]+")


def label(text: str) -> str:
    """The clause of a passage that says most in fewest words, at most ten of them; where none is
    whole, what the passage speaks of.
    """
    found = [
        (_worth(clause) - cost, -place, clause)
        for place, (cost, clause) in enumerate(_clauses(text))
    ]
    best = max(found, default=None)
    return _capital(best[2]) if best and best[0] > 0 else _spoken_of(text)


def _clauses(text: str) -> Iterator[tuple[float, str]]:
    for span in sentences(text):
        sentence = span.text[_lead_in(span.text) :].rstrip(".!?… ")
        for cost, clause in clauses(sentence):
            if (
                len(clause.split()) >= SHORTEST
                and not _HALF.match(clause)
                and not leans(_capital(clause))
            ):
                yield cost, clause


def _lead_in(sentence: str) -> int:
    """How much of a sentence only leads up to what it says."""
    found = _LEAD_IN.match(folded(sentence))
    return found.end() if found and len(folded(sentence)) == len(sentence) else 0


def _worth(clause: str) -> float:
    plain = folded(clause)
    subject = len({word for phrases in _SUBJECTS for word in phrases.found(plain)})
    claims = sum(bool(way.search(plain)) for way in CLAIMS)
    chatter = len(VAGUE.findall(plain)) + 2 * len(FILLERS.findall(plain)) + len(SELF.findall(plain))
    return (
        1.2 * min(subject, 3)
        + 0.6 * min(claims, 3)
        + 0.3 * min(len(names(clause)), 2)
        - 0.8 * chatter
    )


def _spoken_of(text: str) -> str:
    """Such as "Huawei and chips": the houses that the passage names, then the words of its subject,
    "AI" only where there is no other.
    """
    words = _together(
        dict.fromkeys(
            _as_said(word, text) for phrases in _SUBJECTS for word in phrases.found(text)
        ),
        text,
    )
    whole = list(_named(text))
    houses = [
        word
        for phrases in _HOUSES
        for word in phrases.found(text)
        if word[0].isupper() and word not in _TOO_WIDE
    ]
    known = (next((name for name in whole if house in name.split()), house) for house in houses)
    named = list(dict.fromkeys([*known, *whole]))[:2]
    told = " ".join(named).casefold()
    subjects = [
        word for word in words if word.casefold() not in told and word not in _TOO_WIDE
    ] or words[:1]
    both = [*named, *(word for word in subjects if word.casefold() not in told)][:2]
    return _capital(" and ".join(both)) if both else " ".join(_WHO_OR_WHAT.findall(text)[:8])


def _named(text: str) -> Iterator[str]:
    """The names in a passage, whole: "Claude Code". Whatever begins a sentence has a capital and
    need not be a name.
    """
    for span in sentences(text):
        for found in _FULL_NAME.finditer(folded(span.text).partition(" ")[2]):
            parts = [part for part in names(found[0]) if not part.startswith("I'")]
            if parts:
                yield " ".join(parts).removesuffix("'s")


def _as_said(word: str, text: str) -> str:
    """A listed word as the passage has it: "data centers" for "data center"."""
    found = re.search(rf"\b{re.escape(word)}(?:e?s)?\b", text, re.IGNORECASE)
    return found[0] if found else word


def _together(words: Iterable[str], text: str) -> list[str]:
    """The words, two that stand side by side in the passage as one: "white collar jobs"."""
    listed = list(words)
    pairs = {
        one: f"{one} {other}"
        for one in listed
        for other in listed
        if one != other and f" {one} {other}" in text
    }
    return [
        pairs.get(word, word)
        for word in listed
        if not any(pair.endswith(f" {word}") for pair in pairs.values())
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
