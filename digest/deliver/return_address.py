"""Where a mail that cannot be delivered comes back to: an address in which `*` stands for a key of
the reader's own, so that even a bounce that says nothing says whose it is (VERP).
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.deliver.mail_address import is_ascii, reader_address
from digest.errors import UsageError

if TYPE_CHECKING:
    from digest.deliver.leave_tokens import Tokens

KEY = "*"
_LENGTH = 24  # of a key in base32, which servers may write in either case


@dataclass(frozen=True, slots=True)
class ReturnAddress:
    """`pattern` is a mail address, with or without one KEY in its local part."""

    pattern: str
    tokens: Tokens

    def of(self, reader: int) -> str:
        """The address for a reader's mail."""
        if KEY not in self.pattern:
            return self.pattern
        raw = base64.urlsafe_b64decode(self.tokens.token(reader, ""))
        return self.pattern.replace(KEY, base64.b32encode(raw).decode().lower())

    def readers_in(self, text: str) -> frozenset[int]:
        """The readers whose addresses stand in a text."""
        if KEY not in self.pattern:
            return frozenset()
        before, _, after = self.pattern.partition(KEY)
        found = re.findall(
            rf"{re.escape(before)}([a-z2-7]{{{_LENGTH}}}){re.escape(after)}", text, re.IGNORECASE
        )
        return frozenset(reader for key in found if (reader := self._reader(key)))

    def _reader(self, key: str) -> int | None:
        raw = base64.b32decode(key.upper())
        return self.tokens.reader(base64.urlsafe_b64encode(raw).decode(), "")


def return_address(pattern: str, tokens: Tokens) -> ReturnAddress:
    """The address that `mail.bounces` names. Raises UsageError for what is none."""
    local = pattern.rpartition("@")[0]
    try:
        plain = reader_address(pattern.replace(KEY, "x" * _LENGTH))
    except ValueError as error:
        raise UsageError(f"mail.bounces: '{pattern}' {error}") from None
    if pattern.count(KEY) > 1 or pattern.count(KEY) != local.count(KEY) or not is_ascii(plain):
        raise UsageError(
            f"mail.bounces: '{pattern}' is no address such as bounces@example.org, or"
            " bounces+*@example.org where the mailbox takes any word in the place of *"
        )
    return ReturnAddress(pattern, tokens)
