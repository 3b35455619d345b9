"""A folder on an IMAP server (RFC 3501): mails neither seen nor flagged are given out, and marked
one by one.
"""

from __future__ import annotations

import imaplib
import ssl
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from digest.deliver.mailboxes import LARGEST, Arrived
from digest.deliver.smtp import Server, words
from digest.errors import DeliveryError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

TIMEOUT = 60.0
IMAPS, IMAP = 993, 143


@dataclass(frozen=True, slots=True)
class ImapFolder:
    """A folder, while the connection is open."""

    session: imaplib.IMAP4
    trouble: Callable[[], Any]  # a context that tells what goes wrong as DeliveryError

    def __iter__(self) -> Iterator[Arrived]:
        with self.trouble():
            listed = _good(self.session.uid("SEARCH", "UNSEEN", "UNFLAGGED"))
        for uid in (listed[0] or b"").decode("ascii", "replace").split():
            with self.trouble():
                arrived = self._fetched(uid)
            if arrived:
                yield arrived

    def _fetched(self, uid: str) -> Arrived | None:
        """A mail; None for one that is gone by now."""
        answer = _good(self.session.uid("FETCH", uid, f"(INTERNALDATE BODY.PEEK[]<0.{LARGEST}>)"))
        whole = next((piece for piece in answer if isinstance(piece, tuple)), None)
        if whole is None:
            return None
        rest = b"".join(piece for piece in answer if isinstance(piece, bytes))
        return Arrived(
            whole[1], _internal_date(whole[0] + rest), lambda done: self._mark(uid, done=done)
        )

    def _mark(self, uid: str, *, done: bool) -> None:
        with self.trouble():
            flag = r"(\Seen)" if done else r"(\Flagged)"
            _good(self.session.uid("STORE", uid, "+FLAGS.SILENT", flag))


def imap_server_from(environment: Mapping[str, str]) -> Server:
    """DIGEST_IMAP_HOST, _PORT (993), _USER and _PASSWORD. Raises UsageError."""
    host = environment.get("DIGEST_IMAP_HOST", "").strip()
    if not host:
        raise UsageError(
            "no mailbox: name a maildir, or set DIGEST_IMAP_HOST (and _PORT, _USER, _PASSWORD)"
        )
    port = environment.get("DIGEST_IMAP_PORT", "").strip() or str(IMAPS)
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise UsageError(f"DIGEST_IMAP_PORT: '{port}' is not a port")
    user, password = (environment.get(f"DIGEST_IMAP_{key}", "") for key in ("USER", "PASSWORD"))
    return Server(host, int(port), user, password)


@contextmanager
def imap_folder(server: Server, name: str) -> Iterator[ImapFolder]:
    """A folder of the server's, encrypted and its certificate verified; in plain text only to this
    machine. Raises DeliveryError.
    """

    def trouble() -> Any:
        return _explained(server)

    with trouble():
        session = _opened(server)
    try:
        with trouble():
            _good(session.login(server.user, server.password))
            _good(session.select(_quoted(name)))
        yield ImapFolder(session, trouble)
    finally:
        try:
            session.logout()
        except (imaplib.IMAP4.error, OSError):  # it had gone already
            with suppress(OSError):
                session.shutdown()


def _opened(server: Server) -> imaplib.IMAP4:
    if server.port not in {IMAP} and not server.local:
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context, timeout=TIMEOUT)
    session = imaplib.IMAP4(server.host, server.port, timeout=TIMEOUT)
    if "STARTTLS" in session.capabilities:
        session.starttls(ssl.create_default_context())
    elif not server.local:
        session.shutdown()
        raise DeliveryError(
            f"{server.host}:{server.port}: offers no encryption (STARTTLS); use port 993"
        )
    return session


@contextmanager
def _explained(server: Server) -> Iterator[None]:
    where = f"{server.host}:{server.port}"
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        why = error.verify_message or error.reason
        raise DeliveryError(f"{where}: its certificate is not to be trusted: {why}") from None
    except imaplib.IMAP4.error as error:
        said = error.args[0] if error.args else ""
        raise DeliveryError(
            f"{where}: {words(said if isinstance(said, bytes) else str(said))}"
        ) from None
    except OSError as error:
        raise DeliveryError(f"{where}: {error or type(error).__name__}") from None


def _good(answer: tuple[str, list[Any]]) -> list[Any]:
    """What the server says when it says yes. Raises imaplib's error with its words otherwise."""
    if answer[0] != "OK":
        raise imaplib.IMAP4.error(answer[1][0] if answer[1] else answer[0])
    return answer[1]


def _quoted(name: str) -> str:
    if not name.isascii() or any(not c.isprintable() for c in name):
        raise UsageError("--folder: give a name that holds other letters in modified UTF-7")
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _internal_date(told: bytes) -> datetime:
    local = imaplib.Internaldate2tuple(told)
    return datetime.fromtimestamp(time.mktime(local), UTC) if local else datetime.now(UTC)
