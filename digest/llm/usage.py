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
class OpinionCounts:
    """How many texts were judged, how many of those doubted, and how often a text was not judged,
    by the reason.
    """

    judged: int = 0
    doubted: int = 0
    unheard: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: OpinionCounts) -> OpinionCounts:
        return OpinionCounts(
            self.judged + other.judged,
            self.doubted + other.doubted,
            Counter(self.unheard) + Counter(other.unheard),
        )

    def json(self) -> dict[str, Any]:
        """For issue.json."""
        return {
            "judged": self.judged,
            "doubted": self.doubted,
            "not_judged": sum(self.unheard.values()),
            "why": dict(self.unheard),
        }

    def lines(self) -> Iterator[str]:
        """For a person; nothing where no judge was asked."""
        if self.judged or self.unheard:
            missed = "".join(f"; {count} not judged: {why}" for why, count in self.unheard.items())
            yield f"second opinion: {self.judged} texts judged, {self.doubted} doubted{missed}"


class Opinions:
    """Counts second opinions, from any thread."""

    def __init__(self) -> None:
        self._judged = self._doubted = 0
        self._unheard: Counter[str] = Counter()
        self._lock = threading.Lock()

    def given(self, *, doubted: bool) -> None:
        """The judge has spoken of a text."""
        with self._lock:
            self._judged += 1
            self._doubted += doubted

    def missed(self, why: str) -> None:
        """A text was to be judged and was not."""
        with self._lock:
            self._unheard[why] += 1

    def counts(self) -> OpinionCounts:
        """What was counted until now."""
        with self._lock:
            return OpinionCounts(self._judged, self._doubted, dict(self._unheard))
