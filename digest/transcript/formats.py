"""A transcript file into cues. What it is shows in its text: the types that feeds declare are often
wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.text.decoding import decode
from digest.transcript.cues import repaired
from digest.transcript.html_transcripts import html_lines, is_html
from digest.transcript.json_transcripts import is_json, read_json
from digest.transcript.text_transcripts import read_prose
from digest.transcript.webvtt_subrip import is_timed, read_timed

if TYPE_CHECKING:
    from digest.transcript.cues import Cue


def parse(body: bytes, content_type: str = "") -> tuple[Cue, ...]:
    """The cues of a file in any of the formats, in the order of the talk; () when nothing is said
    in it.

    `content_type` is the header as it came; only its charset is used, and only where the bytes are
    not UTF-8.
    """
    return parse_text(decode(body, content_type))


def parse_text(text: str) -> tuple[Cue, ...]:
    """The cues of a transcript that is text already."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if is_json(text):
        return repaired(read_json(text))
    if is_timed(text):
        return repaired(read_timed(text))
    return repaired(read_prose(html_lines(text) if is_html(text) else text))
