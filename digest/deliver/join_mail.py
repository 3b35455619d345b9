"""The mail that asks somebody who wants to join to confirm: whoever typed the address need not be
the one who reads it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING

from digest.deliver.message import address, header_text
from digest.deliver.newsletter_policy import POLICY

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class JoinLetter:
    """The newsletter that asks, from whom the mail comes, and how many days its link is good."""

    name: str
    sender: str
    reply_to: str
    days: int


def join_mail(letter: JoinLetter, to: str, link: str, when: datetime) -> bytes:
    """The mail to an address of the list's kind, its lines ended by CRLF. Raises UsageError for a
    sender that is none.
    """
    sender = address(letter.sender, "mail.from")
    mail = EmailMessage(policy=POLICY)
    mail["From"] = sender
    if letter.reply_to:
        mail["Reply-To"] = address(letter.reply_to, "mail.reply_to")
    mail["Subject"] = header_text(f"Please confirm: {letter.name}")
    mail["Date"] = format_datetime(when)
    identity = hashlib.blake2s(link.encode(), digest_size=10).hexdigest()
    mail["Message-ID"] = f"<join.{identity}@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-replied"  # RFC 3834: no holiday answers
    mail.set_content(_text(letter, link), cte="quoted-printable")
    mail.add_alternative(_html(letter, link), subtype="html", cte="quoted-printable")
    return b"To: " + to.encode() + b"\r\n" + mail.as_bytes()


def _text(letter: JoinLetter, link: str) -> str:
    return (
        f"Somebody, you we hope, asked for {letter.name} at this address.\n\n"
        f"To get it, open this page and press the button:\n\n{link}\n\n"
        f"The link is good for {letter.days} days. If it was not you, do nothing: no more mail will"
        " come.\n"
    )


def _html(letter: JoinLetter, link: str) -> str:
    return (
        '<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><title>'
        f"{escape(letter.name)}</title></head>"
        '<body lang="en" dir="ltr" style="font:16px/1.5 sans-serif;margin:24px">'
        f"<p>Somebody, you we hope, asked for <b>{escape(letter.name)}</b> at this address.</p>"
        f'<p>To get it, open this page and press the button:</p><p><a href="{escape(link)}">'
        f"{escape(link)}</a></p><p>The link is good for {letter.days} days. If it was not you, do"
        " nothing: no more mail will come.</p></body></html>\n"
    )
