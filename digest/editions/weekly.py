"""The weekly edition: the week's stories by theme, each followed through its days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.config.edition_terms import EditionTerms, SectionTerms

if TYPE_CHECKING:
    from digest.config.schema import Weekly

SENTENCES, WORDS = 6, 160  # of a story at most


def terms(settings: Weekly) -> EditionTerms:
    """The edition as `settings` have it."""
    return EditionTerms(
        window=7,
        stored=True,
        sections=(
            SectionTerms(
                by_theme=True,
                top=settings.stories,
                form="bold",
                sentences=SENTENCES,
                words=WORDS,
                dated=True,
            ),
        ),
        min_stories=settings.min_stories,
        per_feed=settings.per_feed,
        per_theme=settings.per_theme,
        highlights=False,
        site=True,
    )
