"""Joining: who asks is sent a mail with a link, and who confirms is a reader."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event, Thread
from typing import TYPE_CHECKING

from digest.deliver.join_mail import JoinLetter, join_mail
from digest.deliver.message import address
from digest.deliver.smtp import connected, server_from
from digest.deliver.transaction import Envelope, transact
from digest.editions.registry import names
from digest.errors import DeliveryError, DigestError
from digest.run.mail_signer import mail_signer
from digest.store import joins
from digest.store.readers_file import join_tokens_of, open_readers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from digest.config.schema import Config, Mail
    from digest.deliver.leave_tokens import Tokens
    from digest.deliver.smtp import Server
    from digest.store.joins import Asked

AGAIN = 60.0  # seconds until a mail that did not go out is tried again
CLOSING = 5.0  # seconds that the mail under way has
_log = logging.getLogger("digest.join")


def closed_because(config: Config) -> str:
    """Why nobody can join, "" when people can."""
    if config.mail is None or not config.mail.lists_url:
        return "joining needs mail.lists_url in feeds.yaml: where 'digest serve-lists' is reached"
    if not os.environ.get("DIGEST_SMTP_HOST", "").strip():
        return "joining needs a mail server: set DIGEST_SMTP_HOST where 'digest serve-lists' runs"
    return ""


def readers_joining(config: Config) -> ReadersJoining | None:
    """How people join the newsletter, None where they cannot. Raises UsageError for a sender, key
    or port that is none.
    """
    if config.mail is None or closed_because(config):
        return None
    with open_readers(config.state) as db:
        tokens = join_tokens_of(db)
    mails = JoinMails(
        config.state, tokens, config.newsletter.name, config.mail, config.newsletter.language
    )
    return ReadersJoining(config.state, names(config.editions), tokens, mails)


@dataclass
class JoinMails:
    """The mails that ask to confirm, sent one after the other on a thread of their own, so that no
    answer on the web takes longer for one address than for another.
    """

    state: Path
    tokens: Tokens
    name: str
    mail: Mail
    language: str = "en"
    again: float = AGAIN
    _wake: Event = field(default_factory=Event)
    _over: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self._server: Server = server_from(os.environ)
        self._sender = address(self.mail.sender, "mail.from").addr_spec
        self._sign: Callable[[bytes], bytes] | None = mail_signer(self.mail)
        self._letter = JoinLetter(
            self.name, self.mail.sender, self.mail.reply_to, joins.LIFE.days, self.language
        )
        self._wake.set()  # somebody may have asked before this process began
        self._thread = Thread(target=self._send_all, daemon=True, name="confirmations")
        self._thread.start()

    def wake(self) -> None:
        """Somebody has asked."""
        self._wake.set()

    def close(self) -> None:
        """End after the mail that is under way; what waits is sent by the next process."""
        self._over.set()
        self._wake.set()
        self._thread.join(CLOSING)

    def _send_all(self) -> None:
        while not self._over.is_set():
            self._wake.wait()
            self._wake.clear()
            try:
                self._send_waiting()
            except DigestError as error:
                _log.warning("confirmations wait: %s", error)
                self._over.wait(self.again)
                self._wake.set()

    def _send_waiting(self) -> None:
        with open_readers(self.state, whole=False) as db:
            while not self._over.is_set() and (asked := joins.claim(db, datetime.now(UTC))):
                sent = False
                try:
                    sent = self._send(asked)
                finally:
                    if not sent:
                        joins.put_back(db, asked.number)

    def _send(self, asked: Asked) -> bool:
        """Hand it over; True when it is not to be tried again. Raises DeliveryError."""
        home = (self.mail.lists_url or "").rstrip("/")
        link = f"{home}/join/{self.tokens.token(asked.number, '')}"
        mail = join_mail(self._letter, asked.address, link, datetime.now(UTC))
        mail = self._sign(mail) + mail if self._sign else mail
        with connected(self._server) as session:
            answer = transact(session, Envelope(self._sender, asked.address, mail))
        if answer.fate in {"submitted", "uncertain"}:
            return True
        if answer.fate == "refused":
            _log.warning("a confirmation was refused: %s", answer.reply)
            return True
        raise DeliveryError(f"{self._server.host}: {answer.reply}")


@dataclass(frozen=True, slots=True)
class ReadersJoining:
    """Readers join the list of this state."""

    state: Path
    editions: tuple[str, ...]
    tokens: Tokens
    mails: JoinMails

    def ask(self, given: str, editions: tuple[str, ...]) -> None:
        """Have a mail ask whether the address is to get these editions."""
        with open_readers(self.state, whole=False) as db, db:
            number = joins.ask(db, given, editions, datetime.now(UTC))
        if number is not None:
            self.mails.wake()

    def known(self, token: str) -> bool:
        """Is this a token of the list's?"""
        return self.tokens.reader(token, "") is not None

    def confirm(self, token: str) -> bool:
        """Make the reader who was asked one; False when the token is too old or used up."""
        number = self.tokens.reader(token, "") or 0
        with open_readers(self.state, whole=False) as db, db:
            return joins.confirm(db, number, datetime.now(UTC))

    def close(self) -> None:
        """Send no more mails."""
        self.mails.close()
