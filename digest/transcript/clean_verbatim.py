"""Clean verbatim: talk without the sounds and false starts that nobody means to say. What is left
is quoted as it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

_I = re.IGNORECASE
_SOUND = re.compile(
    r"\s*(?:[\[(](?:upbeat |soft |light |theme |intro |outro"
    r" )*(?:music|applause|laughter|laugh(?:s|ing)?|chuckl\w+|clears? throat|sigh\w*|"
    r"cough\w*|snort\w*|gasp\w*|cheer\w*|silence|noise|sound\w*|beep\w*)[^\[\]()]{0,30}[\])]|[♪♫]+"
    # where the publisher put advertisements, and nothing but that
    r"|[\[(]\s*(?:ads?|adverts?|advertisements?|commercials?|sponsors?|mid-?roll)"
    r"(?:\s(?:break|message|begins|starts|ends))?\s*[\])])",
    _I,
)
_FILLER = re.compile(r",?\s*\b(?:u[hm]+|uhm+|erm+|hmm+|mm+)\b(?![-'’])(?<!\d mm)[,.…]?(?=\s|$)", _I)
_ASIDE = re.compile(
    r",\s(?:you know|i mean|like|you see|sort of|kind of)(?:,\s(?:you know|i mean|like))*,(?=\s)",
    _I,
)
_TWICE = re.compile(
    r"\b(i|we|you|he|she|it|they|the|a|an|and|to|of|in|but|so|if|my|our|this|for|with|is|are|was|i'm|it's|we're|i'd|or|on|at|as|by|there's)"
    r"((?:\s[\w']+){0,2})(?:,?\s\1\2)+(?=[\s,.])",
    _I,
)
_OPENING = re.compile(
    r"(?:^|(?<=[.?!…]\s)|(?<=[.?!…][\"'”’)]\s))(?:(?:(?:yeah|right|okay|ok|well|look|listen|like|i"
    r" mean|you know|now|alright|"
    r"all right|sure|exactly|absolutely|totally|oh|ah|wow|so|and|and so|and then|and yeah|so"
    r" yeah)(?:,|\.{2,}|…)|"
    r"(?:yeah|and|and"
    r" so|so)(?!\s(?:far|much|many|called|long|few|little|that|too|yet)\b))\s+)+(?=\S)",
    _I,
)
_ENDED = re.compile(r"(?:^|[.?!…][\"'”’)]*)\s*$")


def cleaned(text: str, places: list[int]) -> tuple[str, list[int]]:
    """A turn of talk without fillers, and where the given places of it are now (rising, code
    points).

    Left out are sounds in brackets, "um" and its kin, "you know" and "like" between commas, words
    said twice in starting over, and a "so" or "well" that only opens a sentence. No word is changed
    but that the one after such an opening gets its capital.
    """
    for pattern in (_SOUND, _FILLER, _ASIDE, _TWICE, _OPENING):
        text, places = _without(pattern, text, places)
    return text, places


def _without(pattern: re.Pattern[str], text: str, places: list[int]) -> tuple[str, list[int]]:
    cuts = [cut for found in pattern.finditer(text) if (cut := _cut(pattern, found))[0] < cut[1]]
    if not cuts:
        return text, places
    kept, at = "", 0
    for start, end in (*cuts, (len(text), len(text))):
        kept += (
            text[at:start] if at == 0 or not _ENDED.search(kept[-8:]) else _capital(text[at:start])
        )
        at = end
    lost = [0, *accumulate(end - start for start, end in cuts)]
    starts = [start for start, _ in cuts]
    moved = [_moved(place, cuts, starts, lost) for place in places]
    lead, stripped = len(kept) - len(kept.lstrip()), kept.strip()
    return stripped, [min(max(place - lead, 0), len(stripped)) for place in moved]


def _cut(pattern: re.Pattern[str], found: re.Match[str]) -> tuple[int, int]:
    """What of a match goes: of words said twice all but the last."""
    start, end = found.span()
    return (start, end - len(found[1]) - len(found[2])) if pattern is _TWICE else (start, end)


def _capital(piece: str) -> str:
    i = len(piece) - len(piece.lstrip())
    first = piece[i : i + 1].upper()
    return piece[:i] + first + piece[i + 1 :] if len(first) == 1 else piece


def _moved(place: int, cuts: list[tuple[int, int]], starts: list[int], lost: list[int]) -> int:
    i = bisect_right(starts, place)
    if i and place < cuts[i - 1][1]:
        return starts[i - 1] - lost[i - 1]
    return place - lost[i]
