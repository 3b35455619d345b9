"""A copy of an issue, marked [TEST], for one reader's eyes."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from digest.deliver.message import Letter, message
from digest.deliver.smtp import connected, server_from, submit
from digest.errors import UsageError
from digest.run.publish import load
from digest.run.publish import mail as parts_of

if TYPE_CHECKING:
    from digest.run.session import Session


def send_test(session: Session, identity: str, to: str) -> str:
    """Send the issue as it stands to one address, writing nothing; returns the Message-ID.

    Raises UsageError without `mail.from` or a server, IssueError for a draft that does not parse,
    DeliveryError when it is refused.
    """
    mail = session.config.mail
    if mail is None:
        raise UsageError(
            "feeds.yaml has no 'mail': it needs at least 'from', as in mail: {from: 'Digest"
            " <digest@example.org>'}"
        )
    server = server_from(os.environ)
    issue = load(session, identity)
    parts = parts_of(session, issue)
    letter = Letter(
        issue=identity,
        subject=f"{issue.draft.title} — {issue.draft.date.isoformat()}",
        sender=mail.sender,
        reply_to=mail.reply_to,
        html=parts["email.html"],
        text=parts["email.txt"],
        when=datetime.now(UTC),
    )
    ready = message(letter, to, test=True)
    with connected(server) as session_:
        submit(session_, ready)
    return str(ready["Message-ID"])
