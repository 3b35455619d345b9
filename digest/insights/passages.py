"""Sentences in a row that are told together: the later ones need the first, which stands alone. Pure."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.insights.headline_claim import claim_of, stems_of
from digest.insights.news_value import is_comment, looks_back, only_speaks
from digest.insights.standalone import names
from digest.text.sentences import Span
from digest.text.stems import stem
from digest.text.thesaurus import known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.insights.sentence_scoring import Scored
    from digest.model import Document

PASSAGE = 80  # words of sentences that are told together
MOST = 3  # sentences
ON_IT = 0.25  # share of the headline's claim that the last of them must tell: it is why they stand


def passages(document: Document, found: Sequence[Scored]) -> list[Scored]:
    """What tells the headline's news and cannot be shown without the sentences before it, together
    with those, from the nearest that stands alone.
    """
    claim = claim_of(document)
    by_order = {one.candidate.order: one for one in found}
    made = []
    for last in found:
        if not last.candidate.leans or claim.share(last.candidate.span.text) < ON_IT:
            continue
        row = _back_to_one_that_stands(last, by_order)
        if row and _fit_together(document, row):
            made.append(_joined(document, row))
    return made


def _back_to_one_that_stands(last: Scored, by_order: dict[int, Scored]) -> list[Scored]:
    """The sentences up to `last` from the nearest that leans on nothing; [] when it is too far."""
    row = [last]
    while row[0].candidate.leans and len(row) < MOST:
        before = by_order.get(row[0].candidate.order - 1)
        if before is None:
            return []
        row.insert(0, before)
    return [] if row[0].candidate.leans else row


def _fit_together(document: Document, row: Sequence[Scored]) -> bool:
    """Whether they stand in one row of the text, begin with somebody, are short enough, and none is
    a mere remark.
    """
    spans = [one.candidate.span for one in row]
    joined = not any(document.text[one.end : other.start].strip() for one, other in pairwise(spans))
    remark = any(
        is_comment(span.text) or only_speaks(span.text) or looks_back(span.text, document.when.year)
        for span in spans
    )
    return (
        joined
        and _names_somebody(spans[0].text, document)
        and not remark
        and sum(span.words for span in spans) <= PASSAGE
    )


def _names_somebody(text: str, document: Document) -> bool:
    """Whether a sentence names somebody; its first word has a capital whatever it is, and counts
    where the headline has it as a name or the language does not know it.
    """
    first, _, rest = text.partition(" ")
    unknown = first[:1].isupper() and not known(stem(first.lower().strip(",.'\u2019")))
    return bool(names(rest) or claim_of(document).names & stems_of(text)) or unknown


def _joined(document: Document, row: Sequence[Scored]) -> Scored:
    """One candidate of them all, worth what its last sentence is."""
    first, last = row[0].candidate, row[-1].candidate
    start, end = first.span.start, last.span.end
    whole = replace(first, span=Span(start, end, document.text[start:end]))
    terms = frozenset().union(*(one.terms for one in row))
    return replace(row[-1], candidate=whole, terms=terms)
