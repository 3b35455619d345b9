"""The closing report of a run: what happened to feeds, documents and stories, as values, as JSON and as lines for a person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from digest.fetch.health import Notice
    from digest.model import Left


@dataclass(frozen=True, slots=True)
class FailedFeed:
    """A feed that could not be had this time, and since when that is so."""

    url: str
    title: str
    error: str
    since: datetime


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
    stories: int = 0
    told: int = 0
    insights: int = 0
    left_out: Sequence[Left] = ()
    notices: Sequence[Notice] = ()

    def run_json(self) -> dict[str, Any]:
        """The `run` object of issue.json."""
        return {
            "feeds": {
                "ok": self.feeds_ok,
                "unchanged": self.feeds_unchanged,
                "failed": [{"url": feed.url, "error": feed.error, "since": feed.since.isoformat()} for feed in self.feeds_failed],
            },
            "documents": sum(self.documents.values()),
            "insights": {"made": self.insights, "repaired": 0, "replaced": 0, "dropped": 0},
            "model": {"calls": 0, "cached": 0, "tokens_in": 0, "tokens_out": 0, "cost_usd": 0.0},
        }

    def json(self) -> dict[str, Any]:
        """Everything, for `--json`."""
        return {
            **self.run_json(),
            "entries_new": self.entries_new,
            "pages_read": self.pages_read,
            "documents_by_basis": dict(self.documents),
            "fell_back": dict(self.fell_back),
            "stories": {"found": self.stories, "told": self.told},
            "left_out": [{"entry_url": left.entry_url, "why": left.why} for left in self.left_out],
            "notices": [notice.json() for notice in self.notices],
        }

    def lines(self) -> Iterable[str]:
        """The report for a person, one fact a line."""
        if self.feeds_ok or self.feeds_unchanged or self.feeds_failed:
            yield f"feeds: {self.feeds_ok} ok, {self.feeds_unchanged} unchanged, {len(self.feeds_failed)} failed"
        for feed in self.feeds_failed:
            yield f"  {feed.title or feed.url}: {feed.error} (since {feed.since:%Y-%m-%d %H:%M} UTC)"
        if self.documents:
            yield f"documents: {sum(self.documents.values())} ({_counted(self.documents)})"
        yield from (f"  {count} read from the feed's text: {why}" for why, count in self.fell_back.most_common())
        if self.stories:
            yield f"stories: {self.stories} found, {self.told} told"
        if self.left_out:
            reasons = Counter(_kind(left.why) for left in self.left_out)
            yield f"left out: {len(self.left_out)} documents ({_counted(reasons)})"
        listed = {feed.url for feed in self.feeds_failed}
        notices = [notice for notice in self.notices if notice.state != "failing" or notice.feed_url not in listed]
        if notices:
            yield "feeds to look at:"
            yield from (f"  {notice.line()}" for notice in notices)


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.most_common())


def _kind(why: str) -> str:
    """The reason without its particulars: "same story as X" counts as "same story"."""
    for kind in ("same story", "told on", "other language", "enough from", "enough on", "nothing to read", "no link"):
        if why.startswith(kind):
            return kind
    return why
