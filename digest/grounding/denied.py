"""Yes told as no: what only one of claim and evidence denies."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from digest.grounding.aligned import SYNONYM
from digest.grounding.clauses import at_word, held, retold
from digest.grounding.locality import agreement, phrase
from digest.grounding.outcome import short
from digest.grounding.silence import silent
from digest.grounding.stopped import BARS, both_stop, hardly, stopping
from digest.text.folding import word_list
from digest.text.thesaurus import opposites
from digest.text.words import clause_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.grounding.aligned import Aligned, Pair
    from digest.grounding.clauses import Clause
    from digest.grounding.indexed import Sentence
    from digest.text.words import Word

_WELL_COVERED = (
    0.6  # from here on a denial without any word for it in the evidence is the claim's own
)
_RIGHT_BEFORE = 3  # words before one that "stopped" may be about
_SCOPE = 5  # words after a "not" that it may be about
_IN_PLACE = (
    0.33  # how well the surroundings of a word must agree where only one of the two negates it
)
_NEGATIONS = word_list(
    "not no never without neither nor none cannot nothing nobody hardly barely denied denies deny"
    " refused refuses refuse refusing refusal failed failing failure inability lack lacking absence"
    " insufficient fails lacks lacked unable unlikely n't"
)
_PLAIN_NO = frozenset(
    {"not", "no", "never", "without", "cannot", "neither", "none", "nobody", "nothing"}
)
_TO_DO = word_list(
    "failed fails fail failing failure refused refuses refuse refusing refusal declined declines"
    " declining unable unlikely inability struggle struggles struggled struggling"
)  # these deny what follows "to"
_CONTRAST = re.compile(r"(\w+),? (?:rather than|instead of|(?:and )?not) (\w+)")
_SOLE = re.compile(r"(?P<no>\bnot |n['’]t )?the (?P<what>only|first|last) \w+")
_RESUMED = re.compile(
    r",\s(?:is|are|was|were|has|have|had|will|the|it|he|she|they|its|their)\b"
)  # "who has not been named, was arrested"
_RETOLD = 0.45  # the share of a clause that one of the evidence must have for the two to deny alike
_SOFT_DENIALS = word_list(
    "little few only until rather instead avoid avoids stop stops stopped except despite out"
    " limited confined restricted exclusively solely reserved struggle struggles struggled"
    " struggling trouble hard harder difficult scarce short shortage spare spares spared"
)
_LIMITS = word_list(
    "only limited confined restricted exclusively solely reserved"
)  # what is left out is denied without a "not"
_UNITS = word_list(
    "percent cent cents per million billion trillion dollar dollars point points year years month"
    " months week weeks day days"
)
_STRONG = frozenset(
    {"not", "no", "never", "without", "nor", "cannot"}
)  # these reach further than "failed to"


def denials(claim: Aligned) -> Iterator[str]:
    """What is denied in the claim alone or in the evidence alone, in words."""
    if silent(claim):
        return
    yield from _negated(claim)
    yield from _denied(claim)
    yield from _reversed(claim)
    yield from _contrasts(claim)
    yield from _alone(claim)


def _contrasts(claim: Aligned) -> Iterator[str]:
    """ "Debt rather than equity" where the source has "equity and not debt"."""
    for found in _CONTRAST.finditer(claim.claim.text):
        one, other = (
            next((p for p in claim.pairs if p.word.low == found[i].lower()), None) for i in (1, 2)
        )
        if one is None or other is None or one.place is not other.place:
            continue
        there = one.place.sentence
        if negation(there, one.there) and not negation(there, other.there):
            yield f"“{found[0]}” is turned around: the source says “{phrase(there, one.there)}”"


def _alone(claim: Aligned) -> Iterator[str]:
    """ "Not the only maker" where the source has "the only maker", or the other way around."""
    best = claim.evidence[0].sentence.text if claim.evidence else ""
    mine, theirs = (_SOLE.search(text.lower()) for text in (claim.claim.text, best))
    if (
        mine
        and theirs
        and mine["what"] == theirs["what"]
        and bool(mine["no"]) != bool(theirs["no"])
    ):
        yield f"“{mine[0]}” is turned around: the source says “{theirs[0]}”"


def _reversed(claim: Aligned) -> Iterator[str]:
    """The first clause of which the evidence says the contrary: a denial on one side only, of a
    word that both have.
    """
    for clause, there, share in retold(claim):
        if share < _RETOLD or denying(clause) == denying(there) or clause.words[0].low == "not":
            continue
        if (
            _limited(clause) != _limited(there)
            or _both_fail(clause, there)
            or _ended(clause, there)
        ):
            continue
        if any(
            other.stem in opposites(word.stem)
            for word in clause.words
            if word.content
            for other in there.words
        ):
            continue
        pairs = [pair for pair in claim.pairs if clause.first <= pair.at < clause.end]
        denied = _scope(clause) if denying(clause) else _scope(there)
        about = [
            pair
            for pair in pairs
            if (pair.at if denying(clause) else pair.there) in denied and pair.worth >= SYNONYM
        ]
        about = [pair for pair in about if denying(clause) or not _resumed(there, pair.other)]
        about = [
            pair
            for pair in about
            if pair.worth == 1 or not any(word.low in {"rather", "instead"} for word in there.words)
        ]
        stems = {pair.word.stem for pair in about if _deniable(pair.word)}
        others = (
            one
            for one in held(claim, clause)
            if one is not there and any(word.stem in stems for word in one.words)
        )
        if (
            stems
            and any(
                pair.place.sentence is there.sentence for pair in about if pair.word.stem in stems
            )
            and all(denying(one) != denying(clause) for one in others)
        ):
            yield (
                f"“{short(clause.text, 60)}”: the source says the contrary,"
                f" “{short(there.text, 90)}”"
            )
            return


def _both_fail(clause: Clause, there: Clause) -> bool:
    """ "Failed to win its bid" and "failed in its bid", of which only one has the "to" by which a
    denial is told.
    """
    mine, theirs = (
        {word.stem for word in one.words if word.low in _TO_DO} for one in (clause, there)
    )
    plainly = any(
        word.low in _PLAIN_NO or word.low.endswith("n't")
        for one in (clause, there)
        for word in one.words
    )
    return not plainly and not mine.isdisjoint(theirs)


def _ended(clause: Clause, there: Clause) -> bool:
    """Whether the one of the two that denies nothing says it in another way."""
    no, yes = (clause, there) if denying(clause) else (there, clause)
    return both_stop(no, yes) or hardly(yes)


def _resumed(there: Clause, other: Word) -> bool:
    """Whether the denial is over before this word: "who has not been named, was arrested"."""
    denial = next((word for word in there.words if _refuses(there.sentence, word)), None)
    return (
        denial is not None
        and _RESUMED.search(there.sentence.text[denial.end : other.start]) is not None
    )


def _limited(clause: Clause) -> bool:
    """Whether the clause says that something is so of some only: whom that leaves out nobody can
    tell from the words.
    """
    return any(
        word.low in _LIMITS and not (word.low == "only" and _after_not(clause, word))
        for word in clause.words
    )


def _after_not(clause: Clause, word: Word) -> bool:
    return any(
        other.low in _PLAIN_NO or other.low.endswith("n't")
        for other in clause.words
        if 0 < word.start - other.end < 6
    )


def denying(clause: Clause) -> bool:
    """Whether the clause says no: "not", or a word such as "exempt"; both together say yes."""
    denies = any(_refuses(clause.sentence, word) for word in clause.words)
    return denies != any(
        word.low in BARS and not _refuses(clause.sentence, word) for word in clause.words
    )


def _refuses(sentence: Sentence, word: Word) -> bool:
    if word.low in _TO_DO:
        return (
            sentence.text[word.end :].startswith(" to ")
            and sentence.text[word.end + 4 :][:1].isalpha()
        )  # not "declined to 40"
    if word.low in {"rather", "instead"}:
        return sentence.text[word.end :].startswith((" than ", " of "))
    return (word.low in _PLAIN_NO or word.low.endswith("n't")) and not _merely(sentence, word)


def _scope(clause: Clause) -> range:
    """The words of its sentence that the clause's denial may be about."""
    at = next(
        (
            i
            for i, word in enumerate(clause.words)
            if _refuses(clause.sentence, word) or word.low in BARS
        ),
        0,
    )
    word = clause.words[at]
    onward = word.low in {"rather", "instead"} or (
        word.low in BARS and at and clause.words[at - 1].low in {"that", "which", "who", "to"}
    )
    if onward:  # "rather than", "that block": what stands before is not denied
        return range(clause.first + at, clause.first + at + _SCOPE + 1)
    last = (
        at + 1 if clause.words[at].low in {"nothing", "nobody", "none"} and at else at + _SCOPE + 1
    )
    return range(clause.first + max(0, at - 3), clause.first + last)


