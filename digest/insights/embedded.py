"""The embedded summariser: the sentences of a document that carry its news, word for word, chosen
without a model.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.insights.extracts import evidence_of, extract
from digest.insights.news_value import is_comment, matter_of, newsworth
from digest.insights.page_furniture import MAX_WORDS
from digest.insights.sentence_scoring import Scored, phrases, scored, terms_of, thin
from digest.insights.show_notes_chapters import telling_chapters
from digest.insights.spoken_extracts import read_talk
from digest.insights.titles import headline, issue_title
from digest.text.sentences import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.insights.candidates import Candidate
    from digest.model import Document, Insight

__all__ = ["EMBEDDED", "headline", "issue_title", "pick", "read"]

EMBEDDED = "embedded"  # its name among the summarisers
MAX_INSIGHTS = 3
_NEAR_REPEAT = 0.7  # share of the shorter text's terms that the other one holds
_REPEATING = 0.7
GOES_ON = 0.9  # what a sentence after the lead must be worth to be quoted with it
PASSAGE = 60  # words of a lead together with what goes on from it
_FLOW = 0.2  # what a sentence gains by continuing one already chosen


def pick(
    document: Document,
    *,
    theme_words: frozenset[str],
    wanted: int,
    max_words: int,
    avoid: Sequence[str] = (),
) -> tuple[Span, ...]:
    """Up to `wanted` sentences that together have at most `max_words` words, in the order of the
    document.

    `avoid` holds texts already told: what nearly repeats one is not taken. A sentence that needs
    the one before it ("The company said …") is taken only right after that one.
    """
    chosen = _choose(scored(document, theme_words), wanted, max_words, avoid)
    return tuple(one.candidate.span for one in sorted(chosen, key=lambda one: one.candidate.order))


def read(document: Document, *, theme_words: frozenset[str]) -> tuple[Insight, ...]:
    """Up to three insights, every one able to stand alone, the best first; () when no sentence is
    fit.

    They are of one sentence each, but of a transcript passages, because talk takes longer to make a
    point. A thin sentence is taken only when there is nothing better, and then alone. Show notes
    without a fit sentence yield one insight: the titles of their most telling chapters, each with
    its second.
    """
    if document.basis == "transcript":
        return read_talk(document, theme_words=theme_words)
    matter = matter_of(document)
    found = [
        replace(one, score=one.score + newsworth(one.candidate.span.text, matter))
        for one in scored(document, theme_words)
    ]
    alone = [one for one in found if not one.candidate.leans]
    telling = [one for one in alone if not thin(one.candidate.span.text)]
    chosen = _choose(telling, MAX_INSIGHTS, MAX_INSIGHTS * MAX_WORDS) or _choose(
        alone, 1, MAX_WORDS
    )
    if chosen:
        spans = (
            _with_next(document, chosen[0], found),
            *(one.candidate.span for one in chosen[1:]),
        )
        return tuple(extract(document, (evidence_of(document, span),)) for span in spans)
    listed = telling_chapters(document, phrases(theme_words), MAX_INSIGHTS)
    return (
        (
            extract(
                document,
                tuple(evidence_of(document, chapter.span, chapter.second) for chapter in listed),
            ),
        )
        if listed
        else ()
    )


def _with_next(document: Document, lead: Scored, found: Sequence[Scored]) -> Span:
    """The lead with the sentence after it, where that one goes on from it and could not be shown
    without it.
    """
    span = lead.candidate.span
    after = next(
        (one for one in found if _follows(one.candidate, [lead]) and one.candidate.leans), None
    )
    if after is None or after.score < GOES_ON or is_comment(after.candidate.span.text):
        return span
    end = after.candidate.span.end
    between = document.text[span.end : after.candidate.span.start]
    both = Span(span.start, end, document.text[span.start : end])
    return span if between.strip() or both.words > PASSAGE else both


def _choose(
    open_to: list[Scored], wanted: int, max_words: int, avoid: Sequence[str] = ()
) -> list[Scored]:
    """Greedily: the best sentence, then the best that adds to it. Ties go to the earlier
    sentence.
    """
    told = [frozenset(terms_of(text)) for text in avoid]
    worth = {
        one: one.score - _repetition(one, told)
        for one in open_to
        if all(_repeated(one, terms) < _NEAR_REPEAT for terms in told)
    }
    chosen: list[Scored] = []
    left = max_words
    while len(chosen) < wanted:
        fitting = [
            one
            for one in worth
            if one.candidate.span.words <= left and _supported(one.candidate, chosen)
        ]
        best = max(
            fitting,
            key=lambda one: (
                worth[one] + _FLOW * _follows(one.candidate, chosen),
                -one.candidate.order,
            ),
            default=None,
        )
        if best is None:
            break
        chosen.append(best)
        left -= best.candidate.span.words
        told.append(best.terms)
        worth = {
            one: one.score - _repetition(one, told)
            for one in worth
            if one is not best and _repeated(one, best.terms) < _NEAR_REPEAT
        }
    return chosen


def _supported(candidate: Candidate, chosen: list[Scored]) -> bool:
    return not candidate.leans or _follows(candidate, chosen)


def _follows(candidate: Candidate, chosen: list[Scored]) -> bool:
    return any(candidate.order == other.candidate.order + 1 for other in chosen)


def _repetition(one: Scored, told: list[frozenset[str]]) -> float:
    return _REPEATING * max((_repeated(one, terms) for terms in told), default=0.0)


def _repeated(one: Scored, terms: frozenset[str]) -> float:
    """The share of the shorter text's terms that the two have in common."""
    return len(one.terms & terms) / max(min(len(one.terms), len(terms)), 1)
