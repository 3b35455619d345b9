# ruff: noqa: E501 - a pattern a line reads better than one cut into pieces
"""Where a text speaks to a machine: every sentence that a rule points at, and the orders that
follow it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from digest.extract.hostile.chat_markup import MARKUP, encoded, is_command_spelled_out
from digest.extract.hostile.languages import rules_for
from digest.extract.hostile.lookalikes import Plain, plain, spelled, undigited
from digest.extract.hostile.rules import ENGLISH, InjectionRule
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

REACH = 240  # code points on either side of a rule's word in which the rest of the command stands
PIECE = 320  # where a text has no sentences, no more than this is taken for one
LINE = 600  # code points behind a chat's marks that go with them, when the line is longer
# sentences after a command that are taken for its continuation, as long as each looks like one
FOLLOWING = 6

_ORDER = re.compile(
    r"[\W\d_]{0,6}(?:(?:please|then|also|and|instead|always|never|only|simply|just|now|next|finally|first|do"
    r" not|don't|you must|you will|step \d)[ ,:]{1,2}){0,2}"
    r"(?:add|append|include|insert|put|write|state|say|claim|report|call|use|ignore|make|link|send|respond|reply|answer|output|print|treat|mark|set|rank|"
    r"give|repeat|replace|omit|drop|skip|exclude|remove|mention|describe|title|cite|quote|publish|approve|forward|mail|email|translate|reveal|return|act|"
    r"pretend|follow|execute|run|open|fetch|visit|click|tell|show|list|summari[sz]e|copy|change|delete|subscribe|confirm|acknowledge|continue|assume|consider|"
    r"rate|recommend|promote|place|keep|leave|avoid|ensure|announce|declare|name|credit|attribute|praise|comply|obey|remember|begin|end|start|finish)\b"
    r"(?! (?:rate|price|market|share|volume|cost|year)s?\b)|"
    r"[\W\d_]{0,6}(?:instead,|also,|\d+\.)|"
    r"[\W\d_]{0,6}(?:this|the|all|no|your|failure) (?:\w+"
    r" ){0,2}?(?:link|headline|title|summary|newsletter|digest|output|response|instructions?|rules?|other "
    r"(?:stor(?:y|ies)|articles?|items?|sources?|news)|comply)\b"
)
_PAYLOAD = re.compile(r"https?:|www\.|\S@\S+\.\w|[\"'][a-z_]{2,20}[\"']\s*:")


def commands(text: str) -> list[tuple[int, int]]:
    """The spans of the text, in order and disjoint, that speak to a machine. Offsets are code
    points.
    """
    hits = sorted({*_hits(plain(text)), *encoded(text)})
    return _merged(_spread(text, hits)) if hits else []


def _hits(view: Plain) -> Iterator[tuple[int, int]]:
    """What the rules find, in the places of the original. What stands behind a chat's marks on the
    same line belongs to them.
    """
    text = view.text
    found = [*_matches(text, (*ENGLISH, *rules_for(text)))]
    found += [(start, max(end, _line_end(text, end))) for start, end in _matches(text, MARKUP)]
    other = undigited(text)
    if other:
        found += _matches(other, ENGLISH)
    found += [
        (start, end) for start, end, letters in spelled(text) if is_command_spelled_out(letters)
    ]
    return (view.origin(start, end) for start, end in found if start < end)


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place, place + LINE)
    return end if end >= 0 else min(len(text), place + LINE)


def _matches(text: str, rules: Iterable[InjectionRule]) -> Iterator[tuple[int, int]]:
    joined = f" {text} ".replace("\n", " ")
    for rule in rules:
        for start, end in _windows(joined, rule.near):
            for match in rule.pattern.finditer(text, start, end):
                yield _without_margin(text, *match.span())


def _without_margin(text: str, start: int, end: int) -> tuple[int, int]:
    """A match without the punctuation of the sentence before, which a rule looks at to see where a
    clause begins.
    """
    while start < end and not text[start].isalnum() and text[start] not in "<[#\"'`=-~*!":
        start += 1
    return start, end


def _windows(text: str, near: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The neighbourhoods of the words, overlapping ones as one; all of the text when there are no
    words.
    """
    if not near:
        yield 0, len(text)
        return
    places = sorted({place for word in near for place in _places(text, word)})
    start = end = -1
    for place in places:
        if place - REACH > end:
            if end >= 0:
                yield start, end
            start = max(0, place - REACH)
        end = min(len(text), place + REACH)
    if end >= 0:
        yield start, end


def _places(text: str, word: str) -> Iterator[int]:
    """Where the word stands, but of a crowd only as many places as cover it."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + REACH // 2)


def _spread(text: str, hits: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The whole sentences that hits stand in, and those after them that go on giving orders."""
    pieces = list(_pieces(text))
    starts = [start for start, _ in pieces]
    done = -1
    for start, end in hits:
        first = max(bisect_right(starts, start) - 1, 0)
        last = max(bisect_right(starts, end - 1) - 1, first)
        yield start, end
        for i in range(first, last + 1):
            yield pieces[i]
        if last > done:
            done = last
            yield from _continuation(text, pieces[last + 1 : last + 1 + FOLLOWING])


def _continuation(text: str, pieces: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in pieces:
        words = plain(text[start:end]).text
        if not (_ORDER.match(words) or _PAYLOAD.search(words)):
            return
        yield start, end


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The sentences as spans; what runs on without a stop is cut between words."""
    for span in sentences(text):
        start = span.start
        while span.end - start > PIECE:
            cut = text.rfind(" ", start + 1, start + PIECE)
            cut = cut if cut > start else start + PIECE
            yield start, cut
            start = cut
        yield start, span.end


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
