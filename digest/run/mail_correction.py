"""A correction to an edition's readers by mail, for whoever asks for it: each gets it once, by the
same records as an issue.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from digest.config.templates import fill_in
from digest.deliver.message import Letter
from digest.deliver.reader_messages import reader_messages
from digest.deliver.smtp import server_from
from digest.errors import UsageError
from digest.issue.edited_draft import hash_of
from digest.render.house_style import styled
from digest.render.publication import address, direction
from digest.run.leave_ways import leave_ways
from digest.run.mail_signer import mail_signer
from digest.run.publish import record_of
from digest.run.send import mail_settings, report_of, ways_to_leave
from digest.run.sending_under_way import UnderWay, give_up_late, send_waiting
from digest.run.sole_sender import sole_sender
from digest.store import deliveries
from digest.store.readers_file import message_key, open_readers, readers_path
from digest.text.own_words import own_words
from digest.text.reader_dates import plain_day

if TYPE_CHECKING:
    from digest.config.schema import Mail
    from digest.run.correct import Corrected
    from digest.run.send import SendingReport
    from digest.run.session import Session


def ready_to_mail(session: Session) -> None:
    """Raise UsageError at once where there is nobody to send by."""
    mail_settings(session)
    if session.config.delivery.kind != "smtp":
        raise UsageError("--mail: this newsletter goes out by a list manager; mail it from there")
    server_from(os.environ)


def mail_correction(session: Session, made: Corrected) -> SendingReport:
    """Send a correction to the confirmed readers of its issue's edition, or go on sending it.
    Raises as `send` does.
    """
    mail, server, one = mail_settings(session), server_from(os.environ), made.correction
    edition, name = record_of(session, one.issue).edition, f"{one.issue}-{one.id}"
    with ExitStack() as stack:
        alive = stack.enter_context(sole_sender(readers_path(session.config.state)))
        db = stack.enter_context(open_readers(session.config.state, threads=True))
        sending = deliveries.sending_of(db, name)
        if sending and sending.state != "sending":
            return report_of(db, sending.number, name, sending.state, already=True)
        began = sending.began_at if sending else datetime.now(UTC)
        letter = replace(_letter(session, mail, made, name, began), key=message_key(db))
        messages = reader_messages(letter, mail_signer(mail))
        notices = ways_to_leave(session, db, letter, sending)
        sending = sending or deliveries.begin(db, name, edition, hash_of(letter.text), began)
        give_up_late(db, sending)
        try:
            trouble = send_waiting(UnderWay(session, db, sending, mail, messages, server), alive)
        finally:
            state = deliveries.end(db, sending.number, datetime.now(UTC))
        report = report_of(db, sending.number, name, state, notices)
        again = f"digest correct {one.issue} with the same words, and --mail"
        return replace(report, trouble=trouble, again=again)


def _letter(session: Session, mail: Mail, made: Corrected, name: str, when: datetime) -> Letter:
    newsletter, issue = session.config.newsletter, made.correction.issue
    record = record_of(session, issue)
    ways = leave_ways(session.config, record.edition)
    words = own_words(newsletter.language)
    values = {
        "newsletter": newsletter,
        "direction": direction(newsletter),
        "title": words.gettext("Correction to the issue of %(day)s")
        % {"day": plain_day(record.date, newsletter.language)},
        "headline": made.headline,
        "text": made.correction.text,
        "url": address(newsletter, f"issues/{issue}/"),
        "leave_url": ways.link(),
    }
    env = styled(session.config, record.edition)
    return Letter(
        issue=name,
        subject=str(values["title"]),
        sender=mail.sender,
        reply_to=mail.reply_to,
        html=fill_in(env, "correction.html.j2", **values),
        text=fill_in(env, "correction.txt.j2", **values),
        when=when,
        list_name=newsletter.name,
        archive=newsletter.url or "",
        ways=ways,
    )
