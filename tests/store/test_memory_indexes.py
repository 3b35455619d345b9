"""What a run asks of the memory is found by an index, however much is remembered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from digest.store import forecasts, ledger, open_state, passages
from digest.store.passages import Filters

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

DAY = date(2026, 2, 9)
ASKED: dict[str, Callable[[sqlite3.Connection], object]] = {
    "figures of an entry": lambda db: ledger.of(db, ["e"]),
    "what replaces an entry's": lambda db: ledger.save(db, "e", ()),
    "what was told before": lambda db: ledger.told_before(db, ["a", "b"], "daily", DAY, DAY),
    "plans for a time": lambda db: ledger.plans(db, ["a"], "revenue", "2025", DAY),
    "what was told of somebody": lambda db: ledger.told_in(db, ["i"], ["a"]),
    "what an issue tells": lambda db: ledger.tell(db, "i", "daily", DAY, ["f"]),
    "an entry's forecasts": lambda db: forecasts.save(db, "e", ()),
    "what is due": lambda db: forecasts.listed(db, (), DAY, DAY),
    "an entry's passages": lambda db: passages.save(db, "insight", "e", ()),
    "insights that are told": lambda db: passages.mark_told(db, "i", {"x": "t"}),
    "a search": lambda db: passages.search(db, '"power"', Filters(edition="daily"), 9),
}


@pytest.mark.parametrize("asked", ASKED)
def test_nothing_is_looked_through_from_end_to_end(asked: str, tmp_path: Path) -> None:
    """By the plan that SQLite has for each statement."""
    with open_state(tmp_path / "state.sqlite3") as db:
        statements: list[str] = []
        db.set_trace_callback(statements.append)
        ASKED[asked](db)
        db.set_trace_callback(None)
        plans = [
            row["detail"]
            for statement in statements
            if statement.startswith(("SELECT", "DELETE", "UPDATE"))
            for row in db.execute(f"EXPLAIN QUERY PLAN {statement}")
        ]
    assert plans
    tables = ("figures", "told_figures", "passages", "forecasts", "issues")
    assert [one for one in plans if one.startswith("SCAN") and one.split()[1] in tables] == []