def _negated(claim: Aligned) -> Iterator[str]:
    """Words that the claim negates and the evidence does not, or the other way around."""
    for pair in claim.pairs:
        if (
            pair.worth < SYNONYM
            or not _deniable(pair.word)
            or _owns(pair.other)
            or pair.other.low.startswith(("un", "non"))
        ):
            continue
        theirs = pair.place.sentence
        mine, other = negation(claim.claim, pair.at), negation(theirs, pair.there)
        if bool(mine) == bool(other) or _made_up_for(claim.claim, pair, by_the_source=bool(mine)):
            continue
        if pair.worth < 1 and other in {"rather", "instead"}:
            continue  # another word for what is not chosen is no denial of it
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
    at = next(
        (
            i
            for i, word in enumerate(claim.claim.words)
            if _denies(word) and not _merely(claim.claim, word)
        ),
        None,
    )
    if at is None or not claim.evidence or claim.coverage < _WELL_COVERED:
        return
    best = claim.evidence[0]
    about = {id(pair.place) for pair in claim.pairs if at < pair.at <= at + _SCOPE}
    denied = at_word(
        claim.claim, at
    )  # of a sentence that says several things, what this part of it is from
    subject = Counter(
        id(pair.place) for pair in claim.pairs if denied.first <= pair.at < at
    ).most_common(1)
    source = {place for place, words in subject if words > 1}
    retold = [place for place in claim.evidence if place is best or id(place) in about | source]
    doubted = any(
        doubts(word, soft=place is best or id(place) in source)
        for place in retold
        for word in place.sentence.words
    )
    stems = frozenset[str]().union(*(place.sentence.stems for place in claim.evidence))
    reworded = any(stems & opposites(word.stem) for word in claim.claim.words[at : at + 4])
    if not doubted and not reworded:
        yield f"“{claim.claim.words[at].text}”: the source does not deny it"


