"""Where other editions told a story, as the templates see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from digest.render.publication import address
from digest.render.story_views import ToldView
from digest.text.reader_dates import plain_day

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
    short = plain_day(day, newsletter.language).removesuffix(f" {day.year}")
    return ToldView(
        f"the {row['edition']} of {short}", address(newsletter, f"issues/{place}"), f"../{place}"
    )
