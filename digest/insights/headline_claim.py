"""What a headline claims (who, what, how much), and how much of it a text tells. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.extract.release_titles import names_a_release
from digest.insights.headlines import headline
from digest.text.folding import word_list
from digest.text.measures import stated
from digest.text.quantities import quantities
from digest.text.stems import stem
from digest.text.thesaurus import known, relation
from digest.text.thesaurus_headlines import plainly
from digest.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.model import Document
    from digest.text.words import Word

ENOUGH = 0.42  # share of what a headline claims, by weight, that a text must have to tell it
HAPPENS = 0.34  # share of the words that are no names
ALL_NAMED = 3
NAME, MATTER, SUM = 1.5, 1.0, 1.5  # what a name, another word and an amount of the headline weigh
NEAR = 0.06  # how far apart two statements of one sum may lie ("~$23B", "$22.9 billion")
SAYS_SOMETHING = 4  # words behind a question that are a claim of their own
_LABEL = re.compile(r"^(?:[A-Z][\w'\u2019.&-]*\s?){1,2}:\s")  # "Sources: ...", "Tech Earnings: ..."
_BREAK = re.compile(r"[,;]\s|\s[-\u2013\u2014]+\s")
_CLAUSE = re.compile(
    rf"{_BREAK.pattern}|\s(?=(?:as|after|amid|while|because|but|before|despite)\s)"
)
COUNTED = 3  # letters of a unit of money, share or power; what is counted has more
_LEADS_UP = re.compile(
    r"(?:as|after|with|when|while|despite|amid|following|since|if|before|fresh off|not to be|in|on|at"
    r"|for|unlike|thanks to)\b[^,]*, ",
    re.IGNORECASE,
)
_SCALES = word_list("hundred thousand million billion trillion")
PREFIX = 4  # letters of a stem that begins another one of the same sense ("chip", "chipmaker")
OPENING = 3000  # characters of a text that show which words of a headline are names
# What headlines add without claiming anything by it.
_ADDED = frozenset(
    stem(word)
    for word in word_list(
        "ai new report reports reportedly source sources say says exclusive breaking just now big"
        " get gets why how what here inside want wants set could may might year years day week"
        " update first latest heres amid yet ready really"
    )
)


@dataclass(frozen=True, slots=True)
class HeadlineClaim:
    """A headline's names, its other telling words (both as stems) and its amounts with units."""

    names: frozenset[str]
    matters: frozenset[str]
    amounts: frozenset[tuple[float, str]]

    def share(self, text: str) -> float:
        """How much of the claim the text has, by weight; 1 for a headline that claims nothing."""
        whole = self._weight(self.names, self.matters) + SUM * len(self.amounts)
        if not whole:
            return 1.0
        said = stems_of(text)
        own = self._weight(self.names & said, _said_of(self.matters, said))
        return (own + SUM * len(self._sums_in(text))) / whole

    def told_by(self, text: str) -> bool:
        """Whether the text tells it: one of those named, what happens, and each amount."""
        return (
            self.about(text)
            and self.share(text) >= ENOUGH
            and (self.happens(text) or self._sum_and_name(text))
            and self.sums_told(text)
        )

    def sums_told(self, text: str) -> bool:
        """Whether each amount of the headline stands in the text."""
        return self._sums_in(text) == self.amounts

    def _sums_in(self, text: str) -> frozenset[tuple[float, str]]:
        if not self.amounts:
            return frozenset()
        said = [(one.value, _unit(one.unit)) for one in quantities(text)]
        # "20 million paid seats of its copilot": what is counted need not stand beside its number
        said += [(one.value, "counted") for one in stated(text) if one.kind == "count"]
        return frozenset(
            (value, unit)
            for value, unit in self.amounts
            if any(
                _alike(unit, other) and abs(value - near) <= NEAR * value for near, other in said
            )
        )

    def says_more_than_names(self, text: str) -> bool:
        """Whether the text has a word or an amount of the headline beside its names."""
        return bool(_said_of(self.matters, stems_of(text)) or self._sums_in(text))

    def _sum_and_name(self, text: str) -> bool:
        """Whether the text has all amounts of a headline, somebody whom it names and one more of
        its words: then what happens is said, in whatever others.
        """
        said = stems_of(text)
        return bool(self.amounts and self.names & said and _said_of(self.matters, said)) or not (
            self.matters
        )

    def happens(self, text: str) -> bool:
        """Whether the text says enough of what happens, and not only to whom; where it names all
        of several, it tells of nothing else.
        """
        said = stems_of(text)
        if len(self.names) >= ALL_NAMED and self.names <= said:
            return True
        return len(_said_of(self.matters, said)) >= HAPPENS * len(self.matters)

    def about(self, text: str) -> bool:
        """Whether the text names at least half of those whom the headline names."""
        return 2 * len(self.names & stems_of(text)) >= len(self.names)

    @staticmethod
    def _weight(names: Iterable[str], matters: Iterable[str]) -> float:
        return NAME * len(set(names)) + MATTER * len(set(matters))


