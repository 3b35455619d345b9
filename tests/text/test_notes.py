"""Numbered notes behind sentences."""

from __future__ import annotations

import pytest

from digest.text.markdown import number_links, to_html, to_plain
from digest.text.notes import has_notes, note, raised_notes

URLS = ("https://a.example/1", "https://b.example/2_(x)")
TEXT = f"It sold bonds. {note(1, URLS[0])} {note(2, URLS[1])} I doubt it."
NUMBERS = {URLS[0]: 4, URLS[1]: 7}


def test_a_note_is_no_part_of_what_is_said() -> None:
    """Plain text is without it; it is raised on a page and in brackets in a mail's text, with the
    number of its source.
    """
    assert to_plain(TEXT) == "It sold bonds. I doubt it."
    assert raised_notes(to_html(TEXT), NUMBERS) == (
        'It sold bonds.<sup class="note"><a href="https://a.example/1" rel="noopener">4</a></sup>'
        '<sup class="note"><a href="https://b.example/2_(x)" rel="noopener">7</a></sup> I doubt it.'
    )
    assert number_links(to_html(TEXT), NUMBERS) == "It sold bonds. [4] [7] I doubt it."


@pytest.mark.parametrize(
    "text", ["It rose [40](https://a.example/1) percent.", "See [2026](https://a.example/1)."]
)
def test_a_linked_number_within_a_sentence_is_one(text: str) -> None:
    """It is said, and checked like any other."""
    assert not has_notes(text)
    assert any(map(str.isdigit, to_plain(text)))
