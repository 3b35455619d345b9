"""Values as SQLite keeps them: times as ISO 8601 in UTC, which sort as they are; the rest as
JSON.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from digest.model import Chapter, Link, Mark


def stamp(moment: datetime) -> str:
    """A time as text, to the microsecond, always in the same width, so that text order is time
    order.
    """
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def maybe_stamp(moment: datetime | None) -> str | None:
    """`stamp`, or None for None."""
    return stamp(moment) if moment else None


def moment(text: str) -> datetime:
    """The time that `stamp` wrote."""
    return datetime.fromisoformat(text)


def maybe_moment(text: str | None) -> datetime | None:
    """`moment`, or None for None."""
    return moment(text) if text else None


def links_json(links: tuple[Link, ...]) -> str:
    """Links as JSON."""
    return json.dumps([[link.url, link.type, link.language] for link in links])


def links(text: str | None) -> tuple[Link, ...]:
    """The links that `links_json` wrote."""
    return tuple(Link(*row) for row in json.loads(text or "[]"))


def marks_json(marks: tuple[Mark, ...]) -> str:
    """A transcript's marks as JSON: thousands, so names are listed once."""
    names = list(dict.fromkeys(mark.speaker for mark in marks))
    number = {name: i for i, name in enumerate(names)}
    return (
        json.dumps(
            {
                "speakers": names,
                "marks": [[mark.start, mark.second, number[mark.speaker]] for mark in marks],
            }
        )
        if marks
        else ""
    )


def marks(text: str) -> tuple[Mark, ...]:
    """The marks that `marks_json` wrote."""
    kept = json.loads(text) if text else {"speakers": [], "marks": []}
    return tuple(
        Mark(start, second, kept["speakers"][name]) for start, second, name in kept["marks"]
    )


def chapters_json(chapters: tuple[Chapter, ...]) -> str:
    """Chapters as JSON."""
    return json.dumps([[chapter.second, chapter.title] for chapter in chapters]) if chapters else ""


def chapters(text: str) -> tuple[Chapter, ...]:
    """The chapters that `chapters_json` wrote."""
    return tuple(Chapter(*row) for row in json.loads(text or "[]"))
