"""Figures of record: whose, of what, for when, and which are one series."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from time import process_time

import pytest

from digest.stories.ledger.owners import owners
from digest.stories.ledger.reading import recorded
from digest.stories.ledger.series import contradicted, ends, entered, previous, series_of

DAY = date(2026, 2, 9)
NOBODY = owners()
KNOWN = "Pay at Halden is good."  # what begins a sentence has a capital anyhow


def read(text: str, title: str = "", day: date = DAY) -> list[tuple[str, str, str, str]]:
    """Owner, measure, words and length of time of each figure."""
    return [
        (one.owner, one.measure, one.text, one.span) for one in recorded(text, day, NOBODY, title)
    ]


READINGS = [
    ("Halden raised $40 million.", [("Halden", "funding round", "$40 million", "")]),
    (
        "Corvane leads a $300 million round for Halden Compute.",
        [("Halden Compute", "funding round", "$300 million", "")],
    ),
    (
        "Corvane Ventures led the $300 million round.",
        [],  # whose round it is, the sentence does not say
    ),
    (
        "Chip startup Halden, backed by Corvane, closed a $2 billion round at a $9 billion valuation.",
        [("Halden", "funding round", "$2 billion", ""), ("Halden", "valuation", "$9 billion", "")],
    ),
    (
        "A fund bought shares, valuing Halden at about $9 billion.",
        [("Halden", "valuation", "$9 billion", "")],
    ),
    (
        "Halden's revenue rose 20% to $3 billion in the first quarter of 2026.",
        [
            ("Halden", "revenue growth", "20%", "quarter"),
            ("Halden", "revenue", "$3 billion", "quarter"),
        ],
    ),
    (
        "In 2025 Halden spent $8 billion in capital expenditures.",
        [("Halden", "capital expenditure", "$8 billion", "year")],
    ),
    (
        "Halden's capex for 2026 is $8 billion.",
        [("Halden", "capital expenditure", "$8 billion", "year")],
    ),
    (
        "Halden's cloud revenue reached $4 billion in the quarter.",
        [("Halden", "cloud revenue", "$4 billion", "quarter")],
    ),
    (
        "Halden said its annual revenue run rate is now $30 billion, up from $9 billion.",
        [
            ("Halden", "revenue run rate", "$30 billion", ""),
            ("Halden", "revenue run rate", "$9 billion", ""),
        ],
    ),
    ("Halden now has 350 million paid subscribers.",
     [("Halden", "paid subscribers", "350 million paid subscribers", "")]),
    ("Halden has cut its staff by 21,000 employees.", []),
    ("Halden added 25 million subscribers.", []),  # by how many is not how many there are
    ("Halden's revenue rose by $3 billion in the first quarter.", []),
    ("Halden's average deal is worth $5 million.", []),
    ("Some 23% of managers have control over their agents.", []),
    ("Shares of Halden opened at $150.", []),
    ("According to Gartner, spending will reach $6 trillion in 2026.", []),
    (
        "Halden expects revenue of $40 billion to $50 billion in 2026.",
        [
            ("Halden", "revenue", "$40 billion", "year"),
            ("Halden", "revenue", "$50 billion", "year"),
        ],
    ),
    (
        "The Halden Pro plan at $20 a month is dear.",
        [("Halden Pro", "price", "$20 a month", "month")],
    ),
    (
        "Halden Compute Raises $4B at $134B Valuation to Expand Its Halls",
        [
            ("Halden Compute", "funding round", "$4B", ""),
            ("Halden Compute", "valuation", "$134B", ""),
        ],
    ),
    (
        "Halden on Tuesday announced a new round that values the company at $188 billion.",
        [("Halden", "valuation", "$188 billion", "")],
    ),
    ("Halden added $170 billion of market value on Monday.", []),
    ("Halden, Corvane and Larkfield plan a capacity of 7 gigawatts.", []),
    (
        "Halden CEO Ada Quill is raising $5 billion.",
        [("Halden", "funding round", "$5 billion", "")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figures"), READINGS)
def test_a_figure_is_read_with_its_owner_and_its_measure(
    text: str, figures: list[tuple[str, str, str, str]]
) -> None:
    """By what ties it to them, and not at all where nothing does."""
    assert read(f"{KNOWN} {text}")[0 : len(figures) + 1] == figures


def test_the_company_is_whom_the_article_is_about() -> None:
    """Where the sentences before name nobody else; else nobody is meant."""
    title = "Halden's growth goes on"
    text = "Halden told of its quarter. The company's revenue was $3 billion in the first quarter."
    assert read(f"{text} Halden is proud.", title)[0][0] == "Halden"
    other = "Halden told of its rival. Corvane has grown. The company's revenue was $3 billion."
    assert read(f"{other} Halden is proud.", title) == []


def test_names_of_one_owner_are_one() -> None:
    """By the built-in table and by a user's own, however the company writes its form."""
    known = owners([("Halden", "Halden Compute", "HLDN")])
    assert known.key("Google") == known.key("Alphabet Inc.")
    assert {known.name(one) for one in ("Halden Compute, Inc.", "HLDN", "Halden's")} == {"Halden"}
    assert known.keys("hldn") == {"halden", "halden compute", "hldn"}


# ---------------------------------------------------------------- series


def one(text: str, day: date = DAY, told: date | None = None) -> object:
    """The first figure of a text, as the ledger has it."""
    figure = recorded(f"{KNOWN} {text}", day, NOBODY)[0]
    return replace(entered(text, day, figure), told=told, issue="x" if told else "")


