"""What an engine says is held against what can be."""

from __future__ import annotations

import math
from typing import Any

import pytest

from digest.speech.engine import Segment, SpeechFailed
from digest.speech.plausibility import checked

ROWS: dict[str, tuple[list[tuple[Any, Any, Any]], list[Segment]]] = {
    "in-order": ([(5, 9, "b"), (0, 4, "a")], [Segment(0, 4, "a"), Segment(5, 9, "b")]),
    "beyond-the-end": ([(50, 900, "late")], [Segment(50, 60, "late")]),
    "before-the-beginning": ([(-3, 2, "early")], [Segment(0, 2, "early")]),
    "backwards": ([(9, 4, "turned")], [Segment(9, 9, "turned")]),
    "no-times": ([(None, None, "somewhere")], [Segment(0, 60, "somewhere")]),
    "no-numbers": (
        [("x", math.nan, "odd"), (math.inf, [], "odder")],
        [Segment(0, 60, "odd"), Segment(0, 60, "odder")],
    ),
    "no-text": ([(0, 1, None), (1, 2, ""), (2, 3, " \n"), (3, 4, 7)], []),
    "many-lines": ([(0, 1, "one\n\x00two\u2028three")], [Segment(0, 1, "one two three")]),
    "a-loop": (
        [(i, i + 1, "Thanks!") for i in range(9)] + [(9, 10, "Bye.")],
        [Segment(0, 1, "Thanks!"), Segment(9, 10, "Bye.")],
    ),
    "said-thrice": (
        [(i, i + 1, "No.") for i in range(3)],
        [Segment(i, i + 1, "No.") for i in range(3)],
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_segments_are_put_right(name: str) -> None:
    """Inside the minute that was given, in order, one line each."""
    rows, expected = ROWS[name]
    assert list(checked(rows, 60.0)) == expected


def test_more_words_than_anybody_speaks_are_refused() -> None:
    """A machine that babbles is not quoted."""
    assert checked([(0, 60, "word " * 400)], 60.0)
    with pytest.raises(SpeechFailed, match="it gives 600 words for 60 s of sound"):
        checked([(0, 60, "word " * 600)], 60.0)
