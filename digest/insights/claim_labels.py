"""A label for a spoken claim: the clause of it that makes the point, in the speaker's own words.
Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.insights.headlines import clauses, headline
from digest.insights.page_furniture import broken
from digest.insights.quotable_speech import CLAIMS, FILLERS, SELF, VAGUE
from digest.insights.standalone import leans, names
from digest.stories import subject_words
from digest.text.folding import folded
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.model import Document, Insight

SHORTEST, LONGEST = 4, 16  # words of a clause that says something
_GOES_ON = re.compile(
    r"[,;:]\s(?=(?:so|because|which|and|but|while|whereas|if|or|that|as)\b)|;\s|\s[-\u2013\u2014]\s"
)
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


def label(insight: Insight, source: Document) -> str:
    """The clause of a passage that says most in fewest words, its own subject and verb; where none
    is whole, who says it and where.
    """
    return point(insight.text) or _said_by(insight, source)


def point(text: str) -> str:
    """The clause of a passage that makes its point, in at most ten words, else in at most sixteen;
    "" where none is whole.
    """
    for found in (_clauses(text), _long_clauses(text)):
        worth = [
            (_worth(clause) - cost, -place, clause) for place, (cost, clause) in enumerate(found)
        ]
        best = max(worth, default=None)
        if best and best[0] > 0:
            return _capital(best[2])
    return ""


def _long_clauses(text: str) -> Iterator[tuple[float, str]]:
    """The first clause of each sentence, whole, with its own subject and verb."""
    for span in sentences(text):
        sentence = span.text[_lead_in(span.text) :].rstrip(".!?… ")
        clause = _GOES_ON.split(sentence, maxsplit=1)[0]
        if (
            SHORTEST <= len(clause.split()) <= LONGEST
            and not broken(f"{_capital(clause)}.")
            and not _HALF.match(clause)
            and not leans(_capital(clause))
            and not SELF.search(folded(clause))
        ):
            yield 0.0, clause


def _said_by(insight: Insight, source: Document) -> str:
    show = source.publisher or source.title
    return f"{insight.speaker} on {show}" if insight.speaker else headline(source.title, show)


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


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
