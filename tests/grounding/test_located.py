"""Quotes that a model copied imperfectly are found in the source, and failing claims get the
sentence they come closest to.
"""

from __future__ import annotations

from time import process_time

import pytest

from digest.grounding import index, locate
from digest.insights.nearest_sentence import nearest
from digest.model import Mark
from tests.grounding.claims import document

TEXT = (
    "Halden Compute Inc., which rents out graphics processors, sold $1.25 billion of seven-year"
    " notes on Tuesday at a yield of 9.25 percent.\n“You are lending against a melting asset, so"
    " you had better like the tenant,” said Bertil Kron. He put a fair yield nearer 10"
    " percent.\nOrders exceeded $4 billion, according to a term sheet. The notes carry a claim on"
    " 31,000 accelerators."
)
SOURCE = document(TEXT, title="Halden sells notes")
INDEXED = index(SOURCE)
FIRST, SAID, HE, ORDERS, CLAIM = (one.text for one in INDEXED.sentences[:5])
WITHOUT_THE_END = f"{ORDERS} {CLAIM}".removesuffix(" accelerators.")
SAYING = SAID.partition(",” said")[0].removeprefix("“")


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        (CLAIM, CLAIM),
        ("lending against a melting asset", "lending against a melting asset"),
        ('"You are lending against a melting asset"', "You are lending against a melting asset"),
        ("you are  lending against\na melting ASSET", "You are lending against a melting asset"),
        ("You are lending … you had better like the tenant", SAYING),
        ("You are lending against [bad] assets so you had better like the tenants", SAYING),
        ("The notes carry claim on 31,000 accelerator", CLAIM),
        ("notes carry a claim on 31,000 graphics accelerators", CLAIM[4:-1]),
        (
            "Halden Compute sold $1.25 billion of seven-year notes on Tuesday",
            FIRST.partition(" at a")[0],
        ),
        ("1.25 billion of seven year notes", "$1.25 billion of seven-year notes"),
        (
            (
                "Orders exceeded $4 billion, according to the term sheets. The notes carry a claim on"
                " 31,000 chips."
            ),
            WITHOUT_THE_END,
        ),
        ("notes", "notes"),
        ("note", None),
        ("Notes", None),
        ("", None),
        ("“…”", None),
        ("The committee liked the view from the hotel.", None),
        ("The notes carry no such thing, and orders were few.", None),
        ("Halden sells notes", None),
    ],
)
def test_a_quote_is_found_though_its_copy_is_not_exact(quote: str, expected: str | None) -> None:
    """The span is the source's own text at its offsets; what is too far from it is not found; a
    title has no place.
    """
    found = locate(quote, INDEXED)
    assert (found and found.quote.lower()) == (expected and expected.lower())
    assert found is None or SOURCE.text[found.start : found.end] == found.quote


@pytest.mark.parametrize(
    "quote",
    [
        "x" * 100_000,
        "the " * 25_000,
        "notes " * 25_000,
        "a…" * 50_000,
        "." * 100_000,
        "[" * 100_000,
        "notes of the " * 53,
        "\u0000\ud800”",
    ],
    ids=["letters", "the", "notes", "ellipses", "dots", "brackets", "repeated", "broken"],
)
def test_a_hostile_quote_is_not_found_and_costs_little(quote: str) -> None:
    """Whatever its length."""
    began = process_time()
    assert locate(quote, INDEXED) is None
    assert process_time() - began < 3


def test_what_was_said_in_an_episode_is_placed_in_time() -> None:
    """By the mark before it."""
    from dataclasses import replace

    episode = replace(
        SOURCE,
        marks=(Mark(0, 5.0), Mark(TEXT.index("Orders"), 65.0)),
        audio_url="https://pod.example/1.mp3",
    )
    found = locate(
        "orders exceeded four billion, according to a term sheet", index(episode)
    ) or locate("according to term sheet", index(episode))
    assert found is not None
    assert found.second == pytest.approx(66, abs=2)
    assert found.audio_url == "https://pod.example/1.mp3"


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("Halden Compute sold $1.52 billion of notes.", FIRST),
        ("There were orders for more than $5 billion of the notes, a term sheet shows.", ORDERS),
        ("Bertil Kron puts a fair yield at 12 percent.", None),  # “He put …” does not stand alone
        ("A crab lives for thirty years.", None),
        ("", None),
        ("!", None),
    ],
)
def test_a_failing_claim_gets_the_sentence_it_comes_closest_to(
    claim: str, expected: str | None
) -> None:
    """One that can be shown alone, or none."""
    found = nearest(claim, [INDEXED])
    assert (found and found.quote) == expected


def test_the_nearest_sentence_is_looked_for_in_every_source() -> None:
    """The best of them all; without a source there is none."""
    other = index(
        document(
            "Larkfield Robotics raised $90 million in a round that values it at $1 billion.",
            url="https://wire.example/2",
        )
    )
    found = nearest("Larkfield raised $80 million.", [INDEXED, other])
    assert found is not None
    assert found.entry_url == "https://wire.example/2"
    assert nearest("Larkfield raised $80 million.", []) is None
