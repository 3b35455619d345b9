"""Which of its sources a sentence names, and which of them has what it says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from digest.grounding import ground, index
from tests.grounding.claims import document

if TYPE_CHECKING:
    from digest.model import Basis, Document

WIRE = "Quarrylight agreed to buy Fennimore on Tuesday. Neither side gave a price."
POST = "Quarrylight will pay $40 million for Fennimore, said Dora Pell, its chief."


def _source(text: str, publisher: str, basis: Basis = "article") -> Document:
    url = f"https://{len(text)}.example/1"
    return replace(document(text, basis=basis, url=url), publisher=publisher)


def _why(claim: str, *sources: Document) -> str:
    checks = dict(ground([claim], [index(one) for one in sources]).checks)
    return checks["names"].why


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        ("Quarrylight pays $40 million for Fennimore, The Wire reports.", "Evening Post has it"),
        ("According to The Wire, Dora Pell is the chief.", "The Wire is named for it"),
        ("Quarrylight pays $40 million for Fennimore, the Evening Post reports.", ""),
        ("Quarrylight agreed to buy Fennimore, The Wire reports.", ""),
        ("Quarrylight pays $40 million for Fennimore.", ""),
    ],
)
def test_what_a_source_is_named_for_is_in_that_source(claim: str, why: str) -> None:
    """What only another source of the story has is flagged, and the reason says which has it."""
    found = _why(claim, _source(WIRE, "The Wire"), _source(POST, "Evening Post"))
    assert (why in found) if why else found == ""


@pytest.mark.parametrize(
    "sources",
    [
        (_source(WIRE, "The Wire", "feed-text"), _source(POST, "Evening Post")),
        (_source(WIRE, "The Wire"), _source(f"{POST} The Wire first had it.", "Evening Post")),
        (_source(WIRE, "The Wire"), _source(POST, "The Wire")),
    ],
    ids=["read in part", "told by another", "two of one publisher"],
)
def test_what_a_named_source_may_say_elsewhere_is_not_held_against_it(
    sources: tuple[Document, Document],
) -> None:
    """Of a feed's text the rest is unknown; another source may tell what the named one says."""
    assert _why("Quarrylight pays $40 million for Fennimore, The Wire reports.", *sources) == ""
