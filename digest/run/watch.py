"""`digest watch`: whether a day has its issue by the deadline, and what was sent is through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from digest.editions.registry import edition_named
from digest.editions.window import next_due, today
from digest.errors import UsageError
from digest.run import notices
from digest.run.followed import QUIET
from digest.run.notices import Trouble
from digest.store import aftermath, issues

if TYPE_CHECKING:
    from datetime import date

    from digest.run.session import Session


@dataclass(frozen=True, slots=True)
class Watched:
    """What was found: "there", "not yet" (the deadline is still to come), "not due" (none of the
    edition's days), "quiet", or "missing".
    """

    issue: str
    state: str
    line: str
    troubles: tuple[Trouble, ...]
    complaints: tuple[str, ...]

    @property
    def code(self) -> int:
        """The exit code."""
        return {"missing": 1, "quiet": QUIET}.get(self.state, 0)

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        told = [one.text for one in self.troubles]
        return {"issue": self.issue, "state": self.state, "line": self.line, "troubles": told}


def watch(session: Session, name: str) -> Watched:
    """Look, and give notice of what is wrong, once. Raises UsageError without a deadline."""
    by = session.config.notify.by
    if by is None:
        raise UsageError('feeds.yaml has no deadline to watch: notify: {deadline: "07:00"}')
    edition, zone = edition_named(name, session.config.editions), session.config.newsletter.zone
    day = today(session.now, zone)
    identity = issues.issue_id(name, day)
    deliveries = notices.of_deliveries(session)
    complaints = notices.tell(session, deliveries, signal=notices.FAIL)
    if next_due(day, edition.terms.days) != day:
        found = "not due", f"{identity}: not due, there is nothing to watch"
    elif _is_there(session, identity):
        found = "there", f"{identity}: is there"
    elif session.now < datetime.combine(day, by, zone):
        found = "not yet", f"{identity}: is not there yet; the deadline is {by:%H:%M}"
    else:
        state, missing, signal = _missing(session, identity, day)
        complaints += notices.tell(session, (missing,), signal=signal)
        return Watched(identity, state, missing.text, (*deliveries, missing), complaints)
    return Watched(identity, *found, deliveries, complaints)


def _is_there(session: Session, identity: str) -> bool:
    record = issues.get(session.db, identity)
    return record is not None and session.folder(identity).markdown.is_file()


def _missing(session: Session, identity: str, day: date) -> tuple[str, Trouble, str | None]:
    """What to say of an issue that is not there, and by which ping: none again where the run's own
    said so.
    """
    zone, by = session.config.newsletter.zone, session.config.notify.deadline
    last = aftermath.last_run(session.db, identity)
    begins = f"{identity}: no issue by {by}"
    key = f"deadline {day} {identity}"
    if last is None:
        why = "no run of it has come to an end; is it on schedule ('digest schedule show')?"
        return "missing", Trouble(key, f"{begins}: {why}"), notices.FAIL
    at = f"{last.at.astimezone(zone):%H:%M}"
    if last.code == QUIET:
        return "quiet", Trouble(key, f"{begins}: a quiet day at {at}: {last.said}"), None
    why = f"the run of {at} ended with exit code {last.code}: {last.said}"
    return "missing", Trouble(key, f"{begins}: {why}"), None if last.pinged else notices.FAIL
