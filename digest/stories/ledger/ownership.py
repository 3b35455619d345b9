"""Whose a figure is: who is said to have the measure, or who does what its clause says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.stories.ledger.names import NOBODY, names
from digest.stories.ledger.product_prices import product_priced
from digest.text.folding import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.stories.ledger.attached import Attached
    from digest.stories.ledger.names import Named
    from digest.stories.ledger.owners import Owners
    from digest.text.quantities import Quantity

_POSSESSED = re.compile(
    r"(?:(?P<its>\b(?:its|their|the (?:company|firm|startup|start-up|group|chipmaker|lab)'s))"
    r"|(?P<own>'s?))"
    r"(?: [\w&'-]+){0,5}? $",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"(?:'s?|\b(?:its|their))(?: (?:[a-z-]+(?<!ed)(?<!s)(?<!ing)(?<!ly)|[\d-]+)){0,2} $",
    re.IGNORECASE,
)
_OF_NAME = re.compile(r"^ (?:of|at|for) (?:the )?(?:[a-z-]+ ){0,3}$")
_FOR_NAME = re.compile(r"^[^.;,]{0,40}?\b(?:for|in|into) (?:the )?(?:(?!by\b)[a-z-]+ ){0,4}$")
_IN_NAME = re.compile(r"\b(?:for|in|into|of) (?:the )?(?:(?!by\b)[a-z-]+ ){0,4}$")
_VALUED = re.compile(r"valu(?:e|ed|es|ing) (?P<what>[^,;]{1,50}?) at\b")
_BACKER = re.compile(
    r"(?<!-)\b(?:(?:co-)?le(?:d|ads?)|leading (?:a|the|its)|back(?:s|ed)|invest(?:s|ed|ing)?"
    r"|pour(?:s|ed|ing)?|commit\w*"
    r"|participat\w+|join(?:s|ed)|anchor\w*)\b(?! by\b)"
)
_INVESTOR = re.compile(r"\b(?:Ventures|Capital|Partners|Fund|VC|Equity)$")
_RAISES = re.compile(r"\b(?:rais\w+|secur\w+|clos\w+|land\w*|bag\w*|nab\w*)\b")
_BOUNDARY = re.compile(
    r";|\u2014| - |: |, (?:while|whereas|and|but|as|after|since|because|although|though|when|which"
    r"|who|with|nearly|more)\b"
    r"| (?:while|whereas|but|because|although|which|who|after|as(?! part| much| of)) "
)
_THE = re.compile(r"^(?:.{0,60}, )?(?:the|this|that) (?:new |latest |mega )?$", re.IGNORECASE)
_APART = re.compile(r"(?:ed|s|ing)$|^(?:at|an?|in|of|to|for|the|on|with|by|and|or|than)$")
_FIRST = re.compile(r"([A-Z][\w&-]+) (?:has|is|was|had|will|said|says|may|plans)\b")
_IT = re.compile(r"\b(?:it|the (?:company|firm|startup|start-up))\b(?!'s)", re.IGNORECASE)
_BARE = re.compile(r"; (?:[a-z]+ ){0,3}")
_PART_OF = re.compile(
    r"\b(?:its|their|\w+'s) ((?:[A-Za-z][\w&-]* ){1,3})(?:business|unit|division|segment|arm"
    r"|operations?)\b"
)
_ANAPHOR = re.compile(
    r"(?:^|[\"'(,;:\u2014] ?|\b(?:that|and|while|after|as|when|but|said|says|because) )"
    r"(?:it|they|the (?:maker|developer|owner|parent|company) (?:of|behind)"
    r"|the (?:\w+ )?(?:company|firm|startup|start-up|group|chipmaker|lab|business"
    r"|tech giant|social media giant))\b"
    r"(?!'s (?:ceo|chief|founder|shares?|stock))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it is read: plain, with its figures and its names. `meant` is who "the company"
    is, `main` whom the article is about.
    """

    text: str
    plain: str
    stated: Sequence[Quantity]
    names: tuple[Named, ...]
    meant: str
    main: str
    owners: Owners

    def subject(self, at: int) -> str:
        """Who does what is said right before an offset, "" when that is not certain."""
        return _subject(self, at)

    def has_subject(self, before: int) -> bool:
        """Whether anybody does anything before an offset."""
        return any(one.subject and one.end <= before for one in self.names)


