"""Pages of episodes: a show's own transcript with the passages that issues rest on marked, each
with the issue that tells it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from digest.config.templates import fill_in
from digest.render.publication import address, direction
from digest.render.web_page import look
from digest.text import markdown
from digest.text.reader_dates import short_day
from digest.transcript.timestamps import clock, moment_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jinja2 import Environment

    from digest.config.schema import Newsletter
    from digest.model import Document, Evidence, Mark
    from digest.render.archive_feed import ApprovedIssue
    from digest.render.view import IssueView

SECONDS_APART = 60  # between the times that are shown of one speaker's long turn
_NAME = re.compile(r"[0-9a-f]{16}")  # of an entry; what a folder may be called


@dataclass(frozen=True, slots=True)
class Transcripts:
    """The episodes whose transcript may be shown, by entry id, and those of which nothing is known
    any more: their pages stay as they are.
    """

    shown: Mapping[str, Document] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ToldPassage:
    """A passage of an episode, [start, end) in its text, and where it is told. `anchor` is that of
    the story on the issue's page.
    """

    start: int
    end: int
    clock: str
    issue: IssueView
    anchor: str


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph of a transcript. `speaker` is "" where it is the one before; `moment` opens the
    recording there, "" where no link can.
    """

    speaker: str
    clock: str
    moment: str
    text: Markup
    told: tuple[ToldPassage, ...]  # what begins in it


@dataclass(frozen=True, slots=True)
class EpisodeView:
    """An episode with its transcript, ready to be set; all strings are plain text."""

    entry: str
    title: str
    show: str
    published: str
    language: str
    url: str
    paragraphs: tuple[ParagraphView, ...]
    told: tuple[ToldPassage, ...]

    @property
    def path(self) -> str:
        """Of its page in the archive."""
        return f"episodes/{self.entry}/"


def episode_views(
    episodes: Mapping[str, Document], approved: Sequence[ApprovedIssue], newsletter: Newsletter
) -> tuple[EpisodeView, ...]:
    """The episodes of these that any issue rests on, by entry id."""
    told: dict[str, list[ToldPassage]] = {}
    for issue in approved:
        for entry, passage in _passages(issue):
            if entry in episodes and _stands(episodes[entry], passage):
                told.setdefault(entry, []).append(passage)
    return tuple(
        _view(
            entry,
            episodes[entry],
            tuple(sorted(told[entry], key=lambda one: one.start)),
            newsletter,
        )
        for entry in sorted(told)
        if _NAME.fullmatch(entry)
    )


def _passages(issue: ApprovedIssue) -> Iterator[tuple[str, ToldPassage]]:
    stories = [story for section in issue.view.sections for story in section.stories]
    for insight, spans in issue.evidence.items():
        anchor = next((story.anchor for story in stories if insight in story.insights), "")
        if anchor:
            for one in spans:
                yield one.entry, ToldPassage(one.start, one.end, _clock(one), issue.view, anchor)


def _clock(span: Evidence) -> str:
    return "" if span.second is None else clock(span.second)


def _stands(document: Document, passage: ToldPassage) -> bool:
    """Whether a passage is one of the text: a transcript that was read anew may be shorter."""
    return 0 <= passage.start < passage.end <= len(document.text)


def _view(
    entry: str, document: Document, told: tuple[ToldPassage, ...], newsletter: Newsletter
) -> EpisodeView:
    published = document.published
    return EpisodeView(
        entry,
        document.title,
        document.publisher,
        short_day(published.astimezone(newsletter.zone).date(), newsletter.language)
        if published
        else "",
        document.language,
        markdown.safe_url(document.url),
        tuple(_paragraphs(document, told)),
        told,
    )


def _paragraphs(document: Document, told: Sequence[ToldPassage]) -> Iterator[ParagraphView]:
    """The paragraphs in order, each with the time and the speaker where these are news."""
    at, spoke, shown = 0, "", -float(SECONDS_APART)
    for line in document.text.split("\n"):
        mark = _mark(document.marks, at, at + len(line))
        speaker = mark.speaker if mark else ""
        second = mark.second if mark else None
        due = second is not None and (speaker != spoke or second - shown >= SECONDS_APART)
        link = (
            moment_url(document.url, document.audio_url or None, second)
            if due and second is not None
            else ""
        )
        if line.strip():
            yield ParagraphView(
                speaker if speaker != spoke else "",
                clock(second) if due and second is not None else "",
                markdown.safe_url(link),
                _marked(line, at, told),
                tuple(one for one in told if at <= one.start < at + len(line)),
            )
            spoke, shown = speaker, second if due and second is not None else shown
        at += len(line) + 1


def _mark(marks: Sequence[Mark], start: int, end: int) -> Mark | None:
    """The first mark of a paragraph, or the one before it that holds on."""
    first = bisect_left(marks, start, key=lambda one: one.start)
    if first < len(marks) and marks[first].start < end:
        return marks[first]
    return marks[first - 1] if first else None


def _marked(line: str, at: int, told: Sequence[ToldPassage]) -> Markup:
    """A paragraph with what was told marked; spans that overlap are one."""
    parts, done = [], 0
    for start, end in _merged(line, at, told):
        parts += [escape(line[done:start]), Markup("<mark>{}</mark>").format(line[start:end])]
        done = end
    return Markup("").join([*parts, escape(line[done:])])


def _merged(line: str, at: int, told: Sequence[ToldPassage]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for one in told:
        start, end = max(0, one.start - at), min(len(line), one.end - at)
        if start >= end:
            continue
        if spans and start <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    return spans


def episode_pages(
    newsletter: Newsletter, episodes: Sequence[EpisodeView], env: Environment
) -> dict[str, str]:
    """Each episode's page by its path in the archive."""
    return {
        f"{episode.path}index.html": fill_in(
            env,
            "site_episode.html.j2",
            newsletter=newsletter,
            direction=direction(newsletter),
            root="../../",
            url=address(newsletter, episode.path),
            episode=episode,
            **look(env),
        )
        for episode in episodes
    }
