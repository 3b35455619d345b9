"""The closing report of a run, made from what its stages returned: as values, as JSON and as lines
for a person.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from digest.llm.budget import dollars
from digest.run.results import (
    ExtractResult,
    FetchResult,
    ModelsAsked,
    ReadResult,
    SelectResult,
    TranscribeResult,
    WriteResult,
    reason_kind,
)
from digest.text.counted import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from digest.feeds.health import Notice
    from digest.llm.cost_estimate import Estimate
    from digest.llm.usage import SecondReadingCounts
    from digest.model import Left, Tally, Verdict
    from digest.run.results import Crash

MOST_CRASHES = 5  # that are told one by one; JSON has them all


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did until some moment, stage by stage; a stage that has not been says nothing.
    Counts are of this run, `left_out` is of the issue.
    """

    fetch: FetchResult = field(default_factory=FetchResult)
    extract: ExtractResult = field(default_factory=ExtractResult)
    read: ReadResult = field(default_factory=ReadResult)
    select: SelectResult | None = None
    write: WriteResult = field(default_factory=WriteResult)
    asked: ModelsAsked = field(default_factory=ModelsAsked)
    estimate: Estimate | None = None  # of a dry run with a model
    notices: tuple[Notice, ...] = ()  # feeds to look at
    verdicts: Mapping[Verdict, int] | None = None  # of the draft's texts, once it is written
    contradictions: tuple[str, ...] = ()  # of the draft's figures with those that were told before
    mail: str = ""  # what to know of the mail

    @property
    def claims(self) -> Tally:
        """What became of all claims: as they stand in the issue's stories, where those are chosen;
        before that, as read.
        """
        return (self.select.claims if self.select else self.read.claims) + self.write.claims

    @property
    def left_out(self) -> tuple[Left, ...]:
        """The entries that are not in the issue."""
        return self.select.left_out if self.select else ()

    @property
    def crashes(self) -> tuple[Crash, ...]:
        """Every piece of work for a model that an error of our own broke off."""
        return (*self.read.crashes, *self.write.crashes)

    @property
    def second(self) -> SecondReadingCounts:
        """The second readings of what was read and of what was written."""
        return self.read.second + self.write.second

    def run_json(self) -> dict[str, Any]:
        """The `run` object of issue.json."""
        claims = self.claims
        return {
            "feeds": {
                "ok": self.fetch.ok,
                "unchanged": self.fetch.unchanged,
                "stored": self.fetch.stored,
                "failed": [
                    {"url": feed.url, "error": feed.error, "since": feed.since.isoformat()}
                    for feed in self.fetch.failed
                ],
            },
            "documents": sum(self.extract.sources.by_basis.values()),
            "insights": {
                key: getattr(claims, key) for key in ("made", "repaired", "replaced", "dropped")
            },
            "model": self.asked.spending.json(),
            "models": [model.json() for model in self.asked.models],
            "reading": {
                "documents": self.read.documents,
                "unread": [_left_json(left) for left in self.read.unread],
                "restored": self.select.restored if self.select else 0,
            },
            "second_reading": self.second.json(),
            "crashed": [{"what": crash.what, "why": crash.why} for crash in self.crashes],
        }

    def json(self) -> dict[str, Any]:
        """Everything, for `--json`."""
        return {
            **self.run_json(),
            "entries_new": self.fetch.new_entries,
            "pages_read": self.extract.pages_read,
            "documents_by_basis": dict(self.extract.sources.by_basis),
            "fell_back": dict(self.extract.sources.fell_back),
            "speech": _speech_json(self.extract.speech),
            "stories": {
                "found": self.select.stories if self.select else 0,
                "told": self.select.told if self.select else 0,
            },
            **({"estimate": self.estimate.json()} if self.estimate else {}),
            **({"verdicts": dict(self.verdicts)} if self.verdicts else {}),
            "contradictions": list(self.contradictions),
            "left_out": [_left_json(left) for left in self.left_out],
            "mail": self.mail,
            "notices": [notice.json() for notice in self.notices],
        }

    def lines(self) -> Iterable[str]:
        """The report for a person, one fact a line."""
        yield from _feed_lines(self.fetch)
        yield from _document_lines(self.extract)
        if self.select and self.select.stories:
            yield f"stories: {self.select.stories} found, {self.select.told} told"
        yield from self._model_lines()
        if self.verdicts:
            from digest.grounding.verdicts import in_words

            yield f"texts: {in_words(self.verdicts)}"
        yield from (f"contradiction: {line}" for line in self.contradictions)
        yield from self.estimate.lines() if self.estimate else ()
        if self.left_out:
            reasons = Counter(reason_kind(left.why) for left in self.left_out)
            yield f"left out: {counted(len(self.left_out), 'document')} ({_counted(reasons)})"
        if self.mail:
            yield self.mail
        yield from self._notice_lines()

    def _model_lines(self) -> Iterable[str]:
        """What became of claims, what was asked, and what went wrong with whom."""
        unread, spending = len(self.read.unread), self.asked.spending
        if unread and unread == self.read.documents:
            yield "no model answered: this issue is made of extracts, the sources' own words"
        elif spending.calls or spending.cached or self.asked.models:
            yield _claims_line(self.claims)
        if 0 < unread < self.read.documents:
            yield f"{_documents(unread)} read without a model"
        if self.select and self.select.restored:
            yield (
                "the model found too little for an issue:"
                f" {_documents(self.select.restored)} taken in the sources' own words"
            )
        yield from self.second.lines()
        yield from _crash_lines(self.crashes)
        yield from spending.lines()
        yield from (f"  {model.line()}" for model in self.asked.models if model.eventful)

    def _notice_lines(self) -> Iterable[str]:
        listed = {feed.url for feed in self.fetch.failed}
        notices = [
            notice
            for notice in self.notices
            if notice.state != "failing" or notice.feed_url not in listed
        ]
        if notices:
            yield "feeds to look at:"
            yield from (f"  {notice.line()}" for notice in notices)


