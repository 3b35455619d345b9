"""Which passage of an episode speaks of what an article's headline claims, if any does. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from digest.insights.extracts import evidence_of, extract
from digest.insights.headline_claim import claim_of, stems_of
from digest.insights.spoken_extracts import quotable

if TYPE_CHECKING:
    from digest.insights.headline_claim import HeadlineClaim
    from digest.model import Document, Insight
    from digest.text.sentences import Span

SPEAKS_OF = 0.5  # share of the headline's claim that a passage must have
MATTERS = 2  # of the headline's other words: a name alone is spoken of everywhere
MOST_WORDS = 50  # of a passage


def mention(article: Document, episode: Document) -> Insight | None:
    """The passage that has most of the headline's claim, as an extract with speaker and second;
    None where none speaks of it.
    """
    claim = claim_of(article)
    if not claim.names or len(claim.matters) < MATTERS:
        return None
    found = [
        (claim.share(span.text), -span.words, -span.start, span)
        for span, stems in _passages(episode)
        if _speaks_of(claim, stems)
    ]
    share, _, _, span = max(found, default=(0.0, 0, 0, None), key=lambda row: row[:3])
    if span is None or share < SPEAKS_OF:
        return None
    return extract(episode, (evidence_of(episode, span),))


def _speaks_of(claim: HeadlineClaim, stems: frozenset[str]) -> bool:
    """Whether a passage names half of those whom the headline names, and has enough of the rest."""
    named = 2 * len(claim.names & stems) >= len(claim.names)
    return named and len(claim.matters & stems) >= MATTERS


@lru_cache(maxsize=64)
def _passages(episode: Document) -> tuple[tuple[Span, frozenset[str]], ...]:
    spans = (span for span in quotable(episode) if span.words <= MOST_WORDS)
    return tuple((span, stems_of(span.text)) for span in spans)
