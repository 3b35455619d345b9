"""The hard cap: never broken, by no order of calls and from no number of threads; and what was
spent is never forgotten.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config.schema import Config, Llm, Price
from digest.errors import StateError
from digest.llm.budget import Budget, Call, Caps, Cost, Spending, cost_of, dollars
from digest.llm.question import Spent
from digest.llm.structured_output import Manner
from digest.run.model_account import caps_of, open_account
from digest.store import open_state
from digest.store.spending import Spendings
from digest.store.thread_connection import Shared, open_shared
from tests.examples import examples
from tests.llm.asking import desk, question
from tests.model_server import model_server, sums

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2025, 9, 22, 6, 30, tzinfo=UTC)
MONDAY, TUESDAY = date(2025, 9, 22), date(2025, 9, 23)
READ, WRITE = Call("read", "small", "api.example"), Call("write", "large", "api.example")
ROOMY = Caps(100.0, 100.0, 10_000_000, 10_000_000)


@contextmanager
def shared(home: Path) -> Iterator[Shared]:
    """A state file's second connection."""
    with open_state(home / "state.sqlite3"), open_shared(home / "state.sqlite3") as second:
        yield second


def ledger(db: Shared, day: date = MONDAY) -> Spendings:
    """The ledger of one run."""
    return Spendings(db, NOW, day, f"{day}-daily")


def spend(budget: Budget, call: Call, cost: Cost) -> None:
    """One call that costs what it was feared to."""
    budget.settle(budget.reserve(call, cost), cost)


class Nowhere:
    """A ledger that remembers nothing."""

    def open(self, call: Call, worst: Cost) -> str:  # noqa: ARG002  # a Ledger's
        """A new id."""
        return os.urandom(8).hex()

    def close(self, identity: str, really: Cost | None) -> None:
        """Nothing."""

    def today(self) -> Cost:
        """Nothing was spent."""
        return Cost()


# ---------------------------------------------------------------- never over the cap

amounts = st.floats(min_value=0, max_value=1, allow_nan=False)
calls = st.lists(
    st.tuples(
        st.sampled_from([READ, WRITE]),
        amounts,
        st.integers(0, 5000),
        st.floats(0, 1),
        st.booleans(),
    ),
    max_size=40,
)


@examples(60)
@given(calls=calls, usd=st.floats(0, 5), tokens=st.integers(0, 50_000))
def test_no_order_of_calls_from_any_thread_breaks_a_cap(
    calls: list[tuple[Call, float, int, float, bool]], usd: float, tokens: int
) -> None:
    """What calls cost is at most what they reserved, and then neither money nor tokens ever exceed
    the caps, at any moment.
    """
    budget = Budget(Caps(usd, usd, tokens, tokens), Nowhere())
    seen = []

    def one(call: Call, worst_usd: float, worst_tokens: int, part: float, made: bool) -> None:
        try:
            held = budget.reserve(call, Cost(worst_tokens, 0, worst_usd))
        except Spent:
            return
        if made:
            budget.settle(held, Cost(int(worst_tokens * part), 0, worst_usd * part))
        else:
            budget.release(held)
        seen.append(budget.spending)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda row: one(*row), calls))
    assert all(spent.usd <= usd + 1e-9 and spent.tokens_in <= tokens for spent in seen)


def test_calls_under_way_count_at_their_worst() -> None:
    """Two calls side by side cannot both take the last dollar."""
    budget = Budget(Caps(1.0, 5.0, 10**6, 10**6), Nowhere())
    first = budget.reserve(WRITE, Cost(usd=0.6))
    with pytest.raises(
        Spent, match=r"the cap of \$1\.00 \(llm\.max_usd_per_run\) would be broken: \$0\.60 spent"
    ):
        budget.reserve(WRITE, Cost(usd=0.6))
    budget.settle(first, Cost(usd=0.3))
    budget.reserve(WRITE, Cost(usd=0.6))


def test_a_call_without_usage_costs_what_was_feared() -> None:
    """Where nobody told what a call cost, the worst is taken for true."""
    budget = Budget(ROOMY, Nowhere())
    budget.settle(budget.reserve(READ, Cost(1000, 500, 0.25)))
    assert budget.spending == Spending(calls=1, tokens_in=1000, tokens_out=500, usd=0.25)