def _feed_lines(fetched: FetchResult) -> Iterable[str]:
    if fetched.ok or fetched.unchanged or fetched.failed:
        yield (
            f"feeds: {fetched.ok} ok, {fetched.unchanged} unchanged, {len(fetched.failed)} failed"
        )
    if fetched.stored:
        yield f"feeds: {fetched.stored} as other editions have read them"
    for feed in fetched.failed:
        yield f"  {feed.title or feed.url}: {feed.error} (since {feed.since:%Y-%m-%d %H:%M} UTC)"
    yield from (f"  {line}" for line in fetched.mistaken)


def _document_lines(extracted: ExtractResult) -> Iterable[str]:
    documents, fell_back = extracted.sources.by_basis, extracted.sources.fell_back
    if documents:
        yield f"documents: {sum(documents.values())} ({_counted(documents)})"
    yield from (
        f"  {count} read from the feed's text: {why}"
        for why, count in Counter(fell_back).most_common()
    )
    yield from speech_lines(extracted.speech)


def speech_lines(speech: TranscribeResult) -> Iterable[str]:
    """Speech recognition for a person."""
    if speech.trouble:
        yield f"speech recognition cannot be used: {speech.trouble}"
    if speech.ahead:
        minutes = sum(seconds or 0 for seconds in speech.ahead) / 60
        unknown = f", {speech.ahead.count(None)} of unknown length" if None in speech.ahead else ""
        yield (
            f"speech recognition: {counted(len(speech.ahead), 'episode')} would be heard,"
            f" {counted(round(minutes), 'minute')}{unknown}"
        )
    if speech.episodes or speech.minutes or speech.failed:
        cost = f", {dollars(speech.usd)}" if speech.usd else ""
        yield (
            f"speech recognition: {counted(speech.episodes, 'episode')},"
            f" {counted(round(speech.minutes), 'minute')}{cost}, {speech.failed} failed"
        )


def _speech_json(speech: TranscribeResult) -> dict[str, Any]:
    return {
        "episodes": speech.episodes,
        "minutes": round(speech.minutes, 1),
        "failed": speech.failed,
        "cost_usd": round(speech.usd, 6),
        "trouble": speech.trouble,
        "ahead": len(speech.ahead),
    }


def _left_json(left: Left) -> dict[str, str]:
    return {"entry": left.entry, "entry_url": left.entry_url, "why": left.why}


def _claims_line(claims: Tally) -> str:
    fates = f"{claims.repaired} repaired, {claims.replaced} replaced, {claims.dropped} dropped"
    return f"insights: {claims.made} made, {fates}"


def _crash_lines(crashes: tuple[Crash, ...]) -> Iterable[str]:
    yield from (
        f"  {crash.what} broke off: {crash.why} (an error of digest's own; -v shows where)"
        for crash in crashes[:MOST_CRASHES]
    )
    if len(crashes) > MOST_CRASHES:
        yield f"  and {len(crashes) - MOST_CRASHES} more like it"


def _documents(count: int) -> str:
    return f"{count} documents were" if count > 1 else "1 document was"


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in Counter(counts).most_common())
