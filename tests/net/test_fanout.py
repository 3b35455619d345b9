"""Work laid out over threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from digest.net.fanout import batches, each


def test_what_comes_together_is_handed_over_together() -> None:
    """Ten results that are there at once come as one batch, and each result comes once."""
    with ThreadPoolExecutor(4) as pool:
        got = list(batches([[i, i + 1] for i in range(0, 10, 2)], lambda i: i * i, pool))
    assert sorted(result for together in got for result in together) == [i * i for i in range(10)]
    assert len(got) < 10


def test_what_came_before_an_error_is_handed_over_before_it() -> None:
    """The results that came in the same moment as an error are not lost with it."""

    def work(i: int) -> int:
        if i == 2:
            raise KeyError("bug")
        return i

    got = list[int]()
    with ThreadPoolExecutor(1) as pool, pytest.raises(KeyError):
        got.extend(each([[0, 1, 2, 3]], work, pool))
    assert got == [0, 1]
