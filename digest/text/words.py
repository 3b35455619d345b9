"""A text's words with their places, as the checks compare them: folded, stemmed, and told apart by
what they are for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

from digest.text.folding import folded, word_list
from digest.text.stems import stem

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:'[^\W\d_]+)?|[%$€£¥₹]")
# the same where letters are followed by marks that Unicode keeps apart: "u" and a diaeresis
_MARK = re.compile("[\u0300-\u036f]")
_MARKED = re.compile(r"\d+(?:[.,]\d+)*|(?:[^\W_][\u0300-\u036f]*)+(?:'[^\W\d_]+)?|[%$€£¥₹]")
_CLAUSE = re.compile(
    r"[;:()\u2014]|,\s+(?:and|but|while|whereas|though|although|which|whereby|after|as)\b|\s(?:while|whereas|but)\s"
)

FUNCTION = word_list(
    "a an the this that these those it its he she they them their his her him we us our i you your"
    " who whom whose which what where when "
    "how why there here and or but nor so yet if then than as at by for from in into of off on onto"
    " out over per to toward towards up "
    "upon via with within between among through during about against around because while although"
    " though since until till be is are "
    "was were been being am has have had having do does did doing will would shall should can could"
    " may might must not no also too "
    "very just only even still both either neither each every any some such same other another more"
    " most less least own s t "
    "one all much many few after before again further once now well said say says according it's"
    " despite however amid amidst meanwhile "
    "moreover additionally furthermore therefore thus overall instead including like regarding"
    " along upon "
    "article document passage transcript discusses describes"  # a summary speaking of itself
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word at its place in a text; `content` says that it carries meaning of its own."""

    text: str  # as written, without a possessive's ending
    low: str
    stem: str
    start: int
    end: int
    content: bool
    capital: bool  # written as a name is: with a capital somewhere


def words(text: str) -> tuple[Word, ...]:
    """The words of the text in order; offsets are code points into it."""
    pattern = _WORD if text.isascii() or not _MARK.search(text) else _MARKED
    return tuple(_word(found) for found in pattern.finditer(folded(text)))


def _word(found: re.Match[str]) -> Word:
    text = found[0] if found[0].isascii() else normalize("NFC", found[0])
    if text.lower().endswith("'s"):
        text = text[:-2]
    low = text.lower()
    return Word(
        text,
        low,
        stem(low),
        found.start(),
        found.end(),
        low not in FUNCTION and (len(low) > 1 or low.isdigit()),
        text != low,
    )


def clause_bounds(text: str, at: int) -> tuple[int, int]:
    """Where the clause of `text` that the offset `at` is in begins and ends."""
    cuts = [found.start() for found in _CLAUSE.finditer(text)]
    return max((cut for cut in cuts if cut <= at), default=0), min(
        (cut for cut in cuts if cut > at), default=len(text)
    )
