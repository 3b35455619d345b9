"""Media RSS: the words beside a picture are not the item's text where it has its own. feedparser
takes them for that; a video's description, as YouTube has it, may be all there is.
"""

from __future__ import annotations

import re
from itertools import pairwise

_ITEM = re.compile(r"<(?:\w+:)?(?:item|entry)(?=[\s>])")
_OPENING, _CLOSING = "<media:description", "</media:description>"
_OWN = re.compile(
    r"<(?:description|summary|content|content:encoded|atom:summary|atom:content|itunes:summary)"
    r"(?:\s[^<>]*)?>\s*(?!</|\s)"
)


def without_captions(text: str) -> str:
    """A feed's text less the descriptions of media in items that have a text of their own."""
    if _OPENING not in text:
        return text
    starts = [0, *(match.start() for match in _ITEM.finditer(text)), len(text)]
    pieces = (text[start:end] for start, end in pairwise(starts))
    return "".join(_without(piece) for piece in pieces)


def _without(item: str) -> str:
    """The item less these elements; one that is not closed stays as it is."""
    kept, at = [], 0
    while (start := item.find(_OPENING, at)) >= 0:
        end = item.find(_CLOSING, start)
        if end < 0:
            break
        kept.append(item[at:start])
        at = end + len(_CLOSING)
    rest = "".join([*kept, item[at:]])
    return rest if _OWN.search(rest) else item
