"""The bodies of answers: held whole when they are small, given on piece by piece when they are
not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import httpcore2

from digest.errors import FetchFailed
from digest.net.decompress import Codings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# Whole, a part of it, and "there is nothing from there on" (RFC 9110, sections 15.3.7 and 15.5.17).
STREAMED = frozenset({200, 206, 416})


class Sink(Protocol):
    """Takes an answer. What either method raises ends the request."""

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """The answer's status, one of STREAMED, and its headers, before anything of its body."""

    def write(self, piece: bytes) -> None:
        """The next bytes, as they came."""


def whole(chunks: Iterable[bytes], headers: Mapping[str, str], url: str, max_bytes: int) -> bytes:
    """The decoded body. Raises FetchFailed when it is too large or cut short, DecodeError when it
    is damaged.
    """
    codings = Codings(headers.get("content-encoding", ""))
    body, received = bytearray(), 0
    size = f"{max_bytes / 1e6:g} MB"
    for chunk in pieces(chunks, headers, url):
        received += len(chunk)
        if received > max_bytes:
            raise FetchFailed(url, f"larger than {size}")
        body += codings.feed(chunk, max_bytes - len(body) + 1)
        if len(body) > max_bytes:
            raise FetchFailed(url, f"larger than {size} once decompressed")
    codings.finish()
    return bytes(body)


def pieces(chunks: Iterable[bytes], headers: Mapping[str, str], url: str) -> Iterator[bytes]:
    """The body's pieces. Raises FetchFailed when the connection ends before the body does."""
    received = 0
    try:
        for chunk in chunks:
            received += len(chunk)
            yield chunk
    except httpcore2.RemoteProtocolError as error:
        if not str(error).startswith("peer closed"):
            raise
        of = f" of {headers['content-length'][:20]}" if "content-length" in headers else ""
        raise FetchFailed(url, f"connection closed early: {received}{of} bytes") from None


def pour(
    chunks: Iterable[bytes], status: int, headers: Mapping[str, str], sink: Sink, url: str
) -> None:
    """Give an answer to a sink. Raises FetchFailed for one that is cut short, or compressed
    although nobody asked for that.
    """
    coding = headers.get("content-encoding", "identity").strip().lower()
    if coding not in {"", "identity"}:
        raise FetchFailed(url, f"sent compressed ({coding[:20]}), which was not asked for")
    sink.begin(status, headers)
    if status != 416:
        for piece in pieces(chunks, headers, url):
            sink.write(piece)
