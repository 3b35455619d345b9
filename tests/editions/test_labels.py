"""What a spoken claim is headed by."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.insights.claim_labels import label
from digest.model import Document, Insight

NOW = datetime(2026, 3, 1, tzinfo=UTC)
EPISODE = Document(
    "e1", "https://talk.example/1", "f", "podcast", "Episode one", "Chip Talk", NOW, NOW,
    "transcript", "",
)  # fmt: skip


def spoken(said: str, speaker: str | None = None) -> Insight:
    """Somebody's words."""
    return Insight("i1", said, EPISODE.url, "transcript", (), (), "extract", speaker)


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
    ],
    ids=[
        "a-clause",
        "without-its-lead-in",
        "the-better-one",
        "of-the-best-sentence",
    ],
)
def test_a_label_is_the_point(said: str, headed: str) -> None:
    """The clause that says most in at most ten words."""
    assert label(spoken(said), EPISODE) == headed


@pytest.mark.parametrize(
    "said",
    [
        "Even if they double the number of GPUs that Nvidia ships, which I would not bet on.",
        "With AI, whatever you do",
        "if so and",
    ],
)
def test_what_makes_no_point_is_headed_by_who_says_it(said: str) -> None:
    """A label that says nothing is worse than the speaker's name and the show's."""
    assert label(spoken(said, "Ada Roe"), EPISODE) == "Ada Roe on Chip Talk"
    assert label(spoken(said), EPISODE) == "Episode one"


@given(st.text(min_size=1, max_size=300))
def test_anything_can_be_labelled(said: str) -> None:
    """In one line, without markup of ours, whatever was said."""
    found = label(spoken(said), EPISODE)
    assert "\n" not in found
    assert len(found.split()) <= 12
