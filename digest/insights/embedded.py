"""The embedded summariser: the sentences of a document that carry its news, word for word, chosen
without a model.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.insights.dek import dek_span
from digest.insights.extracts import evidence_of, extract
from digest.insights.headline_claim import claim_of
from digest.insights.headlines import headline
from digest.insights.issue_title import issue_title
from digest.insights.news_value import is_comment, looks_back, matter_of, newsworth
from digest.insights.page_furniture import MAX_WORDS
from digest.insights.passages import passages
from digest.insights.sentence_scoring import Scored, phrases, scored, terms_of, thin
from digest.insights.show_notes_chapters import telling_chapters
from digest.insights.spoken_extracts import read_talk
from digest.text.sentences import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.insights.candidates import Candidate
    from digest.model import Document, Insight

__all__ = ["EMBEDDED", "headline", "issue_title", "pick", "read"]

EMBEDDED = "embedded"  # its name among the summarisers
MAX_INSIGHTS = 7  # of an article: what its story may be told with
CHAPTERS = 3  # titles of chapters that stand for show notes without a fit sentence
TELLS = 2.0  # what a sentence gains by the share of the headline's claim that it tells
_NEAR_REPEAT = 0.7  # share of the shorter text's terms that the other one holds
_REPEATING = 0.7
GOES_ON = 0.9  # what a sentence after the lead must be worth to be quoted with it
LEAD = 60  # words of a lead together with what goes on from it
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
    """Up to seven insights, every one able to stand alone, the best first; () when no sentence is
    fit.

    The publisher's own words about its article come before all. The others are of one sentence
    each, but of a transcript passages, because talk takes longer to make a point. A thin sentence
    is taken only when there is nothing better, and then alone. Show notes without a fit sentence
    yield one insight: the titles of their most telling chapters, each with its second.
    """
    if document.basis == "transcript":
        return read_talk(document, theme_words=theme_words)
    found = _weighed(document, theme_words)
    dek = dek_span(document)
    if dek:
        found = [one for one in found if one.candidate.span.start >= dek.end]
    alone = [one for one in found if not one.candidate.leans]
    telling = [one for one in alone if not thin(one.candidate.span.text)]
    telling += passages(document, found)
    chosen = _choose(
        telling, MAX_INSIGHTS, MAX_INSIGHTS * MAX_WORDS, (dek.text,) if dek else ()
    ) or _choose(alone, 1, MAX_WORDS)
    if chosen or dek:
        spans = [one.candidate.span for one in chosen]
        spans[:1] = [_with_next(document, one, found) for one in chosen[:1]]
        return tuple(
            extract(document, (evidence_of(document, span),))
            for span in ([dek, *spans] if dek else spans)
        )
    return _chapters(document, theme_words)


def _weighed(document: Document, theme_words: frozenset[str]) -> list[Scored]:
    """The document's candidates with what they are worth as its news."""
    matter, claim = matter_of(document), claim_of(document)
    return [
        replace(
            one,
            score=one.score
            + newsworth(one.candidate.span.text, matter)
            + TELLS * claim.share(one.candidate.span.text),
        )
        for one in scored(document, theme_words)
    ]


def _chapters(document: Document, theme_words: frozenset[str]) -> tuple[Insight, ...]:
    listed = telling_chapters(document, phrases(theme_words), CHAPTERS)
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
    if after is None or after.score < GOES_ON:
        return span
    if is_comment(after.candidate.span.text) or looks_back(
        after.candidate.span.text, document.when.year
    ):
        return span
    end = after.candidate.span.end
    between = document.text[span.end : after.candidate.span.start]
    both = Span(span.start, end, document.text[span.start : end])
    return span if between.strip() or both.words > LEAD else both


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
