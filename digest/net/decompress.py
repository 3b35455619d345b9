"""Content codings undone piece by piece, never further than the caller has room for (RFC 9110,
section 8.4.1).
"""

from __future__ import annotations

import sys
import zlib
from typing import TYPE_CHECKING, Protocol

import brotli  # type: ignore[import-untyped]  # it ships no types

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["ACCEPT_ENCODING", "MOST_CODINGS", "Codings", "DecodeError", "Decoder", "zstd"]

ACCEPT_ENCODING = "gzip, deflate, br, zstd"
MOST_CODINGS = 3  # one is usual, two happen, more is an attack

# Not codings, but servers send them, and the body is plain.
_PLAIN = frozenset({"", "identity", "none", "utf-8"})


class DecodeError(Exception):
    """The body is not what its Content-Encoding says; `str()` is the reason in words."""


class Decoder(Protocol):
    """One coding being undone."""

    def feed(self, data: bytes, limit: int) -> bytes:
        """The next decoded bytes. As many as `limit` means that there may be more and nobody has
        room for them. Raises DecodeError.
        """

    def finish(self) -> None:
        """Raise DecodeError unless the coded stream came to its end."""


class _Zlib:
    def __init__(self, name: str, wbits: int) -> None:
        self._name, self._wbits = name, wbits
        self._stream = zlib.decompressobj(wbits)
        self._begun = False

    def feed(self, data: bytes, limit: int) -> bytes:
        self._begun = self._begun or bool(data)
        output = b""
        try:
            while data and len(output) < limit:
                if self._stream.eof:
                    if self._wbits != _GZIP or not data.startswith(b"\x1f\x8b"):
                        break  # padding after the end, which every browser forgives
                    self._stream = zlib.decompressobj(
                        self._wbits
                    )  # gzip files may follow one another (RFC 1952, section 2.2)
                output += self._stream.decompress(data, limit - len(output))
                data = self._stream.unused_data
        except zlib.error:
            raise DecodeError(f"damaged {self._name} data") from None
        return output

    def finish(self) -> None:
        if self._begun and not self._stream.eof:
            raise DecodeError(f"damaged {self._name} data: it ends too early")


class _Deflate:
    """ "deflate" is a zlib stream (RFC 9110, section 8.4.1.2); some servers send the bare DEFLATE
    data instead.
    """

    def __init__(self) -> None:
        self._head = b""
        self._stream: _Zlib | None = None

    def feed(self, data: bytes, limit: int) -> bytes:
        if self._stream is None:
            self._head += data
            if len(self._head) < 2:
                return b""
            has_header = (
                self._head[0] & 0x0F == 8 and int.from_bytes(self._head[:2], "big") % 31 == 0
            )
            self._stream, data = (
                _Zlib("deflate", zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS),
                self._head,
            )
        return self._stream.feed(data, limit)

    def finish(self) -> None:
        if self._stream:
            self._stream.finish()
        elif self._head:
            raise DecodeError("damaged deflate data: it ends too early")


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()
        self._begun = False

    def feed(self, data: bytes, limit: int) -> bytes:
        if not data or self._stream.is_finished():
            return b""
        self._begun = True
        try:
            output: bytes = self._stream.process(data, output_buffer_limit=limit)
        except brotli.error:
            raise DecodeError("damaged brotli data") from None
        return output

    def finish(self) -> None:
        if self._begun and not self._stream.is_finished():
            raise DecodeError("damaged brotli data: it ends too early")


# 8 MB, as RFC 9659 has it: memory is a bomb's other aim.
_ZSTD_WINDOW: Mapping[int, int] = {zstd.DecompressionParameter.window_log_max: 23}


class _Zstd:
    def __init__(self) -> None:
        self._stream = zstd.ZstdDecompressor(options=_ZSTD_WINDOW)
        self._begun = False

    def feed(self, data: bytes, limit: int) -> bytes:
        self._begun = self._begun or bool(data)
        output = b""
        try:
            while data and len(output) < limit:
                if self._stream.eof:  # frames may follow one another (RFC 8878, section 3)
                    self._stream = zstd.ZstdDecompressor(options=_ZSTD_WINDOW)
                output += self._stream.decompress(data, limit - len(output))
                data = self._stream.unused_data
        except zstd.ZstdError:
            raise DecodeError("damaged zstd data") from None
        return output

    def finish(self) -> None:
        if self._begun and not self._stream.eof:
            raise DecodeError("damaged zstd data: it ends too early")


_GZIP = zlib.MAX_WBITS | 16
_CODINGS: dict[str, Callable[[], Decoder]] = {
    "gzip": lambda: _Zlib("gzip", _GZIP),
    "x-gzip": lambda: _Zlib("gzip", _GZIP),
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstd,
}


class Codings:
    """All the codings of one body, undone in the reverse of the order in which they were applied.
    Raises DecodeError for an unknown one.
    """

    def __init__(self, content_encoding: str) -> None:
        names = [
            name
            for part in content_encoding.split(",")
            if (name := part.strip().lower()) not in _PLAIN
        ]
        unknown = next((name for name in names if name not in _CODINGS), None)
        if unknown or len(names) > MOST_CODINGS:
            raise DecodeError(
                f"unknown content coding '{unknown[:20]}'"
                if unknown
                else "too many content codings"
            )
        self._decoders = [_CODINGS[name]() for name in reversed(names)]

    def __bool__(self) -> bool:
        return bool(self._decoders)

    def feed(self, data: bytes, limit: int) -> bytes:
        """The decoded bytes that follow from `data`, `limit` at most. Raises DecodeError."""
        for decoder in self._decoders:
            data = decoder.feed(data, limit)
        return data

    def finish(self) -> None:
        """Raise DecodeError unless every coded stream came to its end."""
        for decoder in self._decoders:
            decoder.finish()