@lru_cache(maxsize=2048)
def claim_of(document: Document) -> HeadlineClaim:
    """What the document's headline claims, its names told by how the text writes them."""
    named = _names_in(document.opening[:OPENING])
    return claim(headline(document.title, document.publisher), named)


def claim(title: str, named: frozenset[str] = frozenset()) -> HeadlineClaim:
    """What a title claims; `named` are stems that are known to be names."""
    title = "" if names_a_release(title) else _main(_LABEL.sub("", _asserted(title)))
    sums = quantities(title)
    telling = [
        word
        for word in words(title)
        if word.content and word.stem not in _ADDED and not _within(word, sums)
    ]
    names = frozenset(word.stem for word in telling if word.capital and word.stem in named)
    return HeadlineClaim(
        names,
        frozenset(word.stem for word in telling if word.low[0].isalpha()) - names,
        frozenset((one.value, _unit(one.unit)) for one in sums),
    )


def _asserted(title: str) -> str:
    """The title without the question in it, where it goes on to say something."""
    asked, mark, said = title.rpartition("?")
    return said if mark and len(said.split()) >= SAYS_SOMETHING else f"{asked}{mark}{said}"


def _main(title: str) -> str:
    """The headline's first clause where that is a claim of its own: what follows adds to it, unless
    it is bound to it and only there a sum is named ("after a $40 million settlement").
    """
    if _LEADS_UP.match(title):  # "As rents fall, a landlord sells" is about the landlord
        title = title.partition(", ")[2] or title
    first = _CLAUSE.split(title, maxsplit=1)[0]
    if len(first.split()) < SAYS_SOMETHING:
        return title
    bound = _BREAK.split(title, maxsplit=1)[0]
    return bound if _money(bound) and not quantities(first) else first


def _money(title: str) -> bool:
    from digest.stories.amounts import amounts

    return any(one.is_money for one in amounts(title))


def _within(word: Word, sums: Iterable[object]) -> bool:
    return any(one.start <= word.start < one.end for one in sums)  # type: ignore[attr-defined]


def _alike(unit: str, other: str) -> bool:
    """Whether two amounts may be one: of the same unit, or both counts of what has several names
    ("users", "seats").
    """
    return unit == other or (len(unit) > COUNTED and len(other) > COUNTED)


def _unit(unit: str) -> str:
    """The unit without its period: a sum is told with and without it."""
    return unit.partition("/")[0].casefold()


@lru_cache(maxsize=8192)
def stems_of(text: str) -> frozenset[str]:
    """The stems of a text's telling words; the scale of a number is none ("billion" is no bill)."""
    return frozenset(word.stem for word in words(text) if word.content and word.low not in _SCALES)


def _said_of(matters: frozenset[str], said: frozenset[str]) -> frozenset[str]:
    """Those of the headline's words that the text has, or has in another word of the meaning."""
    return frozenset(
        one for one in matters if one in said or any(_same(one, other) for other in said)
    )


def _same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if relation(one, other) == "same" or other in plainly(one):
        return True
    return len(short) >= PREFIX and long.startswith(short)


def _names_in(text: str) -> frozenset[str]:
    """Stems that the text writes with a capital wherever it has them, and not only after a stop, but
    for words that the language does not know.
    """
    capital, small, inside = set[str](), set[str](), set[str]()
    end = 0
    for word in words(text):
        (capital if word.capital else small).add(word.stem)
        if word.capital and not set(text[end : word.start]) & set('.!?\n:\u201c"') and end:
            inside.add(word.stem)
        end = word.end
    return frozenset(one for one in capital - small if one in inside or not known(one))
