"""Which of an episode's transcripts to read first, and when one is good for nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.model import Link
    from digest.transcript.turns import Spoken

ACCEPT = (
    "text/vtt,application/x-subrip,application/srt,application/json,text/html;q=0.9,"
    "text/plain;q=0.8,*/*;q=0.5"
)
ENOUGH_WORDS = 100  # less than a minute of talk
_LONGEST_SENTENCE = 60  # words, on average: beyond it the text has no full stops
_KINDS = (  # times and speakers first, then times, then speakers
    re.compile(r"vtt"),
    re.compile(r"json"),
    re.compile(r"srt|subrip"),
    re.compile(r"html"),
)


def ranked(links: Iterable[Link], language: str) -> tuple[Link, ...]:
    """The transcripts, the best first: in the episode's own language before others, then by what
    the format can hold.

    A link without a language counts as the episode's own; an unknown type is judged by the file's
    name.
    """
    own = language.partition("-")[0].lower()

    def order(link: Link) -> tuple[bool, int]:
        spoken = link.language.partition("-")[0].lower()
        return bool(own and spoken and spoken != own), _kind(link)

    return tuple(sorted(links, key=order))


def lacks(found: Spoken) -> str:
    """Why a transcript cannot be read as one, in a few words; "" when it can."""
    words = len(found.text.split())
    if words < ENOUGH_WORDS:
        return f"the transcript holds only {words} words"
    stops = len(re.findall("[.!?\u3002\uff01\uff1f](?!\\w)", found.text))
    return (
        "the transcript has no sentences, only words" if stops * _LONGEST_SENTENCE < words else ""
    )


def _kind(link: Link) -> int:
    name = (
        link.type
        if link.type and "octet" not in link.type
        else link.url.partition("?")[0].rpartition(".")[2].lower()
    )
    return next((i for i, kind in enumerate(_KINDS) if kind.search(name)), len(_KINDS))
