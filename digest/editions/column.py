"""The column: a signed essay on the period's one argument, from the stories that bear on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.config.edition_terms import EditionTerms, SectionTerms

if TYPE_CHECKING:
    from digest.config.schema import Column


def terms(settings: Column) -> EditionTerms:
    """The edition as `settings` have it."""
    return EditionTerms(
        window=settings.window,
        stored=True,
        essay=True,
        sections=(
            SectionTerms(name="The argument", top=settings.stories, form="headings", sentences=2),
        ),
        min_stories=settings.min_stories,
        per_feed=settings.stories,
        per_theme=settings.stories,
        highlights=False,
        site=True,
    )