def _denies(word: Word) -> bool:
    return word.low in {"not", "never", "cannot"} or word.low.endswith("n't")


def doubts(word: Word, *, soft: bool) -> bool:
    """Whether the word can be why a claim says "not"; a `soft` one can in the sentence that the
    claim retells, not beside it.
    """
    return _negates(word) or (
        soft and (word.low in _SOFT_DENIALS or word.low.startswith(("un", "non")))
    )


def _deniable(word: Word) -> bool:
    """Whether the word is one that a negation is about: no name, no number, no unit, no owner, no
    negation itself.
    """
    return (
        word.low[0].isalpha()
        and not word.capital
        and not _negates(word)
        and not _owns(word)
        and word.low not in _UNITS
    )


def _owns(word: Word) -> bool:
    return word.end - word.start > len(word.text)


def _negates(word: Word) -> bool:
    return word.low in _NEGATIONS or word.low.endswith("n't")


def negation(sentence: Sentence, at: int) -> str:
    """The word that negates the word `at`; "" when none does."""
    low, _ = clause_bounds(sentence.text, sentence.words[at].start)
    for distance, word in enumerate(reversed(sentence.words[max(0, at - 4) : at]), 1):
        if word.start < low or _RESUMED.search(sentence.text[word.end : sentence.words[at].start]):
            break
        if distance < 3 and word.low in {"rather", "instead"} and _refuses(sentence, word):
            return word.text
        if word.low in _TO_DO and "to" not in {
            other.low for other in sentence.words[at - distance : at]
        }:
            continue  # "failed nodes"
        if (
            (word.low in _NEGATIONS and (distance < 3 or word.low in _STRONG))
            or word.low.endswith("n't")
        ) and not _merely(sentence, word):
            return word.text
    return ""


def _merely(sentence: Sentence, word: Word) -> bool:
    """ "not only", "no longer than", "no doubt", "no-fee": these deny nothing."""
    after = sentence.text[word.end : word.end + 16].lower().lstrip()
    return after.startswith(
        (
            "only",
            "the only",
            "the first",
            "just",
            "simply",
            "merely",
            "alone",
            "doubt",
            "later than",
            "matter",
            "less than",
            "more than",
            "fewer",
            "1",
            "least",
            "-",
            "to be outdone",
            "unlike",
            "surprisingly",
        )
    )


def _made_up_for(claim: Sentence, pair: Pair, *, by_the_source: bool) -> bool:
    """Whether the other text negates too, only not before this word, or has an opposite word that
    comes to the same.
    """
    here, there = _near(claim, pair.at), _near(pair.place.sentence, pair.there)
    own = {word.low for word in here}
    if by_the_source and any(
        (word.low in _LIMITS and word.low not in own) or word.low.startswith("struggl")
        for word in there
    ):
        return True
    if any(_negates(word) for word in (there if by_the_source else here)):
        return True
    if by_the_source and stopping(_before(pair)) - claim.stems and not stopping(here):
        return True  # "no longer sells" for "stopped selling"
    return any(other.stem in opposites(word.stem) for word in here for other in there)


def _before(pair: Pair) -> tuple[Word, ...]:
    return pair.place.sentence.words[max(0, pair.there - _RIGHT_BEFORE) : pair.there]


def _near(sentence: Sentence, at: int) -> tuple[Word, ...]:
    return sentence.words[max(0, at - 8) : at + 9]
