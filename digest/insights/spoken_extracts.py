"""What an episode says that is worth quoting: passages of its transcript that stand on their own,
chosen without a model.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from digest.insights.extracts import evidence_of, extract
from digest.insights.page_furniture import broken, furniture, markup
from digest.insights.quotable_speech import (
    ANNOUNCING,
    BARE_THAT,
    CARRYING_ON,
    CLAIMS,
    FILLERS,
    FRAGMENT,
    FROM_SELF,
    GENERIC_YOU,
    HUMMED,
    LEANING,
    OF_HIMSELF,
    OURS,
    PITCH,
    REPORTED,
    SELF,
    TO_SOMEBODY,
    TOLD,
    UNCLEAR,
    VAGUE,
)
from digest.insights.quotation_limit import WORDS_PER_SOURCE
from digest.insights.show_notes_chapters import is_housekeeping_title
from digest.insights.sponsor_reads import Said, asides
from digest.insights.standalone import leans, names, names_nobody, refusal
from digest.insights.topic_shifts import parts
from digest.stories import subject_words
from digest.text.folding import folded
from digest.text.phrases import Phrases
from digest.text.quantities import quantities
from digest.text.sentences import Span, sentences
from digest.text.vectors import tokens
from digest.transcript.chapters import chapter_at
from digest.transcript.turns import Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from digest.model import Document, Insight

MAX_INSIGHTS = 4
MIN_WORDS, WELL_SAID, MAX_WORDS, MAX_SENTENCES = 18, 40, 65, 5
BEST_WORTH_QUOTING, WORTH_QUOTING = (
    0.85,
    1.25,
)  # scores below which an episode had better say nothing, or no more; found by reading
FEW_WORDS = 5  # a shorter sentence begins no passage
ON_SUBJECT = (
    0.08  # share of sentences with a word about AI from which a part of an episode is about it
)
OPENING = 12  # words in which a passage should come to its subject
SAME_PART = 0.6  # what a second passage of one part is worth less
ALIKE = 0.4  # share of the shorter passage's terms from which two passages make one point
_AI_SIDE = (subject_words.AI, subject_words.COMPUTE)
_MONEY_SIDE = (
    subject_words.MONEY,
    subject_words.TRADE,
    subject_words.LABOUR,
    subject_words.POLICY,
    subject_words.ENERGY,
    subject_words.OPENNESS,
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of an episode with what passages are judged by. `turn` and `part` are numbers."""

    span: Span
    turn: int  # of one speaker, as far as the source tells
    part: int
    fit: bool  # may stand in a passage
    opens: bool  # may begin one
    terms: Counter[str]
    ai: frozenset[str]  # its words about AI
    money: frozenset[str]  # and those about money, work, power or rules


@dataclass(frozen=True, slots=True)
class _Passage:
    span: Span
    part: int
    score: float
    terms: frozenset[str]


def read_talk(document: Document, *, theme_words: frozenset[str]) -> tuple[Insight, ...]:
    """Up to four passages of a transcript that make a point by themselves, from different parts of
    the episode, the best first.
    """
    passages = list(_passages(document.text, _sentences(document), theme_words))
    chosen: list[_Passage] = []
    while len(chosen) < MAX_INSIGHTS:
        worth = {
            passage: passage.score - SAME_PART * any(passage.part == other.part for other in chosen)
            for passage in passages
        }
        best = max(worth, key=lambda passage: (worth[passage], -passage.span.start), default=None)
        if best is None or worth[best] < (WORTH_QUOTING if chosen else BEST_WORTH_QUOTING):
            break
        chosen.append(best)
        room = WORDS_PER_SOURCE - best.span.words if len(chosen) == 1 else MAX_WORDS
        passages = [
            one
            for one in passages
            if one.span.words <= room and not any(_alike(one, other) for other in chosen)
        ]
    return tuple(extract(document, (evidence_of(document, passage.span),)) for passage in chosen)


def quotable(document: Document) -> Iterator[Span]:
    """Every run of sentences of one turn that could be quoted by itself, whatever it is about."""
    said = _sentences(document)
    for i, first in enumerate(said):
        for run in _runs(said, i) if first.opens else ():
            start, end = first.span.start, run[-1].span.end
            span = Span(start, end, document.text[start:end])
            if span.words >= MIN_WORDS:
                yield span


