"""What a run will cost, before it costs anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from digest.config.schema import Price
from digest.llm.budget import Caps, Cost
from digest.llm.cost_estimate import FRONT, REPAIR, STORY, Ahead, Estimate, Planned, estimate

if TYPE_CHECKING:
    from digest.llm.question import Task

CAPS = Caps(1.0, 5.0, 2_000_000, 10_000_000)
DOLLAR = Price(input=1.0, output=1.0)
PRICES: dict[Task, Price | None] = {"read": DOLLAR, "write": DOLLAR}


def ahead(**changes: Any) -> Ahead:
    """A run with a model called "small"."""
    return Ahead(
        **{
            "model": "small",
            "documents": 10,
            "stories": 4,
            "caps": CAPS,
            "today": Cost(),
            **changes,
        }
    )


def foreseen(
    *planned: Planned, prices: dict[Task, Price | None] | None = None, **changes: Any
) -> Estimate:
    """The estimate of such a run."""
    return estimate(planned, prices or PRICES, ahead(**changes))


READS = (Planned("read", 1000, 500),) * 20


def test_an_estimate_counts_reading_repairs_and_writing() -> None:
    """At most: every answer at its full length and every document with a repair. About: what is
    usual.
    """
    found = foreseen(*READS)
    tokens_in = 20 * 1000 + 20 * REPAIR.tokens_in + 4 * STORY.tokens_in + FRONT.tokens_in
    tokens_out = 20 * 500 + 20 * REPAIR.tokens_out + 4 * STORY.tokens_out + FRONT.tokens_out
    assert (found.most.tokens_in, found.most.tokens_out) == (tokens_in, tokens_out)
    assert found.most.usd == pytest.approx((tokens_in + tokens_out) / 1e6)
    assert 0.1 * found.most.tokens < found.about.tokens < found.most.tokens


def test_what_was_answered_before_costs_nothing() -> None:
    """A second run's estimate is zero, in tokens and in money."""
    found = foreseen(
        *(Planned("read", 1000, 500, answered=True),) * 20, prices={"read": None, "write": None}
    )
    assert (found.questions, found.answered, found.about, found.most) == (20, 20, Cost(), Cost())
    assert (
        next(iter(found.lines()))
        == "estimate: 10 documents for small: 20 questions, 20 answered before"
    )


def test_an_unknown_price_is_said_in_words_and_null_in_json() -> None:
    """Half a price is none: writing with a model whose price is unknown makes the whole unknown."""
    found = foreseen(*READS, prices={"read": DOLLAR, "write": None})
    assert found.json()["about"]["usd"] is None
    assert any(
        "the price is unknown: the caps in USD cannot be kept" in line for line in found.lines()
    )
    assert "$0.00," not in "\n".join(found.lines())


@pytest.mark.parametrize(
    ("changes", "exceeds"),
    [
        ({}, ""),
        ({"caps": Caps(0.01, 5, 10**7, 10**7)}, "max_usd_per_run ($0.01)"),
        ({"today": Cost(1, 1, 4.99)}, "max_usd_per_day ($5.00)"),
        ({"caps": Caps(1, 5, 20_000, 10**7)}, "max_tokens_per_run (20,000)"),
        ({"today": Cost(10_000_000, 0, 0.0)}, "max_tokens_per_day (10,000,000)"),
    ],
)
def test_a_cap_that_will_be_met_is_named(changes: dict[str, Any], exceeds: str) -> None:
    """Before anything is spent, with what follows from it."""
    found = foreseen(*READS, **changes)
    assert found.exceeds == exceeds
    assert any("the sources' own words" in line for line in found.lines()) == bool(exceeds)


def test_a_day_s_known_money_does_not_count_against_an_unknown_price() -> None:
    """Nobody can say whether the cap will be met, so nobody does."""
    assert (
        foreseen(*READS, prices={"read": None, "write": None}, today=Cost(1, 1, 4.99)).exceeds == ""
    )


def test_a_share_that_will_be_met_is_named() -> None:
    """Reading stops at its share, before the cap; with a judge that is a smaller one, and the judge
    has one of its own.
    """
    alone = foreseen(*READS * 4, caps=Caps(0.12, 5, 10**7, 10**7))
    assert alone.about.usd is not None
    assert alone.about.usd < 0.12
    assert alone.exceeds == "max_usd_per_run ($0.12, of which 75% is for reading)"
    judged = [*READS, *(Planned("judge", 1000, 500),) * 20]
    prices: dict[Task, Price | None] = {**PRICES, "judge": DOLLAR}
    caps = Caps(1, 5, 90_000, 10**7)
    assert foreseen(*READS, caps=caps).exceeds == ""
    found = foreseen(*judged, prices=prices, caps=caps)
    assert found.exceeds == "max_tokens_per_run (90,000, of which 30% is for second readings)"
    assert "what comes after it is not read a second time" in "\n".join(found.lines())
