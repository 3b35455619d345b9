"""An issue's mail for many readers: made once, and filled in for each, so that two readers'
messages differ in tokens, To and Message-ID and in nothing else.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.deliver.leave_tokens import LENGTH, PLACEHOLDER
from digest.deliver.message import Letter, address, boundary, message, message_id

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_NOBODY = "nobody@reader.invalid"
_SOFT_BREAK = b"(?:=\r\n)?"  # where quoted-printable ends a line (RFC 2045, 6.7)


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place for the token. `breaks` are the places in it where a line ends."""

    breaks: tuple[int, ...]

    def filled(self, token: bytes) -> bytes:
        ends = (*self.breaks, len(token))
        starts = (0, *self.breaks)
        return b"=\r\n".join(token[start:end] for start, end in zip(starts, ends, strict=True))


@dataclass(frozen=True, slots=True)
class ReaderMessages:
    """Makes each reader's message. `sign` adds a signature in front, where there is one."""

    letter: Letter
    domain: str
    pieces: Sequence[bytes | _Slot]
    to: bytes
    identity: bytes
    sign: Callable[[bytes], bytes] | None

    def for_reader(self, to: str, token: str) -> bytes:
        """The message for an address of the list, with CRLF line ends."""
        key = token.encode()
        identity = message_id(self.letter, to, self.domain, test=False).encode()
        filled = (
            piece.filled(key)
            if isinstance(piece, _Slot)
            else b"To: " + to.encode()
            if piece is self.to
            else b"Message-ID: " + identity
            if piece is self.identity
            else piece
            for piece in self.pieces
        )
        mail = b"".join(filled)
        return self.sign(mail) + mail if self.sign else mail


def reader_messages(letter: Letter, sign: Callable[[bytes], bytes] | None = None) -> ReaderMessages:
    """What makes the messages of a letter. Raises UsageError for a sender that is none."""
    marked, key = _marked(letter)
    mail = message(marked, _NOBODY, test=False, token=key)
    mail.set_boundary(boundary(letter))  # the marks are new each time, the boundary is not
    whole = mail.as_bytes()
    domain = address(letter.sender, "mail.from").domain
    to = b"To: " + _NOBODY.encode()
    identity = b"Message-ID: " + message_id(marked, _NOBODY, domain, test=False).encode()
    pieces: list[bytes | _Slot] = []
    for piece in _cut(whole, (to, identity)):
        pieces += [piece] if piece is to or piece is identity else _slots(piece, key.encode())
    return ReaderMessages(letter, domain, pieces, to, identity, sign)


def has_leave_link(letter: Letter) -> bool:
    """Do both parts of the mail show each reader's own link?"""
    marked, key = _marked(letter)
    return key in marked.html and key in marked.text


def _marked(letter: Letter) -> tuple[Letter, str]:
    """The letter with a key that nobody knows in each place where a token goes, and the key.

    Only a whole link that stands by itself is one of these places: what a feed has written must
    not carry a reader's token to somebody else.
    """
    key, link = secrets.token_urlsafe(LENGTH)[:LENGTH].replace("-", "x"), letter.ways.link()
    if not link:
        return letter, key
    own = link.replace(PLACEHOLDER, key)
    html = letter.html.replace(f'"{link}"', f'"{own}"')
    text = re.sub(rf"(?<!\S){re.escape(link)}(?!\S)", lambda _: own, letter.text)
    return replace(letter, html=html, text=text), key


def _cut(whole: bytes, lines: tuple[bytes, ...]) -> list[bytes]:
    """The message cut at these header lines, which come out as the very objects that were given."""
    pieces = [whole]
    for line in lines:
        last = pieces.pop()
        before, _, after = last.partition(b"\r\n" + line + b"\r\n")
        pieces += [before + b"\r\n", line, b"\r\n" + after]
    return pieces


def _slots(piece: bytes, key: bytes) -> list[bytes | _Slot]:
    pattern = re.compile(_SOFT_BREAK.join(re.escape(bytes([byte])) for byte in key))
    parts: list[bytes | _Slot] = []
    start = 0
    for found in pattern.finditer(piece):
        parts += [piece[start : found.start()], _Slot(_breaks(found[0]))]
        start = found.end()
    return [*parts, piece[start:]]


def _breaks(text: bytes) -> tuple[int, ...]:
    ends, at = [], 0
    for line in text.split(b"=\r\n")[:-1]:
        at += len(line)
        ends.append(at)
    return tuple(ends)
