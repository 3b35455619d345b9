"""What a run is going to ask of models and what that costs, told before anything is spent. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from digest.llm.budget import (
    FOR,
    FOR_JUDGING,
    JUDGING,
    READING,
    Cost,
    cost_of,
    dollars,
    for_reading,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from digest.config.schema import Price
    from digest.llm.budget import Caps
    from digest.llm.question import Task

# What usually comes of the most that a question may take: estimates of prompts are high, and few
# answers use all their room.
USUAL_IN = 0.75
USUAL_OUT = 0.25
REPAIRED = 0.3  # of the documents that are read have a claim that is put right
REPAIR = Cost(1500, 400)
# What is written is not known before it is read: a story's text and an issue's front, with room for
# what they are written from.
STORY = Cost(2000, 500)
FRONT = Cost(3500, 700)
# Of their second readings, whose documents are shown whole where they are short.
STORY_READ = Cost(3500, 400)
FRONT_READ = Cost(4500, 500)

_BEFORE: tuple[Task, Task] = ("read", "judge")  # what is asked before anything is written


@dataclass(frozen=True, slots=True)
class Planned:
    """A question that will be asked: the most tokens it may take, and whether there is an answer
    from before.
    """

    task: Task
    tokens_in: int
    tokens_out: int
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Ahead:
    """A run to come: who reads how many documents for how many stories, under which caps, after
    what was spent on this day before.
    """

    model: str
    documents: int
    stories: int
    caps: Caps
    today: Cost
    troubles: tuple[str, ...] = ()  # what keeps endpoints from being asked at all


@dataclass(frozen=True, slots=True)
class Estimate:
    """A run's questions and their price. `about` is what such a run usually takes; `most` is when
    every answer has its full length.
    """

    ahead: Ahead
    questions: int
    answered: int  # of the questions, by an answer from before
    about: Cost
    most: Cost
    parts: Mapping[
        str, tuple[float, Cost]
    ]  # by task: its share of the run's caps, and what it usually takes of them

    @property
    def exceeds(self) -> str:
        """The cap that such a run usually meets before its end, "" for none."""
        caps, run, day = self.ahead.caps, self.about, self.about + self.ahead.today
        met = {
            f"max_usd_per_run ({dollars(caps.usd_per_run)})": (run.usd or 0.0) > caps.usd_per_run,
            f"max_usd_per_day ({dollars(caps.usd_per_day)})": (
                (day.usd or 0.0) > caps.usd_per_day and self.priced
            ),
            f"max_tokens_per_run ({caps.tokens_per_run:,})": run.tokens > caps.tokens_per_run,
            f"max_tokens_per_day ({caps.tokens_per_day:,})": day.tokens > caps.tokens_per_day,
        }
        return next((name for name, broken in met.items() if broken), "") or next(
            filter(None, map(self._beyond, self.parts)), ""
        )

    def _beyond(self, task: str) -> str:
        """The run's cap of which a task usually meets its share, "" for none."""
        caps, (share, cost) = self.ahead.caps, self.parts[task]
        part = f"of which {share:.0%} is for {FOR[task]}"
        if (cost.usd or 0.0) > caps.usd_per_run * share:
            return f"max_usd_per_run ({dollars(caps.usd_per_run)}, {part})"
        return (
            f"max_tokens_per_run ({caps.tokens_per_run:,}, {part})"
            if cost.tokens > caps.tokens_per_run * share
            else ""
        )

    @property
    def priced(self) -> bool:
        """Is the price known?"""
        return self.about.usd is not None

    def json(self) -> dict[str, Any]:
        """For `--json`; usd is null where the price is unknown."""
        caps = self.ahead.caps
        return {
            "model": self.ahead.model,
            "documents": self.ahead.documents,
            "questions": self.questions,
            "answered_before": self.answered,
            "about": _cost_json(self.about),
            "at_most": _cost_json(self.most),
            "caps": {
                "usd_per_run": caps.usd_per_run,
                "usd_per_day": caps.usd_per_day,
                "tokens_per_run": caps.tokens_per_run,
                "tokens_per_day": caps.tokens_per_day,
            },
            "spent_today": _cost_json(self.ahead.today),
            "exceeds": self.exceeds,
            "troubles": list(self.ahead.troubles),
        }

    def lines(self) -> Iterator[str]:
        """For a person."""
        ahead, caps = self.ahead, self.ahead.caps
        yield (
            f"estimate: {ahead.documents} documents for {ahead.model}: {self.questions} questions,"
            f" {self.answered} answered before"
        )
        yield from (f"  {trouble}" for trouble in ahead.troubles)
        yield f"  about {_told(self.about)}; at most {_told(self.most)}"
        run, day = (
            f"{dollars(caps.usd_per_run)} and {caps.tokens_per_run:,}",
            f"{dollars(caps.usd_per_day)} and {caps.tokens_per_day:,}",
        )
        yield f"  caps: {run} tokens a run, {day} a day"
        if ahead.today.tokens:
            yield f"  spent today: {_told(ahead.today)}"
        if not self.priced:
            yield (
                "  the price is unknown: the caps in USD cannot be kept, those on tokens are;"
                " llm.price says what it costs"
            )
        if self.exceeds:
            after = (
                "is not read a second time"
                if FOR[JUDGING] in self.exceeds
                else "is told in the sources' own words"
            )
            yield f"  that is beyond llm.{self.exceeds}: what comes after it {after}"


