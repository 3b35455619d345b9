"""Where sentences begin and end in the text of a web page, around abbreviations, decimals, quotes
and lost line breaks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.text.folding import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a document: `text == document[start:end]`, offsets in code points."""

    start: int
    end: int
    text: str

    @property
    def words(self) -> int:
        """How many words a reader would count."""
        return len(self.text.split())


_STOP = re.compile(
    "(?P<mark>\\.{2,}|\u2026+|[!?]+|[\u3002\uff01\uff1f]|\\.)(?P<closers>[\"'\u201d\u2019\u00bb)\\]]*)"
)
_TOKEN_BEFORE = re.compile("[^\\s(\\[\"'\u201c\u2018\u2014/]+$")
_WORD = re.compile(r"\w+")
_OPENERS = "\"'\u201c\u2018\u00ab([\u00bf\u00a1"
_BULLET = re.compile(r"(?:[-–—•*·▪►●◦‣]|\d{1,2}[.)](?!\d))\s+")
_LOWERCASE_BRAND = re.compile(r"[a-z]{1,2}[A-Z]")  # xAI, iPhone, eBay
_NUMBERED = re.compile(r"\d{1,2}\.\s+[A-Z]")
_WITHIN_A_WORD = re.compile(r"[A-Z]{1,3}\)|[A-Z]\.")  # (ACM.N), Ph.D.
_INITIALISM = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]|(?:Ph|Ed|Sc)\.D|[MB]\.Sc")


