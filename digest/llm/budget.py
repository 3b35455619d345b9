"""The hard cap: every call reserves the worst that it may cost before it is made, and settles for
what it did cost. For any thread.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

from digest.llm.question import Spent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.config.schema import Price

MILLION = 1_000_000
# Of a run's caps. What is written last has a share that nothing before it can take: reading must
# not leave an issue without a title.
# The second reading has one of its own, so that it takes nothing from what is read and written.
FOR_WRITING = 0.25
FOR_JUDGING = 0.30
# the most of it that goes into what is read, so that something is left for what is written
BEFORE_WRITING = 0.24
WRITING, JUDGING, READING = "write", "judge", "read"
FOR = {JUDGING: "second readings", READING: "reading"}  # what a share is for


def for_reading(*, judged: bool) -> float:
    """The share of what is neither writing nor a second reading."""
    return 1 - FOR_WRITING - (FOR_JUDGING if judged else 0.0)


@dataclass(frozen=True, slots=True)
class Cost:
    """Tokens and money. `usd` is None when nobody knows the price; `tokens_cached` are those of
    `tokens_in` that the provider had kept.
    """

    tokens_in: int = 0
    tokens_out: int = 0
    usd: float | None = 0.0
    tokens_cached: int = 0

    @property
    def tokens(self) -> int:
        """In and out together, which is what caps on tokens count."""
        return self.tokens_in + self.tokens_out

    def __add__(self, other: Cost) -> Cost:
        usd = None if self.usd is None or other.usd is None else self.usd + other.usd
        return Cost(
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            usd,
            self.tokens_cached + other.tokens_cached,
        )

    def __sub__(self, other: Cost) -> Cost:
        usd = None if self.usd is None or other.usd is None else self.usd - other.usd
        return Cost(
            self.tokens_in - other.tokens_in,
            self.tokens_out - other.tokens_out,
            usd,
            self.tokens_cached - other.tokens_cached,
        )


def cost_of(price: Price | None, tokens_in: int, tokens_out: int, tokens_cached: int = 0) -> Cost:
    """What a call costs at a price for a million tokens."""
    if not tokens_in and not tokens_out:
        return Cost()  # nothing costs nothing at any price
    return Cost(
        tokens_in, tokens_out, _usd(price, tokens_in, tokens_out, tokens_cached), tokens_cached
    )


def _usd(price: Price | None, tokens_in: int, tokens_out: int, tokens_cached: int) -> float | None:
    if price is None:
        return None
    kept = price.input if price.cached is None else price.cached
    read = price.input * (tokens_in - tokens_cached) + kept * tokens_cached
    return (read + price.output * tokens_out) / MILLION


@dataclass(frozen=True, slots=True)
class Call:
    """Who is to be paid for what. `host` is the endpoint's, "" for none."""

    task: str
    model: str
    host: str = ""


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that may be spent. Zero means nothing at all, which leaves what is free and, for
    tokens, no call.
    """

    usd_per_run: float
    usd_per_day: float
    tokens_per_run: int
    tokens_per_day: int


@dataclass(frozen=True, slots=True)
class Reservation:
    """A call under way and the worst that it may cost."""

    id: str
    call: Call
    worst: Cost


class Ledger(Protocol):
    """Where what was spent is kept. Safe for any thread; what `open` was told counts until `close`
    says better, crash or no crash.
    """

    def open(self, call: Call, worst: Cost) -> str:
        """Keep a call that is about to be made; returns its id."""

    def close(self, identity: str, really: Cost | None) -> None:
        """Keep what it cost; None strikes it out."""

    def today(self) -> Cost:
        """What was spent on this day before the run; money whose price was unknown counts as
        none.
        """


@dataclass(frozen=True, slots=True)
class Spending:
    """What a run has asked of models. `usd` counts what is known; `unpriced` is how many calls had
    no known price; `cached` are answers from before, `tokens_cached` what providers had kept of
    prompts. `second` is the part that second readings took; `capped` says which cap kept a call
    from being made, "" when none did.
    """

    calls: int = 0
    cached: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    usd: float = 0.0
    unpriced: int = 0
    tokens_cached: int = 0
    second: Cost = Cost()
    capped: str = ""

    def json(self) -> dict[str, Any]:
        """The `model` object of issue.json; `cost_usd` is null as soon as one price is unknown."""
        return {
            "calls": self.calls,
            "cached": self.cached,
            "tokens_in": self.tokens_in,
            "tokens_cached": self.tokens_cached,
            "tokens_out": self.tokens_out,
            "cost_usd": None if self.unpriced else round(self.usd, 6),
            "second_reading": {
                "tokens_in": self.second.tokens_in,
                "tokens_cached": self.second.tokens_cached,
                "tokens_out": self.second.tokens_out,
                "cost_usd": None if self.unpriced else round(self.second.usd or 0.0, 6),
            },
        }

    def lines(self) -> Iterator[str]:
        """For a person."""
        if self.calls or self.cached:
            asked = f"{self.calls} calls, {self.cached} answers from before"
            kept = (
                f" ({self.tokens_cached:,} from the provider's cache)" if self.tokens_cached else ""
            )
            yield (
                f"model: {asked}, {self.tokens_in:,} tokens in{kept}, {self.tokens_out:,} out,"
                f" {self._cost()}"
            )
        if self.second.tokens:
            money = "" if self.unpriced else f", {dollars(self.second.usd or 0.0)}"
            yield (
                f"  of which second readings: {self.second.tokens_in:,} tokens in"
                f" ({self.second.tokens_cached:,} from the cache), {self.second.tokens_out:,}"
                f" out{money}"
            )

    def _cost(self) -> str:
        if not self.unpriced:
            return dollars(self.usd)
        known = f"{dollars(self.usd)} and " if self.usd else ""
        return (
            f"{known}{self.unpriced} calls of unknown price"
            if self.unpriced < self.calls
            else "price unknown"
        )


def dollars(usd: float) -> str:
    """An amount for a person: cents, and what is less than a cent to two figures."""
    return (
        f"${usd:,.2f}"
        if usd >= 0.095 or not usd
        else f"${usd:.2g}"
        if usd >= 0.0001
        else "less than $0.0001"
    )


class Budget:
    """One run's money and tokens, under the caps of the run and of the day. `already` is what the
    run has spent by another budget.

    `judged`: there is a second reading, which has a share.
    """

    def __init__(
        self, caps: Caps, ledger: Ledger, already: Cost | None = None, *, judged: bool = False
    ) -> None:
        self._caps = caps
        self._judged = judged
        self._spent_on = {WRITING: Cost(), JUDGING: Cost()}  # everything else is reading
        self._writing = False
        self._ledger = ledger
        self.before = ledger.today()  # spent on this day before, by this run too
        self._already = already or Cost()
        self._spent = Cost()
        self._held: dict[str, Reservation] = {}
        self._spending = Spending()
        self._lock = Lock()

    def reserve(self, call: Call, worst: Cost) -> Reservation:
        """Set aside what the call may cost. Raises Spent when a cap would be broken; the call must
        then not be made.

        Where the price is unknown, only the caps on tokens can be kept.
        """
        with self._lock:
            self._writing = self._writing or call.task == WRITING
            try:
                self._check(call, worst)
            except Spent as spent:
                self._spending = replace(self._spending, capped=self._spending.capped or str(spent))
                raise
            reservation = Reservation(self._ledger.open(call, worst), call, worst)
            self._held[reservation.id] = reservation
            return reservation

    def settle(self, reservation: Reservation, really: Cost | None = None) -> None:
        """The call was made and cost so much; None where nobody told, and then the worst is taken
        for true.
        """
        cost = really if really is not None else reservation.worst
        with self._lock:
            del self._held[reservation.id]
            self._ledger.close(reservation.id, cost)
            self._spent += _known(cost)
            if reservation.call.task in self._spent_on:
                self._spent_on[reservation.call.task] += _known(cost)
            self._spending = _counted(self._spending, cost)

    def release(self, reservation: Reservation) -> None:
        """The call was not made, or was turned away before anything was charged."""
        with self._lock:
            del self._held[reservation.id]
            self._ledger.close(reservation.id, None)

    def reused(self) -> None:
        """An answer from before was used, which costs nothing."""
        with self._lock:
            self._spending = replace(self._spending, cached=self._spending.cached + 1)

    @property
    def spending(self) -> Spending:
        """What was spent until now, calls under way left out."""
        with self._lock:
            return replace(self._spending, second=self._spent_on[JUDGING])

    def _check(self, call: Call, worst: Cost) -> None:
        caps, run = self._caps, self._spent + self._under_way()
        day, run = run + self.before, run + self._already
        _refuse_tokens(run.tokens, worst.tokens, caps.tokens_per_run, "max_tokens_per_run", "")
        _refuse_tokens(day.tokens, worst.tokens, caps.tokens_per_day, "max_tokens_per_day", "")
        share, of_it, what_for = self._share(call.task, run)
        _refuse_tokens(
            of_it.tokens, worst.tokens, caps.tokens_per_run, "max_tokens_per_run", what_for, share
        )
        if worst.usd is not None:
            _refuse_usd(run.usd or 0.0, worst.usd, caps.usd_per_run, "max_usd_per_run", "")
            _refuse_usd(day.usd or 0.0, worst.usd, caps.usd_per_day, "max_usd_per_day", "")
            _refuse_usd(
                of_it.usd or 0.0, worst.usd, caps.usd_per_run, "max_usd_per_run", what_for, share
            )

    def _share(self, task: str, run: Cost) -> tuple[float, Cost, str]:
        """A task's share of the run's caps, what of it is spent or under way, and what it is for;
        writing may take all that is left.
        """
        if task == WRITING:
            return 1.0, run, ""
        written, judged = (self._spent_on[one] + self._under_way(one) for one in (WRITING, JUDGING))
        if task == JUDGING:
            return FOR_JUDGING if self._writing else BEFORE_WRITING, judged, FOR[JUDGING]
        return for_reading(judged=self._judged), run - written - judged, FOR[READING]

    def _under_way(self, task: str = "") -> Cost:
        """The worst that calls under way may cost, those of one task or all."""
        return sum(
            (_known(held.worst) for held in self._held.values() if task in {"", held.call.task}),
            Cost(),
        )


def _known(cost: Cost) -> Cost:
    """The cost with no money where nobody knows how much."""
    return replace(cost, usd=cost.usd or 0.0)


def _counted(spending: Spending, cost: Cost) -> Spending:
    return replace(
        spending,
        calls=spending.calls + 1,
        tokens_in=spending.tokens_in + cost.tokens_in,
        tokens_out=spending.tokens_out + cost.tokens_out,
        tokens_cached=spending.tokens_cached + cost.tokens_cached,
        usd=spending.usd + (cost.usd or 0.0),
        unpriced=spending.unpriced + (cost.usd is None),
    )


def _refuse_tokens(
    spent: int, worst: int, cap: int, key: str, what_for: str, share: float = 1.0
) -> None:
    if worst and spent + worst > cap * share:
        raise Spent(_why(f"{cap:,} tokens", key, f"{spent:,}", f"{worst:,}", what_for, share))


def _refuse_usd(
    spent: float, worst: float, cap: float, key: str, what_for: str, share: float = 1.0
) -> None:
    if worst and spent + worst > cap * share:
        raise Spent(_why(dollars(cap), key, dollars(spent), dollars(worst), what_for, share))


def _why(cap: str, key: str, spent: str, worst: str, what_for: str, share: float) -> str:
    part, on = (f", of which {share:.0%} is for {what_for}", " on that") if what_for else ("", "")
    return (
        f"the cap of {cap} (llm.{key}{part}) would be broken: {spent} spent{on} or under way, and"
        f" this call may take {worst}"
    )
