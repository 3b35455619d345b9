"""Bytes of a feed to text, whatever its labels say."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The first character of a feed is "<" or "{"; its neighbours tell the width (XML 1.0, appendix F).
_WIDE = (
    (re.compile(rb"[<{]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\0[<{]"), "utf-32-be"),
    (re.compile(rb"[<{]\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"\0[<{]\0[^\0]"), "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.IGNORECASE
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)

# As browsers do (WHATWG Encoding): these labels stand for windows-1252 and wider relatives.
_WIDER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# Their text is valid ASCII, hence valid UTF-8, and yet means something else.
_SEVEN_BIT = frozenset({"iso2022_jp", "iso2022_kr", "hz", "utf-7"})
# The bytes that surrogateescape sets aside, as windows-1252 has them.
_STRAY = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}


def decode(body: bytes, content_type: str) -> tuple[str, str]:
    """The text, and what had to be mended in words ("" for nothing).

    A byte-order mark decides, then the shape of the first characters, then UTF-8 if the bytes are
    that, for hardly anything else passes for it by accident; only then the labels count. Stray
    bytes in what should be UTF-8 are read as windows-1252.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace"), ""
    wide = next((name for pattern, name in _WIDE if pattern.match(body)), None)
    if wide:
        return body.decode(wide, "replace"), ""
    labels = _labels(body, content_type)
    for name in (
        *(n for n in labels if n in _SEVEN_BIT),
        "utf-8",
        *(n for n in labels if n != "utf-8"),
    ):
        try:
            return body.decode(name), ""
        except UnicodeError:
            continue
    return (
        body.decode("utf-8", "surrogateescape").translate(_STRAY),
        "bytes that are not UTF-8 were read as windows-1252",
    )


def _labels(body: bytes, content_type: str) -> list[str]:
    """What the document and the header call the charset, as Python's names.

    The document's own word goes first: a header is often a server's default (against RFC 7303, as
    browsers and readers do).
    """
    found = [match[1].decode("ascii") for match in [_DECLARED.search(body[:1000])] if match]
    found += [match[1] for match in [_HEADER.search(content_type)] if match]
    return [name for label in found if (name := _codec(label))]


def _codec(label: str) -> str | None:
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    return _WIDER.get(info.name, info.name) if info._is_text_encoding else None
