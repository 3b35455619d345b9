"""A plan told as done: the verb phrase of a claim against the one of the source that has the same
verb, or the same objects.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.grounding.aligned import SYNONYM, worth
from digest.grounding.clauses import at_word
from digest.grounding.locality import phrase
from digest.text.folding import word_list
from digest.text.stems import irregular

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.aligned import Aligned, Place
    from digest.grounding.indexed import Sentence
    from digest.text.words import Word

_REACH = 9  # words of a verb phrase that are looked at
_BEFORE = 3  # words between what makes a verb a plan and the verb
_MOST = 0.5  # the share of the phrase that the source's must have
_HAVING = frozenset({"has", "have"})
_WILL = word_list("will would may might could shall should")
_PLANS = _WILL | word_list(
    "plan plans planned planning intend intends intended expects expected aims aim hopes hope wants"
    " want proposed proposes propose agreed considering mulling weighing seeks seek seeking due set"
    " promised promises pledged pledges vowed vows scheduled prepares preparing"
)
_BETWEEN = word_list(
    "to be have been also then soon eventually likely probably not only a an the its their it if"
    " whether of"
)
_NO_DEED = _PLANS | word_list(
    "been had become be said told got made need needed seen risen grown fallen long so far "
    "expected projected estimated forecast announced reported shown found called known used"
)
_ASIDE = word_list(
    "already now since also just recently all both been so far long largely mostly nearly almost"
    " finally again each jointly"
)
_DONE = word_list("has have had did was were been already")
_UNCHANGED = word_list("put set cut let hit bid shut quit come run spread beat")
_UNSURE = _PLANS | word_list(
    "if whether unless possibly perhaps can able likely unlikely potentially to reportedly"
    " allegedly"
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A verb of the claim that is told as done, by its number, and the words that go with it,
    itself first.
    """

    at: int
    words: tuple[Word, ...]


def achieved(claim: Aligned) -> Iterator[str]:
    """The first deed that the claim tells as done and its evidence as planned or possible, in
    words.
    """
    for told in _told(claim.claim):
        found = [place for place in claim.evidence if _holds(told, place)]
        plans = [(place, at) for place in found if (at := _planned(told, place)) is not None]
        if plans and len(plans) == len(found):
            place, at = plans[0]
            yield (
                f"“{claim.claim.words[told.at].text}” is firmer than the source, which says"
                f" “{phrase(place.sentence, at, 5)}”"
            )
            return


def _told(claim: Sentence) -> Iterator[_Told]:
    """The verbs that are told as done: "has moved"."""
    for i, word in enumerate(claim.words):
        if word.low not in _HAVING:
            continue
        at = next(
            (
                j
                for j in range(i + 1, min(i + 4, len(claim.words)))
                if claim.words[j].low not in _ASIDE
            ),
            None,
        )
        clause = at_word(claim, i)
        if at is None or not clause.has(claim.words[at]) or not _participle(claim.words[at]):
            continue
        if any(one.low in _UNSURE for one in clause.words if one.start < word.start):
            continue
        yield _Told(
            at, tuple(one for one in claim.words[at : min(at + _REACH, clause.end)] if one.content)
        )


def _participle(word: Word) -> bool:
    acts = word.low.endswith("ed") or irregular(word.low) or word.low in _UNCHANGED
    return acts and word.low not in _NO_DEED and not word.capital


def _holds(told: _Told, place: Place) -> bool:
    """Whether the sentence has most of the phrase."""
    rarity = place.source.rarity
    total = sum(rarity(word.stem) for word in told.words)
    held = [
        word
        for word in told.words
        if any(worth(word.stem, stem) >= SYNONYM for stem in place.sentence.stems)
    ]
    return (
        len(held) > 1
        and sum(rarity(word.stem) for word in held) >= _MOST * total
        and not place.sentence.title
    )


def _planned(told: _Told, place: Place) -> int | None:
    """The number of the source's verb that is only planned or possible, where it stands for the
    claim's; None when there is none.
    """
    there = place.sentence.words
    deed, *objects = told.words
    for i, word in enumerate(there):
        if word.low in _PLANS and not any(
            one.low in _DONE for one in at_word(place.sentence, i).words
        ):
            verb = next(
                (
                    j
                    for j in range(i + 1, min(i + 2 + _BEFORE, len(there)))
                    if there[j].low not in _BETWEEN
                ),
                None,
            )
            if verb is None or any(
                one.low in {"i", "we", "you"} for one in there[max(0, i - 2) : i]
            ):
                continue
            same = worth(deed.stem, there[verb].stem) >= SYNONYM
            if same or _has_all(objects, there[verb + 1 : verb + 1 + _REACH]):
                return verb
    return None


def _has_all(objects: Sequence[Word], there: Sequence[Word]) -> bool:
    """Whether what the claim's verb is about follows the source's verb, two words of it at
    least.
    """
    held = sum(any(worth(word.stem, other.stem) >= SYNONYM for other in there) for word in objects)
    return held > 1 and held >= _MOST * len(objects)
