"""What a run has for asking models: its budget under the configured caps, and the answers from
before.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.editions.window import today
from digest.llm.budget import Budget, Caps
from digest.run.llm_answer_cache import AnswerCache
from digest.store.spending import Spendings
from digest.store.thread_connection import open_shared

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from digest.config.schema import Config, Llm


@dataclass(frozen=True, slots=True)
class Account:
    """A run's money and memory. For any thread."""

    budget: Budget
    answers: AnswerCache


@contextmanager
def open_account(config: Config, llm: Llm, now: datetime, issue: str) -> Iterator[Account]:
    """The account of a run at `now` that makes `issue`, on the state that `config` names;
    open_state must have it open.

    A run may open several, one after the other; together they keep to the caps of a run.
    """
    with open_shared(config.state) as shared:
        ledger = Spendings(shared, now, today(now, config.newsletter.zone), issue)
        ledger.forget()
        yield Account(
            Budget(caps_of(llm), ledger, ledger.by_this_run(), judged=bool(config.second_reader)),
            AnswerCache(shared, now),
        )


def caps_of(llm: Llm) -> Caps:
    """The caps of a configuration."""
    return Caps(
        llm.max_usd_per_run, llm.max_usd_per_day, llm.max_tokens_per_run, llm.max_tokens_per_day
    )
