"""What happened at one model in a run, counted from any thread and told in words."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# In the order in which they are told, and in which words.
_WORDS = {
    "limited": "429",
    "busy": "server error",
    "broke": "broken answer",
    "unreachable": "no connection",
    "timed out": "no answer in time",
    "cut": "answer cut short",
    "form": "wrong form",
    "language": "another language",
    "repeated": "ran in circles",
    "empty": "empty answer",
    "thought": "thoughts without an answer",
    "refused": "refused",
    "too long": "prompt too long",
    "rejected": "request not taken as it was",
}


@dataclass(frozen=True, slots=True)
class ModelUsage:
    """One model's run. `waited` is in seconds; `out` says why it was not asked any more, "" when it
    was.
    """

    model: str
    host: str
    calls: int
    cached: int
    tokens_in: int
    tokens_out: int
    events: dict[str, int]  # by the keys of `_WORDS`
    left_to: dict[str, int]  # questions that it could not answer, by who was next
    waited: float
    out: str

    @property
    def name(self) -> str:
        """The model and where it is."""
        return f"{self.model} at {self.host}"

    @property
    def gave_up(self) -> int:
        """Questions that it could not answer."""
        return sum(self.left_to.values())

    @property
    def eventful(self) -> bool:
        """Did anything happen that a person should hear of?"""
        return bool(self.events or self.gave_up or self.out)

    def line(self) -> str:
        """For a person: "qwen at 127.0.0.1: 1 × 429, 3 × answer cut short (waited 2 s)"."""
        parts = [
            f"{self.events[name]} × {words}"
            for name, words in _WORDS.items()
            if self.events.get(name)
        ]
        if parts and self.waited >= 1:
            parts[-1] += f" (waited {self.waited:.0f} s)"
        parts += [f"{count} × left to {after}" for after, count in self.left_to.items()]
        if self.out:
            parts.append(
                f"{'not asked again' if self.calls or self.events else 'not asked'}: {self.out}"
            )
        return f"{self.name}: {', '.join(parts) or f'{self.calls} × answered'}"

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "model": self.model, "host": self.host, "calls": self.calls, "cached": self.cached,
            "tokens_in": self.tokens_in, "tokens_out": self.tokens_out, "events": self.events,
            "gave_up": self.gave_up, "left_to": self.left_to, "waited": round(self.waited, 1),
            "out": self.out,
        }  # fmt: skip


@dataclass
class Counts:
    """Counts of one model, for any thread."""

    calls: int = 0
    cached: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    left_to: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answered(self, tokens_in: int, tokens_out: int) -> None:
        """A call brought an answer."""
        with self._lock:
            self.calls += 1
            self.tokens_in += tokens_in
            self.tokens_out += tokens_out

    def reused(self) -> None:
        """An answer from before was used."""
        with self._lock:
            self.cached += 1

    def happened(self, event: str) -> None:
        """Something went otherwise than it should."""
        with self._lock:
            self.events[event] += 1

    def left(self, after: str) -> None:
        """A question was given up, and went to whoever `after` names."""
        with self._lock:
            self.left_to[after] += 1

    def usage(self, model: str, host: str, waited: float, out: str) -> ModelUsage:
        """What was counted until now."""
        with self._lock:
            events, left_to = dict(self.events), dict(self.left_to)
            return ModelUsage(
                model,
                host,
                self.calls,
                self.cached,
                self.tokens_in,
                self.tokens_out,
                events,
                left_to,
                waited,
                out,
            )


@dataclass(frozen=True, slots=True)
class SecondReadingCounts:
    """How many texts were read a second time, of how many the meaning was borne out, of how many of
    those a flag was cleared, how many were doubted; how many were not read, by the reason.
    """

    read: int = 0
    borne_out: int = 0
    cleared: int = 0
    doubted: int = 0
    unread: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: SecondReadingCounts) -> SecondReadingCounts:
        return SecondReadingCounts(
            self.read + other.read,
            self.borne_out + other.borne_out,
            self.cleared + other.cleared,
            self.doubted + other.doubted,
            Counter(self.unread) + Counter(other.unread),
        )

    def json(self) -> dict[str, Any]:
        """For issue.json."""
        return {
            "read": self.read,
            "borne_out": self.borne_out,
            "cleared": self.cleared,
            "doubted": self.doubted,
            "not_read": sum(self.unread.values()),
            "why": dict(self.unread),
        }

    def lines(self) -> Iterator[str]:
        """For a person; nothing where nobody was to read."""
        fates = f"{self.borne_out} borne out, {self.doubted} doubted"
        cleared = f", {self.cleared} flags cleared" if self.cleared else ""
        missed = "".join(f"; {count} not read: {why}" for why, count in self.unread.items())
        if self.read or self.unread:
            yield f"second reading: {self.read} texts read, {fates}{cleared}{missed}"


class SecondReadings:
    """Counts second readings, from any thread."""

    def __init__(self) -> None:
        self._counts = SecondReadingCounts()
        self._lock = threading.Lock()

    def heard(self, *, supported: bool, flagged: bool) -> None:
        """A text, `flagged` before or not, was read, and its meaning borne out or not."""
        one = SecondReadingCounts(1, int(supported), int(supported and flagged), int(not supported))
        with self._lock:
            self._counts += one

    def missed(self, why: str) -> None:
        """A text was to be read and was not."""
        with self._lock:
            self._counts += SecondReadingCounts(unread={why: 1})

    def counts(self) -> SecondReadingCounts:
        """What was counted until now."""
        with self._lock:
            return self._counts
