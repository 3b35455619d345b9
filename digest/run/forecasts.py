"""Forecasts kept while documents are read: who says what will happen by when."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from digest.store import forecasts as kept
from digest.store.forecasts import Said
from digest.stories.forecasts import forecasts
from digest.stories.ledger.owners import owners

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.model import Document, Mark
    from digest.run.session import Session
    from digest.stories.ledger.owners import Owners


def enter(session: Session, documents: Iterable[Document]) -> None:
    """Enter the forecasts of documents, in the caller's transaction."""
    known = owners(session.config.aliases)
    for document in documents:
        kept.save(session.db, document.entry_id, _of(session, document, known))


def _of(session: Session, document: Document, known: Owners) -> list[Said]:
    day = document.day or document.when.astimezone(session.config.newsletter.zone).date()
    marks = _Marks(document.marks, document.publisher)
    spoken = marks.speaker if document.basis == "transcript" else None
    return [
        Said(one, document.entry_id, document.url, document.publisher, day, marks.second(one.start))
        for one in forecasts(document.text, day, known, document.title, spoken)
    ]


class _Marks:
    """Who speaks in a transcript, and when; where nobody is named, it is the show that says it."""

    def __init__(self, marks: Iterable[Mark], show: str) -> None:
        self._show = show
        self._marks = sorted(marks, key=lambda one: one.start)
        self._starts = [one.start for one in self._marks]

    def speaker(self, at: int) -> str:
        """Who speaks at an offset."""
        before = self._marks[: bisect_right(self._starts, at)]
        return next((one.speaker for one in reversed(before[-200:]) if one.speaker), self._show)

    def second(self, at: int) -> float | None:
        """The second at which an offset is said; None where no time is known."""
        before = self._marks[: bisect_right(self._starts, at)]
        return next((one.second for one in reversed(before[-50:]) if one.second is not None), None)
