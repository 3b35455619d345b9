"""Headlines and the issue's title."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.insights.headlines import headline
from digest.insights.issue_title import MAX_ALONE, issue_title

HEADLINES = [
    ("Acme buys Bolt for $2 billion | Chip Daily", "Chip Daily", "Acme buys Bolt for $2 billion"),
    (
        "Acme buys Bolt for $2 billion - The Daily Bolt",
        "dailybolt.com",
        "Acme buys Bolt for $2 billion",
    ),
    ("Acme buys Bolt for $2 billion – ChipDaily", "chipdaily.com", "Acme buys Bolt for $2 billion"),
    (
        "Acme buys Bolt for $2 billion - Some Other News",
        "chipdaily.com",
        "Acme buys Bolt for $2 billion",
    ),
    (
        "Acme buys Bolt for $2 billion | Deals | Chip Daily",
        "Chip Daily",
        "Acme buys Bolt for $2 billion",
    ),
    ("Chip Daily: Acme buys Bolt", "Chip Daily", "Chip Daily: Acme buys Bolt"),
    (
        "Opinion | The chip rules are a gift to Bolt",
        "Chip Daily",
        "The chip rules are a gift to Bolt",
    ),
    ("Exclusive: Acme buys Bolt", "Chip Daily", "Exclusive: Acme buys Bolt"),
    (
        "Acme buys Bolt - and nobody knows why",
        "Chip Daily",
        "Acme buys Bolt - and nobody knows why",
    ),
    (
        "Acme &amp; Bolt agree on chips&#8217; price",
        "Chip Daily",
        "Acme & Bolt agree on chips’ price",
    ),
    ("Acme &amp;amp; Bolt agree", "Chip Daily", "Acme & Bolt agree"),
    ("  Acme \n buys\tBolt ", "Chip Daily", "Acme buys Bolt"),
    ("Acme buys\u200b Bolt", "Chip Daily", "Acme buys Bolt"),
    ("⚡️ Acme buys Bolt 🚀", "Chip Daily", "Acme buys Bolt"),
    ("Acme buys Bolt [Updated]", "Chip Daily", "Acme buys Bolt"),
    ("Acme buys Bolt.", "Chip Daily", "Acme buys Bolt"),
    ("A talk with Al Roe Jr.", "Chip Daily", "A talk with Al Roe Jr."),
    ("The land grab is on. Acme is buying.", "Chip Daily", "The land grab is on. Acme is buying."),
    ("Chip Daily - Acme buys Bolt for $2 billion", "Chip Daily", "Acme buys Bolt for $2 billion"),
    ("Chip Daily - 16 May 2026", "Chip Daily", "Chip Daily - 16 May 2026"),
    ("Acme leaves the U.S.", "Chip Daily", "Acme leaves the U.S."),
    (
        "Acme's hard year: chips sell out, but the gains are visible only to …",
        "Chip Daily",
        "Acme's hard year: chips sell out",
    ),
    ("Acme buys Bolt for the ...", "Chip Daily", "Acme buys Bolt"),
    (
        "ACME TO BUY AI CHIPS FROM BOLT IN U.S.",
        "Chip Daily",
        "Acme to Buy AI Chips from Bolt in U.S.",
    ),
    ("GPU prices fall", "Chip Daily", "GPU prices fall"),
    ("Chip Daily", "Chip Daily", "Chip Daily"),
    ("", "Chip Daily", "Chip Daily"),
    ("…", "", "…"),
    ("", "", "Untitled"),
]

TITLES = [
    (["Acme buys Bolt", "Chip prices double", "Senate delays AI rules"],
     "Acme buys Bolt; Chip prices double; Senate delays AI rules"),
    (["Acme buys Bolt: what it means for you", "Chip prices double - here's why"], "Acme buys Bolt; Chip prices double"),
    (["Not to be outdone by Bolt, Acme plans a chip of its own"], "Not to be outdone by Bolt, Acme plans a chip of its own"),
    (["Sources: Acme could raise $9B", "Senate and House agree on AI rules"],
     "Sources: Acme could raise $9B; Senate and House agree on AI rules"),
    (["Acme buys Bolt", "Acme buys Bolt for $2B", "Chip prices double"], "Acme buys Bolt; Chip prices double"),
    # nothing is cut off inside a clause, and no style of capitals stands beside the other
    (["Acme hits $5B valuation and its battle with Bolt just got so much hotter over the summer", "Chip prices double"],
     "Acme hits $5B valuation and its battle with Bolt just got so much hotter over the summer"),
    (["Acme Buys Bolt in Cash Deal", "Chip prices double in Europe"], "Acme Buys Bolt in Cash Deal"),
    # a question, a quotation and a list are no part of a title beside another; alone they stay
    (["Acme buys Bolt", "'I lost two hours of my day'", "Why chips are dear"], "Acme buys Bolt"),
    (["Why chips are dear", "Chip prices double"], "Why chips are dear"),
    # the fourth story is never in it, and the first always
    (["Acme buys Bolt", "Here is what we know", "Why chips are dear", "Chip prices double"], "Acme buys Bolt"),
    (["Acme buys the whole of Bolt after a long fight over chips and power in Ohio that nobody had thought it could win"],
     "Acme buys the whole of Bolt"),
    ([], ""),
]  # fmt: skip


@pytest.mark.parametrize(("title", "publisher", "expected"), HEADLINES)
def test_a_title_becomes_a_headline(title: str, publisher: str, expected: str) -> None:
    """The site's name, markup, cut-off ends and shouting go; the publisher's words stay."""
    assert headline(title, publisher) == expected


@pytest.mark.parametrize(("headlines", "expected"), TITLES)
def test_headlines_become_one_line(headlines: list[str], expected: str) -> None:
    """Whole clauses of the first three headlines, the first always; two alike are said once; where
    nothing joins, the first headline alone.
    """
    assert issue_title(headlines) == expected


@given(st.text(max_size=60), st.text(max_size=20))
def test_a_headline_is_one_line_and_never_empty(title: str, publisher: str) -> None:
    """Whatever feeds send, there is something to print on one line."""
    assert headline(title, publisher).strip()


WORDS = st.lists(
    st.sampled_from(
        [
            "Acme",
            "buys",
            "Bolt",
            "for",
            "$2B",
            "after",
            "fight:",
            "chips,",
            "“power”",
            "and",
            "(AI)",
            "—",
            "to",
            "the",
        ]
    ),
    min_size=1,
    max_size=14,
)


@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=4))
def test_an_issue_title_fits_its_line(headlines: list[str]) -> None:
    """Whatever the headlines, the title is there and no longer than a headline may be."""
    title = issue_title(headlines)
    assert 0 < len(title) <= MAX_ALONE


def test_a_whole_main_clause_is_a_title_though_it_is_long() -> None:
    """What hangs on it is cut; a brand that begins small stays so."""
    long = "The head of Halden says the landlord is pulling back from Bolt and Acme"
    assert issue_title([f"{long}, but what he says raises more questions than it answers"]) == long
    assert issue_title(["xAI burned $6.4B last year", "Bolt sells its chips in Ohio"]) == (
        "xAI burned $6.4B last year; Bolt sells its chips in Ohio"
    )
