"""The mail server: where it is, how it is reached safely, and what it answers."""

from __future__ import annotations

import ipaddress
import smtplib
import socket
import ssl
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from digest.errors import DeliveryError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from email.message import EmailMessage

TIMEOUT = 30.0
IMPLICIT_TLS = 465  # RFC 8314
SUBMISSION = 587  # RFC 6409


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server as the environment names it."""

    host: str
    port: int = SUBMISSION
    user: str = ""
    password: str = ""

    @property
    def local(self) -> bool:
        """Is it on this machine, where nobody listens in between?"""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def server_from(environment: Mapping[str, str]) -> Server:
    """DIGEST_SMTP_HOST, _PORT (587), _USER and _PASSWORD. Raises UsageError when there is no host
    or the port is no number.
    """
    host = environment.get("DIGEST_SMTP_HOST", "").strip()
    if not host:
        raise UsageError(
            "no mail server: set DIGEST_SMTP_HOST (and _PORT, _USER, _PASSWORD where it asks for"
            " them)"
        )
    port = environment.get("DIGEST_SMTP_PORT", "").strip() or str(SUBMISSION)
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise UsageError(f"DIGEST_SMTP_PORT: '{port}' is not a port")
    return Server(
        host,
        int(port),
        environment.get("DIGEST_SMTP_USER", ""),
        environment.get("DIGEST_SMTP_PASSWORD", ""),
    )


@contextmanager
def connected(server: Server) -> Iterator[smtplib.SMTP]:
    """A session with the server, encrypted and its certificate verified; in plain text only to this
    machine. Raises DeliveryError.
    """
    with explained(server), open_session(server) as session:
        yield session


@contextmanager
def explained(server: Server) -> Iterator[None]:
    """Turn what goes wrong with a server into DeliveryError, one line that names it."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        raise DeliveryError(
            f"{server.host}: refused the user name or password ({error.smtp_code}"
            f" {words(error.smtp_error)})"
        ) from None
    except smtplib.SMTPRecipientsRefused as error:
        refused = "; ".join(
            f"{to}: {code} {words(reply)}" for to, (code, reply) in error.recipients.items()
        )
        raise DeliveryError(f"{server.host}: refused {refused}") from None
    except smtplib.SMTPResponseException as error:
        raise DeliveryError(
            f"{server.host}: answered {error.smtp_code} {words(error.smtp_error)}"
        ) from None
    except ssl.SSLCertVerificationError as error:
        raise DeliveryError(
            f"{server.host}:{server.port}: its certificate is not to be trusted:"
            f" {error.verify_message or error.reason}"
        ) from None
    except (smtplib.SMTPException, OSError) as error:
        raise DeliveryError(
            f"{server.host}:{server.port}: {error or type(error).__name__}"
        ) from None


def open_session(server: Server) -> smtplib.SMTP:
    """A session, after the greeting, TLS and login. Errors are raised as smtplib's, as OSError, and
    as DeliveryError for a server that is not spoken to.
    """
    if server.port == IMPLICIT_TLS:
        session: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=TIMEOUT, context=_verifying()
        )
    else:
        session = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    try:
        # the end of a message must not wait for the server to acknowledge its beginning
        session.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # type: ignore[union-attr]
        _secure(server, session)
        if server.user:
            session.login(server.user, server.password)
    except BaseException:
        session.close()
        raise
    return session


@cache
def _verifying() -> ssl.SSLContext:
    """Certificates are verified against what the system trusts, which takes a tenth of a second to
    read.
    """
    return ssl.create_default_context()


def _secure(server: Server, session: smtplib.SMTP) -> None:
    session.ehlo()
    if server.port == IMPLICIT_TLS:
        return
    if session.has_extn("starttls"):
        session.starttls(context=_verifying())
        session.ehlo()
    elif not server.local:
        raise DeliveryError(
            f"{server.host}:{server.port}: offers no encryption (STARTTLS); use port 465, or a"
            " server that has it"
        )


def words(reply: bytes | str) -> str:
    """What a server says, on one line."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]


def submit(session: smtplib.SMTP, mail: EmailMessage) -> None:
    """Hand one message over; the server's acceptance means that it took it, no more. Errors are
    raised as smtplib's.
    """
    sender, recipient = mail["From"].addresses[0].addr_spec, mail["To"].addresses[0].addr_spec
    session.sendmail(sender, [recipient], mail.as_bytes())
