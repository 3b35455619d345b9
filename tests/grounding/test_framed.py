"""What a claim says of its own source is no fact of the source's: only what it tells is checked."""

from __future__ import annotations

import pytest

from digest.grounding.reporting_frames import frame
from tests.grounding.claims import check, failing

TALK = (
    "Make your first recording with Tidepod, which is free and has tools to cut a recording on a"
    " phone. So the pelicans, people used to send letters with them in the war, right, and the rich"
    " kept them. And they ate them. Nobody minds a pelican on the quay."
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The article discusses the price of copper.", "the price of copper."),
        (
            "This episode opens with an introduction to Tidepod, a free tool.",
            "Tidepod, a free tool.",
        ),
        (
            "The second half of the document deals with a news story about pelicans on the quay.",
            "pelicans on the quay.",
        ),
        (
            "In the provided passage, Orrell sold its cable business.",
            "Orrell sold its cable business.",
        ),
        (
            "The hosts talk about a range of topics, including pelicans and quays.",
            "pelicans and quays.",
        ),
        (
            (
                "It also includes a conversation between two women talking about various topics,"
                " such as pelicans and quays."
            ),
            "pelicans and quays.",
        ),
        ("The passage provides information about a cable maker.", "a cable maker."),
        (
            "It also includes Orrell, which sells cables.",
            "It also includes Orrell, which sells cables.",
        ),
        ("Orrell discusses the price of copper.", "Orrell discusses the price of copper."),
        (
            "The article does not mention the price of copper.",
            "The article does not mention the price of copper.",
        ),
        ("The episode is about it.", "The episode is about it."),
    ],
)
def test_what_is_told_begins_after_what_is_said_of_the_source(text: str, told: str) -> None:
    """A sentence about its source is cut down to what it tells; one that denies, or that has
    another subject, stays whole.
    """
    assert text[frame(text) :] == told


@pytest.mark.parametrize(
    "claim",
    [
        (
            "The episode starts with an introduction to Tidepod, a free tool for making a recording"
            " on a phone."
        ),
        "The second half of the episode deals with pelicans, which sent letters in the war.",
        (
            "The episode discusses a changing view of pelicans, from being kept by the rich to"
            " being eaten."
        ),
    ],
)
def test_a_claim_may_say_that_its_source_says_it(claim: str) -> None:
    """Which half of the source tells something, and that it does, needs no words there."""
    assert check(claim, TALK).verdict == "checked"


@pytest.mark.parametrize(
    "claim",
    [
        (
            "The episode starts with an introduction to Larkpod, a free tool for making a recording"
            " on a phone."
        ),
        "The episode deals with 40 pelicans, which sent letters in the war.",
        "The article discusses tariffs on copper and the prices of cables in Chile.",
    ],
)
def test_what_it_tells_is_checked_all_the_same(claim: str) -> None:
    """A wrong name, number or subject is not let pass by saying that the source says it."""
    assert failing(claim, TALK)
