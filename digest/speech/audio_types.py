"""What a recording is by its first bytes. Types that servers declare are not believed, and nothing
else is handed to a decoder.
"""

from __future__ import annotations

import re

ENOUGH = 64  # bytes that tell every format apart

# By the names that FFmpeg's demuxers go by. Playlists (HLS, concat) are not among them: they name
# further files to open.
_FORMATS = (
    (
        re.compile(rb"ID3|\xff[\xe2-\xe5\xf2-\xf5\xfa-\xfd]"),
        "mp3",
    ),  # a tag, or a frame of layer II or III
    (re.compile(rb"....ftyp|....(?:moov|mdat|wide|free)", re.DOTALL), "mp4"),
    (re.compile(rb"OggS"), "ogg"),
    (re.compile(rb"fLaC"), "flac"),
    (re.compile(rb"RIFF....WAVE", re.DOTALL), "wav"),
    (re.compile(rb"\xff[\xf0\xf1\xf8\xf9]"), "aac"),  # ADTS
    (re.compile(rb"\x1a\x45\xdf\xa3"), "matroska"),
)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|\?xml|!--|script)", re.IGNORECASE
)


def format_of(head: bytes) -> str:
    """The format's name, "" for what is none of them."""
    return next((name for pattern, name in _FORMATS if pattern.match(head)), "")


def complaint(head: bytes, content_type: str = "") -> str:
    """Why this cannot be a recording, in words; "" when it may be one."""
    if format_of(head):
        return ""
    if _PAGE.match(head):
        return "a web page in place of a recording"
    declared = content_type.partition(";")[0].strip()[:40]
    return (
        f"no recording in a known format{f' (it is called {declared})' if declared else ''}"
        if head
        else "the recording is empty"
    )
