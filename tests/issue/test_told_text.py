"""Insights as a reader sees them."""

from __future__ import annotations

from dataclasses import replace

from digest.issue.told_text import told_text
from digest.model import Insight

ARGUED = Insight(
    "i1",
    "Ann Roe argues that power prices decide where halls go. A hall pays for power every hour.",
    "https://a.example/1",
    "transcript",
    (),
    (),
    "grounded",
    speaker="Ann Roe",
)


def test_an_argument_stands_in_the_editor_s_words_with_who_made_it() -> None:
    """No quotation marks; a name that the text has is not said again."""
    assert told_text([ARGUED]) == ARGUED.text
    nameless = replace(ARGUED, text="Power prices decide where halls go.")
    assert told_text([nameless]) == "Power prices decide where halls go. (Ann Roe)"
    assert told_text([replace(nameless, speaker=None)]) == nameless.text
    assert told_text([replace(nameless, basis="article")]) == nameless.text


def test_what_somebody_said_stands_in_quotation_marks() -> None:
    """An extract is their own words, behind their name."""
    said = replace(ARGUED, text="Power decides.", verdict="extract")
    assert told_text([said]) == "Ann Roe: “Power decides.”"
