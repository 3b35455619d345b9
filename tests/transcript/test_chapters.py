"""Chapters, wherever an episode has them, and places in it as readers see them."""

from __future__ import annotations

import json

import pytest

from digest.model import Chapter
from digest.transcript.chapters import as_notes, chapter_at, chapters_in, read_chapters
from digest.transcript.timestamps import clock, moment_url

THREE = (Chapter(0.0, "Intro"), Chapter(61.5, "Prices"), Chapter(3723.0, "Power"))
PODLOVE = """<psc:chapters version="1.2" xmlns:psc="http://podlove.org/simple-chapters">
<psc:chapter start="0" title="Intro"/><psc:chapter title='Prices' start='00:01:01.500'/><psc:chapter start="01:02:03" title="Power"/>
</psc:chapters>"""
ROWS = [
    {"startTime": 3723, "title": "Power"},
    {"startTime": 0, "title": "Intro"},
    {"startTime": 61.5, "title": " Prices "},
]


@pytest.mark.parametrize(
    "body",
    [
        json.dumps(
            {
                "version": "1.2.0",
                "chapters": [
                    *ROWS,
                    {"startTime": 9, "title": "A picture", "toc": False},
                    {"title": "?"},
                ],
            }
        ),
        PODLOVE,
    ],
    ids=["podcasting-2.0", "podlove"],
)
def test_chapter_files(body: str) -> None:
    """In the order of time, without those that are hidden or have no time."""
    assert read_chapters(body.encode()) == THREE


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"chapters": 5}', b"<html></html>", b"{" * 9000, b"\xff\xfe"]
)
def test_what_is_no_chapter_file_has_none(body: bytes) -> None:
    """And is no trouble either."""
    assert read_chapters(body) == ()


@pytest.mark.parametrize(
    "notes",
    [
        "In this episode:\n0:00 Intro\n1:01 - Prices\n1:02:03 Power\nFollow us.",
        "(0:00) Intro (1:01) Prices, (1:02:03) Power",
        "• [00:00] Intro\n• [01:01] Prices\n• [1:02:03] | Power",
    ],
    ids=["lines", "one-line", "bullets"],
)
def test_chapters_in_show_notes(notes: str) -> None:
    """Three stamps in the order of time make a list."""
    assert [(chapter.second, chapter.title) for chapter in chapters_in(notes)] == [
        (0.0, "Intro"),
        (61.0, "Prices"),
        (3723.0, "Power"),
    ]


@pytest.mark.parametrize(
    "notes",
    ["", "We met at 10:30 and at 11:30.", "(2:00) B (1:00) A (0:00) C", "A 3:1 ratio, then 16:9."],
)
def test_notes_that_list_no_chapters(notes: str) -> None:
    """Clock times, ratios and lists out of order are none."""
    assert chapters_in(notes) == ()


def test_a_chapter_lasts_until_the_next() -> None:
    """From its first second on; before the first there is none."""
    assert [chapter_at(THREE[1:], second) for second in (0.0, 61.5, 3722.9, 9999.0)] == [
        None,
        THREE[1],
        THREE[1],
        THREE[2],
    ]


def test_chapters_as_show_notes_are_read_back() -> None:
    """To the second."""
    assert [chapter.title for chapter in chapters_in(as_notes(THREE))] == [
        "Intro",
        "Prices",
        "Power",
    ]


@pytest.mark.parametrize(
    ("second", "text"), [(0.0, "0:00"), (65.9, "1:05"), (3599.0, "59:59"), (3723.0, "1:02:03")]
)
def test_a_place_as_players_show_it(second: float, text: str) -> None:
    """Hours only where there are any."""
    assert clock(second) == text


@pytest.mark.parametrize(
    ("entry_url", "audio_url", "url"),
    [
        (
            "https://show.example/1",
            "https://cdn.example/1.mp3?a=b#x",
            "https://cdn.example/1.mp3?a=b#t=65",
        ),
        (
            "https://www.youtube.com/watch?v=ab&t=3s",
            None,
            "https://www.youtube.com/watch?v=ab&t=65s",
        ),
        ("https://youtu.be/ab", "https://cdn.example/1.mp3", "https://youtu.be/ab?t=65s"),
        ("https://show.example/1", None, ""),
        ("https://show.example/1", "https://cdn.example/1.mp3?token=q7Rk20vWz81mN4", ""),
    ],
)
def test_a_link_to_a_place(entry_url: str, audio_url: str | None, url: str) -> None:
    """The recording's media fragment, or YouTube's own; none where the feed names no recording, or one
    that opens with its subscriber's key.
    """
    assert moment_url(entry_url, audio_url, 65.9) == url
