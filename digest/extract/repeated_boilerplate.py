"""What a publisher prints on page after page (promotions, bylines, "follow us") is learned from its
pages and taken out of them. Pure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.extract.consent_and_pay_walls import terms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

PAGES = 3  # that tell of different things; on two a sentence may be background that both need
ALIKE = 0.2  # share of the shorter announcement's words from which two pages may tell of one event
LONGEST = 400  # characters of a passage that is compared; furniture is short
_SENTENCE = re.compile(r"(?<=[.!?\u2026])[\"'\u201d\u2019)\]]*\s+|(?<=[\u3002\uff01\uff1f])")


@dataclass(frozen=True, slots=True)
class Sighting:
    """A page as learning sees it: what its feed announces, and the text that was read."""

    announced: str
    text: str


def learned(pages: Sequence[Sighting]) -> frozenset[str]:
    """The passages of one publisher that stand on at least three pages of which no two may tell of
    the same event.

    What coverage of one event repeats is news, not furniture: such pages are announced in like
    words and count as one.
    """
    about = [frozenset(terms(page.announced)) for page in pages]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for i, page in enumerate(pages):
        for passage in {key for line in page.text.split("\n") for key in _keys(line)}:
            holders[passage].append(i)
    return frozenset(
        passage
        for passage, found in holders.items()
        if len(found) >= PAGES and _unlike([about[i] for i in found])
    )


def without(text: str, furniture: Collection[str]) -> str:
    """A text less the passages that are furniture: whole lines, and sentences inside lines."""
    if not furniture:
        return text
    lines = (_kept(line, furniture) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def seen(text: str, furniture: Collection[str]) -> frozenset[str]:
    """Which of the passages stand in a text."""
    return frozenset(key for line in text.split("\n") for key in _keys(line) if key in furniture)


def _kept(line: str, furniture: Collection[str]) -> str:
    if _key(line) in furniture:
        return ""
    sentences = _SENTENCE.split(line)
    if not any(_key(sentence) in furniture for sentence in sentences):
        return line
    spans = re.finditer(r".+?(?:" + _SENTENCE.pattern + r"|$)", line)
    return "".join(span[0] for span in spans if _key(span[0]) not in furniture).strip()


def _keys(line: str) -> Iterable[str]:
    """A line and its sentences, as they are compared."""
    return {_key(line), *(_key(sentence) for sentence in _SENTENCE.split(line))} - {""}


def _key(passage: str) -> str:
    words = re.findall(r"\w+", passage.casefold())
    key = " ".join(words)
    return key if len(key) <= LONGEST else ""


def _unlike(abouts: Sequence[frozenset[str]]) -> bool:
    """Whether there are enough that differ from each other."""
    apart: list[frozenset[str]] = []
    for about in abouts:
        if all(len(about & other) < ALIKE * max(1, min(len(about), len(other))) for other in apart):
            apart.append(about)
        if len(apart) == PAGES:
            return True
    return False
