"""A document made ready to be held against claims: its sentences, words and numbers, and where each
word stands.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.grounding.pieces import pieces
from digest.model import Evidence
from digest.text.calendar import Dated, dates
from digest.text.measures import Stated, stated
from digest.text.thesaurus import groups, meanings
from digest.text.words import Word, words
from digest.transcript.turns import Timeline

if TYPE_CHECKING:
    from digest.grounding.name import Name
    from digest.model import Document

_MARKS = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "…": "...",
})  # fmt: skip
_COMPOUND = re.compile(r"[a-z]{3,}(?=[A-Z])|[A-Z][a-z]{2,}(?=[A-Z]|\b)")
_UNSPOKEN = frozenset({"of", "the", "and", "for", "in"})  # what an abbreviation leaves out


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence with its words and numbers, whose offsets are into `text`; `start` is its own
    place in the document.
    """

    text: str
    start: int
    title: bool = False  # the document's title: it supports a claim, but has no place in the text
    topic: bool = False  # of a claim: what its source is about, as `framed.frame` tells

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words in order."""
        return words(self.text)

    @cached_property
    def telling(self) -> tuple[tuple[Word, frozenset[int]], ...]:
        """The content words among them, each with its meanings."""
        return tuple((word, meanings(word.stem)) for word in self.words if word.content)

    @cached_property
    def stems(self) -> frozenset[str]:
        """What its words come to, the function words too."""
        return frozenset(word.stem for word in self.words)

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Its words by twos."""
        return tuple(pairwise(word.low for word in self.words))

    @cached_property
    def stated(self) -> tuple[Stated, ...]:
        """Its numbers in order."""
        return stated(self.text)


@dataclass(frozen=True, slots=True)
class InOrder:
    """A document's words one after the other, its title's aside: row `i` of each tuple is of word
    `i`.
    """

    stems: tuple[str, ...]
    starts: tuple[int, ...]  # in the document's text
    ends: tuple[int, ...]
    sentences: tuple[int, ...]  # the number of the sentence
    places: dict[str, tuple[int, ...]]  # stem -> the words that have it


