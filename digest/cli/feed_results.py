"""What commands print about feeds: as JSON values, and as lines for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from digest.run.feed_health import fares, feed_titles
from digest.store import entries, feeds

if TYPE_CHECKING:
    from digest.run.session import Session


def feed_rows(session: Session) -> list[dict[str, Any]]:
    """A row for each feed in the order of feeds.yaml."""
    records, newest = feeds.records(session.db), entries.latest(session.db)
    titles, fare_of = feed_titles(session), fares(session)
    rows = []
    for feed in session.config.feeds:
        record = records.get(feed.url)
        rows.append(
            {
                "url": feed.url,
                "kind": feed.kind,
                "title": titles[feed.url],
                "weight": feed.weight,
                "note": feed.note,
                "checked_at": (
                    record.checked_at.isoformat() if record and record.checked_at else None
                ),
                "newest": newest[feed.url].isoformat() if feed.url in newest else None,
                "failure": record.failure if record else "",
                "failing_since": (
                    record.failing_since.isoformat() if record and record.failing_since else None
                ),
                "health": fare_of[feed.url].json(),
                "line": fare_of[feed.url].line,
            }
        )
    return rows


def feed_line(row: dict[str, Any]) -> str:
    """A feed for a person."""
    return (
        f"{row['health']['state']:<8} {row['kind']:<7} {row['title'] or '(no title)'}  {row['url']}"
        f"  {row['line']}"
    )
