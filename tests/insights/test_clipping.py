"""What scissors take away before a sentence, and what they leave."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.insights.candidates import candidates
from digest.insights.clipping import clipped
from digest.model import Document
from digest.text.sentences import sentences

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def cut(text: str) -> str:
    """The text from where it names who acts."""
    return clipped(sentences(text)[0]).text


@pytest.mark.parametrize(
    "before",
    [
        "However, ",
        "But ",
        "And in fact, ",
        "Meanwhile, ",
        "Amid this flurry of loans, ",
        "As part of that plan, ",
    ],
)
def test_words_that_only_hand_on_are_cut_before_a_name(before: str) -> None:
    """What is left is the source's, word for word."""
    assert cut(f"{before}Halden has borrowed $17 billion from its banks.") == (
        "Halden has borrowed $17 billion from its banks."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Perhaps Halden will borrow from its banks.",  # uncertain
        "If that fails, Halden will borrow from its banks.",  # conditional
        "Without this loan, Halden will stop its hall in Chester.",
        "At that time, Halden had one hall in Chester.",  # of another time
        "In that case, Halden will borrow from its banks.",
        "Initially, Halden had one hall in Chester.",
        "However, the landlord has borrowed from its banks.",  # no name to begin with
        "Halden, however, has borrowed from its banks.",
    ],
)
def test_what_a_sentence_rests_on_is_never_cut(text: str) -> None:
    """A hedge, a condition and a time stay, and so does what would begin with a small letter."""
    assert cut(text) == text


def test_halves_of_a_sentence_are_never_taken() -> None:
    """A paragraph that ends on an abbreviation may go on in the next: then neither is whole."""
    halves = (
        "Halden sent a draft of its prospectus for the shares to the U.S.\n\n"
        "Senate Committee on Banking had asked for one that was signed.\n\n"
        "Halden has sold its halls in Ohio and in Texas to the U.S.\n\n"
        "The price was $4 billion for both halls, Halden said on Monday."
    )
    document = Document(
        "a", "https://a.example/1", "f", "news", "Halden sells shares", "Wire", NOW, NOW, "article",
        halves,
    )  # fmt: skip
    assert [one.span.text for one in candidates(document)] == [
        "Halden has sold its halls in Ohio and in Texas to the U.S.",
        "The price was $4 billion for both halls, Halden said on Monday.",
    ]
