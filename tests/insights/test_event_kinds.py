"""What kind of event a headline tells of, by its verb."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.insights.event_kinds import event_kind
from tests.examples import examples

HEADLINES = {
    "Larkfield raises $300 million for its inference chips": "Funding",
    "Orrin to raise $1 billion at a valuation of $9 billion": "Funding",
    "Orrin raises the price of its largest model": "Price rise",
    "Orrin cuts prices for the third time": "Price cut",
    "Orrin cuts 400 jobs in Leeds": "Layoffs",
    "Halden bought a rival in Oslo": "Acquisition",
    "Halden borrows $2 billion from banks": "Debt",
    "Publishers' guild sued Orrin over its training data": "Lawsuit",
    "Federal judge dismisses the case against Orrin": "Ruling",
    "New survey finds that one buyer in three runs open models": "Study",
    "Halden will open a data center in Chester": "Expansion",
    # no kind: a question, a doubt, a list, another's deed, a noun, a verb that tells of none
    "Why Halden raises $300 million now": "",
    "Will Orrin cut prices?": "",
    "Orrin could raise $1 billion": "",
    "5 ways in which Orrin cuts prices": "",
    "Orrin backs a law that cuts prices": "Regulation",
    "Tarnholm knows a company that raises $3 billion": "",
    "Price cuts and what they mean": "",
    "Orrin says it is fine": "",
    "": "",
}


@pytest.mark.parametrize("headline", HEADLINES)
def test_the_verb_tells_the_kind(headline: str) -> None:
    """As event_kinds.txt lists them; where it is not sure there is none."""
    assert event_kind(headline) == HEADLINES[headline]


@examples(100)
@given(st.text(max_size=120))
def test_any_headline_has_a_kind_or_none(headline: str) -> None:
    """In a word or two, so that issue.md can hold it as a tag."""
    assert len(event_kind(headline).split()) <= 2
