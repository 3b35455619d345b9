"""What an episode says that is worth quoting: passages of its transcript that stand on their own, chosen without a model."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from digest.insights.asides import Said, asides
from digest.insights.chapters import is_housekeeping_title
from digest.insights.extracts import evidence_of, extract
from digest.insights.furniture import addressed_to_a_machine, broken, furniture, markup
from digest.insights.lexicon import folded
from digest.insights.sentences import Span, sentences
from digest.insights.standalone import leans, names, refusal
from digest.insights.topics import parts
from digest.insights.utterances import CLAIMS, FILLERS, FRAGMENT, FROM_SELF, LEANING, SELF, TO_SOMEBODY, UNCLEAR, VAGUE
from digest.quantities import quantities
from digest.stories import lexicon
from digest.stories.phrases import Phrases
from digest.stories.vectors import tokens
from digest.transcript.chapters import chapter_at
from digest.transcript.spoken import Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from digest.model import Document, Insight

MAX_INSIGHTS = 3
MIN_WORDS, MAX_WORDS, MAX_SENTENCES = 9, 60, 4
WORTH_QUOTING = 2.0  # score below which an episode had better say nothing; found by reading
FEW_WORDS = 4  # a shorter sentence is an interjection
ON_SUBJECT = 0.08  # share of sentences with a word about AI from which a part of an episode is about it
OPENING = 8  # words in which a passage should come to its subject
ALIKE = 0.5  # share of the shorter passage's terms from which two passages make one point


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of an episode with what passages are judged by. `paragraph` and `part` are numbers."""

    span: Span
    paragraph: int
    part: int
    fit: bool  # may stand in a passage
    opens: bool  # may begin one
    terms: Counter[str]


@dataclass(frozen=True, slots=True)
class _Passage:
    span: Span
    part: int
    score: float
    terms: frozenset[str]


def read_talk(document: Document, *, theme_words: frozenset[str]) -> tuple[Insight, ...]:
    """Up to three passages of a transcript that make a point by themselves, from different parts of the episode, the best first."""
    said = _sentences(document)
    passages = sorted(_passages(document.text, said, theme_words), key=lambda passage: (-passage.score, passage.span.start))
    chosen: list[_Passage] = []
    for passage in passages:
        if len(chosen) == MAX_INSIGHTS or passage.score < WORTH_QUOTING:
            break
        if not any(passage.part == other.part or _alike(passage, other) for other in chosen):
            chosen.append(passage)
    return tuple(extract(document, (evidence_of(document, passage.span),)) for passage in chosen)


def _alike(one: _Passage, other: _Passage) -> bool:
    return len(one.terms & other.terms) > ALIKE * min(len(one.terms), len(other.terms))


# ---------------------------------------------------------------- sentences


def _sentences(document: Document) -> list[_Sentence]:
    spans = sentences(document.text)
    timeline = Timeline(document.marks)
    said = [Said(span.text, timeline.speaker(span.start)) for span in spans]
    seconds = [timeline.second(span.start) for span in spans]
    terms = [Counter(tokens(span.text)) for span in spans]
    breaks = list(accumulate(len(line) + 1 for line in document.text.split("\n")))
    number = parts(terms, seconds, document.chapters)
    rows = zip(spans, asides(said), seconds, number, terms, strict=True)
    return [
        _sentence(span, bisect_right(breaks, span.start), part, not aside and not _in_housekeeping(document, second), own)
        for span, aside, second, part, own in rows
    ]


def _sentence(span: Span, paragraph: int, part: int, on_subject: bool, terms: Counter[str]) -> _Sentence:
    fit = on_subject and _is_fit(span.text)
    return _Sentence(span, paragraph, part, fit, fit and _opens(span.text), terms)


def _in_housekeeping(document: Document, second: float | None) -> bool:
    chapter = chapter_at(document.chapters, second) if second is not None else None
    return chapter is not None and is_housekeeping_title(chapter.title)


def _is_fit(text: str) -> bool:
    """Whether a sentence may stand in a passage: whole, told and not asked, clear, and nothing that belongs to the page or the show."""
    if not FEW_WORDS <= len(text.split()) <= MAX_WORDS or text.rstrip("\"')”’").endswith("?"):
        return False
    if UNCLEAR.search(text) or TO_SOMEBODY.search(folded(text)):
        return False
    return broken(text) in {"", "too short"} and not (markup(text) or furniture(text) or addressed_to_a_machine(text))


