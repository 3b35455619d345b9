"""What is kept of each story that an issue told, by which it is known again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from digest.stories.told_story import as_json, signature_from

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from digest.stories.told_story import Signature


def save(db: sqlite3.Connection, issue: str, signatures: Mapping[str, Signature]) -> None:
    """Keep the signatures of an issue's stories, by story, beside those that are kept of it: a
    draft that its editor changed may hold stories of before.
    """
    db.executemany(
        "INSERT OR REPLACE INTO told (issue, story, signature) VALUES (?, ?, ?)",
        ((issue, story, json.dumps(as_json(signature))) for story, signature in signatures.items()),
    )


def of(db: sqlite3.Connection, issue: str, stories: Iterable[str]) -> dict[str, Signature]:
    """The signatures of these stories of an issue, as far as they are known."""
    wanted = frozenset(stories)
    rows = db.execute("SELECT story, signature FROM told WHERE issue = ? ORDER BY story", (issue,))
    return {
        row["story"]: signature_from(json.loads(row["signature"]))
        for row in rows
        if row["story"] in wanted
    }
