"""Notices: what whoever runs the newsletter is told without asking, each once, by mail and by a
ping. That one cannot be given fails nothing.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from digest.errors import DigestError
from digest.issue.carried_corrections import CORRECTION
from digest.store import aftermath
from digest.store.deliveries import counts, every_sending
from digest.store.readers_file import peeked_readers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.run.report import Report
    from digest.run.send import SendingReport
    from digest.run.session import Session

FAIL, LOG, START, SUCCESS = "/fail", "/log", "/start", ""  # healthchecks.io's, behind the address
STALLED = timedelta(hours=1)  # that a sending is under way with nobody calling it again


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something to be told. `key` is what makes it the same trouble the next time; it begins with
    the trouble's kind.
    """

    key: str
    text: str


def of_feeds(report: Report) -> tuple[Trouble, ...]:
    """Feeds that are dying, as a run saw them."""
    return tuple(
        Trouble(f"feed {one.feed_url} {one.state}", f"feed to look at: {one.line()}")
        for one in report.notices
    )


def of_budget(report: Report, issue: str) -> tuple[Trouble, ...]:
    """A cap that kept a model from being asked."""
    capped = report.asked.spending.capped
    return (Trouble(f"budget {issue}", f"{issue}: the budget was hit: {capped}"),) if capped else ()


def of_deliveries(session: Session) -> tuple[Trouble, ...]:
    """Issues whose sending has not come to its end, or reached nobody."""
    found = []
    with peeked_readers(session.config.state) as db:
        for issue, sending in every_sending(db).items() if db else ():
            stalled = sending.state == "sending" and session.now - sending.began_at > STALLED
            if db and (stalled or sending.state == "failed"):
                tally = counts(db, sending.number)
                shown = ", ".join(f"{count} {state}" for state, count in sorted(tally.items()))
                again = "correct it again with --mail" if CORRECTION in issue else "send it again"
                text = f"{issue}: delivery is incomplete: {shown}; {again}"
                found.append(Trouble(f"delivery {issue}", text))
    return tuple(found)


def after_sending(session: Session, report: SendingReport) -> tuple[str, ...]:
    """Tell of a sending that did not come to its end, or reached nobody; returns what `tell`
    does.
    """
    key = f"delivery {report.issue}"
    if report.over and report.state != "failed" and not report.trouble:
        with session.db:
            aftermath.over(session.db, key, ())
        return ()
    *_, last = report.lines()
    why = f" ({report.trouble})" if report.trouble else ""
    return tell(session, (Trouble(key, f"delivery is incomplete: {last}{why}"),), signal=FAIL)


def tell(
    session: Session, troubles: Sequence[Trouble], *, signal: str | None = LOG, kind: str = ""
) -> tuple[str, ...]:
    """Tell what was not told yet, in one message and one ping; None is no ping. `kind` names the
    troubles that these are all of: such as hold no longer are news when they come back.

    Returns in words what kept a notice from being given; it is tried again the next time.
    """
    notify = session.config.notify
    keys = [one.key for one in troubles]
    known = aftermath.given(session.db, keys)
    new = [one for one in troubles if one.key not in known]
    if kind:
        with session.db:
            aftermath.over(session.db, f"{kind} ", keys)
    ways = [bool(notify.mail), bool(notify.ping) and signal is not None]
    if not new or not any(ways):
        return ()
    lines = [one.text for one in new]
    tried = (_mail(session, lines), ping(session, signal, lines) if signal is not None else "")
    failed = [why for why in tried if why]
    if len(failed) < sum(ways):
        with session.db:
            aftermath.give(session.db, [one.key for one in new], session.now)
    return tuple(failed)


def ping(session: Session, signal: str, lines: Iterable[str] = ()) -> str:
    """Ping the address of `notify`, if there is one; returns what went wrong, in words."""
    notify = session.config.notify
    if not notify.ping:
        return ""
    from digest.net.address_guard import AddressGuard
    from digest.net.ping import ping as post

    guard = AddressGuard(session.config.network.allow)
    why = post(notify.ping, signal, "\n".join(lines), guard, session.resolver)
    return f"notify.ping: {why}" if why else ""


def _mail(session: Session, lines: Sequence[str]) -> str:
    """Returns what went wrong, in words."""
    to, mail = session.config.notify.mail, session.config.mail
    if not to:
        return ""
    if mail is None:
        return "notify.mail: feeds.yaml has no 'mail: {from: …}' to write it by"
    from digest.deliver.notice_mail import notice_mail
    from digest.deliver.smtp import connected, server_from, submit

    try:
        name = session.config.newsletter.name
        message = notice_mail(mail.sender, to, name, lines, datetime.now(UTC))
        with connected(server_from(os.environ)) as smtp:
            submit(smtp, message)
    except DigestError as error:
        return f"notify.mail: {error}"
    return ""
