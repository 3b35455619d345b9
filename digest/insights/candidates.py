"""The sentences of a document that an editor could clip, with what each still needs from its
neighbour.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.insights.clipping import clipped
from digest.insights.headlines import headline
from digest.insights.page_furniture import PROSE_REASONS, furniture, unfit
from digest.insights.page_phrases import PROMOTION
from digest.insights.standalone import addresses_the_reader, commands, leans, refusal
from digest.text.folding import folded
from digest.text.sentences import Span, may_run_on, sentences, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.model import Document

_PROSE = (
    20  # words from which a sentence is the article's even where something of the page runs into it
)
_CAPTIONED = re.compile(
    r" ?[|(]? ?(?:image|photo|picture|illustration|graphic)s?(?: credits?)? ?[:©]", re.IGNORECASE
)  # what a credit follows
_HEAD = 1200  # code points in which a page's own heading is looked for


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence fit to be shown. `order` is its place in the article's prose; `leans` says what it
    needs the one before for.
    """

    span: Span
    order: int
    leans: str


def candidates(document: Document) -> tuple[Candidate, ...]:
    """The sentences of the document that are whole, news and not furniture, in order.

    Show notes end where their promotion begins: what a sponsor says of itself reads like news.
    """
    found = []
    order, begun = 0, False
    for whole, inside in _body(document):
        span = whole if document.basis == "transcript" else clipped(whole)
        if document.basis == "show-notes" and furniture(span.text) == PROMOTION:
            break
        reason = unfit(span.text)
        if (
            not reason
            and not inside
            and not refusal(span.text)
            and not _instructs(document, span.text)
            and not _CAPTIONED.match(document.text, span.end)
        ):
            found.append(Candidate(span, order, leans(span.text, opens=not begun)))
        order += not reason or reason in PROSE_REASONS
        begun = begun or order > 0 or span.words >= _PROSE
    return tuple(found)


def _instructs(document: Document, text: str) -> bool:
    """Whether an article's sentence speaks to its reader: news tells and does not advise."""
    return document.basis != "transcript" and (addresses_the_reader(text) or commands(text))


def fit_sentences(document: Document) -> tuple[Span, ...]:
    """The sentences that can be shown alone, in order."""
    return tuple(candidate.span for candidate in candidates(document) if not candidate.leans)


def _body(document: Document) -> Iterator[tuple[Span, bool]]:
    """The sentences after the page's own heading, each with whether it is inside something: a quote
    that began before it, or a sentence that a lost line break may have cut.
    """
    text = document.text
    after_heading = _heading_end(text, headline(document.title, document.publisher))
    quotes, read_to, begun = _Quotes(), 0, False
    for span in sentences(text):
        kept = span if span.start >= after_heading else trimmed(text, after_heading, span.end)
        if kept and span.end > after_heading:
            quotes.read(text[read_to : kept.start])
            read_to = kept.start
            goes_on = may_run_on(text, span)
            yield kept, quotes.open or begun or goes_on
            begun = goes_on


class _Quotes:
    """How many quotes are open at a place in the text; a new paragraph closes all of them."""

    def __init__(self) -> None:
        self.straight = self.double = self.single = 0

    def read(self, text: str) -> None:
        """Go on by this piece of text."""
        _, paragraph, rest = text.rpartition("\n")
        if paragraph:
            self.straight = self.double = self.single = 0
        self.straight += len(re.findall(r"(?<!\d)\"", rest))  # 5" is a length
        self.double += rest.count("\u201c") - rest.count("\u201d")
        self.single += len(re.findall("\u2018(?!\\d)", rest)) - len(
            re.findall("\u2019(?!\\w)", rest)
        )

    @property
    def open(self) -> bool:
        """Whether a quote is open here."""
        return self.straight % 2 == 1 or self.double > 0 or self.single > 0


def _heading_end(text: str, title: str) -> int:
    """Where the article begins when the page's heading runs into it ("Home News THE TITLE The first
    sentence …"); else 0.
    """
    if len(title.split()) < 4:
        return 0
    head = folded(text[:_HEAD]).lower()
    at = head.rfind(folded(title).lower())
    end = at + len(title)
    runs_on = at >= 0 and re.match(r"\s+[\"A-Z0-9$]", folded(text[end : end + 4]))
    return end if runs_on else 0