def estimate(
    planned: Sequence[Planned], prices: Mapping[Task, Price | None], ahead: Ahead
) -> Estimate:
    """The estimate for reading `planned` and then writing the issue; where all was answered before,
    nothing is asked to write it either.
    """
    asked = [one for one in planned if not one.answered]
    writing = _times(STORY, ahead.stories) + FRONT if asked else Cost()
    reads, judges = (
        [
            (prices[one.task], Cost(one.tokens_in, one.tokens_out))
            for one in asked
            if one.task == task
        ]
        for task in _BEFORE
    )
    calls = [*reads, (prices["write"], writing)]
    repairs, usual_repairs = (
        (prices["read"], _times(REPAIR, count))
        for count in (len(reads), ceil(len(reads) * REPAIRED))
    )
    judged = any(one.task == JUDGING for one in planned)
    written = _times(STORY_READ, ahead.stories) + FRONT_READ if asked and judged else Cost()
    seconds = [*judges, *([(prices["judge"], written)] if judged else [])]
    # what is put right is read again
    again = [(price, _share(size, REPAIRED)) for price, size in judges]
    return Estimate(
        ahead,
        questions=len(planned),
        answered=len(planned) - len(asked),
        about=_priced([*calls, usual_repairs, *seconds, *again], USUAL_IN, USUAL_OUT),
        most=_priced([*calls, repairs, *seconds, *judges], 1.0, 1.0),
        parts={
            READING: (
                for_reading(judged=judged),
                _priced([*reads, usual_repairs], USUAL_IN, USUAL_OUT),
            ),
            JUDGING: (FOR_JUDGING, _priced([*seconds, *again], USUAL_IN, USUAL_OUT)),
        },
    )


def _priced(calls: Sequence[tuple[Price | None, Cost]], share_in: float, share_out: float) -> Cost:
    """The price of all calls when they take such shares of the tokens that they may take."""
    return sum(
        (
            cost_of(price, ceil(size.tokens_in * share_in), ceil(size.tokens_out * share_out))
            for price, size in calls
        ),
        Cost(),
    )


def _times(cost: Cost, count: int) -> Cost:
    return Cost(cost.tokens_in * count, cost.tokens_out * count)


def _share(cost: Cost, share: float) -> Cost:
    return Cost(ceil(cost.tokens_in * share), ceil(cost.tokens_out * share))


def _cost_json(cost: Cost) -> dict[str, Any]:
    return {
        "tokens_in": cost.tokens_in,
        "tokens_out": cost.tokens_out,
        "usd": None if cost.usd is None else round(cost.usd, 6),
    }


def _told(cost: Cost) -> str:
    money = dollars(cost.usd) if cost.usd is not None else "price unknown"
    return f"{cost.tokens_in:,} tokens in, {cost.tokens_out:,} out, {money}"