@dataclass(frozen=True, eq=False)
class Indexed:
    """A document with what the checks look up in it. Make it with `index` and keep it: making it
    costs most.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    plain: str  # title and text, as quotes are looked for
    places: dict[str, tuple[int, ...]] = field(
        repr=False
    )  # stem -> the numbers of the sentences that it stands in
    meanings: dict[int, tuple[str, ...]] = field(
        repr=False
    )  # group of the thesaurus -> the document's stems in it
    capitals: dict[str, frozenset[str]] = field(
        repr=False
    )  # lower-case word -> the ways it is written
    inner: frozenset[str] = field(
        repr=False
    )  # lower-case words that have a capital inside a sentence of the text

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every two words that stand side by side in a sentence."""
        return frozenset(pair for sentence in self.sentences for pair in sentence.pairs)

    @cached_property
    def plain_low(self) -> str:
        """`plain` in lower case."""
        return self.plain.lower()

    @cached_property
    def numbered(self) -> tuple[int, ...]:
        """The numbers of the sentences that state a number."""
        return tuple(i for i, sentence in enumerate(self.sentences) if sentence.stated)

    @cached_property
    def dates(self) -> tuple[tuple[int, Dated], ...]:
        """Every date that it gives, with the number of its sentence."""
        published = self.document.published.date() if self.document.published else None
        return tuple(
            (i, one)
            for i, sentence in enumerate(self.sentences)
            for one in dates(sentence.text, published)
        )

    @cached_property
    def byline(self) -> frozenset[str]:
        """The stems of who published and wrote it: a claim may say "according to" them."""
        site = " ".join(self.sites)
        return frozenset(
            word.stem
            for word in words(f"{self.document.publisher} {self.document.author} {site}")
            if word.content
        )

    @cached_property
    def compounds(self) -> frozenset[str]:
        """What its names that are written as one word are made of, in lower case: "mac" of "macOS",
        "harbor" of "HarborApp".
        """
        return frozenset(
            part.lower()
            for written in self.capitals.values()
            for one in written
            for part in _COMPOUND.findall(one)
            if part != one
        )

    @cached_property
    def sites(self) -> frozenset[str]:
        """The publisher's name as its domain has it, where the domain is all that is known of it:
        "theverge", "verge".
        """
        parts = self.document.publisher.lower().removeprefix("www.").split(".")
        label = (
            parts[-3]
            if len(parts) > 2 and len(parts[-2]) < 4
            else parts[-2]
            if len(parts) > 1
            else ""
        )
        return (
            frozenset({label, label.removeprefix("the")} - {""})
            if " " not in self.document.publisher
            else frozenset()
        )

    @cached_property
    def voices(self) -> frozenset[str]:
        """The stems of the names of a transcript's speakers."""
        return frozenset(
            word.stem
            for label in {mark.speaker for mark in self.document.marks}
            for word in words(label)
        )

    @cached_property
    def initials(self) -> frozenset[str]:
        """The initials of three to five words in a row, or of two names, as an abbreviation of them
        would be written.
        """
        found = set()
        for sentence in self.sentences:
            for row in (
                sentence.words,
                [word for word in sentence.words if word.low not in _UNSPOKEN],
            ):
                letters = "".join(word.low[0] for word in row)
                found |= {letters[i : i + n] for n in (3, 4, 5) for i in range(len(row) - n + 1)}
                found |= {
                    letters[i : i + 2]
                    for i in range(len(row) - 1)
                    if row[i].capital and row[i + 1].capital
                }
        return frozenset(found)

    @cached_property
    def in_order(self) -> InOrder:
        """Its words, for finding quotes; made when the first is looked for."""
        rows = [
            (word, one, number)
            for number, one in enumerate(self.sentences)
            if not one.title
            for word in one.words
        ]
        places: defaultdict[str, list[int]] = defaultdict(list)
        for at, (word, _, _) in enumerate(rows):
            places[word.stem].append(at)
        return InOrder(
            tuple(word.stem for word, _, _ in rows),
            tuple(one.start + word.start for word, one, _ in rows),
            tuple(one.start + word.end for word, one, _ in rows),
            tuple(number for _, _, number in rows),
            {stem: tuple(found) for stem, found in places.items()},
        )

    @cached_property
    def whole(self) -> frozenset[str]:
        """Its sentences as `plain` has them, without a full stop."""
        return frozenset(plain(sentence.text).rstrip(".") for sentence in self.sentences)

    @cached_property
    def noted(self) -> dict[int, tuple[Name, ...]]:
        """The names in its sentences as they were read, by the sentence's number: kept by
        `named.names_in`.
        """
        return {}

    @cached_property
    def timeline(self) -> Timeline:
        """Who says what when; empty for what is no transcript."""
        return Timeline(self.document.marks)

    def evidence(self, start: int, end: int) -> Evidence:
        """The span of the text as evidence; of an episode with its second, where that is known."""
        second = self.timeline.second(start)
        audio_url = (self.document.audio_url or None) if second is not None else None
        document = self.document
        quote = document.text[start:end]
        return Evidence(document.url, quote, start, end, second, audio_url, document.entry_id)

    def rarity(self, stem: str) -> float:
        """Inverse document frequency over the sentences: 1 for a word in none or one of them,
        towards 0 for one in all.
        """
        return self._rarities.get(stem, 1.0)

    @cached_property
    def _rarities(self) -> dict[str, float]:
        every = math.log(len(self.sentences) + 2)
        return {
            stem: 1.0 - 0.8 * math.log(len(numbers)) / every
            for stem, numbers in self.places.items()
            if len(numbers) > 1
        }

    def kin(self, stem: str) -> tuple[str, ...]:
        """The document's stems that mean the same as this one; itself first when the document has
        it.
        """
        same = {other for group in groups(stem) for other in self.meanings.get(group, ())} - {stem}
        return ((stem,) if stem in self.places else ()) + tuple(sorted(same))


def index(document: Document) -> Indexed:
    """The document made ready. Pure: the same document gives the same index."""
    made = tuple(Sentence(span.text, span.start) for span in pieces(document.text, document.title))
    if document.title:
        made = (*made, Sentence(document.title, 0, title=True))
    places: defaultdict[str, dict[int, None]] = defaultdict(dict)
    capitals: defaultdict[str, set[str]] = defaultdict(set)
    inner = set()
    for number, sentence in enumerate(made):
        for i, word in enumerate(sentence.words):
            places[word.stem][number] = None
            capitals[word.low].add(word.text)
            if i and word.capital and not sentence.title:
                inner.add(word.low)
    meanings: defaultdict[int, list[str]] = defaultdict(list)
    for stem in places:
        for group in groups(stem):
            meanings[group].append(stem)
    indexed = Indexed(
        document,
        made,
        plain(f"{document.title}\n{document.text}"),
        {stem: tuple(numbers) for stem, numbers in places.items()},
        {group: tuple(stems) for group, stems in meanings.items()},
        {low: frozenset(written) for low, written in capitals.items()},
        frozenset(inner),
    )
    _read_ahead(indexed)
    return indexed


def _read_ahead(indexed: Indexed) -> None:
    """Have what every claim looks up made now: a claim then costs what it itself costs."""
    _ = (
        indexed._rarities,
        indexed.pairs,
        indexed.dates,
        indexed.initials,
        indexed.timeline,
        indexed.voices,
        [sentence.stated for sentence in indexed.sentences],
    )


def plain(text: str) -> str:
    """The text with quotation marks, dashes, ellipses and white space all of one kind."""
    return " ".join(text.translate(_MARKS).split())
