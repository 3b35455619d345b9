"""Transcript files as the documents of episodes, for benches that read them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from digest.config.schema import Config
from digest.feeds.plain_text import plain_text
from digest.model import Document
from digest.transcript.chapters import chapters_in
from digest.transcript.formats import parse
from digest.transcript.turns import spoken

if TYPE_CHECKING:
    from pathlib import Path

_NOW = datetime(2026, 1, 1, tzinfo=UTC)


def episode(path: Path) -> Document:
    """A file as the document of an episode; All-In's carry their show notes."""
    body = path.read_bytes()
    notes = plain_text(json.loads(body).get("description") or "") if path.suffix == ".json" else ""
    talk = spoken(parse(body))
    return Document(
        path.stem, f"https://show.example/{path.stem}", "", "podcast", path.stem, "", None, _NOW,
        "transcript", talk.text, marks=talk.marks, chapters=chapters_in(notes),
    )  # fmt: skip


def theme_words() -> frozenset[str]:
    """The words of the default themes."""
    return frozenset(word for theme in Config(feeds=()).themes for word in theme.words)