def _opens(text: str) -> bool:
    """Whether a passage may begin with the sentence: it needs nothing that was said before."""
    return not (broken(text) or FRAGMENT.match(text) or refusal(text, speech=True) or leans(text) or LEANING.match(folded(text)))


# ---------------------------------------------------------------- passages


def _passages(text: str, said: Sequence[_Sentence], theme_words: frozenset[str]) -> Iterator[_Passage]:
    """Every run of sentences of one paragraph that could be quoted, with its worth: about AI, or said where the talk is about AI."""
    wholes, about = _wholes(said), _about_ai(said)
    themes = Phrases(tuple(sorted(theme_words)))
    for i, first in enumerate(said):
        if not first.opens:
            continue
        for last in said[i : i + MAX_SENTENCES]:
            span = Span(first.span.start, last.span.end, text[first.span.start : last.span.end])
            if not last.fit or last.paragraph != first.paragraph or span.words > MAX_WORDS:
                break
            if span.words >= MIN_WORDS:
                own = Counter(tokens(span.text))
                ai, money = _sides(span.text)
                if ai or about[first.part] >= ON_SUBJECT:
                    worth = (
                        _subject(span.text, ai, money, themes.found(span.text)) + _substance(span, own, wholes[first.part]) - _chatter(span)
                    )
                    yield _Passage(span, first.part, worth + min(about[first.part], 0.3), frozenset(own))


def _wholes(said: Sequence[_Sentence]) -> Mapping[int, Counter[str]]:
    """The counted words of each part."""
    wholes: dict[int, Counter[str]] = {}
    for one in said:
        wholes.setdefault(one.part, Counter()).update(one.terms)
    return wholes


_AI_SIDE = (lexicon.AI, lexicon.COMPUTE)
_MONEY_SIDE = (lexicon.MONEY, lexicon.TRADE, lexicon.LABOUR, lexicon.POLICY, lexicon.ENERGY, lexicon.OPENNESS)


def _about_ai(said: Sequence[_Sentence]) -> Mapping[int, float]:
    """For each part the share of its sentences that have a word about AI."""
    counts = Counter(one.part for one in said)
    about = Counter(one.part for one in said if any(phrases.found(one.span.text) for phrases in _AI_SIDE))
    return {part: about[part] / count for part, count in counts.items()}


def _sides(text: str) -> tuple[int, int]:
    """How many words it has about AI, and how many about money, work, power or rules, each counted once."""
    ai = len({word for phrases in _AI_SIDE for word in phrases.found(text)})
    return ai, len({word for phrases in _MONEY_SIDE for word in phrases.found(text)})


def _subject(text: str, ai: int, money: int, themes: Sequence[str]) -> float:
    """Worth most when it is about both, about the newsletter's themes, and says so at once."""
    early = any(_sides(" ".join(text.split()[:OPENING])))
    return 0.4 * early + 0.9 * ai / (ai + 1) + 1.1 * money / (money + 1) + 0.5 * bool(ai and money) + 0.15 * min(len(set(themes)), 2)


def _substance(span: Span, terms: Counter[str], whole: Counter[str]) -> float:
    """Claims, figures, names, and words that its part of the episode keeps coming back to."""
    claims = len({claim.lower() for claim in CLAIMS.findall(folded(span.text))})
    central = sum(1 for term in terms if whole[term] >= 3) / max(len(terms), 1)
    return 0.25 * min(claims, 3) + 0.2 * min(len(quantities(span.text)), 2) + 0.05 * min(len(names(span.text)), 3) + 0.5 * central


def _chatter(span: Span) -> float:
    """What keeps spoken words from being read well."""
    plain = folded(span.text)
    vague = len(VAGUE.findall(plain)) / span.words
    length = 0.02 * max(0, 24 - span.words) + 0.02 * max(0, span.words - 55)
    first = plain.partition(". ")[0]
    opening = 0.25 * bool(FROM_SELF.match(plain)) + 0.12 * len(VAGUE.findall(first))
    choppy = 3.0 * max(0.0, plain.count(",") / span.words - 0.1) + 0.2 * len(re.findall(r"[.!?] ", plain))
    return opening + choppy + 0.45 * len(FILLERS.findall(plain)) + 0.12 * len(SELF.findall(plain)) + 3.0 * max(0.0, vague - 0.05) + length
