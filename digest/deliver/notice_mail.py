"""A notice to whoever runs the newsletter: a plain message, to one address."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING

from digest.deliver.message import address, header_text
from digest.deliver.newsletter_policy import POLICY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

LONGEST_SUBJECT = 120  # characters


def notice_mail(
    sender: str, to: str, newsletter: str, lines: Sequence[str], when: datetime
) -> EmailMessage:
    """What is to be known, one line each; the subject is the first of them. Raises UsageError for
    an address that is none.
    """
    mail = EmailMessage(policy=POLICY)
    mail["From"], mail["To"] = address(sender, "mail.from"), address(to, "notify.mail")
    more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
    first = header_text(lines[0])
    short = first if len(first) <= LONGEST_SUBJECT else f"{first[:LONGEST_SUBJECT]}…"
    mail["Subject"] = f"{header_text(newsletter)}: {short}{more}"
    mail["Date"] = format_datetime(when)
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday answers
    mail.set_content("\n".join(lines) + "\n", cte="quoted-printable")
    return mail
