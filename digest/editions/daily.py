"""The daily edition: the day's top stories, pieces worth reading whole, and podcasts."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from digest.config.edition_terms import EditionTerms, SectionTerms
from digest.editions.edition import Choice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.config.schema import Daily
    from digest.model import Insight, Plan, Ranked

NOT_READ: Mapping[str, Sequence[Insight]] = MappingProxyType({})
TOP, ARTICLES, PODCASTS = "Top Stories", "Articles Worth Reading", "From the Podcasts"


def terms(settings: Daily) -> EditionTerms:
    """The edition as `settings` have it."""
    return EditionTerms(
        sections=(
            SectionTerms(name=TOP, pick="events", top=settings.top_stories),
            SectionTerms(
                name=ARTICLES, pick="pieces", top=settings.articles, form="headings", sentences=4
            ),
            SectionTerms(name=PODCASTS, pick="episodes", top=settings.podcasts),
        ),
        min_stories=settings.min_stories,
        per_feed=settings.per_feed,
        per_theme=settings.per_theme,
        numbers=settings.numbers,
    )


def plan(
    ranked: Sequence[Ranked], settings: Daily, insights: Mapping[str, Sequence[Insight]] = NOT_READ
) -> Plan:
    """A daily issue from stories that come best first; `insights` are those of their documents by
    entry id, as far as they are known. Raises QuietDay.
    """
    from digest.editions.section_rules import planned

    return planned(Choice(ranked, insights, ()), terms(settings), "a daily issue")
