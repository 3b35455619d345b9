"""Whose a figure is."""

from __future__ import annotations

import pytest

from digest.insights.figure_owner import measure_of, owner_of, period_of
from digest.text.quantities import quantities

KNOWN = frozenset({"halden", "corvane"})


@pytest.mark.parametrize(
    ("sentence", "owner"),
    [
        ("Halden raised $40 million from Corvane in May.", "Halden"),
        ("Revenue at the landlord Halden Compute rose 20% in the first quarter.", "Halden Compute"),
        ("In Virginia, Halden Compute spent $2 billion on a hall.", "Halden Compute"),
        ("The $16 billion of Corvane are spent.", "Corvane"),
        ("Net sales rose 20% in the first quarter.", ""),
        ("Proceeds will refinance $700 million of bank loans for a building in Chester.", ""),
        ("Developers earned $90,000 a year, on average.", ""),
    ],
)
def test_a_figure_belongs_to_whom_its_sentence_names(sentence: str, owner: str) -> None:
    """Before it, or behind it with "of"; a place is nobody, nor is what only has a capital because
    it stands first.
    """
    assert owner_of(sentence, quantities(sentence)[0], KNOWN) == owner


def test_measure_and_period_are_those_nearest_to_the_figure() -> None:
    """As the sentence has them; nothing where it has none."""
    sentence = "Halden's revenue rose to $3 billion in the first quarter, and it raised $9 billion."
    first, second = quantities(sentence)
    assert (measure_of(sentence, first), measure_of(sentence, second)) == ("revenue", "raised")
    assert period_of(sentence, first) == "the first quarter"
    bare = "Halden has $3 billion."
    assert (measure_of(bare, quantities(bare)[0]), period_of(bare, quantities(bare)[0])) == ("", "")
