"""Three hours of talk made into an issue by the embedded summariser, timed from the transcript to
the rendered files.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digest.config.schema import Config, Insights, Newsletter
from digest.config.schema import Editions as Settings
from digest.config.templates import environment
from digest.editions.edition import Choice
from digest.editions.registry import edition_named
from digest.errors import QuietDay
from digest.extract.document import Extracted
from digest.insights.embedded import read
from digest.issue.embedded_writer import write_draft
from digest.issue.issue_md import parse, write
from digest.issue.material import Material
from digest.model import Document, Entry, Group, Window
from digest.render.mail_html import email_html
from digest.render.mail_text import email_text
from digest.render.view import issue_view
from digest.render.web_page import web_page
from digest.store import documents, entries, open_state
from digest.stories.ranking import rank
from digest.transcript.formats import parse as parse_transcript
from digest.transcript.turns import spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Chapter, Insight

_NOW = datetime(2026, 1, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Made:
    """What three hours came to, in seconds of processor time, and the issue's web page, "" when
    nothing was worth an issue.
    """

    words: int
    insights: tuple[Insight, ...]
    seconds: float
    page: str


def made(
    transcript: bytes, chapters: Sequence[Chapter] = (), *, title: str = "Three hours on AI"
) -> Made:
    """Read a transcript file, choose from it, store both, and draft and render an issue of what was
    chosen.
    """
    begun = time.process_time()
    talk = spoken(parse_transcript(transcript))
    entry = Entry(
        "e", "https://show.example/feed", "https://show.example/e", title, _NOW, _NOW, "podcast"
    )
    document = Document(
        "e", entry.url, entry.feed_url, "podcast", title, "Show", _NOW, _NOW, "transcript",
        talk.text, marks=talk.marks, chapters=tuple(chapters),
        audio_url="https://show.example/e.mp3",
    )  # fmt: skip
    themes = Config(feeds=()).themes
    insights = read(
        document, theme_words=frozenset(word for theme in themes for word in theme.words)
    )
    with tempfile.TemporaryDirectory() as home, open_state(Path(home) / "state.sqlite3") as db, db:
        entries.save(db, [entry])
        documents.save(db, entry, Extracted(document), _NOW)
    page = _rendered(document, insights) if insights else ""
    return Made(len(talk.text.split()), insights, round(time.process_time() - begun, 2), page)


def _rendered(document: Document, insights: tuple[Insight, ...]) -> str:
    config = Config(feeds=())
    group = Group("e", (document,))
    ranked = rank(
        [group],
        themes=config.themes,
        weights={},
        window=Window(datetime(2026, 1, 1, tzinfo=UTC), _NOW),
    )
    kind = edition_named("insights", Settings(insights=Insights(min_stories=1)))
    found = Choice(ranked, {document.entry_id: insights}, config.themes)
    try:
        plan = kind.plan(found)
    except QuietDay:
        return ""
    draft = write_draft(
        "2026-01-02-insights",
        kind,
        _NOW.date(),
        plan,
        Material(found.insights, (), {document.url: document}),
        0,
    )
    evidence = {one.id: one.evidence for one in insights}
    view = issue_view(parse(write(draft)), Newsletter(), {}, frozenset(evidence), evidence)
    templates = environment(None)
    email_html(view, templates)
    email_text(view, templates)
    return web_page(view, templates)
