"""Bytes as text, by one decoder for all that comes in: feeds, pages, transcripts, chapters,
robots.txt and OPML.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

import webencodings  # type: ignore[import-untyped]  # it ships no types

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A document begins with "<", "{" or the like; its neighbours tell the width (XML 1.0, appendix F).
_WIDE = (
    (re.compile(rb"[<{]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\0[<{]"), "utf-32-be"),
    (re.compile(rb"[<{]\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"\0[<{]\0[^\0]"), "utf-16-be"),
)
_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
# Its text is valid ASCII, hence valid UTF-8, and yet means something else.
_SEVEN_BIT = "iso2022_jp"
_DEFAULT = "cp1252"
# GB 2312, GBK and GB 18030 are one encoding to a decoder (WHATWG Encoding, section 10.1).
_WIDER = {"gbk": "gb18030"}
# What surrogateescape sets aside: a character cut short, the end of one, or a byte on its own.
_SOUND = re.compile("[^\0-\x7f\ud800-\udfff]")
_ASIDE = re.compile("[\udcc2-\udcf4][\udc80-\udcbf]+|[\udc80-\udcbf]{2,}|[\udc80-\udcff]")


class Decoded(NamedTuple):
    """A text, and what had to be mended in words ("" for nothing)."""

    text: str
    mended: str


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a body, whatever its labels say; `content_type` is the header as it came."""
    return decoded(body, content_type).text


def decoded(body: bytes, content_type: str = "") -> Decoded:
    """The text of a body, and what had to be mended.

    A byte-order mark decides, then the shape of the first characters, then UTF-8 if the bytes are
    that, for hardly anything else passes for it by accident; only then the labels count, which mean
    what they mean to browsers (WHATWG Encoding: ISO-8859-1 is windows-1252). A bad byte costs
    itself alone.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return Decoded(body[len(bom) :].decode(name, "replace"), "")
    wide = next((name for pattern, name in _WIDE if pattern.match(body)), None)
    if wide:
        return Decoded(body.decode(wide, "replace"), "")
    labels = _labels(body, content_type)
    if _SEVEN_BIT in labels and b"\x1b" in body:
        return _labelled(body, _SEVEN_BIT)
    try:
        return Decoded(body.decode("utf-8"), "")
    except UnicodeDecodeError:
        return _no_utf8(body, labels)


def _no_utf8(body: bytes, labels: list[str]) -> Decoded:
    """The text of bytes that are not all UTF-8: UTF-8 with strays in it, or what they are called.

    Against another label stands UTF-8 that has more sound characters than strays: other encodings
    make few by chance.
    """
    text = body.decode("utf-8", "surrogateescape")
    strays = len(_ASIDE.findall(text))
    beginnings = _beginnings(text)
    sound = len(_SOUND.findall(text))
    other = next((name for name in labels if name != "utf-8"), None)
    if not sound or (other and "utf-8" not in labels and sound < strays):
        return _labelled(body, other or _DEFAULT)
    mended = _ASIDE.sub(lambda aside: _stray(aside[0], beginnings), text)
    replaced = mended.count("\ufffd") > text.count("\ufffd")
    how = "replaced" if replaced else "read as windows-1252"
    return Decoded(mended, f"bytes that are not UTF-8 were {how}")


def _labelled(body: bytes, name: str) -> Decoded:
    try:
        return Decoded(body.decode(name), "")
    except UnicodeDecodeError:
        text = body.decode(name, "replace")
        return Decoded(text, f"bytes that are not {name} were replaced")


def _beginnings(text: str) -> frozenset[int]:
    """The first bytes of the characters beyond ASCII that are sound."""
    return frozenset(character.encode()[0] for character in set(_SOUND.findall(text)))


def _stray(aside: str, beginnings: frozenset[int]) -> str:
    """A byte that is no UTF-8 as windows-1252 has it, as pasting leaves it; U+FFFD for what is left
    of a character cut in two.

    A byte that begins other characters of the same text began one here.
    """
    byte = ord(aside[0]) - 0xDC00
    if len(aside) > 1 or byte in beginnings:
        return "\ufffd"
    return bytes([byte]).decode(_DEFAULT, "replace")


def _labels(body: bytes, content_type: str) -> list[str]:
    """What document and header call the charset, as Python's names.

    A feed's own word goes before the header, which is often a server's default (against RFC 7303,
    as browsers and readers do); a page's comes last (HTML, section 13.2.3.2).
    """
    found = [match[1].decode("ascii") for match in [_XML.search(body[:1000])] if match]
    found += [match[1] for match in [_HEADER.search(content_type)] if match]
    found += [match[1].decode("ascii") for match in [_META.search(body[:4096])] if match]
    return [name for label in found if (name := _codec(label))]


def _codec(label: str) -> str | None:
    """Python's name for what a label means; None for none, and for what no body without a mark
    can be.
    """
    encoding = webencodings.lookup(label)
    if encoding is None or encoding.name in {"replacement", "x-user-defined"}:
        return None
    name = str(encoding.codec_info.name)
    return None if name.startswith("utf-16") else _WIDER.get(name, name)
