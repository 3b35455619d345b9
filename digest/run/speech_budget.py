"""What an endpoint's minutes cost, under the caps that the language model's money is under."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from digest.llm.budget import Budget, Call, Cost
from digest.llm.endpoint import host_of
from digest.llm.question import Spent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from digest.config.schema import Config, Speech

TASK = "transcribe"


class Purse:
    """Pays for minutes. Without a price, or without a budget, every sum is granted: then the caps
    on minutes are the caps.
    """

    def __init__(self, settings: Speech, budget: Budget | None) -> None:
        endpoint = settings.endpoint
        self._price = (settings.usd_per_minute or 0.0) if endpoint else 0.0
        self._call = Call(TASK, settings.model, host_of(endpoint) if endpoint else "")
        self._budget = budget
        self.paid = 0.0  # USD, in this run

    def refusal(self, minutes: float) -> str:
        """Why so many minutes cannot be paid for, in words; "" when they can."""
        if self._budget is None:
            return ""
        try:
            self._budget.release(self._budget.reserve(self._call, self._cost(minutes)))
        except Spent as error:
            return str(error)
        return ""

    def pay(self, minutes: float) -> None:
        """Pay for minutes that are about to be used, whatever becomes of them. Raises Spent."""
        cost = self._cost(minutes)
        if self._budget is not None:
            self._budget.settle(self._budget.reserve(self._call, cost), cost)
        self.paid += cost.usd or 0.0

    def _cost(self, minutes: float) -> Cost:
        return Cost(usd=self._price * minutes)


@contextmanager
def open_purse(config: Config, settings: Speech, now: datetime) -> Iterator[Purse]:
    """The purse of a run. A price counts against the caps of `llm`, by run and by day; where there
    is no `llm`, there are none.
    """
    if config.llm is None or not settings.usd_per_minute:
        yield Purse(settings, None)
        return
    from digest.run.model_account import open_account

    with open_account(config, config.llm, now, "") as account:
        yield Purse(settings, account.budget)
