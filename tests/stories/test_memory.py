"""What was told is not told again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from digest.model import Document
from digest.stories.eligibility import sift
from digest.stories.told_before import Earlier, Memory, remember

WHEN = datetime(2026, 2, 6, 9, tzinfo=UTC)
TITLE = "Halden sells bonds backed by its chips"
DOCUMENT = Document(
    entry_id="e",
    url="https://wire.example/1",
    feed_url="https://wire.example/feed",
    kind="news",
    title=TITLE,
    publisher="Wire",
    published=WHEN,
    when=WHEN,
    basis="article",
    text="Halden sold bonds.",
    language="en",
)


def issue(
    day: int, url: str = "https://wire.example/1", title: str = TITLE, *, approved: bool = False
) -> Earlier:
    """An earlier issue with one source."""
    return Earlier(date(2026, 2, day), approved, [("", url, title)])


def test_the_same_address_was_told_on_the_latest_date() -> None:
    """The reason names the issue that a reader remembers."""
    assert remember([issue(5), issue(3)]).told(DOCUMENT) == date(2026, 2, 5)


@pytest.mark.parametrize(
    ("title", "days", "told"),
    [
        (TITLE, 1, True),
        (TITLE.upper() + "!", 4, True),
        (TITLE, 5, False),
        ("Halden buys bonds backed by its chips", 1, False),
    ],
)
def test_the_same_title_under_another_address_is_the_same_piece_for_some_days(
    title: str, days: int, *, told: bool
) -> None:
    """A publisher that posts a piece again does not get it told again; a column of that name a week
    later is new.
    """
    memory = remember([issue(6, "https://wire.example/again", title)])
    later = replace(DOCUMENT, when=WHEN + timedelta(days=days))
    assert (memory.told(later) is not None) is told


def test_a_short_title_is_anybodys() -> None:
    """ "Morning briefing" says nothing about being the same piece."""
    memory = remember([issue(5, "https://other.example/", "Morning briefing")])
    assert memory.told(replace(DOCUMENT, title="Morning briefing")) is None


def test_where_anything_was_approved_drafts_do_not_count() -> None:
    """What no reader was sent was not told."""
    assert (
        remember(
            [
                issue(5),
                issue(3, "https://x.example/", "Something else was told here once", approved=True),
            ]
        ).told(DOCUMENT)
        is None
    )


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, ""),
        ({"url": ""}, f"no link: {TITLE}"),
        ({"language": "fr"}, "other language (fr)"),
        ({"language": "en-GB"}, ""),
        ({"language": ""}, ""),
        ({"text": " \n"}, "nothing to read"),
        ({"text": "", "note": "HTTP 402"}, "nothing to read: HTTP 402"),
    ],
)
def test_what_cannot_be_told_is_left_out_with_its_reason(changes: dict[str, str], why: str) -> None:
    """A document is kept, or left out and why."""
    document = replace(DOCUMENT, **changes)  # type: ignore[arg-type]  # the table has strings only
    kept, left = sift([document], "en-US", Memory())
    assert [one.why for one in left] == ([why] if why else [])
    assert kept == (() if why else (document,))
