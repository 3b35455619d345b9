"""How readers leave, as feeds.yaml has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.deliver.leave_links import LeaveWays
from digest.deliver.mail_address import is_ascii, reader_address
from digest.errors import UsageError

if TYPE_CHECKING:
    from digest.config.schema import Config


def leave_ways(config: Config, edition: str) -> LeaveWays:
    """The ways to leave an edition: for one that a list manager sends, a place for that one's own
    link. Raises UsageError for an address that is none.
    """
    if config.delivery.kind != "smtp":
        return LeaveWays(edition, config.delivery.url or "")
    mail = config.mail
    if mail is None:
        return LeaveWays(edition)
    if mail.lists_mail:
        try:
            usable = is_ascii(reader_address(mail.lists_mail))
        except ValueError as error:
            raise UsageError(f"mail.lists_mail: '{mail.lists_mail}' {error}") from None
        if not usable:
            raise UsageError(f"mail.lists_mail: '{mail.lists_mail}' holds other letters than ASCII")
    return LeaveWays(edition, mail.lists_url or "", mail.lists_mail)
