"""Which issue a run makes: an edition, its day, the time that the day's issue covers, and the
entries that belong to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.editions.registry import edition_named
from digest.editions.window import place_of, quiet_before, today, window_of
from digest.errors import UsageError
from digest.store import entries, feeds, issues
from digest.store.issues import issue_id

if TYPE_CHECKING:
    from datetime import date

    from digest.editions.edition import Edition
    from digest.model import Entry, Window
    from digest.run.session import Session


@dataclass(frozen=True, slots=True)
class Job:
    """One edition's day and the time that it covers."""

    edition: Edition
    day: date
    window: Window
    thesis: str = ""  # the editor's; of a column also the number of one that was proposed

    @property
    def id(self) -> str:
        """The issue's id."""
        return issue_id(self.edition.name, self.day)


def job_for(session: Session, name: str, day: date | None) -> Job:
    """The job for an edition and a day (None: today). A day that has an issue keeps that issue's
    window.
    """
    which = edition_named(name, session.config.editions)
    zone = session.config.newsletter.zone
    day = day or today(session.now, zone)
    record = issues.get(session.db, issue_id(name, day))
    earlier = issues.before(session.db, name, day)
    # a first issue reaches back over the quiet days before it, so that their news is not lost
    quiet = 0 if earlier else quiet_before(day, issues.days_tried(session.db, name))
    window = window_of(
        day,
        session.now,
        zone,
        earlier[0].window.end if earlier else None,
        which.terms.window + quiet,
    )
    return Job(which, day, record.window if record else window)


def with_thesis(job: Job, thesis: str) -> Job:
    """The job with what its column argues, or its issue says above the highlights. Raises
    UsageError for an edition that has no place for it.
    """
    if thesis and not (job.edition.terms.essay or job.edition.terms.highlights):
        raise UsageError(f"--thesis is for a column or highlights, and {job.edition.name} has none")
    return replace(job, thesis=thesis)


@dataclass(frozen=True, slots=True)
class Covered:
    """The entries that an issue covers, and those that came so late that they belong to none."""

    entries: tuple[Entry, ...]
    too_old: tuple[Entry, ...]


def covered(session: Session, job: Job) -> Covered:
    """Which of the entries that are stored the issue covers, oldest first."""
    zone = session.config.newsletter.zone
    first = not issues.before(session.db, job.edition.name, job.day)
    known = {} if first else feeds.known_since(session.db)
    around = entries.around(session.db, job.window, feeds_read(session, job))
    placed = [
        (entry, place_of(entry, job.window, zone, known.get(entry.feed_url))) for entry in around
    ]
    return Covered(
        tuple(entry for entry, place in placed if place == "inside"),
        tuple(entry for entry, place in placed if place == "too old"),
    )


def feeds_read(session: Session, job: Job) -> tuple[str, ...]:
    """The subscriptions of the kinds that the edition reads."""
    return tuple(feed.url for feed in session.config.feeds if feed.kind in job.edition.reads)
