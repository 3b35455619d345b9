"""The source's own sentence that a failing claim comes closest to, to be told in its place."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from digest.grounding.aligned import SYNONYM
from digest.insights.candidates import fit_sentences
from digest.text.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.grounding.indexed import Indexed
    from digest.model import Document, Evidence
    from digest.text.sentences import Span

_CLOSE = 0.25  # the weighted share of the claim's content that the sentence must have
_LEAST = 2  # and how many of its words


def nearest(text: str, documents: Sequence[Indexed]) -> Evidence | None:
    """The sentence that has most of the claim's content and can be shown alone; None when nothing
    comes near.
    """
    stems = dict.fromkeys(word.stem for word in words(text) if word.content)
    best: tuple[float, Indexed, Span] | None = None
    for source in documents:
        weights = {stem: source.rarity(stem) for stem in stems}
        for span, there in _standing(source.document):
            found = [weight * _worth(stem, source, there) for stem, weight in weights.items()]
            share = sum(found) / (sum(weights.values()) or 1)
            enough = share >= _CLOSE and sum(one > 0 for one in found) >= _LEAST
            if enough and (best is None or share > best[0]):
                best = share, source, span
    return best[1].evidence(best[2].start, best[2].end) if best else None


def _worth(stem: str, source: Indexed, there: frozenset[str]) -> float:
    """1 for the word itself, less for one that means the same, 0 when the sentence has neither."""
    if stem in there:
        return 1.0
    return 0.0 if there.isdisjoint(source.kin(stem)) else SYNONYM


@lru_cache(maxsize=32)
def _standing(document: Document) -> tuple[tuple[Span, frozenset[str]], ...]:
    """The sentences that can be shown alone, each with its stems."""
    return tuple(
        (span, frozenset(word.stem for word in words(span.text)))
        for span in fit_sentences(document)
    )
