"""The key that mail is signed with, as feeds.yaml names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.deliver.dkim_signature import signer
from digest.deliver.message import address

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.config.schema import Mail


def mail_signer(mail: Mail) -> Callable[[bytes], bytes] | None:
    """What signs a message, None where the mail server does. Raises UsageError."""
    if mail.dkim is None:
        return None
    domain = mail.dkim.domain or address(mail.sender, "mail.from").domain
    return signer(domain, mail.dkim.selector, mail.dkim.key)
