"""Estimates of tokens: upper bounds, corrected by what endpoints count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.llm.token_count import Correction, answer_tokens, prompt_tokens, tokens

# What cl100k, a vocabulary of 100,000 tokens, makes of each text.
COUNTED = [
    ("", 0),
    ("The model returns ids, never addresses.", 8),
    ("Meridian Cloud will spend $1.25 billion on 40,000 accelerators in 2026.", 22),
    ("Das Rechenzentrum in Brandenburg kostet voraussichtlich 1,25 Milliarden Euro.", 24),
    ("Les investissements dans les centres de données ont doublé en un an.", 17),
    ("Инвестиции в центры обработки данных удвоились за год.", 25),
    ("数据中心的投资在一年内翻了一番。", 17),
    ("データセンターへの投資は一年で倍増した。", 22),
    ('{"insights": [{"headline": "", "text": "", "figures": [1, 2.5]}]}', 24),
    (
        "https://news.example/2026/11/22/a-longer-address-than-most?id=8f14e45fceea167a5a36dedd4bea2543",
        38,
    ),
]


@pytest.mark.parametrize(("text", "counted"), COUNTED)
def test_an_estimate_is_no_lower_than_the_count(text: str, counted: int) -> None:
    """In every script; and not so high that a cap would stop far too early."""
    assert counted <= tokens(text) <= 2.6 * counted


@given(st.text(), st.text())
def test_more_text_is_not_fewer_tokens(one: str, other: str) -> None:
    """Two texts apart are never estimated at less than a third of the two together; any text has an
    estimate.
    """
    assert tokens(f"{one}\n{other}") <= 3 * (tokens(one) + tokens(other) + 1)


def test_a_prompt_counts_all_that_is_sent() -> None:
    """System, prompt and schema, and what a chat template adds."""
    assert prompt_tokens("", "") > 0
    assert (
        prompt_tokens("be dry", "a text", '{"type": "object"}')
        > prompt_tokens("be dry", "a text")
        > prompt_tokens("", "a text")
    )


def test_an_answers_room_grows_with_its_words() -> None:
    """Two tokens a word and the JSON around them."""
    assert answer_tokens(100) == 400


def test_one_count_above_the_estimate_raises_the_next() -> None:
    """An endpoint whose vocabulary is smaller than we think is believed at once."""
    correction = Correction()
    correction.learn(estimated=1000, counted=1300)
    assert correction.apply(1000) >= 1300


def test_estimates_fall_only_after_several_counts() -> None:
    """One low count proves nothing; five do, and the highest of them is what is believed."""
    correction = Correction()
    for i, counted in enumerate([700, 710, 720, 730, 800]):
        assert correction.apply(1000) == 1000, i
        correction.learn(1000, counted)
    assert 800 <= correction.apply(1000) <= 850


@pytest.mark.parametrize("counted", [0, -5, 10**9])
def test_a_count_that_cannot_be_is_ignored(counted: int) -> None:
    """Servers report nonsense; estimates are not made of it."""
    correction = Correction()
    for _ in range(9):
        correction.learn(1000, counted)
    assert correction.apply(1000) == 1000
