"""What an editor types into issue.md is checked against what the story links to."""

from __future__ import annotations

from datetime import date

import pytest

from digest.issue.join import join
from digest.model import Draft, Item, Part, SourceLink
from tests.grounding.claims import document

SOURCE = document(
    "Halden Compute Inc. sold $1.25 billion of seven-year notes on Tuesday at a yield of 9.25"
    " percent."
)
FACTS = {"stories": {"s1": {"headline": "Halden sells notes", "text": "As it was."}}}


@pytest.mark.parametrize(
    ("text", "verdict", "why"),
    [
        ("Halden raised $1,250 million with notes that yield 9.25%.", "checked", ""),
        (
            "Halden raised $1.45 billion with notes.",
            "flagged",
            "$1.45 billion is not in the cited article; it says $1.25 billion",
        ),
        (
            (
                "Halden Compute Inc. sold $1.25 billion of seven-year notes on Tuesday at a yield"
                " of 9.25 percent."
            ),
            "extract",
            "",
        ),
    ],
)
def test_a_changed_text_gets_a_verdict_and_its_evidence(text: str, verdict: str, why: str) -> None:
    """A true rewording may go out; an untrue one is flagged with the reason; the source's words are
    an extract.
    """
    item = Item("s1", "Halden sells notes", text, (SourceLink("The Wire", SOURCE.url),))
    draft = Draft(
        "2025-09-23-daily", "daily", date(2025, 9, 23), "T", (Part("Top Stories", (item,)),)
    )
    (told,) = join(draft, FACTS, {SOURCE.url: SOURCE})
    assert (told.insights[-1].verdict, told.flagged) == (verdict, why)
    assert told.insights[-1].evidence[0].quote == SOURCE.text
