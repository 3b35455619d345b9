"""Labels around an article's text: the title once more, bylines and dates above it, invitations and
copyright below.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.extract.metadata import Metadata

TOP, BOTTOM = 6, 8  # lines; further in, the same words may belong to the article
_WORD = re.compile(r"\w+")
_MONTH = r"(?:jan|feb|m[aä]r|apr|ma[yi]|ju[nl]|aug|sep|o[ck]t|nov|de[cz])[a-zé]*\.?"
_DATE = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d\d-\d\d|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\.?\s+{_MONTH},?\s+\d{{4}})"
_ABOVE = re.compile(
    rf"(?:by|von|par|por)\s+\S.{{0,60}}|(?:published|updated|posted|last updated|first"
    rf" published)\b.{{0,80}}\d.{{0,30}}"
    rf"|.{{0,60}}{_DATE}.{{0,30}}|\d+\s*min(?:ute)?s?\s+read|(?:share|save|listen|comments?|print|advertisement)\b.{{0,20}}",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"\u00a9.*|(?:tags?|topics?|filed under|categories|keywords|share (?:this|on)|related(?:"
    r" articles| stories)?|read (?:also|more|next)"
    r"|also read"
    r"|more (?:on|from|about)|see also|you may also like|recommended|follow (?:us|me)|sign"
    r" up|subscribe|newsletter|get the|join (?:us|our)"
    r"|click here|advertisement|sponsored|comments?|copyright|all rights reserved|like this"
    r" story|got a tip|have a tip"
    r"|this (?:article|story) (?:was|first|originally)|image credits?|photo credits?)\b.*",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?\u3002\uff01\uff1f\u2026][\"'\u201d\u2019\u00bb)\]]*$")


def without_labels(text: str, metadata: Metadata) -> str:
    """The text less the lines that a page puts above and below an article."""
    lines = text.split("\n")
    lines = [line for i, line in enumerate(lines) if i >= TOP or not _above(line, metadata)]
    while lines and _below(lines[-1]):
        lines.pop()
    return "\n".join(lines)


def _above(line: str, metadata: Metadata) -> bool:
    words = _WORD.findall(line.casefold())
    if words and words == _WORD.findall(metadata.title.casefold()):
        return True
    names = {name.strip().casefold() for name in metadata.author.split(";")} - {""}
    if line.casefold() in names:
        return True
    return len(words) <= 14 and not _SENTENCE_END.search(line) and bool(_ABOVE.fullmatch(line))


def _below(line: str) -> bool:
    return len(_WORD.findall(line)) <= 16 and bool(_BELOW.match(line))