def test_a_quarter_of_a_run_is_kept_for_writing() -> None:
    """Reading cannot leave the issue without a title."""
    budget = Budget(Caps(1.0, 5.0, 10**6, 10**6), Nowhere())
    spend(budget, READ, Cost(usd=0.75))
    with pytest.raises(Spent, match="of which 75% is for reading"):
        spend(budget, READ, Cost(usd=0.01))
    spend(budget, WRITE, Cost(usd=0.25))


JUDGE = Call("judge", "judge", "api.example")


@pytest.mark.parametrize("counted", ["usd", "tokens"])
def test_a_judge_has_a_share_of_its_own_and_no_other(counted: str) -> None:
    """Of money and tokens alike: it takes nothing from writing, leaves reading its part, and keeps
    a fifth for what is written.
    """

    def cost(share: float) -> Cost:
        return Cost(usd=share) if counted == "usd" else Cost(tokens_in=round(share * 10**6))

    budget = Budget(Caps(1.0, 5.0, 10**6, 10**7), Nowhere(), judged=True)
    spend(budget, JUDGE, cost(0.24))
    with pytest.raises(Spent, match="of which 24% is for second readings"):
        budget.reserve(JUDGE, cost(0.01))
    spend(budget, READ, cost(0.45))
    with pytest.raises(Spent, match="of which 45% is for reading"):
        budget.reserve(READ, cost(0.01))
    spend(budget, WRITE, cost(0.2))
    spend(budget, JUDGE, cost(0.05))
    with pytest.raises(Spent, match="of which 30% is for second readings"):
        budget.reserve(JUDGE, cost(0.02))
    spend(budget, WRITE, cost(0.05))
    with pytest.raises(Spent, match=r"max_usd_per_run\)|max_tokens_per_run\)"):
        budget.reserve(WRITE, cost(0.02))


def test_what_reading_leaves_is_not_the_judge_s() -> None:
    """A judge never has more than its share, however much is left; writing may have all of it."""
    budget = Budget(Caps(1.0, 5.0, 10**6, 10**7), Nowhere(), judged=True)
    spend(budget, WRITE, Cost(usd=0.1))
    spend(budget, JUDGE, Cost(usd=0.30))
    with pytest.raises(Spent):
        budget.reserve(JUDGE, Cost(usd=0.05))
    spend(budget, WRITE, Cost(usd=0.60))


def test_calls_under_way_count_for_their_task_s_share() -> None:
    """A judge's calls side by side cannot take more than one after the other."""
    budget = Budget(Caps(1.0, 5.0, 10**6, 10**7), Nowhere(), judged=True)
    held = budget.reserve(JUDGE, Cost(usd=0.18))
    with pytest.raises(Spent, match=r"\$0\.18 spent on that or under way"):
        budget.reserve(JUDGE, Cost(usd=0.18))
    budget.settle(held, Cost(usd=0.01))
    budget.reserve(JUDGE, Cost(usd=0.18))


@pytest.mark.parametrize(
    ("caps", "words"),
    [
        (Caps(1, 9, 9999, 9999), r"\$1\.00 \(llm\.max_usd_per_run"),
        (Caps(9, 1, 9999, 9999), r"\$1\.00 \(llm\.max_usd_per_day\)"),
        (Caps(9, 9, 1000, 9999), r"1,000 tokens \(llm\.max_tokens_per_run"),
        (Caps(9, 9, 9999, 1000), r"1,000 tokens \(llm\.max_tokens_per_day\)"),
        (Caps(0, 0, 9999, 9999), r"\$0\.00 \(llm\.max_usd_per_run"),
    ],
)
def test_each_cap_is_named_when_it_stops_a_call(caps: Caps, words: str) -> None:
    """The line says which key of feeds.yaml holds the cap."""
    with pytest.raises(Spent, match=words):
        Budget(caps, Nowhere()).reserve(WRITE, Cost(1000, 1000, 2.0))


def test_an_unknown_price_leaves_the_caps_on_tokens() -> None:
    """Money whose amount nobody knows cannot be capped; tokens can. The report says unknown, never
    zero.
    """
    budget = Budget(Caps(0.0, 0.0, 1000, 1000), Nowhere())
    spend(budget, WRITE, Cost(600, 0, None))
    with pytest.raises(Spent, match="1,000 tokens"):
        budget.reserve(WRITE, Cost(600, 0, None))
    assert budget.spending.json()["cost_usd"] is None
    assert "price unknown" in next(iter(budget.spending.lines()))


