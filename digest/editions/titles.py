"""What an issue is called by its edition's pattern."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from digest.text.own_words import own_words
from digest.text.reader_dates import plain_day, span_of_days

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from digest.model import Ranked

SINGULAR = "|"  # what stands behind it is for an issue of one story


def titled(
    pattern: str, told: Sequence[Ranked], day: date, *, days: int, headline: str, language: str
) -> str:
    """The pattern filled in for an issue that covers `days` up to `day` and begins with
    `headline`.
    """
    many, bar, one = own_words(language).gettext(pattern).partition(SINGULAR)
    values = {
        "count": str(len(told)),
        "sources": own_words(language).gettext(_sources(told)),
        "date": plain_day(day, language),
        "week": week(day, days, language),
        "headline": headline,
    }
    title = one if bar and len(told) == 1 else many
    for name, value in values.items():
        title = title.replace(f"{{{name}}}", value)
    return title.strip()


def week(day: date, days: int, language: str) -> str:
    """The days up to `day` in words: "19 to 25 January 2026"."""
    first = day - timedelta(days=days - 1)
    if days < 2:
        return plain_day(day, language)
    return span_of_days(first, day, language)


def _sources(told: Sequence[Ranked]) -> str:
    kinds = {story.group.documents[0].kind for story in told}
    if len(kinds) == 2:
        return "new podcasts and articles"
    return "new podcasts" if kinds == {"podcast"} else "new articles"
