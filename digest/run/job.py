"""Which issue a run makes: an edition, its day, and the time that the day's issue covers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.editions import edition_named
from digest.editions.window import today, window_of
from digest.store import issues
from digest.store.issues import issue_id

if TYPE_CHECKING:
    from datetime import date

    from digest.editions.edition import Edition
    from digest.model import Window
    from digest.run.session import Session


@dataclass(frozen=True, slots=True)
class Job:
    """One edition's day and the time that it covers."""

    edition: Edition
    day: date
    window: Window

    @property
    def id(self) -> str:
        """The issue's id."""
        return issue_id(self.edition.name, self.day)


def job_for(session: Session, name: str, day: date | None) -> Job:
    """The job for an edition and a day (None: today). A day that has an issue keeps that issue's
    window.
    """
    which = edition_named(name)
    zone = session.config.newsletter.zone
    day = day or today(session.now, zone)
    record = issues.get(session.db, issue_id(name, day))
    earlier = issues.before(session.db, name, day)
    window = window_of(
        day, session.now, zone, earlier[0].window.end if earlier else None, which.window_days
    )
    return Job(which, day, record.window if record else window)


def feeds_read(session: Session, job: Job) -> tuple[str, ...]:
    """The subscriptions of the kinds that the edition reads."""
    kinds = job.edition.reads(session.config.editions)
    return tuple(feed.url for feed in session.config.feeds if feed.kind in kinds)
