"""Stated quantities and their order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from digest.insights.figures import figures, figures_read, telling
from digest.model import Document, Evidence, Insight, StatedFigure
from digest.text.quantities import quantities

if TYPE_CHECKING:
    from digest.model import Basis

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def document(text: str) -> Document:
    """A document with this text."""
    return Document(
        "e1",
        "https://chip.example/1",
        "f",
        "news",
        "Chips",
        "Chip Daily",
        NOW,
        NOW,
        "article",
        text,
    )


ROWS = [
    ("Acme paid $1.25bn for it", [(1.25e9, "USD", "$1.25bn")]),
    ("Acme pays $1.25 billion a month for it", [(1.25e9, "USD/month", "$1.25 billion a month")]),
    ("Acme pays $1.25 billion annually", [(1.25e9, "USD/year", "$1.25 billion annually")]),
    ("a plan for $8/month", [(8, "USD/month", "$8/month")]),
    ("a plan for $8 per user", [(8, "USD/user", "$8 per user")]),
    (
        "between $125 billion and $145 billion",
        [(1.25e11, "USD", "$125 billion"), (1.45e11, "USD", "$145 billion")],
    ),
    ("a $500M round and a $40K prize", [(5e8, "USD", "$500M"), (4e4, "USD", "$40K")]),
    ("it cost €3 million, or £2.5m", [(3e6, "EUR", "€3 million"), (2.5e6, "GBP", "£2.5m")]),
    ("US$2 billion and HK$5 billion", [(2e9, "USD", "US$2 billion"), (5e9, "HKD", "HK$5 billion")]),
    ("a fund of 1.2 trillion yuan", [(1.2e12, "CNY", "1.2 trillion yuan")]),
    ("some 40 billion dollars", [(4e10, "USD", "40 billion dollars")]),
    ("$10,500 each", [(10500, "USD", "$10,500")]),
    ("a $100-million deal", [(1e8, "USD", "$100-million")]),
    (
        "it rose 3.5%, not 12 percent or 7 per cent",
        [(3.5, "%", "3.5%"), (12, "%", "12 percent"), (7, "%", "7 per cent")],
    ),
    ("up by 2 percentage points", [(2, "percentage points", "2 percentage points")]),
    (
        "it is 3x faster and 10 times cheaper, a 5-fold gain",
        [(3, "x", "3x"), (10, "x", "10 times"), (5, "x", "5-fold")],
    ),
    ("1.9 GW of power, 300 megawatts more", [(1.9, "GW", "1.9 GW"), (300, "MW", "300 megawatts")]),
    ("a 5-gigawatt site", [(5, "GW", "5-gigawatt")]),
    ("it cut 9,000 jobs", [(9000, "jobs", "9,000 jobs")]),
    ("more than 5 million business users", [(5e6, "users", "5 million business users")]),
    (
        "350 million paid subscriptions",
        [(3.5e8, "subscriptions", "350 million paid subscriptions")],
    ),
    ("16 billion tokens per minute", [(1.6e10, "tokens/minute", "16 billion tokens per minute")]),
    ("20 million units and 3 data centres", [(2e7, "units", "20 million units")]),
    ("in 2026, on March 3, at 9:30, 3 of 4", []),
    ("the 2025 models of GPT-5.2 and the A100", []),
    ("in 2026 companies hired", []),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_quantities_are_read(text: str, expected: list[tuple[float, str, str]]) -> None:
    """Value, unit and the words as written; dates, years, versions and small counts are none."""
    found = quantities(text)
    assert [(quantity.value, quantity.unit, quantity.text) for quantity in found] == expected
    assert all(text[quantity.start : quantity.end] == quantity.text for quantity in found)


def test_a_figure_carries_its_sentence_and_where_it_stands() -> None:
    """`what` is the sentence word for word, at its place in the document."""
    doc = document("Chips are dear.\nAcme raised $40 million from Bolt Capital on Monday.")
    (figure,) = figures(doc)
    assert (figure.value, figure.unit, figure.text) == (4e7, "USD", "$40 million")
    assert (
        doc.text[figure.start : figure.end]
        == figure.what
        == "Acme raised $40 million from Bolt Capital on Monday."
    )


def test_what_an_article_says_of_others_is_no_figure_of_the_day() -> None:
    """The owner is whom the headline names, or where it names nobody, who stands first."""
    text = "In May Acme opened a hall.\nBolt Capital has raised $40 million for a hall of its own."
    about_acme = replace(document(text), title="Acme opens a hall")
    assert figures(about_acme) == ()
    assert len(figures(replace(about_acme, title="Halls are dear"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Register by Friday to save $300 on a pass for the fair.",
        "It has raised $40 million from Bolt Capital in May.",
        "Acme raised $40 million from Bolt Capital in",
        "Acme launched a $45-50 billion sale of bonds and shares.",
        "Acme says that the plan should save us $1,900 on a phone.",
        "Acme raised $40 million, " + "and then some more " * 8 + "from Bolt Capital.",
    ],
)
def test_only_sentences_fit_for_a_list_of_numbers_yield_figures(text: str) -> None:
    """Promotion, what leans on its neighbour, what is cut off and what is long are left out."""
    assert figures(document(f"Chips are dear in Norway this year, says Acme.\n{text}")) == ()


def test_the_most_telling_figures_come_first_one_for_a_sentence() -> None:
    """Big money, then power, changes, counts; the price of a gadget is no figure of ours."""
    doc = document(
        "The new Acme phone costs $999 in Norway and Chad.\n"
        "Acme cut 900 jobs in Norway and Chad.\n"
        "Acme sold 40% more chips in Norway than in Chad.\n"
        "Acme will use 2 GW of power in Norway by May.\n"
        "Acme spent $9 billion on servers, up 12% from $8 billion."
    )
    assert [figure.text for figure in telling(figures(doc))] == [
        "$9 billion",
        "2 GW",
        "40%",
        "900 jobs",
    ]
    assert telling(reversed(figures(doc))) == telling(figures(doc))


def made(text: str, *stated: StatedFigure, read_by: str = "m", basis: Basis = "article") -> Insight:
    """What a model read in a document, with its figures."""
    span = Evidence("https://chip.example/1", "Sales rose.", 7, 18, entry="e1")
    return Insight(
        "i1", text, "https://chip.example/1", basis, (span,), (), "grounded",
        read_by=read_by, figures=stated, entry="e1",
    )  # fmt: skip


def test_what_a_model_read_is_a_figure_with_its_owner_measure_and_period() -> None:
    """The sentence is the insight's own, which is grounded; what it measures is as it was read."""
    text = "Halden Compute took $4.1 billion of orders in the first half. Nobody expected it."
    stated = StatedFigure("$4.1 billion", "orders taken", "Halden Compute", "the first half")
    (one,) = figures_read(made(text, stated), document("x"))
    assert (one.value, one.unit) == (4.1e9, "USD")
    assert (one.owner, one.measure, one.period) == (
        "Halden Compute",
        "orders taken",
        "the first half",
    )
    assert one.what == "Halden Compute took $4.1 billion of orders in the first half."
    assert (one.insight, one.entry, one.start) == ("i1", "e1", 7)


def test_no_figure_of_a_model_is_without_an_owner_or_from_talk() -> None:
    """Nor is one that it did not name, nor one that its sentence does not state."""
    stated = StatedFigure("$4.1 billion", "orders taken", "Halden Compute")
    owned = "Halden Compute took $4.1 billion of orders."
    assert figures_read(made("Orders rose to $4.1 billion.", stated), document("x")) == ()
    assert figures_read(made(owned), document("x")) == ()
    assert figures_read(made("Halden Compute took 40% more.", stated), document("x")) == ()
    assert figures_read(made(owned, stated, basis="transcript"), document("x")) == ()
    assert figures_read(made(owned, stated, read_by=""), document("x")) == ()
