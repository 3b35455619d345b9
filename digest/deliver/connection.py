"""A connection to the mail server that is opened when it is needed, used again, and opened anew
when the server ends it.
"""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.deliver.smtp import Server, explained, open_session
from digest.deliver.transaction import Envelope, ServerAnswer, transact
from digest.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Callable

MESSAGES = 100  # on one connection; many servers end it there
LEAVE_TIMEOUT = 5.0  # seconds that a server has to say goodbye
FAILURES = 5  # connections in a row that brought no message through


@dataclass
class MailConnection:
    """One connection at a time. `sleep` waits, and says whether the waiting is to end."""

    server: Server
    sleep: Callable[[float], bool]
    _session: smtplib.SMTP | None = None
    _used: int = 0
    _failures: int = 0

    @property
    def open(self) -> bool:
        """Can a message be sent at once?"""
        return self._session is not None and self._used < MESSAGES

    def ready(self) -> bool:
        """Open it, if need be, with growing pauses after failures; False when nobody wants to wait
        any longer. Raises DeliveryError when the server cannot be spoken to.
        """
        if self.open:
            return True
        self.close()
        while True:
            if self._failures > 1 and self.sleep(2.0 ** (self._failures - 2)):
                return False
            try:
                with explained(self.server):
                    self._open()
            except DeliveryError:
                if self._failures >= FAILURES:
                    raise
                continue
            return True

    def _open(self) -> None:
        """Raises what is not to be tried again as DeliveryError, too, and then with no failures
        left.
        """
        try:
            self._session, self._used = open_session(self.server), 0
        except (smtplib.SMTPResponseException, OSError) as error:
            self._failures = FAILURES if _for_good(error) else self._failures + 1
            raise
        except DeliveryError:
            self._failures = FAILURES
            raise

    def send(self, envelope: Envelope) -> ServerAnswer:
        """Hand one message over a connection that is ready."""
        if self._session is None:
            raise DeliveryError(f"{self.server.host}: no connection is open")
        answer = transact(self._session, envelope)
        self._used += 1
        if answer.over:
            self.close()
        self._failures = self._failures + 1 if answer.fate == "unsent" else 0
        return answer

    @property
    def hopeless(self) -> bool:
        """Has connection after connection ended before a message was through?"""
        return self._failures >= FAILURES

    def close(self) -> None:
        """Take leave, if there is anybody to take leave of."""
        session, self._session = self._session, None
        if session is not None:
            with suppress(smtplib.SMTPException, OSError):
                if session.sock:
                    session.sock.settimeout(LEAVE_TIMEOUT)
                    session.quit()
            session.close()


def _for_good(error: Exception) -> bool:
    """Would the server, or its certificate, say the same a minute later?"""
    if isinstance(error, smtplib.SMTPResponseException):
        return not 400 <= error.smtp_code < 500
    return isinstance(error, ssl.SSLCertVerificationError)