def test_what_is_free_is_not_capped_by_money() -> None:
    """A model of one's own may be asked under a cap of nothing."""
    budget = Budget(Caps(0, 0, 10**6, 10**6), Nowhere())
    spend(budget, READ, cost_of(Price(input=0, output=0), 1000, 1000))
    assert budget.spending.json()["cost_usd"] == 0


# ---------------------------------------------------------------- across runs


def test_the_day_counts_every_run_of_it(tmp_path: Path) -> None:
    """A second run of the day begins with what the first has spent; the next day begins anew."""
    caps = Caps(9.0, 1.0, 10**6, 10**6)
    with shared(tmp_path) as db:
        spend(Budget(caps, ledger(db)), WRITE, Cost(10, 10, 0.7))
        second = Budget(caps, ledger(db))
        with pytest.raises(Spent, match=r"max_usd_per_day\) would be broken: \$0\.70"):
            second.reserve(WRITE, Cost(usd=0.5))
        assert second.spending == Spending(capped=second.spending.capped)  # of this run
        assert "max_usd_per_day" in second.spending.capped
        spend(Budget(caps, ledger(db, TUESDAY)), WRITE, Cost(usd=0.5))


def test_a_call_that_was_not_made_is_struck_out(tmp_path: Path) -> None:
    """What was turned away before it cost counts for nothing, today or later."""
    with shared(tmp_path) as db:
        budget = Budget(ROOMY, ledger(db))
        budget.release(budget.reserve(READ, Cost(5, 5, 0.5)))
        assert ledger(db).today() == Cost()


def test_a_run_killed_during_a_call_has_spent_the_worst(tmp_path: Path) -> None:
    """kill -9 between asking and being told the cost: the reserved amount counts for the day."""
    code = f"""
import os, signal
from pathlib import Path
from tests.llm.test_budget import *
with shared(Path({str(tmp_path)!r})) as db:
    Budget(ROOMY, ledger(db)).reserve(READ, Cost(1000, 200, 0.4))
    os.kill(os.getpid(), signal.SIGKILL)
"""
    died = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    assert died.returncode == -signal.SIGKILL
    with shared(tmp_path) as db:
        assert ledger(db).today() == Cost(1000, 200, 0.4)


def test_the_main_threads_transaction_is_not_waited_for(tmp_path: Path) -> None:
    """While the main thread holds the file a call is not held up; it is kept as soon as the file is
    free.
    """
    with (
        open_state(tmp_path / "state.sqlite3") as db,
        open_shared(tmp_path / "state.sqlite3") as second,
    ):
        budget = Budget(ROOMY, ledger(second))
        with db:
            db.execute("INSERT INTO robots VALUES ('a', 'b', 'c')")
            with ThreadPoolExecutor(1) as pool:
                pool.submit(spend, budget, READ, Cost(1000, 200, 0.4)).result(timeout=30)
        spend(budget, READ, Cost(1, 1, 0.1))
        assert ledger(second).today() == Cost(1001, 201, 0.5)


def test_what_was_put_off_is_kept_at_the_end(tmp_path: Path) -> None:
    """A write that the main thread's last transaction put off goes in when the run ends."""
    with open_state(tmp_path / "state.sqlite3") as db:
        with open_shared(tmp_path / "state.sqlite3") as second, db:
            db.execute("INSERT INTO robots VALUES ('a', 'b', 'c')")
            spend(Budget(ROOMY, ledger(second)), READ, Cost(3, 4, 0.5))
        assert tuple(db.execute("SELECT tokens_in, tokens_out, usd FROM spending").fetchone()) == (
            3,
            4,
            0.5,
        )


def test_a_state_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    """Another failure than a busy file is not put off but told."""
    path = tmp_path / "state.sqlite3"

    def fill() -> None:
        with open_state(path), closing(sqlite3.connect(path, isolation_level=None)) as small:
            small.execute("PRAGMA max_page_count = 1")
            for _ in range(2000):
                ledger(Shared(small)).open(Call("read", "m" * 4000), Cost())

    with pytest.raises(StateError, match="cannot be read or written"):
        fill()


