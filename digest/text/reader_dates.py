"""Days and months as a reader writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_NBSP = "\u00a0"
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def month(when: date, language: str) -> str:
    """A month as a reader writes it: "February 2026" in English, else "2026-02"."""
    return (
        f"{MONTHS[when.month - 1]} {when.year}"
        if language.partition("-")[0] == "en"
        else f"{when:%Y-%m}"
    )


def plain_day(when: date, language: str) -> str:
    """A day within a sentence: "5 February 2026" in English, else as ISO 8601."""
    return day(when, language, weekday=True).partition(", ")[2] or when.isoformat()


def weekday(when: date, language: str) -> str:
    """A day of a week that is known: "Thursday" in English, else as ISO 8601."""
    english = language.partition("-")[0] == "en"
    return _WEEKDAYS[when.weekday()] if english else when.isoformat()


def day(when: date, language: str, *, weekday: bool = False) -> str:
    """A day as a reader writes it: in English words ("Thursday, 5 February 2026", "5 Feb 2026"),
    else as ISO 8601.
    """
    if language.partition("-")[0] != "en":
        return when.isoformat()
    name = MONTHS[when.month - 1]
    return (
        f"{_WEEKDAYS[when.weekday()]}, {when.day} {name} {when.year}"
        if weekday
        else f"{when.day}{_NBSP}{name[:3]} {when.year}"
    )
