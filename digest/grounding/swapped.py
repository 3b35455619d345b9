"""Who did it to whom: two names on the other sides of the same verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.grounding.aligned import SYNONYM
from digest.grounding.locality import phrase
from digest.text.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.grounding.aligned import Aligned
    from digest.grounding.indexed import Sentence
    from digest.text.words import Word

_REACH = 8  # words between a verb and its names
_BEING = frozenset({"is", "was", "are", "were", "be", "been", "being", "gets", "got"})
# What one does to another and not the other to it: "Acme sues Bolt" is not "Bolt sues Acme".
_VERBS = """
acquire buy purchase sell sue invest back fund lend owe pay supply hire fire beat overtake exceed outsell own control lead join
leave replace succeed accuse blame warn tell ask order force ban fine license lease rent provide give offer send deliver ship
charge bill criticize attack defend support oppose follow trail surpass outperform undercut absorb swallow host use train build
design manufacture commission award grant block approve reject court poach underwrite insure power outspend dwarf eclipse
acquisition takeover investment lawsuit
"""
_NOMINAL = frozenset(map(stem, ("acquisition", "takeover", "investment", "lawsuit", "purchase")))
_DETERMINERS = frozenset(
    {"the", "a", "an", "its", "their", "his", "her", "more", "of", "in", "any", "no"}
)
_TAKING = frozenset(
    {
        "take",
        "takes",
        "took",
        "taking",
        "get",
        "gets",
        "got",
        "receive",
        "receives",
        "received",
        "awaits",
    }
)
AMOUNTS = frozenset({"billion", "billions"})  # whose stem is a bill's
_NO_PARTY = frozenset({"ai", "big", "the", "tech", "new"})  # capitals that name nobody
_AGENT = 3  # words from "by" to the one who does it
DEEDS = frozenset(map(stem, _VERBS.split()))


def swaps(claim: Aligned) -> Iterator[str]:
    """The first deed that the claim gives to the one to whom it was done, in words."""
    for pair in claim.pairs:
        if pair.worth < SYNONYM or pair.word.stem not in DEEDS or pair.word.low in AMOUNTS:
            continue
        if is_noun(claim.claim, pair.at) or is_noun(pair.place.sentence, pair.there):
            continue
        doer, other = _parties(claim.claim, pair.at)
        if doer is None or other is None:
            continue
        was_doer, was_other = _parties(pair.place.sentence, pair.there, (doer.stem, other.stem))
        if (
            was_doer is not None
            and was_other is not None
            and (doer.stem, other.stem) == (was_other.stem, was_doer.stem)
        ):
            said = phrase(pair.place.sentence, pair.there, 6)
            yield (
                f"“{doer.text} … {pair.word.text} … {other.text}” is the wrong way round: the"
                f" source says “{said}”"
            )
            return


def _parties(
    sentence: Sentence, at: int, known: tuple[str, ...] = ()
) -> tuple[Word | None, Word | None]:
    """The names next to the verb, the doer's first; only of the stems that are `known`, if any
    are.
    """
    wanted = [
        (i, word)
        for i, word in enumerate(sentence.words)
        if (word.stem in known if known else _party(sentence, i))
    ]
    left = next((word for i, word in reversed(wanted) if at - _REACH <= i < at), None)
    right = next((word for i, word in wanted if at < i <= at + _REACH), None)
    if not passive(sentence, at):
        return left, right
    by = next(i for i in range(at + 1, len(sentence.words)) if sentence.words[i].low == "by")
    near = sentence.words[by + 1 : by + 1 + _AGENT]
    return (right if right in near else None), left


def _party(sentence: Sentence, at: int) -> bool:
    word = sentence.words[at]
    return word.capital and word.content and word.low not in _NO_PARTY


def is_noun(sentence: Sentence, at: int) -> bool:
    """Whether the word is a thing and no deed, "the power that": after an article, or what somebody
    takes or gets.
    """
    before = sentence.words[at - 1].low if at else ""
    return sentence.words[at].stem not in _NOMINAL and (before in _DETERMINERS or before in _TAKING)


def passive(sentence: Sentence, at: int) -> bool:
    """ "was bought by", "led by"."""
    before = {word.low for word in sentence.words[max(0, at - 3) : at]}
    after = [word.low for word in sentence.words[at + 1 : at + 6]]
    return "by" in after[:1] or (bool(before & _BEING) and "by" in after)
