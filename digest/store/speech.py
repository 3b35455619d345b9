"""Speech that was recognised: chunk by chunk while an episode is under way, then whole; and what
could not be, with its reason.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from digest.speech.engine import Segment
from digest.store.column_values import maybe_moment, maybe_stamp, stamp

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

FORGET = timedelta(days=30)  # chunks of episodes that nobody goes on with


@dataclass(frozen=True, slots=True)
class Transcribed:
    """What became of an episode's recording: the words that a model heard in it, or why there are
    none.
    """

    audio_url: str
    engine: str  # by which it was tried
    name: str = ""  # the model's, for readers
    segments: tuple[Segment, ...] = ()
    failure: str = ""
    retry_at: datetime | None = None


def of(db: sqlite3.Connection, entry_id: str) -> Transcribed | None:
    """What is known of an episode's recording."""
    row = db.execute("SELECT * FROM recordings WHERE entry_id = ?", (entry_id,)).fetchone()
    if row is None:
        return None
    segments = _segments(row["segments"])
    return Transcribed(
        row["audio_url"],
        row["engine"],
        row["name"],
        segments,
        row["failure"],
        maybe_moment(row["retry_at"]),
    )


def save(db: sqlite3.Connection, entry_id: str, found: Transcribed, now: datetime) -> None:
    """Keep what became of an episode's recording."""
    db.execute(
        """INSERT OR REPLACE INTO recordings
               (entry_id, audio_url, engine, name, segments, failure, tried_at, retry_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            entry_id, found.audio_url, found.engine, found.name, _json(found.segments),
            found.failure, stamp(now),
            maybe_stamp(found.retry_at),
        ),
    )  # fmt: skip


def chunk(
    db: sqlite3.Connection, key: str, engine: str, language: str
) -> tuple[Segment, ...] | None:
    """What an engine heard in a chunk, None when it has not been recognised."""
    row = db.execute(
        "SELECT segments FROM chunks WHERE key = ? AND engine = ? AND language = ?",
        (key, engine, language),
    ).fetchone()
    return _segments(row["segments"]) if row and row["segments"] is not None else None


def begin_chunk(
    db: sqlite3.Connection, key: str, engine: str, language: str, seconds: float, now: datetime
) -> None:
    """Keep that a chunk is about to be given to an engine: it counts from now on, whatever becomes
    of it.
    """
    db.execute(
        """INSERT INTO chunks (key, engine, language, seconds, at) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (key, engine, language) DO UPDATE
               SET seconds = seconds + excluded.seconds, at = excluded.at""",
        (key, engine, language, seconds, stamp(now)),
    )


def save_chunk(
    db: sqlite3.Connection, key: str, engine: str, language: str, segments: Iterable[Segment]
) -> None:
    """Keep what an engine heard in a chunk that was begun."""
    db.execute(
        "UPDATE chunks SET segments = ? WHERE key = ? AND engine = ? AND language = ?",
        (_json(segments), key, engine, language),
    )


def spent(db: sqlite3.Connection, since: datetime) -> float:
    """The minutes given to engines since then."""
    row = db.execute(
        "SELECT total(seconds) AS seconds FROM chunks WHERE at >= ?", (stamp(since),)
    ).fetchone()
    return float(row["seconds"]) / 60


def forget(db: sqlite3.Connection, now: datetime) -> None:
    """Forget chunks that are old; the transcripts that they went into stay."""
    db.execute("DELETE FROM chunks WHERE at < ?", (stamp(now - FORGET),))


def _json(segments: Iterable[Segment]) -> str:
    return json.dumps([list(asdict(segment).values()) for segment in segments], ensure_ascii=False)


def _segments(text: str) -> tuple[Segment, ...]:
    return tuple(Segment(*row) for row in json.loads(text))
