"""The token by which a reader leaves: short, unguessable, good for one reader and one edition; and
in the same form the one by which somebody who asked to join confirms.

Fifteen bytes, twenty characters: six that stand for the reader, nine of an HMAC (RFC 2104) over
reader and edition, so that nobody can make one without the secret, and one that is cut or changed
is none.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from functools import cached_property

LENGTH = 20
_ID_BYTES, _MAC_BYTES = 6, 9
_IDS = 1 << (8 * _ID_BYTES)
# Stands in an issue's mail where each reader's own token goes. It is none: its end is no HMAC.
PLACEHOLDER = "THIS-READERS-OWN-KEY"
NOBODY = 0  # no reader's number: its token shows that whoever answers knows the secret


@dataclass(frozen=True)
class Tokens:
    """Makes and reads tokens by the list's secret. A token is good for one purpose alone."""

    secret: bytes
    purpose: bytes = b"leave"

    @cached_property
    def _scramble(self) -> tuple[int, int, int]:
        """A multiplier, its inverse and an offset, so that tokens do not tell how many readers
        there are.
        """
        seed = hashlib.sha256(b"numbers" + self.secret).digest()
        multiplier = int.from_bytes(seed[:_ID_BYTES]) | 1
        offset = int.from_bytes(seed[_ID_BYTES : 2 * _ID_BYTES])
        return multiplier, pow(multiplier, -1, _IDS), offset

    def token(self, reader: int, edition: str) -> str:
        """The token of a reader, by number, for an edition."""
        multiplier, _, offset = self._scramble
        mark = ((reader * multiplier + offset) % _IDS).to_bytes(_ID_BYTES)
        return base64.urlsafe_b64encode(mark + self._mac(mark, edition)).decode()

    def reader(self, token: str, edition: str) -> int | None:
        """The number of the reader whose token for the edition this is, or None."""
        if len(token) != LENGTH or not token.isascii():
            return None
        try:
            raw = base64.b64decode(token, altchars=b"-_", validate=True)
        except ValueError:
            return None
        mark, mac = raw[:_ID_BYTES], raw[_ID_BYTES:]
        if not hmac.compare_digest(mac, self._mac(mark, edition)):
            return None
        _, inverse, offset = self._scramble
        return (int.from_bytes(mark) - offset) * inverse % _IDS

    def _mac(self, mark: bytes, edition: str) -> bytes:
        return hmac.digest(self.secret, self.purpose + mark + edition.encode(), "sha256")[
            :_MAC_BYTES
        ]
