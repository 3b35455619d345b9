"""`digest bounces read`: mails that came back, and what follows for their readers. Each is noted in
the list together with what follows, and marked in its mailbox after that: whatever ends the
program in between, none is lost and none counts twice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any, Literal

from digest.deliver.mail_address import identity
from digest.deliver.mail_text import everything, header
from digest.deliver.message import message_mark
from digest.deliver.notice import one_line
from digest.deliver.notices import LARGEST, read_notice
from digest.deliver.proof import asks_to_confirm, marks_in, readers_by_links
from digest.deliver.reader import CLOSED
from digest.deliver.return_address import ReturnAddress, return_address
from digest.store import bounces, readers
from digest.store.readers_file import (
    bounce_tokens_of,
    join_tokens_of,
    message_key,
    open_readers,
    tokens_of,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from digest.config.schema import Config
    from digest.deliver.leave_tokens import Tokens
    from digest.deliver.mailboxes import Arrived, Mailbox
    from digest.deliver.notice import Failure, Notice
    from digest.deliver.reader import Reader

Outcome = Literal["bounced", "soft", "complained", "unsubscribed", "nothing", "left alone", "again"]
_STATES: dict[str, Literal["bounced", "complained", "unsubscribed"]] = {
    "bounce": "bounced", "complaint": "complained", "opt-out": "unsubscribed",
}  # fmt: skip
ORDER: tuple[Outcome, ...] = (
    "bounced", "complained", "unsubscribed", "soft", "nothing", "left alone",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """What became of a mail: of which reader, "" for nobody, and why."""

    outcome: Outcome
    why: str
    address: str = ""
    subject: str = ""
    sender: str = ""

    def json(self) -> dict[str, str]:
        """For `--json`."""
        told = {"outcome": self.outcome, "address": self.address, "why": self.why}
        return {**told, "subject": self.subject, "from": self.sender}

    def line(self) -> str:
        """For a person."""
        if self.address:
            return f"{self.outcome}: {self.address}: {self.why}"
        return f"{self.outcome}: '{self.subject}' from {self.sender or 'nobody'}: {self.why}"


@dataclass
class BounceReport:
    """What a mailbox came to."""

    counts: Counter[str] = field(default_factory=Counter)
    told: list[Read] = field(default_factory=list)  # all but those that mean nothing

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "read": self.counts.total(),
            "counts": {name: self.counts[name] for name in ORDER},
            "mails": [one.json() for one in self.told],
        }

    def lines(self) -> Iterator[str]:
        """For a person; the last line counts."""
        yield from (one.line() for one in self.told)
        counted = ", ".join(f"{self.counts[name]} {name}" for name in ORDER if self.counts[name])
        yield f"{self.counts.total()} read{': ' if counted else ''}{counted}"


@dataclass(frozen=True, slots=True)
class _Keys:
    """What proves that a mail is about a message of ours."""

    leave: Tokens
    join: Tokens
    bounce: ReturnAddress | None
    message: bytes


def read_bounces(config: Config, box: Mailbox) -> BounceReport:
    """Read every mail of the box that nobody has read. Raises UsageError for a `mail.bounces` that
    is none, DeliveryError when the box cannot be read any further.
    """
    report = BounceReport()
    with open_readers(config.state) as db:
        pattern = config.mail.bounces if config.mail else ""
        returns = return_address(pattern, bounce_tokens_of(db)) if pattern else None
        keys = _Keys(tokens_of(db), join_tokens_of(db), returns, message_key(db))
        for arrived in box:
            with db:
                db.execute("BEGIN IMMEDIATE")
                new = bounces.first_seen(db, arrived.raw, datetime.now(UTC))
                done = _read(db, arrived, keys, new=new)
            arrived.mark(done.outcome != "left alone")
            if not new:
                continue
            report.counts[done.outcome] += 1
            if done.outcome != "nothing":
                report.told.append(done)
    return report


def _read(db: sqlite3.Connection, arrived: Arrived, keys: _Keys, *, new: bool) -> Read:
    """Deal with a mail; one that is not new only gets its mark."""
    notice = read_notice(arrived.raw)
    mail = message_from_bytes(arrived.raw[:LARGEST], policy=policy.compat32)
    subject, sender = one_line(header(mail, "Subject")), one_line(header(mail, "From"))
    if notice.kind in {"answer", "delayed"}:
        return Read("nothing", notice.why, subject=subject, sender=sender)
    if notice.kind == "other":
        return Read("left alone", notice.why, subject=subject, sender=sender)
    text = everything(mail, arrived.raw)
    named = _readers_named(db, text, notice, keys)
    reader = readers.by_number(db, next(iter(named))) if len(named) == 1 else None
    if not named and asks_to_confirm(text, keys.join):
        why = f"a mail that asks to confirm: {notice.why}"
        return Read("nothing", why, subject=subject, sender=sender)
    if reader is None:
        why = _unproven(named, notice)
        return Read("left alone", why, subject=subject, sender=sender)
    if not new:
        return Read("again", notice.why, reader.address)
    return _dealt_with(db, reader, notice, min(arrived.at, datetime.now(UTC)))


def _unproven(named: frozenset[int], notice: Notice) -> str:
    if len(named) > 1:
        return f"names {len(named)} readers, and a mail of ours goes to one"
    if named:
        return f"its reader is not on the list any more ({notice.why})"
    return f"a {notice.kind} that names no message of ours ({notice.why})"


def _readers_named(
    db: sqlite3.Connection, text: str, notice: Notice, keys: _Keys
) -> frozenset[int]:
    """The readers whom the mail proves that it is about."""
    if keys.bounce and (named := keys.bounce.readers_in(text)):
        return named
    if named := readers_by_links(text, keys.leave):
        return named
    recipients = [one for failure in notice.failures for one in _addresses(failure)]
    return frozenset(
        reader.number
        for issue, mark in marks_in(text)
        for recipient in recipients
        if (reader := readers.by_address(db, recipient))
        and mark == message_mark(issue, reader.address, keys.message)
        and bounces.was_sent(db, reader.number, issue)
    )


def _addresses(failure: Failure) -> list[str]:
    return [one for one in (failure.original, failure.recipient) if "@" in one]


def _dealt_with(db: sqlite3.Connection, reader: Reader, notice: Notice, at: datetime) -> Read:
    if reader.state in CLOSED:
        return Read("nothing", f"{reader.state} already")
    if at <= reader.since:
        return Read("nothing", "from before they joined")
    failure = _theirs(reader, notice) if notice.kind == "bounce" else None
    if failure is None or failure.severity == "hard":
        to, why = _STATES[notice.kind], failure.why if failure else notice.why
        readers.change(db, reader.number, to, why, at)
        return Read(to, why, reader.address)
    count = bounces.soft(db, reader, failure.why, at)
    if count >= bounces.SOFT:
        return Read("bounced", f"{failure.why} ({count} times)", reader.address)
    return Read("soft", f"{failure.why} ({count} of {bounces.SOFT})", reader.address)


def _theirs(reader: Reader, notice: Notice) -> Failure:
    """The failure that is about the reader. One about somebody else only, to whom their mail is
    sent on, says little of them.
    """
    own = identity(reader.address)
    for failure in notice.failures:
        named = _addresses(failure)
        if not named or own in map(identity, named):
            return failure
    first = notice.failures[0]
    why = one_line(f"sent on to {first.recipient}: {first.why}")
    return replace(first, severity="soft", why=why)
