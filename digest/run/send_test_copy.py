"""A copy of an issue, marked [TEST], for one reader's eyes."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from digest.deliver.message import message
from digest.deliver.smtp import connected, server_from, submit
from digest.run.publish import load
from digest.run.publish import mail as parts_of
from digest.run.send import letter_of, mail_settings

if TYPE_CHECKING:
    from digest.run.session import Session


def send_test(session: Session, identity: str, to: str) -> str:
    """Send the issue as it stands to one address, writing nothing; returns the Message-ID.

    Raises UsageError without `mail.from` or a server, IssueError for a draft that does not parse,
    DeliveryError when it is refused.
    """
    mail = mail_settings(session)
    server = server_from(os.environ)
    issue = load(session, identity)
    letter = letter_of(session, mail, issue, parts_of(session, issue), datetime.now(UTC))
    ready = message(letter, to, test=True)
    with connected(server) as session_:
        submit(session_, ready)
    return str(ready["Message-ID"])
