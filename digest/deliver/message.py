"""The mail as a message: text first, HTML last, both quoted-printable (RFC 2046, RFC 2045)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, getaddresses
from typing import TYPE_CHECKING

from digest.deliver.leave_links import LeaveWays
from digest.deliver.newsletter_policy import POLICY
from digest.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

_DOMAIN = re.compile(
    r"(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$"
)
LONGEST_NAME = 100  # characters of a list's name
_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$")  # RFC 5322 dot-atom, ASCII


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes into a message. `issue` is the issue's id, `when` the Date header."""

    issue: str
    subject: str
    sender: str
    reply_to: str
    html: str
    text: str
    when: datetime
    list_name: str = ""
    archive: str = ""  # where the newsletter's issues are on the web
    ways: LeaveWays = field(default_factory=lambda: LeaveWays(""))
    key: bytes = b""  # without it nobody can make the Message-IDs


def address(given: str, what: str) -> Address:
    """A mail address, with or without a name before it. `what` names it in errors. Raises
    UsageError.
    """
    if any(not c.isprintable() for c in given):
        raise UsageError(f"{what}: holds a line break or a control character")
    found = getaddresses([given])
    name, bare = found[0] if len(found) == 1 else ("", "")
    local, _, domain = bare.rpartition("@")
    if not _is_local_part(local) or not _is_domain(domain):
        raise UsageError(
            f"{what}: '{given[:100]}' is not a mail address such as editor@example.org"
        )
    return Address(display_name=header_text(name), username=local, domain=domain)


def header_text(text: str) -> str:
    """Words for a header, on one line.

    What looks like an encoded word (RFC 2047) is taken apart: Python's email package decodes it,
    and puts a line break that was hidden in it into the header as it is.
    """
    plain = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(plain.replace("=?", "= ?").split())


def _is_local_part(text: str) -> bool:
    return (
        bool(_LOCAL.match(text))
        and ".." not in text
        and not text.startswith(".")
        and not text.endswith(".")
    )


def _is_domain(text: str) -> bool:
    return bool(_DOMAIN.match(text)) and ("." in text or text == "localhost")


def message(letter: Letter, to: str, *, test: bool, token: str = "") -> EmailMessage:
    """The message for one recipient, whose token for leaving is given. A test's subject begins with
    [TEST]. Raises UsageError for an address that is none.
    """
    sender, recipient = address(letter.sender, "mail.from"), address(to, "--to")
    mail = EmailMessage(policy=POLICY)
    mail["From"] = sender
    mail["To"] = recipient
    if letter.reply_to:
        mail["Reply-To"] = address(letter.reply_to, "mail.reply_to")
    subject = header_text(letter.subject)
    mail["Subject"] = f"[TEST] {subject}" if test else subject
    mail["Date"] = format_datetime(letter.when)
    mail["Message-ID"] = message_id(letter, recipient.addr_spec, sender.domain, test=test)
    if not test:
        for name, value in _list_headers(letter, sender.domain, token).items():
            mail[name] = value
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    mail.set_boundary(boundary(letter))
    return mail


def _list_headers(letter: Letter, domain: str, token: str) -> dict[str, str]:
    """What the message tells mail programs of the list (RFC 2919, RFC 2369). `Precedence` keeps
    holiday answers away.
    """
    archive = {"List-Archive": f"<{letter.archive}>"} if letter.archive.isascii() else {}
    return {
        "List-Id": list_id(letter, domain),
        **letter.ways.headers(token),
        "List-Post": "NO",
        **(archive if letter.archive else {}),
        "Precedence": "bulk",
    }


def list_id(letter: Letter, domain: str) -> str:
    """The list's name and what it is known by (RFC 2919)."""
    return f"{_phrase(letter.list_name)}<{letter.ways.edition}.{domain}>"


def _phrase(name: str) -> str:
    """The list's name before its id, on one line of ASCII."""
    name = header_text(name)[:LONGEST_NAME]
    if not name:
        return ""
    if name.isascii():
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" '
    return f"{Header(name, 'utf-8', maxlinelen=10_000).encode(linesep='')} "


def boundary(letter: Letter) -> str:
    """Between the parts: the same for all readers, and nothing that a text could know of itself."""
    digest = hashlib.blake2s(f"{letter.html}\x1f{letter.text}".encode(), digest_size=16)
    return f"=_{digest.hexdigest()}"


def message_id(letter: Letter, recipient: str, domain: str, *, test: bool) -> str:
    """The same for the same issue and recipient, so that a duplicate can be seen; a test's has its
    time in it, so that each arrives.
    """
    salt = letter.when.isoformat() if test else ""
    return f"<{letter.issue}.{message_mark(letter.issue, recipient, letter.key, salt)}@{domain}>"


def message_mark(issue: str, recipient: str, key: bytes, salt: str = "") -> str:
    """What a Message-ID says of issue and recipient: who comes back with one has had the mail."""
    basis = f"{issue}\x1f{recipient.lower()}\x1f{salt}"
    return hashlib.blake2s(basis.encode(), digest_size=10, key=key).hexdigest()
