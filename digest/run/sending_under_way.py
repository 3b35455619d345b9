"""A sending that is under way: every message that waits is tried, at the pace that is set."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from digest.deliver.message import address
from digest.deliver.pace import GIVE_UP_AFTER, HOUR, Pace
from digest.deliver.return_address import return_address
from digest.run.sending_loop import SendingLoop
from digest.store import deliveries
from digest.store.readers_file import bounce_tokens_of, tokens_of
from digest.text.counted import counted

if TYPE_CHECKING:
    import sqlite3
    from collections import Counter
    from collections.abc import Callable

    from digest.config.schema import Mail
    from digest.deliver.reader_messages import ReaderMessages
    from digest.deliver.smtp import Server
    from digest.run.session import Session
    from digest.store.deliveries import Sending


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A sending with what it takes to go on with it."""

    session: Session
    db: sqlite3.Connection
    sending: Sending
    mail: Mail
    messages: ReaderMessages
    server: Server


def send_waiting(on: UnderWay, alive: Callable[[], None]) -> str:
    """Try every message that waits; returns why not all was tried, "" when all was."""
    with (
        on.session.threads(1) as committer,
        on.session.threads(on.mail.connections) as pool,
    ):
        loop = SendingLoop(
            server=on.server,
            sender=_sender(on.mail, on.db),
            messages=on.messages,
            edition=on.sending.edition,
            tokens=tokens_of(on.db),
            deliveries=deliveries.Deliveries(on.db, on.sending.number, committer),
            pace=_pace(on.db, on.mail, local=on.server.local),
            step=_stepping(on.session, on.db, on.sending),
        )
        return loop.run(pool, on.mail.connections, alive)


def _sender(mail: Mail, db: sqlite3.Connection) -> Callable[[int], str]:
    """Whom a reader's message is from for mail servers: where it comes back to."""
    if mail.bounces:
        return return_address(mail.bounces, bounce_tokens_of(db)).of
    sender = address(mail.sender, "mail.from").addr_spec
    return lambda _: sender


def _pace(db: sqlite3.Connection, mail: Mail, *, local: bool) -> Pace:
    before = deliveries.tried_since(db, time.time() - HOUR, mail.max_per_hour)
    return Pace(0.0 if local else mail.rate, mail.max_per_hour, before)


def give_up_late(db: sqlite3.Connection, sending: Sending) -> None:
    """Give up on what was put off for longer than mail is tried for."""
    age = (datetime.now(UTC) - sending.began_at).total_seconds()
    if age > GIVE_UP_AFTER:
        hours = GIVE_UP_AFTER / HOUR
        deliveries.give_up(db, sending.number, f"given up after {hours:.0f} hours: ")


def _stepping(
    session: Session, db: sqlite3.Connection, sending: Sending
) -> Callable[[Counter[str]], None]:
    before = deliveries.counts(db, sending.number)
    total = before.total()
    session.stage(f"send: {sending.issue} to {counted(total, 'reader')}")

    def step(told: Counter[str]) -> None:
        done = sum((before + told)[state] for state in deliveries.FINAL)
        bar = "█" * (20 * done // total)
        session.step(f"send {bar:░<20} {done}/{total}")

    return step
