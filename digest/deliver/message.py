"""The mail as a message: text first, HTML last, both quoted-printable (RFC 2046, RFC 2045)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, getaddresses
from typing import TYPE_CHECKING

from digest.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

_DOMAIN = re.compile(
    r"(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$"
)
_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$")  # RFC 5322 dot-atom, ASCII
POLICY = EmailPolicy(linesep="\r\n", cte_type="7bit")


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
    return Address(display_name=name, username=local, domain=domain)


def _is_local_part(text: str) -> bool:
    return (
        bool(_LOCAL.match(text))
        and ".." not in text
        and not text.startswith(".")
        and not text.endswith(".")
    )


def _is_domain(text: str) -> bool:
    return bool(_DOMAIN.match(text)) and ("." in text or text == "localhost")


def message(letter: Letter, to: str, *, test: bool) -> EmailMessage:
    """The message for one recipient. A test's subject begins with [TEST]. Raises UsageError for an
    address that is none.
    """
    sender, recipient = address(letter.sender, "mail.from"), address(to, "--to")
    mail = EmailMessage(policy=POLICY)
    mail["From"] = sender
    mail["To"] = recipient
    if letter.reply_to:
        mail["Reply-To"] = address(letter.reply_to, "mail.reply_to")
    mail["Subject"] = f"[TEST] {letter.subject}" if test else letter.subject
    mail["Date"] = format_datetime(letter.when)
    mail["Message-ID"] = message_id(letter, recipient.addr_spec, sender.domain, test=test)
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return mail


def message_id(letter: Letter, recipient: str, domain: str, *, test: bool) -> str:
    """The same for the same issue and recipient, so that a duplicate can be seen; a test's has its
    time in it, so that each arrives.
    """
    basis = f"{letter.issue}\x1f{recipient.lower()}\x1f{letter.when.isoformat() if test else ''}"
    return (
        f"<{letter.issue}.{hashlib.blake2s(basis.encode(), digest_size=10).hexdigest()}@{domain}>"
    )
