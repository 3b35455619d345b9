"""An approved issue to its readers: the approved bytes, to everybody who was a reader when sending
began, once.
"""

from __future__ import annotations

import json
import os
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from digest.config.atomic_files import write_atomic, write_if_changed
from digest.deliver.leave_tokens import NOBODY
from digest.deliver.message import Letter
from digest.deliver.reader_messages import has_leave_link, reader_messages
from digest.deliver.smtp import server_from
from digest.errors import IssueError, UsageError
from digest.run import publish
from digest.run.leave_ways import leave_ways
from digest.run.lists_answer import lists_trouble
from digest.run.mail_signer import mail_signer
from digest.run.sending_under_way import UnderWay, give_up_late, send_waiting
from digest.run.sole_sender import sole_sender
from digest.store import backups, deliveries
from digest.store.readers_file import (
    message_key,
    open_readers,
    readers_path,
    tokens_of,
)
from digest.text.counted import counted

if TYPE_CHECKING:
    import sqlite3
    from collections import Counter
    from collections.abc import Iterator
    from pathlib import Path

    from digest.config.schema import Mail
    from digest.run.publish import JoinedIssue
    from digest.run.session import Session
    from digest.store.deliveries import Sending

FEW = 25  # readers whom an editor can take off the list by hand
ORDER = ("submitted", "refused", "withdrawn", "uncertain", "put-off", "waiting", "sending")


@dataclass(frozen=True, slots=True)
class SendingReport:
    """How a sending stands. `counts` by state add up to the audience."""

    issue: str
    state: str
    counts: Counter[str]
    refused: list[tuple[str, str]]  # address and the server's words, the first hundred
    notices: tuple[str, ...] = ()
    again_at: datetime | None = None  # when the next put-off message may be tried
    already: bool = False  # nothing was left to do
    again: str = ""  # the command that goes on with it, where that is not `digest send`
    trouble: str = ""  # why not all was tried

    @property
    def over(self) -> bool:
        """Has every message a final state?"""
        return not set(self.counts) - deliveries.FINAL

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "id": self.issue,
            "status": self.state,
            "audience": self.counts.total(),
            "counts": {state: self.counts[state] for state in ORDER if state != "sending"},
            "refused": [{"address": to, "reply": reply} for to, reply in self.refused],
            "notices": list(self.notices),
            "error": self.trouble,
            "again_at": self.again_at.isoformat() if self.again_at else None,
        }

    def lines(self) -> Iterator[str]:
        """For a person; the last line is the count by state, which adds up."""
        yield from self.notices
        yield from (f"refused: {to or '(forgotten)'}: {reply}" for to, reply in self.refused)
        if self.counts["uncertain"]:
            yield (
                f"uncertain: nobody knows whether {self.counts['uncertain']} went out; they are"
                f" sent again only with: digest send {self.issue} --resend-uncertain"
            )
        if self.again_at:
            yield (
                f"put off: send again after {self.again_at.astimezone():%H:%M}:"
                f" {self.again or f'digest send {self.issue}'}"
            )
        shown = ", ".join(f"{self.counts[state]} {state}" for state in ORDER if self.counts[state])
        already = "already " if self.already else ""
        readers = counted(self.counts.total(), "reader")
        yield f"{self.issue}: {already}{self.state}: {readers}: {shown}"


