"""What each stage of a run came to: frozen, returned by the stage, and what the report is made
from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.llm.budget import Spending
from digest.llm.usage import SecondReadingCounts
from digest.model import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from digest.llm.provider import Provider
    from digest.llm.usage import ModelUsage
    from digest.model import Left


@dataclass(frozen=True, slots=True)
class FailedFeed:
    """A feed that could not be had this time, and since when that is so."""

    url: str
    title: str
    error: str
    since: datetime


@dataclass(frozen=True, slots=True)
class FetchResult:
    """What asking the feeds came to; `failed` is in the order of feeds.yaml."""

    ok: int = 0
    unchanged: int = 0
    failed: tuple[FailedFeed, ...] = ()
    new_entries: int = 0
    mistaken: tuple[str, ...] = ()  # feeds that are subscribed as what they are not, and how
    stored: int = 0  # feeds that were not asked, because another edition's run has read them


@dataclass(frozen=True, slots=True)
class TranscribeResult:
    """What speech recognition came to. `trouble` is why it could not be used at all."""

    episodes: int = 0
    minutes: float = 0.0  # given to an engine, whatever became of them
    usd: float = 0.0  # what they cost, where a price is configured
    failed: int = 0
    trouble: str = ""
    ahead: tuple[int | None, ...] = ()  # of a dry run: each episode's seconds, as its feed has them


@dataclass(frozen=True, slots=True)
class Sources:
    """What the window's documents were read from."""

    by_basis: Mapping[str, int] = field(default_factory=dict)
    fell_back: Mapping[str, int] = field(default_factory=dict)  # why no page was read, how often


@dataclass(frozen=True, slots=True)
class ExtractResult:
    """What reading the entries came to."""

    pages_read: int = 0
    speech: TranscribeResult = field(default_factory=TranscribeResult)
    sources: Sources = field(default_factory=Sources)


@dataclass(frozen=True, slots=True)
class Crash:
    """Work for a model that an error of our own broke off."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What reading with a model came to; nothing where none was asked."""

    documents: int = 0  # that a model was to read
    unread: tuple[Left, ...] = ()  # of those, what no model did read, and why
    claims: Tally = field(default_factory=Tally)
    crashes: tuple[Crash, ...] = ()
    second: SecondReadingCounts = field(default_factory=SecondReadingCounts)


@dataclass(frozen=True, slots=True)
class SelectResult:
    """What choosing the stories came to: how many there were and how many are told, what became of
    all claims.
    """

    stories: int
    told: int
    claims: Tally
    left_out: tuple[Left, ...]
    # documents told in their own words because a model found so little that the day would have been
    # quiet
    restored: int = 0


@dataclass(frozen=True, slots=True)
class WriteResult:
    """What writing with a model came to; nothing where none was asked."""

    claims: Tally = field(default_factory=Tally)
    crashes: tuple[Crash, ...] = ()
    second: SecondReadingCounts = field(default_factory=SecondReadingCounts)


@dataclass(frozen=True, slots=True)
class ModelsAsked:
    """What the models of a run came to, until some moment of it."""

    spending: Spending = field(default_factory=Spending)
    models: tuple[ModelUsage, ...] = ()


@dataclass(frozen=True, slots=True)
class RereadResult:
    """What the second reading of a draft came to; nothing where nobody was asked."""

    second: SecondReadingCounts = field(default_factory=SecondReadingCounts)
    asked: ModelsAsked = field(default_factory=ModelsAsked)

    def lines(self) -> Iterator[str]:
        """For a person."""
        yield from self.second.lines()
        yield from self.asked.spending.lines()


def models_asked(provider: Provider | None) -> ModelsAsked:
    """What the models came to until now; nothing where there are none."""
    return ModelsAsked(provider.used(), provider.usage()) if provider else ModelsAsked()


def reason_kind(why: str) -> str:
    """The reason without its particulars: "same story as X" counts as "same story"."""
    for kind in (
        "same story",
        "told on",
        "other language",
        "enough from",
        "enough on",
        "nothing to read",
        "no link",
        "show notes",
        "not grounded",
    ):
        if why.startswith(kind):
            return kind
    return why