_BEFORE_A_NAME = word_list(
    "mr mrs ms mx dr prof sen sens rep reps gov gen col lt sgt capt cmdr adm maj rev hon pres st mt"
    " ft vs v e.g i.e cf viz incl messrs supt"
)
_BEFORE_A_NUMBER = word_list(
    "no nos fig figs vol p pp art sec ch eq approx ca c jan feb mar apr jun jul aug sep sept oct"
    " nov dec"
)
_AFTER_A_NAME = word_list(
    "inc corp ltd co cos bros llc plc jr sr esq etc al dept univ intl est assn"
)
_EXCLAIMED_NAMES = word_list("yahoo jeopardy yum")
_CLOCK = word_list("a.m p.m am pm")
_AFTER_A_CLOCK = re.compile(
    r"[A-Z]{2,4}\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Eastern|Pacific|Central|Greenwich|local)\b|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
_STARTERS = word_list(
    "The A An In On At It Its This That These Those He She They We You I His Her Their Our But And"
    " So Or However Meanwhile For From With As When While After Before Since If Although Though"
    " There Here What Why How Who According By To Both Some Many Most More All Such Each One Now"
    " Last Under Not Even Also Still Then Yet Instead Despite During Because Among Until Unlike"
    " Shares Analysts"
)
_SAID = (
    r"(?:said|says|asked|asks|told|wrote|writes|added|adds|joked|quipped|replied|exclaimed|tweeted"
    r"|posted|shouted|wondered)"
)
_SPEAKER = re.compile(f"(?:[A-Z][\\w.\u2019'-]*\\s+){{1,4}}{_SAID}\\b")
_DOMAIN_ENDINGS = word_list("ai com io net org co tv js dev gg app xyz")

# A lost line break glues the last word of a heading to the first of a sentence: "Labor IndexTo
# gauge", "job skillsDominic".
_SEAM_WORDS = (
    "The|To|So|But|And|For|What|How|Follow|According|This|These|As|With|When|While|By|If|Here|There"
    "|We|You|Also|One|After"
)
_SEAM = re.compile(
    r"(?<![\w@#/.\-])(?:[a-z]{4,}(?=[A-Z][A-Za-z]*[a-z]|AIs? |A )|AI(?=[A-Z][a-z]+"
    rf" )|[A-Z][A-Za-z]*[a-z](?=(?:{_SEAM_WORDS})\b)|"
    rf"\d[\d.,-]*%?(?=(?:{_SEAM_WORDS})\b))"
)
# A picture's credit runs into the text in the same way: "… at the fair. | Getty Images More than
# …".
_CREDIT_SEAM = re.compile(
    r"(?:\||/|\bvia)\s?(?:Getty Images(?: Plus)?|Shutterstock|Bloomberg|Reuters|AFP|AP)(?="
    r" [A-Z0-9])"
)


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of `text` in order; none crosses a line break.

    The spans are disjoint and cover everything but white space and bullets. A line without a final
    stop (a heading, a cut-off end) is a span too: whether it is a sentence worth showing is for
    others to judge.
    """
    return tuple(span for start, end in _lines(text) for span in _split(text, start, end))


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without white space around it and without a bullet before it; None when nothing is
    left.
    """
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    bullet = _BULLET.match(text, start, end)
    start = bullet.end() if bullet else start
    kept = text[start:end].strip()
    if not kept:
        return None
    start = text.index(kept, start)
    return Span(start, start + len(kept), kept)


def may_run_on(text: str, span: Span) -> bool:
    """Whether a span ends its line on an abbreviation that the next line may go on from ("the U.S."
    / "Senate voted …"), so that neither need be a whole sentence.
    """
    ended = span.text.endswith(".") and re.match(r"[^\S\n]*\n", text[span.end : span.end + 80])
    rest = text[span.end : span.end + 200].lstrip()
    word = _TOKEN_BEFORE.search(span.text[:-1])
    return bool(ended and rest and word) and _abbreviates(word[0] if word else "", rest)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    for cut in (*_cuts(text, start, end), end):
        span = trimmed(text, start, cut)
        if span:
            yield span
        start = cut


def _cuts(text: str, start: int, end: int) -> list[int]:
    cuts = {
        seam.end()
        for pattern in (_SEAM, _CREDIT_SEAM)
        for seam in pattern.finditer(text, start, end)
    }
    begun = start
    for stop in _STOP.finditer(text, start, end):
        numbers_a_point = (
            stop["mark"] == "."
            and stop.start() - begun < 8
            and text[begun : stop.start()].strip(" \t•-").isdigit()
        )
        if not numbers_a_point and _ends(
            text[max(begun, stop.start() - 40) : stop.start()],
            stop,
            text[stop.end() : min(end, stop.end() + 80)],
        ):
            begun = stop.end()
            cuts.add(begun)
    return sorted(cuts)


def _ends(before: str, stop: re.Match[str], after: str) -> bool:
    """Does a sentence end at this stop? `before` and `after` are its surroundings."""
    mark, closers, rest = stop["mark"], stop["closers"], after.lstrip()
    if not rest or mark in "\u3002\uff01\uff1f" or rest[0] == "\u2026":  # feeds cut behind a stop
        return True
    token = _TOKEN_BEFORE.search(before)
    word = token[0] if token else ""
    if rest == after:
        return _ends_glued(word, mark, closers, rest)
    if not _may_begin(rest.lstrip(_OPENERS)):
        return False
    if mark[0] in "!?":
        return word.lower() not in _EXCLAIMED_NAMES and not (closers and _SPEAKER.match(rest))
    return mark != "." or bool(closers) or not _abbreviates(word, rest)


def _may_begin(rest: str) -> bool:
    first = rest[:1]
    return bool(first) and (
        not (first.islower() or first in ",;:\u2013\u2014-&)") or bool(_LOWERCASE_BRAND.match(rest))
    )


def _abbreviates(word: str, rest: str) -> bool:
    """Does the dot after `word` only shorten it, given what follows?"""
    low = word.lower()
    following = _WORD.match(rest.lstrip(_OPENERS))
    starts_anew = following is not None and following[0] in _STARTERS
    if low in _BEFORE_A_NAME:
        return True
    if len(word) == 1 and word.isupper():
        return not starts_anew or rest.startswith(("A ", "I "))
    if low in _BEFORE_A_NUMBER:
        return rest[0].isdigit() or (low in {"approx", "ca"} and rest[0] in "$€£")
    if low in _CLOCK:
        return bool(_AFTER_A_CLOCK.match(rest))
    return (low in _AFTER_A_NAME or bool(_INITIALISM.fullmatch(word))) and not starts_anew


def _ends_glued(word: str, mark: str, closers: str, rest: str) -> bool:
    """Does a sentence end where the space after the stop was lost ("people.The")? Not in
    "Character.AI", "U.S" or "1.5".
    """
    if (closers and rest[0].isupper()) or (
        word[-1:].islower() and re.match("[(\\[\u201c][A-Z]", rest)
    ):
        return True
    following = _WORD.match(rest)
    if len(word) < 2 or mark[0] == "\u2026" or following is None or _INITIALISM.fullmatch(word):
        return False
    if following[0][0].isdigit():
        return word[-1].isalpha() and bool(_NUMBERED.match(rest))
    if not rest[0].isupper() or word.lower() in _EXCLAIMED_NAMES or _WITHIN_A_WORD.match(rest):
        return False
    domain = word[0].isupper() and following[0].lower() in _DOMAIN_ENDINGS
    return not domain and (
        word[-1].islower() or word[-1].isdigit() or word[-1] in "%\u2019" or word.isupper()
    )
