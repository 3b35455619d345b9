"""The closing report of a run: what happened to feeds, documents and stories, as values, as JSON
and as lines for a person.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from digest.llm.budget import Spending, dollars
from digest.llm.usage import Opinions
from digest.model import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from digest.feeds.health import Notice
    from digest.llm.cost_estimate import Estimate
    from digest.llm.provider import Provider
    from digest.llm.usage import Told
    from digest.model import Left

MOST_CRASHES = 5  # that are told one by one; JSON has them all


@dataclass(frozen=True, slots=True)
class FailedFeed:
    """A feed that could not be had this time, and since when that is so."""

    url: str
    title: str
    error: str
    since: datetime


@dataclass
class Recognised:
    """What speech recognition came to in this run. `trouble` is why it could not be used at all."""

    episodes: int = 0
    minutes: float = 0.0  # given to an engine, whatever became of them
    usd: float = 0.0  # what they cost, where a price is configured
    failed: int = 0
    trouble: str = ""
    ahead: Sequence[
        int | None
        # seconds of each episode that a dry run does not give to an engine, as its feed has them
    ] = ()

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        counts = {
            "episodes": self.episodes,
            "minutes": round(self.minutes, 1),
            "failed": self.failed,
        }
        return {
            **counts,
            "cost_usd": round(self.usd, 6),
            "trouble": self.trouble,
            "ahead": len(self.ahead),
        }

    def lines(self) -> Iterable[str]:
        """For a person."""
        if self.trouble:
            yield f"speech recognition cannot be used: {self.trouble}"
        if self.ahead:
            minutes = sum(seconds or 0 for seconds in self.ahead) / 60
            unknown = f", {self.ahead.count(None)} of unknown length" if None in self.ahead else ""
            yield (
                f"speech recognition: {len(self.ahead)} episodes would be heard, {minutes:.0f}"
                f" minutes{unknown}"
            )
        if self.episodes or self.minutes or self.failed:
            cost = f", {dollars(self.usd)}" if self.usd else ""
            yield (
                f"speech recognition: {self.episodes} episodes, {self.minutes:.0f} minutes{cost},"
                f" {self.failed} failed"
            )


@dataclass
class Report:
    """Filled stage by stage. Counts are of this run; `left_out` is of the issue."""

    feeds_ok: int = 0
    feeds_unchanged: int = 0
    feeds_failed: list[FailedFeed] = field(default_factory=list)
    entries_new: int = 0
    pages_read: int = 0
    documents: Counter[str] = field(default_factory=Counter)  # by basis
    fell_back: Counter[str] = field(default_factory=Counter)  # why a page was not what was read
    speech: Recognised = field(default_factory=Recognised)
    stories: int = 0
    told: int = 0
    claims: Tally = field(default_factory=Tally)
    spending: Spending = field(default_factory=Spending)
    models: Sequence[Told] = ()
    estimate: Estimate | None = None  # of a dry run with a model
    left_out: Sequence[Left] = ()
    read: int = 0  # documents that a model was to read
    unread: list[Left] = field(default_factory=list)  # of those, what no model did read, and why
    # documents told in their own words because a model found so little that the day would have been
    # quiet
    restored: int = 0
    crashed: list[tuple[str, str]] = field(
        default_factory=list
    )  # work for a model that an error of our own broke off: which, and why
    opinions: Opinions = field(default_factory=Opinions)
    notices: Sequence[Notice] = ()

    def asked(self, provider: Provider) -> None:
        """Take note of what the models came to until now."""
        self.spending, self.models = provider.used(), provider.told()

    def run_json(self) -> dict[str, Any]:
        """The `run` object of issue.json."""
        return {
            "feeds": {
                "ok": self.feeds_ok,
                "unchanged": self.feeds_unchanged,
                "failed": [
                    {"url": feed.url, "error": feed.error, "since": feed.since.isoformat()}
                    for feed in self.feeds_failed
                ],
            },
            "documents": sum(self.documents.values()),
            "insights": {
                key: getattr(self.claims, key)
                for key in ("made", "repaired", "replaced", "dropped")
            },
            "model": self.spending.json(),
            "models": [told.json() for told in self.models],
            "reading": {
                "documents": self.read,
                "unread": [{"entry_url": left.entry_url, "why": left.why} for left in self.unread],
                "restored": self.restored,
            },
            "second_opinion": self.opinions.json(),
            "crashed": [{"what": what, "why": why} for what, why in self.crashed],
        }

    def json(self) -> dict[str, Any]:
        """Everything, for `--json`."""
        return {
            **self.run_json(),
            "entries_new": self.entries_new,
            "pages_read": self.pages_read,
            "documents_by_basis": dict(self.documents),
            "fell_back": dict(self.fell_back),
            "speech": self.speech.json(),
            "stories": {"found": self.stories, "told": self.told},
            **({"estimate": self.estimate.json()} if self.estimate else {}),
            "left_out": [{"entry_url": left.entry_url, "why": left.why} for left in self.left_out],
            "notices": [notice.json() for notice in self.notices],
        }

    def lines(self) -> Iterable[str]:
        """The report for a person, one fact a line."""
        if self.feeds_ok or self.feeds_unchanged or self.feeds_failed:
            yield (
                f"feeds: {self.feeds_ok} ok, {self.feeds_unchanged} unchanged,"
                f" {len(self.feeds_failed)} failed"
            )
        for feed in self.feeds_failed:
            yield (
                f"  {feed.title or feed.url}: {feed.error} (since {feed.since:%Y-%m-%d %H:%M} UTC)"
            )
        if self.documents:
            yield f"documents: {sum(self.documents.values())} ({_counted(self.documents)})"
        yield from (
            f"  {count} read from the feed's text: {why}"
            for why, count in self.fell_back.most_common()
        )
        yield from self.speech.lines()
        if self.stories:
            yield f"stories: {self.stories} found, {self.told} told"
        yield from self._models()
        yield from self.estimate.lines() if self.estimate else ()
        if self.left_out:
            reasons = Counter(_kind(left.why) for left in self.left_out)
            yield f"left out: {len(self.left_out)} documents ({_counted(reasons)})"
        listed = {feed.url for feed in self.feeds_failed}
        notices = [
            notice
            for notice in self.notices
            if notice.state != "failing" or notice.feed_url not in listed
        ]
        if notices:
            yield "feeds to look at:"
            yield from (f"  {notice.line()}" for notice in notices)

    def _models(self) -> Iterable[str]:
        """What became of claims, what was asked, and what went wrong with whom."""
        if self.unread and len(self.unread) == self.read:
            yield "no model answered: this issue is made of extracts, the sources' own words"
        elif self.spending.calls or self.spending.cached or self.models:
            fates = (
                f"{self.claims.repaired} repaired, {self.claims.replaced} replaced,"
                f" {self.claims.dropped} dropped"
            )
            yield f"insights: {self.claims.made} made, {fates}"
        if 0 < len(self.unread) < self.read:
            yield f"{_documents(len(self.unread))} read without a model"
        if self.restored:
            yield (
                f"the model found too little for an issue: {_documents(self.restored)} taken in the"
                " sources' own words"
            )
        yield from self.opinions.lines()
        yield from (
            f"  {what} broke off: {why} (an error of digest's own; -v shows where)"
            for what, why in self.crashed[:MOST_CRASHES]
        )
        if len(self.crashed) > MOST_CRASHES:
            yield f"  and {len(self.crashed) - MOST_CRASHES} more like it"
        yield from self.spending.lines()
        yield from (f"  {told.line()}" for told in self.models if told.eventful)


def _documents(count: int) -> str:
    return f"{count} documents were" if count > 1 else "1 document was"


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.most_common())


def _kind(why: str) -> str:
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