def _alike(one: _Passage, other: _Passage) -> bool:
    return len(one.terms & other.terms) > ALIKE * min(len(one.terms), len(other.terms))


# ---------------------------------------------------------------- sentences


def _sentences(document: Document) -> list[_Sentence]:
    spans = sentences(document.text)
    timeline = Timeline(document.marks)
    said = [Said(span.text, timeline.speaker(span.start)) for span in spans]
    seconds = [timeline.second(span.start) for span in spans]
    terms = [Counter(tokens(span.text)) for span in spans]
    number = parts(terms, seconds, document.chapters)
    rows = zip(
        spans, _turns(document.text, spans, said), asides(said), seconds, number, terms, strict=True
    )
    return [
        _sentence(span, turn, part, not aside and not _in_housekeeping(document, second), own)
        for span, turn, aside, second, part, own in rows
    ]


def _turns(text: str, spans: Sequence[Span], said: Sequence[Said]) -> Iterator[int]:
    """The number of each sentence's turn: a paragraph, or several by the same speaker where
    speakers are named.
    """
    breaks = list(accumulate(len(line) + 1 for line in text.split("\n")))
    turn, before = 0, (0, "")
    for span, one in zip(spans, said, strict=True):
        now = (bisect_right(breaks, span.start), one.speaker)
        turn += now[0] != before[0] and not (one.speaker and one.speaker == before[1])
        before = now
        yield turn


def _sentence(span: Span, turn: int, part: int, on_subject: bool, terms: Counter[str]) -> _Sentence:
    fit = on_subject and _is_fit(span.text)
    return _Sentence(
        span,
        turn,
        part,
        fit,
        fit and _opens(span.text),
        terms,
        _found(span.text, _AI_SIDE),
        _found(span.text, _MONEY_SIDE),
    )


def _found(text: str, lists: Sequence[Phrases]) -> frozenset[str]:
    return frozenset(word for phrases in lists for word in phrases.found(text))


def _in_housekeeping(document: Document, second: float | None) -> bool:
    chapter = chapter_at(document.chapters, second) if second is not None else None
    return chapter is not None and is_housekeeping_title(chapter.title)


def _is_fit(text: str) -> bool:
    """Whether a sentence may stand in a passage: whole, told and not asked, clear, and nothing that
    belongs to the page or the show.
    """
    if (
        len(text.split()) > MAX_WORDS
        or HUMMED.fullmatch(text)
        or text.rstrip("\"')”’").endswith("?")
    ):
        return False
    if UNCLEAR.search(text) or TO_SOMEBODY.search(folded(text)) or PITCH.search(folded(text)):
        return False
    return broken(text) in {"", "too short"} and not (markup(text) or furniture(text))


def _opens(text: str) -> bool:
    """Whether a passage may begin with the sentence: it needs nothing that was said before."""
    text = GENERIC_YOU.sub("People ", text)
    if (
        len(text.split()) < FEW_WORDS
        or ANNOUNCING.search(folded(text))
        or OF_HIMSELF.match(folded(text))
    ):
        return False
    return not (
        broken(text)
        or FRAGMENT.match(text)
        or refusal(text, speech=True)
        or leans(text)
        or names_nobody(text)
        or LEANING.match(folded(text))
        or BARE_THAT.search(folded(text))
    )


# ---------------------------------------------------------------- passages


def _passages(
    text: str, said: Sequence[_Sentence], theme_words: frozenset[str]
) -> Iterator[_Passage]:
    """Every run of sentences of one turn that could be quoted, with its worth: about AI, or said
    where the talk is about AI.
    """
    wholes, about = _wholes(said), _about_ai(said)
    themes = Phrases(tuple(sorted(theme_words)))
    for i, first in enumerate(said):
        for run in _runs(said, i) if first.opens else ():
            span = Span(
                first.span.start, run[-1].span.end, text[first.span.start : run[-1].span.end]
            )
            ai, money = (
                len(frozenset[str]().union(*words))
                for words in ([one.ai for one in run], [one.money for one in run])
            )
            if span.words >= MIN_WORDS and (ai or (money > 1 and about[first.part] >= ON_SUBJECT)):
                own = sum((one.terms for one in run), Counter[str]())
                worth = _subject(span.text, ai, money, themes.found(span.text)) + _substance(
                    span.text, own, wholes[first.part]
                )
                yield _Passage(
                    span,
                    first.part,
                    worth - _chatter(span.text) + min(about[first.part], 0.3),
                    frozenset(own),
                )


