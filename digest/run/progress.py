"""What a run says while it goes on: a line for each stage, and one for each small step, which a
terminal shows in place of the one before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.text.counted import counted
from digest.transcript.timestamps import clock

if TYPE_CHECKING:
    from pathlib import Path

    from digest.feeds.fetch import Fetched
    from digest.model import Document

TITLE = 60  # characters of an episode's title


def fetch_stage(feeds: int) -> str:
    """Feeds are about to be asked."""
    return f"fetch: {counted(feeds, 'feed')}"


def feed_step(done: int, of: int, fetched: Fetched) -> str:
    """A feed was asked."""
    outcome = fetched.reason or fetched.outcome
    return f"fetch {done}/{of}: {fetched.title or fetched.feed.url}: {outcome}"


def extract_stage(due: int, of: int) -> str:
    """Pages are about to be read."""
    return f"extract: {due} of {counted(of, 'entry', 'entries')} are to be read"


def page_step(done: int, of: int, document: Document) -> str:
    """A page was read."""
    return f"extract {done}/{of}: {document.publisher}"


def speech_stage(episodes: int, engine: str) -> str:
    """Episodes are about to be heard."""
    return f"speech: {counted(episodes, 'episode')} without a transcript, by {engine}"


def episode_label(notes: Document, title: str) -> str:
    """What steps of one episode begin with."""
    return f"speech: {notes.publisher}: {title[:TITLE]}"


def recording_step(label: str) -> str:
    """A recording is about to be fetched."""
    return f"{label}: the recording"


def chunk_step(label: str, done: int, of: int, segments: int, start: float) -> str:
    """A piece of a recording, which begins at second `start`, was heard."""
    return f"{label}: {done}/{of}: {segments} segments from {clock(start)}"


def summarise_stage(documents: int, stories: int) -> str:
    """Documents were grouped."""
    return f"summarise: {counted(documents, 'document')}, {counted(stories, 'story', 'stories')}"


def read_stage(documents: int, model: str) -> str:
    """Documents are about to be read by a model."""
    return f"read: {counted(documents, 'document')} with {model}"


def read_step(done: int, of: int, document: Document, outcome: str) -> str:
    """A document was read by a model."""
    return f"read {done}/{of}: {document.title}: {outcome}"


def write_stage(stories: int, model: str) -> str:
    """Stories are about to be written by a model."""
    return f"write: {counted(stories, 'story', 'stories')} with {model}"


def recorded_stage(directory: Path) -> str:
    """A record was kept."""
    return f"recorded in {directory}"