def send(session: Session, identity: str, *, resend_uncertain: bool = False) -> SendingReport:
    """Send an issue, or go on sending it, until every message has a final state or has to wait.

    Raises IssueError for an issue that is not approved, has changed since, or may have been sent
    before the state was restored; UsageError where something is not set up; Locked while another
    sends.
    """
    mail = mail_settings(session)
    server = server_from(os.environ)
    with ExitStack() as stack:
        alive = stack.enter_context(sole_sender(readers_path(session.config.state)))
        db = stack.enter_context(open_readers(session.config.state, threads=True))
        issue = publish.load(session, identity)
        sending = deliveries.sending_of(db, identity)
        if sending and sending.state != "sending" and _same(issue, sending):
            return report_of(db, sending.number, identity, sending.state, already=True)
        refuse_unfit(session, db, issue, sending, resend_uncertain)
        began = sending.began_at if sending else datetime.now(UTC)
        letter = replace(approved_letter(session, mail, issue, began), key=message_key(db))
        messages = reader_messages(letter, mail_signer(mail))
        notices = ways_to_leave(session, db, letter, sending)
        sending = sending or _begin(db, issue, began)
        if resend_uncertain:
            deliveries.resend_uncertain(db, sending.number)
        give_up_late(db, sending)
        tell_files(session, identity)
        try:
            trouble = send_waiting(UnderWay(session, db, sending, mail, messages, server), alive)
        finally:
            state = deliveries.end(db, sending.number, datetime.now(UTC))
            tell_files(session, identity)
        return replace(report_of(db, sending.number, identity, state, notices), trouble=trouble)


def dry_run(session: Session, identity: str, target: Path) -> int:
    """Write every message as an .eml file into a folder, sending none; returns how many. Raises
    like `send`.
    """
    mail = mail_settings(session)
    with open_readers(session.config.state) as db:
        issue = publish.load(session, identity)
        sending = deliveries.sending_of(db, identity)
        refuse_unfit(session, db, issue, sending, resend_uncertain=True)
        letter = approved_letter(session, mail, issue, datetime.now(UTC))
        letter = replace(letter, key=message_key(db))
        messages, tokens = reader_messages(letter, mail_signer(mail)), tokens_of(db)
        if target.exists() and any(target.iterdir()):
            raise UsageError(f"{target}: is there already and not empty; remove it first")
        target.mkdir(0o700, parents=True, exist_ok=True)  # whoever has a link can leave by it
        count = 0
        for count, one in enumerate(deliveries.addresses(db, issue.draft.edition), 1):
            token = tokens.token(one.reader, issue.draft.edition)
            session.step(f"write {count}: {one.address}")
            write_atomic(target / f"{one.reader:07d}.eml", messages.for_reader(one.address, token))
    return count


# ---------------------------------------------------------------- may it go out


def mail_settings(session: Session) -> Mail:
    """`mail` of feeds.yaml. Raises UsageError when there is none."""
    if session.config.mail is None:
        raise UsageError(
            "feeds.yaml has no 'mail': it needs at least 'from', as in mail: {from: 'Digest"
            " <digest@example.org>'}"
        )
    return session.config.mail


def _same(issue: JoinedIssue, sending: Sending) -> bool:
    return issue.status != "draft" and issue.record.approved_hash == sending.hash


def refuse_unfit(
    session: Session,
    db: sqlite3.Connection,
    issue: JoinedIssue,
    sending: Sending | None,
    resend_uncertain: bool,
) -> None:
    """Raise IssueError for an issue that must not go out, or may have gone out already."""
    name = issue.record.id
    if "unpublished" in issue.after:
        raise IssueError(
            f"{name}: was taken down; put it back first: digest unpublish {name} --undo"
        )
    if sending and not _same(issue, sending):
        raise IssueError(
            f"{name}: sending began on {sending.began_at:%Y-%m-%d %H:%M} UTC with other words; an"
            " issue goes out once, so put back what was approved then"
        )
    if issue.status == "draft":
        changed = (
            "has changed since it was approved" if issue.record.approved_hash else "is a draft"
        )
        raise IssueError(f"{name}: {changed}; approve it first: digest approve {name}")
    if resend_uncertain:
        return
    restored = backups.restored_at(db)
    approved = issue.record.approved_at
    if sending is None and restored and approved and approved < restored[0]:
        raise IssueError(
            f"{name}: the state was restored on {restored[0]:%Y-%m-%d %H:%M} UTC from a back-up of"
            f" {restored[1]:%Y-%m-%d %H:%M}, and nobody knows whether this issue went out in"
            f" between; if it did not: digest send {name} --resend-uncertain"
        )
    said = _said_status(session, name)
    if said in {"submitted", "failed"} or (said == "sending" and sending is None):
        raise IssueError(
            f"{name}: its issue.json says '{said}', and the list of readers knows nothing of that:"
            f" is it an old copy? To send all the same: digest send {name} --resend-uncertain"
        )


