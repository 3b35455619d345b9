"""Text as it is stored: one form for every letter, single spaces, no invisible characters."""

from __future__ import annotations

import re
from unicodedata import normalize

_PARTED = re.compile(r"(?<=\w) (?=[,.](?:\s|$))")
# Both ends at once: alone the first sign closes in German, and the second opens in Swedish.
_LOOSE_QUOTES = re.compile("\u201c ([^\u201c\u201d\n]{1,200}?) \u201d")
_SPACES = re.compile(r"[^\S\n]+")
# Letters and figures drawn in another style: bold and script in titles and notes without markup
# (mathematical alphanumerics, with those of their letters that Unicode had before), and ligatures.
_MATHEMATICAL = "\U0001d400-\U0001d7ff"
_OLDER = (
    "\u2102\u210a-\u210e\u2110-\u2113\u2115\u2119-\u211d\u2124\u2128\u212c\u212d\u212f-\u2131"
    "\u2133\u2134"
)
_DRAWN = re.compile(f"[{_MATHEMATICAL}{_OLDER}]+|[\ufb00-\ufb06]+")
_IS_DRAWN = re.compile(f"[{_MATHEMATICAL}\ufb00-\ufb06]")
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)


def composed(text: str) -> str:
    """The text with every letter and its accents as one character (Unicode's form C), as keyboards
    type it: some systems and tools take letters apart. Letters drawn in another style are plain
    ones.
    """
    if text.isascii():
        return text
    return normalize("NFC", _DRAWN.sub(_plain, text) if _IS_DRAWN.search(text) else text)


def _plain(match: re.Match[str]) -> str:
    """A run of drawn letters as plain ones; one of signs such as \u2115 alone stays."""
    return normalize("NFKC", match[0]) if _IS_DRAWN.search(match[0]) else match[0]


def tidy(text: str) -> str:
    """Text as it is stored: composed, single spaces, one newline between paragraphs, no control,
    zero-width or direction-changing characters.

    No space before a comma or a full stop, and none inside quotation marks: pages leave one beside
    a link.
    """
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
        .replace("\t", " ")
    )
    text = _INVISIBLE.sub("", text.encode("utf-8", "replace").decode("utf-8"))
    lines = (_SPACES.sub(" ", line).strip() for line in composed(text).split("\n"))
    text = "\n".join(line for line in lines if line)
    text = _LOOSE_QUOTES.sub("\u201c\\1\u201d", text) if "\u201c " in text else text
    return _PARTED.sub("", text) if " ," in text or " ." in text else text


def one_line(value: object) -> str:
    """A value from outside as one tidy line, "" for none."""
    return " ".join(tidy(str(value)).split()) if value else ""
