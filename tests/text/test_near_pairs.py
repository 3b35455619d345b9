"""Near pairs are found without comparing all."""

from __future__ import annotations

import random

import pytest

from digest.text.near_pairs import near
from digest.text.vectors import cosines, tf_idf

FLOOR = 0.17


def _bags(count: int, *, words: int) -> list[dict[str, int]]:
    """Texts of common words, of which every third has the rare words of the one before it."""
    chance = random.Random(7)  # noqa: S311  made-up texts
    bags: list[dict[str, int]] = []
    for i in range(count):
        rare = [word for word in bags[-1] if word[0] == "r"] if i % 3 == 2 else []
        own = rare or [f"r{i}-{n}" for n in range(max(1, words // 8))]
        common = [f"c{int(chance.paretovariate(0.6)) % 400}" for _ in range(words)]
        bags.append({word: chance.randint(1, 3) for word in (*own, *common)})
    return bags


@pytest.mark.parametrize("words", [6, 90])
@pytest.mark.parametrize("count", [60, 400])
def test_none_that_is_near_enough_is_missed(count: int, words: int) -> None:
    """Long texts and headlines, few and more than a term may stand in."""
    vectors = tf_idf(_bags(count, words=words))
    expected = {pair: value for pair, value in cosines(vectors).items() if value >= FLOOR}
    assert expected
    found = near(vectors, FLOOR)
    missed = [pair for pair in expected if pair not in found]
    assert len(missed) <= 0.01 * len(expected) if count > 100 else not missed
    assert all(found[pair] == pytest.approx(expected[pair]) for pair in found)


def test_known_texts_are_not_compared_with_each_other() -> None:
    """Only with those that are new."""
    vectors = tf_idf(_bags(60, words=30))
    expected = {pair for pair, value in cosines(vectors).items() if value >= FLOOR}
    found = near(vectors, FLOOR, known=40)
    assert set(found) == {(i, j) for i, j in expected if i < 40 <= j}