def _said_status(session: Session, identity: str) -> str:
    """What the issue's folder says of it: a copy of the state that is older says something else."""
    try:
        told = json.loads((session.folder(identity).path / "issue.json").read_text("utf-8"))
    except (OSError, ValueError):
        return ""
    return str(told.get("status", "")) if isinstance(told, dict) else ""


def ways_to_leave(
    session: Session, db: sqlite3.Connection, letter: Letter, sending: Sending | None
) -> tuple[str, ...]:
    """What is not right with the ways to leave. Raises UsageError when there is none, and more
    readers than can be taken off by hand.
    """
    edition = letter.ways.edition
    size = (
        deliveries.counts(db, sending.number).total()
        if sending
        else deliveries.audience(db, edition)
    )
    if size == 0:
        raise IssueError(
            f"{letter.issue}: '{edition}' has no confirmed readers: digest subscribers import FILE"
            " --state confirmed"
        )
    if not letter.ways:
        if size > FEW:
            raise UsageError(
                f"{size} readers and no way to leave: set mail.lists_url to where 'digest"
                " serve-lists' is reached, or mail.lists_mail to a mailbox (docs/delivery.md,"
                " Leaving)"
            )
        return ()
    session.step("asking whether readers can leave")
    token = tokens_of(db).token(NOBODY, edition)
    trouble = lists_trouble(letter.ways.url(token)) if letter.ways.lists_url else ""
    found = [f"warning: {letter.ways.lists_url}: {trouble}"] if trouble else []
    if not has_leave_link(letter):
        found.append(
            "warning: the mail shows no link to leave (its headers do): it was approved before"
            " mail.lists_url was set, or its templates leave it out"
        )
    return tuple(found)


# ---------------------------------------------------------------- how it goes out


def _begin(db: sqlite3.Connection, issue: JoinedIssue, now: datetime) -> Sending:
    content_hash = issue.record.approved_hash or ""
    return deliveries.begin(db, issue.record.id, issue.draft.edition, content_hash, now)


def approved_letter(session: Session, mail: Mail, issue: JoinedIssue, when: datetime) -> Letter:
    """The issue as a letter, as it was approved. Raises IssueError when it has changed."""
    parts = publish.mail(session, issue)
    if session.folder(issue.record.id).content_hash() != issue.record.approved_hash:
        raise IssueError(f"{issue.record.id}: changed a moment ago; approve it again")
    return letter_of(session, mail, issue, parts, when)


def letter_of(
    session: Session,
    mail: Mail,
    issue: JoinedIssue,
    parts: dict[str, str],
    when: datetime,
) -> Letter:
    """The issue as a letter; `when` is when sending began."""
    newsletter = session.config.newsletter
    return Letter(
        issue=issue.record.id,
        subject=f"{issue.draft.title} — {issue.draft.date.isoformat()}",
        sender=mail.sender,
        reply_to=mail.reply_to,
        html=parts["email.html"],
        text=parts["email.txt"],
        when=when,
        list_name=newsletter.name,
        archive=newsletter.url or "",
        ways=leave_ways(session.config, issue.draft.edition),
    )


def tell_files(session: Session, identity: str) -> None:
    """Let the issue's folder say how it stands."""
    issue = publish.load(session, identity)
    if issue.status != "draft":
        place = session.folder(identity).path / "issue.json"
        write_if_changed(place, publish.issue_json_text(issue))


def report_of(
    db: sqlite3.Connection,
    number: int,
    identity: str,
    state: str,
    notices: tuple[str, ...] = (),
    *,
    already: bool = False,
) -> SendingReport:
    """How a sending stands, by its records."""
    tally = deliveries.counts(db, number)
    due = deliveries.next_due(db, number) if tally["put-off"] else None
    return SendingReport(
        identity,
        state,
        tally,
        deliveries.replies(db, number, "refused"),
        notices,
        datetime.fromtimestamp(due, UTC) if due else None,
        already,
    )
