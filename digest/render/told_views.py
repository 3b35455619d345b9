"""Where other editions told a story, as the templates see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from digest.render.publication import address
from digest.render.story_views import ToldView
from digest.text.own_words import named, own_words
from digest.text.reader_dates import day_of_year, plain_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from digest.config.schema import Newsletter


def told_views(rows: Iterable[Mapping[str, str]], newsletter: Newsletter) -> tuple[ToldView, ...]:
    """The views of what issue.json keeps as `told_in`, in its order."""
    return tuple(_view(row, newsletter) for row in rows)


def earlier_views(
    rows: Iterable[Mapping[str, str]], newsletter: Newsletter
) -> tuple[ToldView, ...]:
    """The views of what issue.json keeps as `related`: headlines with their days."""
    return tuple(replace(_view(row, newsletter), name=_headline(row, newsletter)) for row in rows)


def _headline(row: Mapping[str, str], newsletter: Newsletter) -> str:
    day = date.fromisoformat(row["date"])
    return f"{row['headline']} ({plain_day(day, newsletter.language)})"


def _view(row: Mapping[str, str], newsletter: Newsletter) -> ToldView:
    place = f"{row['issue']}/#story-{row['story']}"
    day = date.fromisoformat(row["date"])
    words = own_words(newsletter.language)
    name = words.gettext("the %(edition)s of %(day)s") % {
        "edition": _within(row["edition"], newsletter.language),
        "day": day_of_year(day, newsletter.language),
    }
    return ToldView(name, address(newsletter, f"issues/{place}"), f"../{place}")


def _within(edition: str, language: str) -> str:
    """An edition's name within a sentence."""
    own = named(edition.capitalize(), language)
    return edition if own == edition.capitalize() else own
