"""The one way to send an issue, whoever does it: our own sender, or a list manager."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from digest.deliver.smtp import server_from
from digest.errors import UsageError
from digest.run.send import dry_run, mail_settings, send

if TYPE_CHECKING:
    from pathlib import Path

    from digest.run.send import SendingReport
    from digest.run.session import Session


def send_issue(session: Session, identity: str, *, resend_uncertain: bool = False) -> SendingReport:
    """Send an issue, or go on sending it, as `send` and `hand_over` do."""
    if session.config.delivery.kind == "smtp":
        return send(session, identity, resend_uncertain=resend_uncertain)
    from digest.run.listmonk import hand_over

    return hand_over(session, identity, anew=resend_uncertain)


def write_messages(session: Session, identity: str, target: Path) -> int:
    """Write every message as a file and send none. Raises UsageError where a list manager makes
    them.
    """
    if session.config.delivery.kind != "smtp":
        raise UsageError("--dry-run: listmonk makes the messages; --to sends a copy marked [TEST]")
    return dry_run(session, identity, target)


def ready_to_send(session: Session) -> None:
    """Raise UsageError at once, before anything is spent, where there is nobody to send by."""
    mail_settings(session)
    if session.config.delivery.kind == "smtp":
        server_from(os.environ)
        return
    from digest.deliver.listmonk import connected

    with connected(session.config.delivery.url or "", os.environ):
        return