def owner_of(sentence: Sentence, one: Quantity, measure: Attached) -> tuple[str, str]:
    """The name that the figure belongs to, "" when that is not certain, and which part of the owner
    its measure is of.
    """
    if measure.tie == "product":
        return product_priced(sentence.plain, one), ""
    held: tuple[str, str] | None
    if measure.tie == "before":
        held = _of_measure(sentence, measure)
    else:
        possessor = _held(sentence, one)
        held = None if possessor is None else (possessor, "")
    if held is not None:
        return held[0], held[1] or _business(sentence.plain, measure.start)
    own = _by_measure(sentence, one, measure)
    if own is not None:
        return own, ""
    return _subject(sentence, one.start), _business(sentence.plain, one.start)


def _held(sentence: Sentence, one: Quantity) -> str | None:
    """As in "Halden's $2 billion round": who is said to have the figure itself."""
    if not _HELD.search(sentence.plain, 0, one.start):
        return None
    return _possessed(sentence, one.start)


def _by_measure(sentence: Sentence, one: Quantity, measure: Attached) -> str | None:
    """Whose a valuation, a round or a loss is, which need not be whoever the clause is about; None
    where nothing says so.
    """
    backed = _BACKER.search(clause_of(sentence.plain, one.start)[1])
    if measure.name.endswith("valuation"):
        valued = _valued(sentence, one)
        return _backed(sentence, one) if valued is None and backed else valued
    if measure.name == "funding round":
        return _behind(sentence, one) if backed else _raiser(sentence, one)
    if measure.name.endswith("loss") and measure.tie == "verb":
        return _lost_on(sentence, one)
    return None


def _raiser(sentence: Sentence, one: Quantity) -> str:
    """Who raises: an investor only where it says so."""
    owner = _subject(sentence, one.start)
    raises = _RAISES.search(clause_of(sentence.plain, one.start)[1])
    return "" if _INVESTOR.search(owner) and not raises else owner


def _lost_on(sentence: Sentence, one: Quantity) -> str | None:
    """As in "lost $4 billion on its unit Corvane"."""
    on = next((each for each in sentence.names if each.start > one.end), None)
    return on.name if on and sentence.plain[one.end : on.start] == " on " else None


def _of_measure(sentence: Sentence, measure: Attached) -> tuple[str, str] | None:
    """Whose the measure is said to be: "Halden's revenue", "revenue of Halden", "its revenue"."""
    if _THE.search(sentence.plain, 0, measure.start) and not sentence.has_subject(measure.start):
        return sentence.meant, ""
    possessed = _possessed(sentence, measure.start)
    if possessed is not None:
        return possessed, ""
    for one in sentence.names:
        if one.start >= measure.end and _OF_NAME.match(sentence.plain[measure.end : one.start]):
            return one.name, ""
    return _beside(sentence, measure)


def _possessed(sentence: Sentence, at: int) -> str | None:
    """Who is said to have what stands at an offset; None where it is said of nobody."""
    found = _POSSESSED.search(sentence.plain, max(0, at - 60), at)
    if found is None or found.end() != at:
        return None
    if found["its"]:
        backs = _BACKER.search(sentence.plain, 0, at)
        if backs and found["its"].lower().startswith("the"):
            return ""  # who backs "the company" is not the company
        return _subject(sentence, found.start("its")) or sentence.meant
    named = [one for one in sentence.names if one.end == found.start("own")]
    return named[-1].name if named else ""


def _beside(sentence: Sentence, measure: Attached) -> tuple[str, str] | None:
    """A name right before the measure: an owner, or where the article is about another one, a part
    of its business.
    """
    for one in reversed(sentence.names):
        words = sentence.plain[one.end : measure.start]
        if one.end > measure.start or not re.fullmatch(r" (?:[a-z][\w-]* ){0,2}", words):
            continue
        if any(_APART.search(word) for word in words.split()):
            return None
        key = sentence.owners.key
        if one.name in sentence.owners or not sentence.main or key(one.name) == key(sentence.main):
            return one.name, ""
        return (sentence.main, one.name.lower()) if sentence.meant else ("", "")
    return None


def _business(plain: str, at: int) -> str:
    """The part of a company that does what is said: "its cloud business has reached"."""
    found = _PART_OF.findall(clause_of(plain, at)[1])
    return found[-1].lower().strip() if found else ""


def _valued(sentence: Sentence, one: Quantity) -> str | None:
    """Who is valued: "valuing Halden at", "which values the company at"."""
    found = list(_VALUED.finditer(sentence.plain, 0, one.start))
    if not found or one.start - found[-1].end() > 30:
        return None
    what = found[-1]
    inside = [
        each
        for each in sentence.names
        if what.start("what") <= each.start and each.end <= what.end("what") + 2
    ]
    if inside:
        return inside[0].name
    if re.match(
        r"(?:the (?:\w+ )?(?:company|startup|start-up|firm|business|lab|chipmaker|group)|it)\b",
        what["what"],
    ):
        raiser = _subject(sentence, what.start())
        return raiser or sentence.meant
    return ""