WEEK = timedelta(days=7)
SERIES = [
    ("Halden's capex for 2026 is $8 billion.",
     "Halden said its capital spending was $7 billion in 2025.", True),
    ("Halden's revenue was $8 billion in the first quarter.",
     "Halden's revenue was $30 billion in 2025.", False),  # a quarter beside a year
    ("Halden's revenue run rate is $8 billion.",
     "Halden's revenue was $30 billion in 2025.", False),
    ("Halden's revenue was $8 billion in 2025.",
     "Halden's revenue was €8 billion in 2025.", False),  # another currency
    ("Halden's cloud revenue was $8 billion in 2025.",
     "Halden's revenue was $30 billion in 2025.", False),
    ("Halden's net income was $8 billion in 2025.",
     "Halden's operating income was $9 billion in 2025.", False),
    ("Halden is valued at $8 billion.",
     "Halden raised $1 billion at a $9 billion valuation.", True),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "same"), SERIES)
def test_one_measure_over_one_length_of_time_is_a_series(a: str, b: str, same: bool) -> None:
    """However it is written; nothing else is."""
    first, second = (recorded(f"{KNOWN} {text}", DAY, NOBODY)[-1] for text in (a, b))
    assert (series_of(first) == series_of(second)) == same


UP_FROM = [
    ("Halden's capex for 2026 is $220 billion.", "Halden's capital spending for 2026 is $200 billion.", True),
    ("Halden plans capital spending of $220 billion for 2026.",
     "Halden plans to spend $200 billion in capex for 2026.", True),
    ("Halden is valued at $12 billion.", "Halden is valued at $9 billion.", True),
    ("Halden is valued at $12 billion.", "Halden may be valued at $9 billion.", False),
    ("Analysts expect Halden's revenue to be $12 billion in 2026.",
     "Halden's revenue was $9 billion in 2025.", False),
    ("Halden's revenue was $12 billion in 2025.", "Halden's revenue was $14 billion in 2026.", False),
    ("Halden's revenue was $12 billion.", "Halden's revenue was $9 billion.", False),
    ("Halden's revenue was more than $12 billion in 2026.", "Halden's revenue was $9 billion in 2025.", False),
    ("Halden raised $12 billion.", "Halden raised $9 billion.", False),  # two rounds
    ("Halden is valued at $12.1 billion.", "Halden is valued at $12 billion.", False),  # rounded
    ("Halden is valued at $900 billion.", "Halden is valued at $9 billion.", False),  # misread
]  # fmt: skip


@pytest.mark.parametrize(("new", "old", "is_up"), UP_FROM)
def test_a_figure_is_up_from_what_was_told_last_where_that_is_sure(
    new: str, old: str, is_up: bool
) -> None:
    """A wrong comparison is worse than none."""
    told = one(old, DAY - WEEK, told=DAY - WEEK)
    assert bool(previous(one(new), [told])) == is_up  # type: ignore[arg-type, list-item]


def test_two_values_told_on_one_day_are_no_previous_value() -> None:
    """Which of them is meant is not certain."""
    told = [one(f"Halden is valued at ${n} billion.", DAY - WEEK, told=DAY - WEEK) for n in (8, 9)]
    assert previous(one("Halden is valued at $12 billion."), told) is None  # type: ignore[arg-type]


CONTRADICTIONS = [
    ("Halden's revenue was $12 billion in 2025.", "Halden's revenue was $9 billion in 2025.", 30, True),
    ("Halden's revenue was $12 billion in 2025.", "Halden's revenue was $9 billion in 2024.", 30, False),
    ("Halden is valued at $12 billion.", "Halden is valued at $9 billion.", 1, True),
    ("Halden is valued at $12 billion.", "Halden is valued at $9 billion.", 30, False),
    ("Halden's capex for 2026 is $12 billion.", "Halden's capex for 2026 is $9 billion.", 30, False),
    ("Halden may be valued at $12 billion.", "Halden is valued at $9 billion.", 1, False),
]  # fmt: skip


@pytest.mark.parametrize(("new", "old", "days", "contradicts"), CONTRADICTIONS)
def test_a_value_for_a_time_that_was_over_contradicts_another(
    new: str, old: str, days: int, contradicts: bool
) -> None:
    """A change in time does not."""
    earlier = DAY - timedelta(days=days)
    told = one(old, earlier, told=earlier)
    assert bool(contradicted(one(new), [told])) == contradicts  # type: ignore[arg-type, list-item]
    assert not (contradicts and previous(one(new), [told]))  # type: ignore[arg-type, list-item]


def test_times_end_when_they_end() -> None:
    """And what is no time never does."""
    assert ends("2026-q1") == date(2026, 3, 31)
    assert ends("2025-h2") == ends("2025") == date(2025, 12, 31)
    assert ends("") == date.max


def test_a_figures_place_is_its_own() -> None:
    """The span of the ledger holds the figure's words."""
    text = "Rain fell.\nHalden’s revenue was $3 billion in 2025, and Corvane raised $40 million."
    found = recorded(text, DAY, NOBODY)
    assert [text[figure.start : figure.end] for figure in found] == ["$3 billion", "$40 million"]


@pytest.mark.parametrize(
    "text",
    ["Halden-" * 20_000 + "$5 billion", "valued at " * 20_000, "$5 million, " * 20_000 + "raised",
     "its " * 20_000 + "revenue of $5 billion", "(" * 40_000 + "Halden raised $5 million"],
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    """A page may be anybody's: a square of its length would be minutes."""
    began = process_time()
    recorded(text, DAY, NOBODY, text[:300])
    assert process_time() - began < 10
