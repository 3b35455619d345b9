"""A part of a sentence is no extract, and what is only denied in the source is no fact."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.grounding import ground, index
from digest.model import Document

WHEN = datetime(2026, 2, 3, tzinfo=UTC)
TEXT = (
    "Harbor Partners denied on Monday that Northwind Compute raised $1.2 billion for data centres"
    " in Ohio.\nAnalysts had doubted that Meridian Foods will acquire the bakery chain.\nVantage"
    " Rail said that its order for 300 locomotives stands."
)
SOURCE = index(
    Document(
        "e",
        "https://a.example/1",
        "https://a.example/f",
        "news",
        "A title",
        "A",
        WHEN,
        WHEN,
        "article",
        TEXT,
    )
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Northwind Compute raised $1.2 billion for data centres in Ohio.", "flagged"),
        ("Meridian Foods will acquire the bakery chain.", "flagged"),
        (
            (
                "Harbor Partners denied that Northwind Compute raised $1.2 billion for data centres"
                " in Ohio."
            ),
            "checked",
        ),
        ("Analysts doubted that Meridian Foods will acquire the bakery chain.", "checked"),
        ("Vantage Rail's order for 300 locomotives stands.", "checked"),
        ("Vantage Rail said that its order for 300 locomotives stands.", "extract"),
    ],
)
def test_what_is_only_denied_is_no_fact(claim: str, verdict: str) -> None:
    """Cut out of its sentence, a denied statement reads as one that was made."""
    assert ground([claim], [SOURCE]).verdict == verdict
