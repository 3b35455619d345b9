"""The chapters that a podcast's show notes list: what an episode is about, where the notes hold no
prose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.insights.page_furniture import furniture, markup
from digest.insights.standalone import names
from digest.text.quantities import quantities
from digest.text.sentences import Span
from digest.transcript.chapters import listed

if TYPE_CHECKING:
    from digest.model import Document

_HOUSEKEEPING = re.compile(
    r"\b(?:intros?|introduc\w+|outro|welcome|sponsors?|ads?|credits|wrap(?:[-"
    r" ]?up)?|recap|conclusion|closing|final thoughts|"
    r"where to find|lightning round|joins? the|q&a)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ListedChapter:
    """A chapter's title as the notes have it, and the second of the episode at which it begins."""

    span: Span
    second: float


def chapters(text: str) -> tuple[ListedChapter, ...]:
    """The chapters listed in show notes ("(11:23) The price of memory"), without housekeeping, in
    order.
    """
    found = []
    for one in listed(text):
        title = text[one.start : one.end]
        span = Span(one.start, one.end, title)
        if 3 <= span.words <= 20 and not (
            is_housekeeping_title(title) or markup(title) or furniture(title)
        ):
            found.append(ListedChapter(span, one.second))
    return tuple(found)


def is_housekeeping_title(title: str) -> bool:
    """Whether a chapter is the way in or out, or a sponsor's."""
    return bool(_HOUSEKEEPING.search(title))


def telling_chapters(
    document: Document, theme: re.Pattern[str], wanted: int
) -> tuple[ListedChapter, ...]:
    """The chapters nearest to the newsletter's subjects, in the order of the episode; () for
    anything but show notes.
    """
    if document.basis != "show-notes":
        return ()
    listed = chapters(document.text)
    best = sorted(
        listed, key=lambda chapter: (-_weight(chapter.span.text, theme), chapter.span.start)
    )[:wanted]
    return tuple(chapter for chapter in listed if chapter in best)


def _weight(title: str, theme: re.Pattern[str]) -> float:
    asks = 0.5 if title.endswith("?") else 0.0
    return (
        2.0 * bool(theme.search(title)) + bool(quantities(title)) + 0.5 * bool(names(title)) - asks
    )
