"""A document's sentences as the checks read them: cut again where a page or a transcript runs
several into one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.text.sentences import sentences, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.text.sentences import Span

_GLUED = re.compile(  # "… its engineers.Frontier promises …", "… use agents.71% of …"
    r"[a-z]{4,}[.!?][\"'”’)]*(?:(?=[A-Z][a-z]{2,})(?!Com\b|Net\b|Org\b|Js\b)|(?=[$€£]\d|\d{1,3}(?:\.\d+)?\s?(?:%|per\s?cent)))"
)
_WORD = re.compile(r"\S+")
_LONG, _PIECE, _LEAST = (
    90,
    45,
    25,
)  # words from which on a sentence is talk without stops; how long its pieces are, and at least
_JOINTS = frozenset({"and", "but", "so", "because", "however", "then", "now", "well", "which"})
_TITLE = 20  # characters that a title must have to be looked for in the text


def pieces(text: str, title: str = "") -> tuple[Span, ...]:
    """The sentences of the text in order. A copy of the title, a stop without a space and talk
    without stops are cut as well.
    """
    return tuple(
        piece
        for span in sentences(text)
        for start, end in _between(
            span.start, span.end, sorted({*_glued(span), *_title(span, title), *_run_on(span)})
        )
        if (piece := trimmed(text, start, end)) is not None
    )


def _between(start: int, end: int, cuts: list[int]) -> Iterator[tuple[int, int]]:
    for cut in (*cuts, end):
        if cut > start:
            yield start, cut
            start = cut


def _glued(span: Span) -> Iterator[int]:
    return (span.start + found.end() for found in _GLUED.finditer(span.text))


def _title(span: Span, title: str) -> tuple[int, ...]:
    """The ends of a copy of the title that runs on into the text: a page's path before it, its
    summary after it.
    """
    at = span.text.find(title) if len(title) >= _TITLE else -1
    return (
        ()
        if at < 0
        else tuple(span.start + cut for cut in (at, at + len(title)) if 0 < cut < len(span.text))
    )


def _run_on(span: Span) -> Iterator[int]:
    """Places in talk without stops at which to cut: before a joining word, else after so many
    words.
    """
    found = list(_WORD.finditer(span.text))
    if len(found) < _LONG:
        return
    last = 0
    for i, word in enumerate(found):
        joint = i - last >= _LEAST and word[0].lower() in _JOINTS
        if (joint or i - last >= _PIECE) and len(found) - i >= _LEAST:
            yield span.start + word.start()
            last = i
