"""How the feeds fare, as the state has it: for the report, and for `digest feeds`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.feeds.health import health, notices
from digest.store import feed_checks, feeds

if TYPE_CHECKING:
    from datetime import datetime

    from digest.feeds.health import Health, Notice
    from digest.run.session import Session


def feed_notices(session: Session, at: datetime) -> tuple[Notice, ...]:
    """What the editor is told of the feeds: now, or for a back issue as it was `at` its cut-off."""
    at = min(session.now, at)
    return tuple(notices(fares(session, at), feed_titles(session), at))


def fares(session: Session, at: datetime | None = None) -> dict[str, Health]:
    """How each feed fares, in the order of feeds.yaml; for a back issue as it was `at` its
    cut-off.
    """
    return {
        url: health(known, at or session.now)
        for url, known in feed_checks.facts(session.db, session.feed_urls).items()
    }


def feed_titles(session: Session) -> dict[str, str]:
    """What each feed's publisher is called: the user's name for it, else the feed's own."""
    records = feeds.records(session.db)
    return {
        feed.url: feed.title or (records[feed.url].title if feed.url in records else "")
        for feed in session.config.feeds
    }
