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
from digest.text.own_words import own_words, spoken

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class JoinLetter:
    """The newsletter that asks, from whom the mail comes, and how many days its link is good."""

    name: str
    sender: str
    reply_to: str
    days: int
    language: str = "en"


def join_mail(letter: JoinLetter, to: str, link: str, when: datetime) -> bytes:
    """The mail to an address of the list's kind, its lines ended by CRLF. Raises UsageError for a
    sender that is none.
    """
    sender = address(letter.sender, "mail.from")
    mail = EmailMessage(policy=POLICY)
    mail["From"] = sender
    if letter.reply_to:
        mail["Reply-To"] = address(letter.reply_to, "mail.reply_to")
    mail["Subject"] = header_text(_subject(letter))
    mail["Date"] = format_datetime(when)
    identity = hashlib.blake2s(link.encode(), digest_size=10).hexdigest()
    mail["Message-ID"] = f"<join.{identity}@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-replied"  # RFC 3834: no holiday answers
    mail.set_content(_text(letter, link), cte="quoted-printable")
    mail.add_alternative(_html(letter, link), subtype="html", cte="quoted-printable")
    return b"To: " + to.encode() + b"\r\n" + mail.as_bytes()


def _subject(letter: JoinLetter) -> str:
    text = own_words(letter.language).gettext("Please confirm: %(newsletter)s")
    return text % {"newsletter": letter.name}


def _sentences(letter: JoinLetter) -> tuple[str, str, str]:
    words = own_words(letter.language)
    asked = words.gettext("Somebody, you we hope, asked for %(newsletter)s at this address.")
    page = words.gettext("To get it, open this page and press the button:")
    until = words.gettext(
        "The link is good for %(days)s days. If it was not you, do nothing: no more mail will come."
    )
    return asked % {"newsletter": header_text(letter.name)}, page, until % {"days": letter.days}


def _text(letter: JoinLetter, link: str) -> str:
    asked, page, until = _sentences(letter)
    return f"{asked}\n\n{page}\n\n{link}\n\n{until}\n"


def _html(letter: JoinLetter, link: str) -> str:
    asked, page, until = map(escape, _sentences(letter))
    language, direction = spoken(letter.language)
    tongue = f'lang="{escape(language)}" dir="{direction}"'
    return (
        f'<!doctype html><html {tongue}><head><meta charset="utf-8"><title>{escape(letter.name)}'
        f'</title></head><body {tongue} style="font:16px/1.5 sans-serif;margin:24px"><p>{asked}</p>'
        f'<p>{page}</p><p><a href="{escape(link)}">{escape(link)}</a></p><p>{until}</p></body>'
        "</html>\n"
    )
