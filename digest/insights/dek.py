"""The publisher's own words about its article as an extract: where they stand in its text."""

from __future__ import annotations

from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING

from digest.insights.page_furniture import broken, furniture, markup
from digest.insights.sentence_scoring import thin
from digest.insights.standalone import addresses_the_reader, leans, refusal
from digest.text.sentences import Span, sentences

if TYPE_CHECKING:
    from digest.model import Document

MOST = 400  # characters, about 60 words


def dek_span(document: Document) -> Span | None:
    """The sentences of the dek that are fit to be shown, in a row; None without one.

    They begin where something is told and can be shown: a hook ("Someone has sent the bill.") is
    passed over. The last need not end in a full stop: many publishers leave it away.
    """
    at = document.text.find(document.dek) if document.dek else -1
    if at < 0:
        return None
    found = list(dropwhile(_begins_nothing, sentences(document.dek)))
    kept = list(takewhile(lambda span: _fit(span.text, first=span is found[0]), found))
    while kept and kept[-1].end - kept[0].start > MOST:
        kept.pop()
    if not kept:
        return None
    start, end = at + kept[0].start, at + kept[-1].end
    return Span(start, end, document.text[start:end])


def _begins_nothing(span: Span) -> bool:
    return thin(span.text) or not _fit(span.text, first=True)


def _fit(text: str, *, first: bool) -> bool:
    whole = text if text[-1] in '.!?"\u201d)' else f"{text}."
    return not (
        broken(whole)
        or markup(whole)
        or furniture(whole)
        or refusal(whole)
        or addresses_the_reader(whole)
        or (first and leans(whole, opens=True))
    )
