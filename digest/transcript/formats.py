"""A transcript file into cues. What it is shows in its text: the types that feeds declare are often
wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.text.decoding import decode
from digest.transcript.cues import repaired
from digest.transcript.html_transcripts import html_lines, is_html
from digest.transcript.json_transcripts import is_json, read_json
from digest.transcript.line_captions import is_line_captions, read_line_captions
from digest.transcript.no_transcripts import no_transcript
from digest.transcript.text_transcripts import read_prose
from digest.transcript.time_units import in_seconds
from digest.transcript.webvtt_subrip import is_timed, read_timed
from digest.transcript.xml_captions import is_xml_captions, read_xml_captions

if TYPE_CHECKING:
    from digest.transcript.cues import Cue


class NoTranscriptError(Exception):
    """What stands in a transcript's place; the message says what it is."""


def read(body: bytes, content_type: str, seconds: float | None) -> tuple[Cue, ...]:
    """The cues of an episode's transcript, in the order of the talk, with times in an episode of
    that many seconds. Raises NoTranscriptError for what is something else.
    """
    text = decode(body, content_type)
    what = _instead(text)
    if what:
        raise NoTranscriptError(what)
    return in_seconds(parse_text(text), seconds)


def parse(body: bytes, content_type: str = "") -> tuple[Cue, ...]:
    """The cues of a file in any of the formats, in the order of the talk; () when nothing is said
    in it.

    `content_type` is the header as it came; only its charset is used, and only where the bytes are
    not UTF-8.
    """
    return parse_text(decode(body, content_type))


def parse_text(text: str) -> tuple[Cue, ...]:
    """The cues of a transcript that is text already."""
    text = _in_lines(text)
    if is_json(text):
        return repaired(read_json(text))
    if is_line_captions(text):
        return repaired(read_line_captions(text))
    if is_xml_captions(text):
        return repaired(read_xml_captions(text))
    if is_timed(text):
        return repaired(read_timed(text))
    return repaired(read_prose(html_lines(text) if is_html(text) else text))


def _instead(text: str) -> str:
    """What the text is instead of a transcript; "" when it may be one."""
    return no_transcript(text, html_lines(text) if is_html(text) else "")


def _in_lines(text: str) -> str:
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
