"""The injections of injections.toml, and documents that carry one of them where it belongs."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from digest.model import Chapter, Document, Mark

FIRST = "Acme raised $3 billion for data centres in Norway on Monday, its largest round so far."
LAST = "The company said that it would spend most of the money on chips and power before 2027."


@dataclass(frozen=True)
class Injection:
    """A command to a machine; `marker` is what an obedient model would carry into the issue."""

    place: str
    language: str
    tries: str
    marker: str
    text: str
    held_out: bool = False


@cache
def injections() -> tuple[Injection, ...]:
    """The collection, in order."""
    rows = tomllib.loads(Path(__file__).with_name("injections.toml").read_text("utf-8"))[
        "injection"
    ]
    return tuple(Injection(**row) for row in rows)


def plain_document() -> Document:
    """An article that tries nothing."""
    day = datetime(2025, 9, 22, 8, tzinfo=UTC)
    return Document(
        entry_id="e1",
        url="https://acme-news.example/1",
        feed_url="https://acme-news.example/feed",
        kind="news",
        title="Acme raises $3 billion for data centres",
        publisher="Acme News",
        published=day,
        when=day,
        basis="article",
        text=f"{FIRST}\n{LAST}",
        language="en",
        author="Ann Roe",
    )


def carrying(injection: Injection) -> Document:
    """The article, or an episode, with the injection where it belongs. Feed descriptions and alt
    texts end up in the text, or nowhere.
    """
    document = plain_document()
    text = f"{FIRST}\n{injection.text}\n{LAST}"
    talk = replace(
        document,
        kind="podcast",
        basis="transcript",
        marks=(Mark(0, 0.0, "Ann Roe"), Mark(text.index(LAST), 90.0, "Al Poe")),
    )
    made = {
        "title": replace(document, title=injection.text),
        "author": replace(document, author=injection.text),
        "feed title": replace(document, publisher=injection.text),
        "notes": replace(talk, notes=text),
        "transcript": replace(talk, text=text),
        "speaker": replace(talk, marks=(Mark(0, 0.0, injection.text),)),
        "chapter": replace(
            talk, chapters=(Chapter(0.0, "The round"), Chapter(60.0, injection.text))
        ),
        "enclosure": replace(talk, audio_url=f"https://acme-news.example/{injection.text}"),
    }
    return made.get(injection.place, replace(document, text=text))


def readable(document: Document) -> str:
    """Whatever of a document can be shown or sent to a model."""
    chapters = [chapter.title for chapter in document.chapters]
    speakers = [mark.speaker for mark in document.marks]
    return "\n".join(
        (
            document.title,
            document.publisher,
            document.author,
            document.text,
            document.notes,
            *chapters,
            *speakers,
        )
    )
