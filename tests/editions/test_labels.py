"""What a spoken claim is headed by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.insights.claim_labels import label


@pytest.mark.parametrize(
    ("said", "headed"),
    [
        (
            (
                "Power is the bottleneck for every AI data center in Texas, because the grid needs"
                " five years to connect one."
            ),
            "Power is the bottleneck for every AI data center",
        ),
        (
            "I think that models will become a utility, which is my view.",
            "Models will become a utility",
        ),
        (
            "Models are a utility, they say. Nobody will pay a premium for tokens.",
            "Nobody will pay a premium for tokens",
        ),
        (
            "It rained a lot. The real cost of AI is electricity, and they know it.",
            "The real cost of AI is electricity",
        ),
        (
            (
                "Even if they double the number of GPUs that Nvidia and Huawei ship, which I would"
                " not bet on, it stays so."
            ),
            "Nvidia and Huawei",
        ),
        ("With AI, whatever you do", "AI"),
        (
            (
                "Some firms, because they lack the cash, borrow at Microsoft for all those white"
                " collar jobs."
            ),
            "Microsoft and white collar jobs",
        ),
        ("With Claude Code and Anthropic, whatever you do", "Claude Code and Anthropic"),
        ("if so and", "if so and"),
    ],
    ids=[
        "a-clause",
        "without-its-lead-in",
        "the-better-one",
        "of-the-best-sentence",
        "what-it-speaks-of",
        "one-word",
        "a-house-and-a-subject",
        "whole-names",
        "nothing",
    ],
)
def test_a_label_is_the_point_or_what_it_is_about(said: str, headed: str) -> None:
    """The clause that says most in at most ten words; where there is none that is whole, the names
    and words of the subject.
    """
    assert label(said) == headed


@given(st.text(min_size=1, max_size=300))
def test_anything_can_be_labelled(said: str) -> None:
    """In one line, without markup of ours, whatever was said."""
    assert "\n" not in label(said)
    assert len(label(said).split()) <= 12