def test_what_a_run_spends_elsewhere_counts_for_its_cap(tmp_path: Path) -> None:
    """Speech is recognised before anything is read: both are one run, and another moment is another
    run.
    """
    config = Config(feeds=(), state=tmp_path / "state.sqlite3", llm=Llm(model="m"))
    assert config.llm
    with open_state(config.state):
        with open_account(config, config.llm, NOW, "") as first:
            spend(first.budget, Call("transcribe", "ears"), Cost(usd=0.4))
        with (
            open_account(config, config.llm, NOW, "") as second,
            pytest.raises(Spent, match=r"max_usd_per_run.*\$0\.40 spent"),
        ):
            second.budget.reserve(WRITE, Cost(usd=0.7))
        with open_account(config, config.llm, NOW + timedelta(minutes=1), "") as third:
            third.budget.reserve(WRITE, Cost(usd=0.5))


def test_an_answer_without_a_limit_is_feared_as_long_as_the_window() -> None:
    """A server that takes no limit on the answer may fill the window: where that could break the
    cap, it is not asked.
    """
    capped = {"caps": Caps(100.0, 100.0, 4000, 10**9), "context_tokens": 8000}
    with model_server(sums) as server:
        with (
            desk(server, manner=Manner(limit="none"), **capped) as unlimited,
            pytest.raises(Spent, match="max_tokens_per_run"),
        ):
            unlimited.provider.ask(question())
        assert server.asked == []
        with desk(server, manner=Manner(), **capped) as limited:
            limited.provider.ask(question())
        assert server.asked


# ---------------------------------------------------------------- told


@pytest.mark.parametrize(
    ("usd", "words"),
    [
        (0, "$0.00"),
        (0.00001, "less than $0.0001"),
        (0.00123, "$0.0012"),
        (0.05, "$0.05"),
        (0.0949, "$0.095"),
        (1.5, "$1.50"),
        (1234, "$1,234.00"),
    ],
)
def test_amounts_are_told_to_the_cent_or_finer(usd: float, words: str) -> None:
    """A fraction of a cent is not rounded to nothing."""
    assert dollars(usd) == words


def test_part_of_the_price_may_be_unknown() -> None:
    """A fallback without a price makes the whole unknown, and the report says how far it is
    known.
    """
    spending = Spending(calls=5, cached=2, tokens_in=1200, tokens_out=30, usd=0.5, unpriced=2)
    assert spending.json() == {
        "calls": 5,
        "cached": 2,
        "tokens_in": 1200,
        "tokens_cached": 0,
        "tokens_out": 30,
        "cost_usd": None,
        "second_reading": {
            "tokens_in": 0,
            "tokens_cached": 0,
            "tokens_out": 0,
            "cost_usd": None,
        },
    }
    assert list(spending.lines()) == [
        (
            "model: 5 calls, 2 answers from before, 1,200 tokens in, 30 out, $0.50 and 2 calls of"
            " unknown price"
        )
    ]


def test_what_a_provider_had_kept_costs_what_it_says() -> None:
    """The beginning of a prompt that was sent before is cheaper where its price is known, and as
    dear as the rest where it is not.
    """
    price = Price(input=1.0, output=2.0, cached=0.1)
    assert cost_of(price, 1_000_000, 0, 800_000).usd == pytest.approx(0.28)
    assert cost_of(Price(input=1.0, output=2.0), 1_000_000, 0, 800_000).usd == pytest.approx(1.0)


def test_what_second_readings_took_is_told_apart() -> None:
    """Their tokens, those of them that came from the provider's cache, and their money."""
    budget = Budget(Caps(1.0, 5.0, 10**6, 10**7), Nowhere(), judged=True)
    spend(budget, READ, Cost(1000, 100, 0.02))
    spend(budget, JUDGE, Cost(1100, 50, 0.01, 900))
    assert budget.spending.json()["second_reading"] == {
        "tokens_in": 1100,
        "tokens_cached": 900,
        "tokens_out": 50,
        "cost_usd": 0.01,
    }
    assert list(budget.spending.lines()) == [
        (
            "model: 2 calls, 0 answers from before, 2,100 tokens in (900 from the provider's cache),"
            " 150 out, $0.03"
        ),
        "  of which second readings: 1,100 tokens in (900 from the cache), 50 out, $0.01",
    ]


def test_nothing_asked_is_nothing_told() -> None:
    """A run without a model has no line about one, and cost nothing."""
    assert list(Spending().lines()) == []
    assert Spending().json()["cost_usd"] == 0.0


def test_the_caps_are_those_of_the_configuration() -> None:
    """max_usd_per_run and its like, as written."""
    assert caps_of(Llm(model="m", max_usd_per_run=2, max_tokens_per_day=7)) == Caps(
        2.0, 5.0, 2_000_000, 7
    )
