"""The labelled weeks of AI news as a newsletter meets them: entries and documents in a state, read
from the corpus without a network.
"""

from __future__ import annotations

import html
import json
import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from digest.config.schema import Config, Editions, Feed
from digest.errors import ExtractFailed
from digest.extract.document import Extracted, document
from digest.extract.episode import Heard, talk_in_file, with_talk
from digest.extract.page import read_page
from digest.model import Entry
from digest.run.clean import settle
from digest.run.session import Session
from digest.store import documents, entries
from digest.store.state import open_state

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from digest.model import Document, Kind

DAYS = 7
TEASER = 220  # characters of an article that its feed shows, cut as feeds cut
BEFORE = timedelta(days=7)  # how much older an episode may be than the week it is heard in
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Week:
    """A session whose state holds a week's documents, and its days."""

    name: str
    session: Session
    days: tuple[date, ...]


@contextmanager
def week_of(corpus: Path, name: str, folder: Path) -> Iterator[Week]:
    """The week that begins on the date `name`, in a state and an output folder below `folder`."""
    with weeks_of(corpus, (name,), folder) as week:
        yield week


@contextmanager
def weeks_of(
    corpus: Path, names: Sequence[str], folder: Path, editions: Editions | None = None
) -> Iterator[Week]:
    """Several weeks, one after the other, in one state."""
    rows = _rows(corpus / "clusters" / "ai_stories.jsonl")
    starts = [date.fromisoformat(name) for name in names]
    read = [
        *_articles([row for row in rows if row["window"] in names]),
        *(one for start in starts for one in _episodes(corpus / "transcripts", start)),
    ]
    kinds = {entry.feed_url: entry.kind for entry, _ in read}
    config = Config(
        feeds=tuple(Feed(url=url, kind=kind) for url, kind in kinds.items()),
        state=folder / "state.sqlite3",
        output=folder / "output",
        editions=editions or Editions(),
    )
    now = _moment(starts[-1].isoformat()) + timedelta(days=DAYS)
    with open_state(config.state) as db:
        session = Session(config, db, now=now)
        with db:
            entries.save(db, [entry for entry, _ in read])
            for entry, reading in read:
                documents.save(db, entry, reading, now)
        settle(session)
        days = tuple(start + timedelta(days=i) for start in starts for i in range(DAYS))
        yield Week(names[0], session, days)


def documents_of(corpus: Path, name: str) -> dict[str, Document]:
    """The documents of the week that begins on the date `name`, by their id in the corpus; an
    episode's is made of its title.
    """
    rows = [row for row in _rows(corpus / "clusters" / "ai_stories.jsonl") if row["window"] == name]
    read = [*_articles(rows), *_episodes(corpus / "transcripts", date.fromisoformat(name))]
    return {entry.id: found.document for entry, found in read}


def weeks(corpus: Path) -> tuple[str, ...]:
    """The names of all weeks, in order."""
    return tuple(sorted({row["window"] for row in _rows(corpus / "clusters" / "ai_stories.jsonl")}))


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


# ---------------------------------------------------------------- articles


def _articles(rows: list[Row]) -> Iterator[tuple[Entry, Extracted]]:
    for i, row in enumerate(rows):
        published = _moment(row["date"]) + timedelta(hours=5, minutes=(i * 47) % 1020)
        feed = f"https://{_slug(row['publisher'])}.example/feed"
        teaser = f"{' '.join(row['text'].split())[:TEASER]}…"
        entry = Entry(row["id"], feed, row["url"], row["title"], published, published, text=teaser)
        body = _page(row["title"], row["text"]).encode()
        page = read_page(body, "text/html; charset=utf-8", row["url"])
        yield entry, Extracted(document(entry, page, row["publisher"], ""))


def _page(title: str, text: str) -> str:
    parts = re.split(r"(?<=[.!?])\s+(?=[A-Z\"“])", " ".join(text.split()))
    paragraphs = (" ".join(parts[i : i + 3]) for i in range(0, len(parts), 3))
    body = "".join(f"<p>{html.escape(one)}</p>" for one in paragraphs)
    name = html.escape(title)
    return (
        f"<!doctype html><html lang=en><head><title>{name}</title></head>"
        f"<body><main><article><h1>{name}</h1>{body}</article></main></body></html>"
    )


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _moment(day: str) -> datetime:
    return datetime.fromisoformat(day[:10]).replace(tzinfo=UTC)


# ---------------------------------------------------------------- episodes


def _episodes(folder: Path, start: date) -> Iterator[tuple[Entry, Extracted]]:
    """Episodes of the week and the week before, heard on its first day or when they came out."""
    first = _moment(start.isoformat())
    for show, day, title, notes, body, media in (*_all_in(folder), *_talks(folder)):
        if not first - BEFORE <= _moment(day) < first + timedelta(days=DAYS):
            continue
        when = max(_moment(day), first) + timedelta(hours=9)
        site = f"https://{_slug(show)}.example"
        kind: Kind = "podcast"
        entry = Entry(
            _slug(title), f"{site}/feed", f"{site}/{_slug(title)}", title, when, when, kind,
            text=notes,
        )  # fmt: skip
        try:
            heard = Heard(talk_in_file(body, media, entry.url))
        except ExtractFailed:
            continue
        yield entry, Extracted(with_talk(document(entry, None, show, ""), heard, ()))


def _all_in(folder: Path) -> Iterator[tuple[str, str, str, str, bytes, str]]:
    for path in sorted((folder / "allin_json").glob("*.json")):
        episode = json.loads(path.read_text(encoding="utf-8"))
        said = episode.get("transcript_segments")
        if said:
            segments = [
                {"startTime": one["start"], "endTime": one["end"], "body": one["text"].strip()}
                for one in said
            ]
            body = json.dumps({"version": "1.0.0", "segments": segments}).encode()
            notes = html.unescape(re.sub("<[^>]+>", " ", episode.get("description") or ""))
            title = episode["title"]
            yield "All-In", episode["date"], title, notes or title, body, "application/json"


def _talks(folder: Path) -> Iterator[tuple[str, str, str, str, bytes, str]]:
    for path in sorted((folder / "ai_podcast_md").glob("*.md")):
        show, day, _ = path.stem.split("__")
        _, front, text = path.read_text(encoding="utf-8").split("---", 2)
        named = re.search(r'title: "(.*?)(?: - [^"]*)?"', front)
        title = named[1] if named else path.stem
        lines = [one for one in text.splitlines() if one and not one.startswith(("#", "- **"))]
        yield show, day, title, title, "\n".join(lines).encode(), "text/plain; charset=utf-8"
