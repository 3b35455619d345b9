"""Bytes as text, and text as it is stored."""

from __future__ import annotations

import codecs
import re

_META_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,40})""", re.IGNORECASE
)
_PARTED = re.compile(r"(?<=\w) (?=[,.](?:\s|$))")
_SPACES = re.compile(r"[^\S\n]+")
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)


def decode(body: bytes, content_type: str) -> str:
    """Bytes as text: a BOM decides, then UTF-8 if it fits, then what the header or the page
    declares, then windows-1252 (WHATWG's default).

    UTF-8 goes first because bytes that happen to be valid UTF-8 almost always are, and labels are
    often wrong.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    header = re.search(r"charset\s*=\s*\"?([\w-]+)", content_type, re.IGNORECASE)
    meta = _META_CHARSET.search(body[:4096])
    declared = [header[1] if header else "", meta[1].decode("ascii") if meta else ""]
    for name in ("utf-8", *declared):
        try:
            return body.decode(name)
        except (LookupError, UnicodeError):
            continue
    return body.decode("windows-1252", "replace")


def tidy(text: str) -> str:
    """Text as it is stored: single spaces, one newline between paragraphs, no control, zero-width
    or direction-changing characters.

    No space before a comma or a full stop: pages leave one behind a link.
    """
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
        .replace("\t", " ")
    )
    text = _INVISIBLE.sub("", text.encode("utf-8", "replace").decode("utf-8"))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    text = "\n".join(line for line in lines if line)
    return _PARTED.sub("", text) if " ," in text or " ." in text else text


def one_line(value: object) -> str:
    """A value from outside as one tidy line, "" for none."""
    return " ".join(tidy(str(value)).split()) if value else ""
