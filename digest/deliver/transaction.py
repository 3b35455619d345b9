"""One message handed to a mail server, and what the server's answer means (RFC 5321, RFC 3463)."""

from __future__ import annotations

import re
import select
import smtplib
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from digest.deliver.mail_address import is_ascii
from digest.deliver.smtp import words

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

Stage = Literal["MAIL", "RCPT", "DATA", "message"]
Fate = Literal["submitted", "put-off", "refused", "unsent", "uncertain", "no-sender"]

# Seconds to wait for an answer (RFC 5321, 4.5.3.2): whoever waits less for the last one hangs up on
# servers that take the message a moment later, and cannot know that they did.
ANSWER_TIMEOUT = 300.0
LAST_ANSWER_TIMEOUT = 600.0
# No such mailbox, no such domain for mail, moved, closed: nothing that would be otherwise tomorrow.
NOBODY_THERE = re.compile(r"\b5\.(1\.1|1\.10|1\.6|2\.1)\b")
_CLOSING = 421
_BUSY = re.compile(r"^(421|452)|\b4\.(3\.\d+|7\.28)\b")  # the mail system, not this recipient


@dataclass(frozen=True, slots=True)
class ServerAnswer:
    """What became of a message. `over` says that the session cannot be used any more, `gone` that
    nobody gets mail at the address, `busy` that the server wants less mail from us for now.

    submitted   the server took it
    put-off     not now (4xx)
    refused     never (5xx)
    unsent      the session ended before the message did: it was not taken
    uncertain   the session ended after the message and before the answer: nobody knows
    no-sender   the server takes nothing from this sender
    """

    fate: Fate
    reply: str
    over: bool = False
    gone: bool = False
    busy: bool = False


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message with whom it is from and for, its lines ended by CRLF. `ready` returns when its
    first byte may go out; sender and recipient are named to the server before.
    """

    sender: str
    recipient: str
    mail: bytes
    ready: Callable[[], object] = bool


def transact(session: smtplib.SMTP, envelope: Envelope) -> ServerAnswer:
    """Hand over one message. What `ready` raises comes out, and nothing was sent then."""
    sender, recipient = envelope.sender, envelope.recipient
    options = [] if is_ascii(recipient) else ["SMTPUTF8"]
    if options and not session.has_extn("smtputf8"):
        return ServerAnswer(
            "refused", "the mail server takes no internationalised addresses (SMTPUTF8)"
        )
    connection: socket.socket = session.sock  # type: ignore[assignment]
    sent = False
    try:
        connection.settimeout(ANSWER_TIMEOUT)
        refusal = _named(session, sender, recipient, options)
        if refusal:
            return refusal
        envelope.ready()
        connection.sendall(_stuffed(envelope.mail))
        if _hung_up(connection):
            return ServerAnswer(
                "unsent", "the server hung up in the middle of the message", over=True
            )
        connection.settimeout(LAST_ANSWER_TIMEOUT)
        sent = True
        connection.sendall(b".\r\n")
        return _meaning("message", *session.getreply())
    except (smtplib.SMTPException, OSError) as error:
        said = words(str(error) or type(error).__name__)
        return ServerAnswer("uncertain" if sent else "unsent", said, over=True)


def _named(
    session: smtplib.SMTP, sender: str, recipient: str, options: list[str]
) -> ServerAnswer | None:
    """Sender, recipient and DATA; an answer when one of them is not taken."""
    steps: tuple[tuple[Stage, int], ...] = (("MAIL", 250), ("RCPT", 250), ("DATA", 354))
    for stage, wanted in steps:
        if stage == "MAIL":
            code, reply = session.mail(sender, options)
        elif stage == "RCPT":
            code, reply = session.rcpt(recipient)
        else:
            code, reply = session.docmd("data")
        if code != wanted and not (stage == "RCPT" and code == 251):
            answer = _meaning(stage, code, reply)
            if not answer.over:
                session.rset()
            return answer
    return None


def _meaning(stage: Stage, code: int, reply: bytes) -> ServerAnswer:
    said = f"{code} {words(reply)}"
    if stage == "message" and 200 <= code < 300:
        return ServerAnswer("submitted", said)
    if 400 <= code < 500:
        closing = code == _CLOSING
        fate: Fate = "unsent" if closing and stage != "message" else "put-off"
        return ServerAnswer(
            fate, said, over=closing, busy=stage == "MAIL" or bool(_BUSY.search(said))
        )
    if not 500 <= code < 600:
        fate = "uncertain" if stage == "message" else "unsent"
        return ServerAnswer(fate, f"an answer that is none: {said}", over=True)
    if stage == "MAIL":
        return ServerAnswer("no-sender", said)
    return ServerAnswer("refused", said, gone=stage == "RCPT" and bool(NOBODY_THERE.search(said)))


def _stuffed(mail: bytes) -> bytes:
    """The message with the dots of RFC 5321, 4.5.2, ending with a line end."""
    ended = mail if mail.endswith(b"\r\n") else mail + b"\r\n"
    return ended.replace(b"\r\n.", b"\r\n..")


def _hung_up(connection: socket.socket) -> bool:
    """Has the server ended the session, or said something unasked, before the message was whole?

    Then it has not taken it, and it may be sent again; a moment later nobody could tell.
    """
    if isinstance(connection, ssl.SSLSocket):
        return False  # what is to be read may be TLS's own
    readable, _, _ = select.select([connection], [], [], 0)
    return bool(readable)
