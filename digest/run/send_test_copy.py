"""Copies of an issue, marked [TEST], for the eyes of those who are named."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from digest.deliver.message import message
from digest.deliver.smtp import connected, server_from, submit
from digest.errors import DeliveryError
from digest.run.publish import load
from digest.run.publish import mail as parts_of
from digest.run.send import letter_of, mail_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.run.session import Session


@dataclass(frozen=True, slots=True)
class SentCopy:
    """What became of one address's copy."""

    issue: str
    to: str
    message_id: str
    refused: str  # in the server's words; "" when it took the copy

    def json(self) -> dict[str, str]:
        """For `--json`."""
        told = {"id": self.issue, "to": self.to, "message_id": self.message_id}
        return {**told, "error": self.refused} if self.refused else told

    def line(self) -> str:
        """For a person."""
        if self.refused:
            return f"{self.issue}: no [TEST] copy for {self.to}: {self.refused}"
        return f"{self.issue}: a [TEST] copy was handed to the mail server for {self.to}"


def send_tests(session: Session, identity: str, addresses: Sequence[str]) -> list[SentCopy]:
    """Send the issue as it stands to each address, writing nothing. What a server refuses keeps the
    others from nothing.

    Raises UsageError without `mail.from` or a server, or for an address that is none, before
    anything is sent; IssueError for a draft that does not parse; DeliveryError when the only
    address is refused.
    """
    mail = mail_settings(session)
    server = server_from(os.environ)
    issue = load(session, identity)
    letter = letter_of(session, mail, issue, parts_of(session, issue), datetime.now(UTC))
    ready = [(to, message(letter, to, test=True)) for to in dict.fromkeys(addresses)]
    sent = []
    for to, copy in ready:
        refused = ""
        try:
            with connected(server) as smtp:
                submit(smtp, copy)
        except DeliveryError as error:
            if len(ready) == 1:
                raise
            refused = str(error)
        sent.append(SentCopy(identity, to, str(copy["Message-ID"]), refused))
    return sent
