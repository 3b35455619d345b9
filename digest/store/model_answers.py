"""Answers of language models, by what was asked of whom; forgotten when unused for long."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from digest.llm.question import Kept
from digest.store.column_values import stamp

if TYPE_CHECKING:
    from datetime import datetime

    from digest.store.thread_connection import Shared

_FRESH = timedelta(
    days=1
)  # a use is noted once a day, and a useless answer holds for one: by then the server may be mended


def get(db: Shared, key: str, now: datetime) -> Kept | None:
    """The answer to a question, or None."""
    lately = stamp(now - _FRESH)
    rows = db.read(
        "SELECT * FROM answers WHERE key = ? AND (NOT useless OR used_at >= ?)", (key, lately)
    )
    if not rows:
        return None
    row = rows[0]
    if row["used_at"] < lately:
        db.write("UPDATE answers SET used_at = ? WHERE key = ?", (stamp(now), key))
    return Kept(
        row["model"], row["text"], row["tokens_in"], row["tokens_out"], bool(row["useless"])
    )


def put(db: Shared, key: str, answer: Kept, now: datetime) -> None:
    """Keep an answer, in place of an earlier one to the same question."""
    db.write(
        "INSERT OR REPLACE INTO answers (key, model, text, tokens_in, tokens_out, useless, used_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            key,
            answer.model,
            answer.text,
            answer.tokens_in,
            answer.tokens_out,
            answer.useless,
            stamp(now),
        ),
    )


def has(db: Shared, key: str) -> bool:
    """Whether the question was answered before."""
    return bool(db.read("SELECT 1 FROM answers WHERE key = ?", (key,)))


def forget(db: Shared, before: datetime) -> None:
    """Forget what was not used since then."""
    db.write("DELETE FROM answers WHERE used_at < ?", (stamp(before),))