def _behind(sentence: Sentence, one: Quantity) -> str:
    """Who gets what others put in: "leads a $300 million round for Halden"."""
    for named in sentence.names:
        if named.start > one.end and _FOR_NAME.match(sentence.plain[one.end : named.start]):
            return named.name
    return ""


def _backed(sentence: Sentence, one: Quantity) -> str:
    """Who got it, of a valuation behind it: "leads a round in Halden at a $9 billion valuation"."""
    for named in reversed(sentence.names):
        if named.end < one.start and _IN_NAME.search(sentence.plain, 0, named.start):
            return named.name
    return _subject(sentence, one.start) if _RAISES.search(sentence.plain, 0, one.start) else ""


def clause_of(plain: str, at: int) -> tuple[int, str]:
    """Where the clause begins that an offset is in, and its words up to there."""
    begin = 0
    for found in _BOUNDARY.finditer(plain, 0, at):
        begin = found.start()
    return begin, plain[begin:at]


def _subject(sentence: Sentence, at: int) -> str:
    """Who does what is said right before an offset."""
    begin, words = clause_of(sentence.plain, at)
    inside = [one for one in sentence.names if begin <= one.start and one.end <= at]
    subjects = [one for one in inside if one.subject]
    anaphor = _ANAPHOR.search(words)
    if subjects and not (anaphor and begin + anaphor.start() > subjects[-1].end):
        return subjects[-1].name
    if re.match(r"(?:, | )(?:which|who)\b", words):
        last = [one for one in sentence.names if one.end <= begin]
        return last[-1].name if last and begin - last[-1].end <= 1 else ""
    earlier = [one for one in sentence.names if one.end <= at and one.subject]
    keys = {sentence.owners.key(one.name) for one in earlier}
    if anaphor:
        return earlier[0].name if len(keys) == 1 else "" if earlier else sentence.meant
    if any(one.possessive for one in inside):
        return ""
    if begin and len(keys) == 1:
        return earlier[0].name
    said = begin and _BARE.match(words)
    return sentence.meant if not keys and (said or _IT.search(sentence.plain)) else ""


# ---------------------------------------------------------------- whom "the company" means


@dataclass(frozen=True, slots=True)
class Article:
    """What is known of an article before its sentences are read: its names, in lower case, and whom
    it is about.
    """

    known: frozenset[str]
    main: str
    owners: Owners

    def sentence(self, text: str, stated: Sequence[Quantity], before: Sequence[str]) -> Sentence:
        """One of its sentences, behind others."""
        plain = folded(text)
        found = tuple(self._without_byline(one) for one in names(plain, self.known, self.owners))
        return Sentence(text, plain, stated, found, self._meant(before), self.main, self.owners)

    def _without_byline(self, one: Named) -> Named:
        """The name without the author's, which pages print right before the headline."""
        if self.main and one.name.endswith(f" {self.main}"):
            return replace(one, name=self.main, start=one.end - len(self.main))
        if self.main.startswith(f"{one.name} ") and one.name not in self.owners:
            return replace(one, name=self.main)  # "Halden" where the title has Halden Compute
        return one

    def _meant(self, before: Sequence[str]) -> str:
        """Whom "the company" means behind these sentences: whom the article is about, if nobody
        else does anything since it was named last.
        """
        for text in reversed(before) if self.main else ():
            if self._begins_with_another(text) or self._others(text):
                return ""
            if self.main in folded(text):
                return self.main
        return ""

    def _others(self, text: str) -> bool:
        """Whether somebody does something in a sentence whom the article is not about."""
        key = self.owners.key
        found = map(self._without_byline, names(folded(text), self.known, self.owners))
        return any(one.subject and key(one.name) != key(self.main) for one in found)

    def _begins_with_another(self, text: str) -> bool:
        """Whether the one word that a sentence begins with may be somebody else's name."""
        found = _FIRST.match(folded(text))
        return found is not None and found[1] not in NOBODY and found[1] not in self.main


def article(title: str, text: str, owners: Owners) -> Article:
    """What is known of an article. It is about the first name of its title that its text has
    again.
    """
    plain = folded(f"{title}. {text}")
    inside = re.findall(r"(?<=[a-z,] )[A-Z][\w&-]*[\w&]", plain)
    known = frozenset(word.lower().removesuffix("'s") for word in inside)
    titled = (one.name for one in names(folded(title), known, owners))
    main = next((name for name in titled if plain.count(name) >= 3), "")
    return Article(known, main, owners)
