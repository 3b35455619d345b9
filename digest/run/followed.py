"""A run that is watched over: pinged when it starts and when it ends, remembered by how it ended,
and followed by what whoever runs the newsletter is to know.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.errors import DigestError
from digest.run import notices
from digest.store import aftermath
from digest.store.aftermath import LastRun

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.run.job import Job
    from digest.run.report import Report
    from digest.run.send import SendingReport
    from digest.run.session import Session

QUIET, INTERRUPTED = 3, 130
LAST_LINES = 20  # of what a run says, for the ping


@dataclass
class Ending:
    """How a run ends, filled in as it goes on. `complaints` are of notices that could not be
    given.
    """

    code: int = 0
    lines: list[str] = field(default_factory=list)
    report: Report | None = None
    sending: SendingReport | None = None
    complaints: list[str] = field(default_factory=list)

    @property
    def signal(self) -> str:
        """What the ping address is told; a quiet day is no failure."""
        return notices.SUCCESS if self.code in {0, QUIET} else notices.FAIL


@contextmanager
def followed(session: Session, job: Job, ending: Ending) -> Iterator[None]:
    """Watch over the run of a job; whoever runs it fills in the ending. What is raised inside goes
    on after it was told.
    """
    ending.complaints += filter(None, [notices.ping(session, notices.START)])
    try:
        yield
    except DigestError as error:
        ending.code = error.exit_code
        ending.lines.append(f"digest: {error}")
        raise
    except KeyboardInterrupt:
        ending.code = INTERRUPTED
        ending.lines.append("interrupted")
        raise
    except BaseException as error:
        ending.code = 1
        ending.lines.append(f"{type(error).__name__}: {error}")
        raise
    finally:
        _tell(session, job, ending)


def _tell(session: Session, job: Job, ending: Ending) -> None:
    pinged = notices.ping(session, ending.signal, ending.lines[-LAST_LINES:])
    ending.complaints += filter(None, [pinged])
    told = bool(session.config.notify.ping) and not pinged and ending.signal == notices.FAIL
    said = ending.lines[-1] if ending.lines else ""
    with suppress(sqlite3.Error, DigestError):  # what went wrong with the state was said already
        with session.db:
            aftermath.ended(session.db, job.id, LastRun(session.now, ending.code, said, told))
        report = ending.report
        if report:
            feeds = notices.of_feeds(report)
            ending.complaints += notices.tell(session, feeds, kind="feed")
            ending.complaints += notices.tell(session, notices.of_budget(report, job.id))
        if ending.sending:
            ending.complaints += notices.after_sending(session, ending.sending)
        deliveries = notices.of_deliveries(session)
        ending.complaints += notices.tell(session, deliveries, signal=notices.FAIL)
