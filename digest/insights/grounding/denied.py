"""Yes told as no: what only one of claim and evidence denies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.insights.grounding.aligned import SYNONYM
from digest.insights.grounding.locality import agreement, phrase
from digest.insights.grounding.thesaurus import opposites
from digest.insights.grounding.words import clause_bounds
from digest.insights.lexicon import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.insights.grounding.aligned import Aligned, Pair
    from digest.insights.grounding.indexed import Sentence
    from digest.insights.grounding.words import Word

_WELL_COVERED = 0.6  # from here on a denial without any word for it in the evidence is the claim's own
_SCOPE = 5  # words after a "not" that it may be about
_IN_PLACE = 0.33  # how well the surroundings of a word must agree where only one of the two negates it
_NEGATIONS = word_list(
    "not no never without neither nor none cannot nothing nobody hardly barely denied denies deny refused refuses failed "
    "fails lacks lacked unable unlikely n't"
)
_SOFT_DENIALS = word_list("little few only until rather instead avoid avoids stop stops stopped except despite")
_STRONG = frozenset({"not", "no", "never", "without", "nor", "cannot"})  # these reach further than "failed to"


def denials(claim: Aligned) -> Iterator[str]:
    """What is denied in the claim alone or in the evidence alone, in words."""
    yield from _negated(claim)
    yield from _denied(claim)


def _negated(claim: Aligned) -> Iterator[str]:
    """Words that the claim negates and the evidence does not, or the other way around."""
    for pair in claim.pairs:
        if pair.worth < SYNONYM or not _deniable(pair.word):
            continue
        theirs = pair.place.sentence
        mine, other = negation(claim.claim, pair.at), negation(theirs, pair.there)
        if bool(mine) == bool(other) or _made_up_for(claim.claim, pair, by_the_source=bool(mine)):
            continue
        if agreement(claim.claim, pair.at, theirs, pair.there, pair.place.source) >= _IN_PLACE:
            said = phrase(theirs, pair.there)
            yield (
                f"“{mine} … {pair.word.text}”: the source does not deny it, it says “{said}”"
                if mine
                else (f"“{pair.word.text}”: the source says “{other}”: “{said}”")
            )
            return


def _denied(claim: Aligned) -> Iterator[str]:
    """A denial for which its evidence, although it covers the claim well, has no word at all."""
    at = next((i for i, word in enumerate(claim.claim.words) if _denies(word) and not _merely(claim.claim, word)), None)
    if at is None or not claim.evidence or claim.coverage < _WELL_COVERED:
        return
    best = claim.evidence[0]
    about = {id(pair.place) for pair in claim.pairs if at < pair.at <= at + _SCOPE}
    retold = [place for place in claim.evidence if place is best or id(place) in about]
    doubted = any(_doubts(word, soft=place is best) for place in retold for word in place.sentence.words)
    reworded = any(best.sentence.stems & opposites(word.stem) for word in claim.claim.words[at : at + 4])
    if not doubted and not reworded:
        yield f"“{claim.claim.words[at].text}”: the source does not deny it"


def _denies(word: Word) -> bool:
    return word.low in {"not", "never", "cannot"} or word.low.endswith("n't")


def _doubts(word: Word, *, soft: bool) -> bool:
    """Whether the word can be why a claim says "not"; a `soft` one can in the sentence that the claim retells, not beside it."""
    return _negates(word) or (soft and (word.low in _SOFT_DENIALS or word.low.startswith(("un", "non"))))


def _deniable(word: Word) -> bool:
    """Whether the word is one that a negation is about: no name, no number, no negation itself."""
    return word.low[0].isalpha() and not word.capital and not _negates(word)


def _negates(word: Word) -> bool:
    return word.low in _NEGATIONS or word.low.endswith("n't")


def negation(sentence: Sentence, at: int) -> str:
    """The word that negates the word `at`; "" when none does."""
    low, _ = clause_bounds(sentence.text, sentence.words[at].start)
    for distance, word in enumerate(reversed(sentence.words[max(0, at - 4) : at]), 1):
        if word.start < low:
            break
        if ((word.low in _NEGATIONS and (distance < 3 or word.low in _STRONG)) or word.low.endswith("n't")) and not _merely(sentence, word):
            return word.text
    return ""


def _merely(sentence: Sentence, word: Word) -> bool:
    """ "not only", "no longer than", "no doubt": these deny nothing."""
    after = sentence.text[word.end : word.end + 12].lower().lstrip()
    return after.startswith(("only", "just", "doubt", "later than", "matter", "less than", "more than", "fewer", "1", "least"))


def _made_up_for(claim: Sentence, pair: Pair, *, by_the_source: bool) -> bool:
    """Whether the other text negates too, only not before this word, or has an opposite word that comes to the same."""
    here, there = _near(claim, pair.at), _near(pair.place.sentence, pair.there)
    if any(_negates(word) for word in (there if by_the_source else here)):
        return True
    return any(other.stem in opposites(word.stem) for word in here for other in there)


def _near(sentence: Sentence, at: int) -> tuple[Word, ...]:
    return sentence.words[max(0, at - 8) : at + 9]
