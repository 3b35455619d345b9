"""What is learned of publishers: the passages that each repeats on its pages. Bounded, and
forgotten when no longer seen.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from digest.store.column_values import stamp

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

FORGET = timedelta(days=120)
PER_SITE = 300  # passages; the last seen are kept


def of(db: sqlite3.Connection, site: str) -> frozenset[str]:
    """The passages that a site repeats."""
    return frozenset(
        row["passage"]
        for row in db.execute("SELECT passage FROM furniture WHERE site = ?", (site,))
    )


def save(db: sqlite3.Connection, site: str, passages: Iterable[str], now: datetime) -> None:
    """Keep the passages that were seen on a site just now, and forget what has not been seen for
    long.
    """
    rows = [(site, passage, stamp(now)) for passage in sorted(passages)]
    db.executemany(
        "INSERT INTO furniture (site, passage, seen_at) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET"
        " seen_at = excluded.seen_at",
        rows,
    )
    db.execute("DELETE FROM furniture WHERE site = ? AND seen_at < ?", (site, stamp(now - FORGET)))
    db.execute(
        """DELETE FROM furniture WHERE site = :site AND passage NOT IN
               (SELECT passage FROM furniture WHERE site = :site
                ORDER BY seen_at DESC, passage LIMIT :most)""",
        {"site": site, "most": PER_SITE},
    )