def _runs(said: Sequence[_Sentence], i: int) -> Iterator[Sequence[_Sentence]]:
    """The runs of fit sentences that begin here and keep to their matter."""
    words = 0
    for j in range(i, min(i + MAX_SENTENCES, len(said))):
        words += said[j].span.words
        if (
            not said[j].fit
            or said[j].turn != said[i].turn
            or words > MAX_WORDS
            or (j > i and not _goes_on(said[i:j], said[j]))
        ):
            return
        yield said[i : j + 1]


def _goes_on(before: Sequence[_Sentence], one: _Sentence) -> bool:
    """Whether a sentence is about what was said before it: it takes up a word of it, refers to it
    or is on the newsletter's subject.
    """
    text = one.span.text
    if ANNOUNCING.search(folded(text)):
        return False
    taken_up = any(one.terms.keys() & other.terms.keys() for other in before)
    return bool(
        one.ai
        or one.money
        or taken_up
        or refusal(text, speech=True)
        or leans(text)
        or LEANING.match(folded(text))
    )


def _wholes(said: Sequence[_Sentence]) -> Mapping[int, Counter[str]]:
    """The counted words of each part."""
    wholes: dict[int, Counter[str]] = {}
    for one in said:
        wholes.setdefault(one.part, Counter()).update(one.terms)
    return wholes


def _about_ai(said: Sequence[_Sentence]) -> Mapping[int, float]:
    """For each part the share of its sentences that have a word about AI."""
    counts = Counter(one.part for one in said)
    about = Counter(one.part for one in said if one.ai)
    return {part: about[part] / count for part, count in counts.items()}


def _subject(text: str, ai: int, money: int, themes: Sequence[str]) -> float:
    """Worth most when it is about both, about the newsletter's themes, and says so at once."""
    early = bool(_found(" ".join(text.split()[:OPENING]), (*_AI_SIDE, *_MONEY_SIDE)))
    return (
        0.3 * early
        + 0.8 * ai / (ai + 1)
        + 0.9 * money / (money + 1)
        + 0.4 * bool(ai and money)
        + 0.15 * min(len(set(themes)), 2)
    )


def _substance(text: str, terms: Counter[str], whole: Counter[str]) -> float:
    """Ways of making a point, figures, names, and words that its part of the episode keeps coming
    back to.
    """
    plain = folded(text)
    claims = sum(bool(way.search(plain)) for way in CLAIMS)
    central = sum(1 for term in terms if whole[term] >= 3) / max(len(terms), 1)
    return (
        0.3 * min(claims, 5)
        + 0.15 * min(len(quantities(text)), 2)
        + 0.05 * min(len(names(text)), 3)
        + 0.5 * central
    )


def _chatter(text: str) -> float:
    """What keeps spoken words from being read well, or as a claim: vagueness, fillers, tales of
    oneself, announcements.
    """
    plain, count = folded(text), len(text.split())
    vague = len(VAGUE.findall(plain)) / count
    first = plain.partition(". ")[0]
    opening = (
        0.2 * bool(FROM_SELF.match(plain))
        + 0.15 * len(VAGUE.findall(first))
        + 0.25 * bool(CARRYING_ON.search(first))
    )
    choppy = 3.0 * max(0.0, plain.count(",") / count - 0.1) + 0.15 * len(
        re.findall(r"[.!?] ", plain)
    )
    own = (
        0.3 * len(REPORTED.findall(plain))
        + 0.12 * len(SELF.findall(plain))
        + 0.15 * len(OURS.findall(plain))
        + 0.4 * len(TOLD.findall(plain))
    )
    length = 0.03 * max(0, WELL_SAID - count) + 0.015 * max(0, count - 50)
    return (
        opening
        + choppy
        + own
        + 0.45 * len(FILLERS.findall(plain))
        + 3.5 * max(0.0, vague - 0.05)
        + length
    )
