"""The line below a story that was told before: where it was told, and what is new since. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.text.calendar import MONTHS
from digest.text.markdown import escape

if TYPE_CHECKING:
    from datetime import date

    from digest.model import News, Update

MOST = 4  # new things that the line names


def update_line(update: Update) -> str:
    """The line as inline Markdown. Its link leads from the issue's folder to the page of the issue
    that told the story; a matter that is new is what the headline above says.
    """
    link = f"[{escape(update.headline)}]({earlier_page(update.issue, update.story)})"
    told = f"follows {link}, told on {_day(update.date)}"
    new = [_named(one) for one in update.news if one.kind != "matter"][:MOST]
    return f"{told}; new: {', '.join(new)}." if new else f"{told}."


def _named(one: News) -> str:
    return f"now {one.text}" if one.kind == "stage" else escape(one.text)


def earlier_page(issue: str, story: str) -> str:
    """The place of a story in another issue, as seen from an issue's folder."""
    return f"../{issue}/index.html#story-{story}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1].capitalize()}"
