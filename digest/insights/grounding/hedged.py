"""Maybe or planned told as sure or done: what a clause of the claim is firmer in than the one that it retells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.insights.grounding.aligned import SYNONYM
from digest.insights.grounding.clauses import at_word, clauses, retold
from digest.insights.grounding.locality import agreement, phrase
from digest.insights.grounding.outcome import short
from digest.insights.grounding.stems import irregular
from digest.insights.lexicon import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.insights.grounding.aligned import Aligned, Pair
    from digest.insights.grounding.clauses import Clause
    from digest.insights.grounding.words import Word

_RETOLD = 0.37  # the share of a clause that one of the evidence must have for it to be what the claim retells
_IN_PLACE = 0.33  # how well the surroundings of the two verbs must agree
_CLOSELY = 0.5  # the same where only the source's doubt tells the two apart
_HEDGES = word_list(
    "may might could possibly perhaps potentially considering considers consider mulling weighing exploring rumored rumoured reportedly "
    "allegedly alleged likely unlikely talks hopes hope hoped wants want wanted seeks seeking seek proposed proposes propose proposal "
    "suggests suggest suggested if whether would appears seems apparently believed possible possibility should accused suspected "
    "claims claimed denies denied potential draft"
)
_PLANS = word_list(
    "plan plans planned planning intend intends intended expects expect expected aims aim due will agreed agrees agree forecast "
    "forecasts projected projects estimates estimated predicts predicted shall target targets pledged pledges promised promises commits "
    "committed scheduled anticipates anticipated going letter intention ordered set guided guides guiding guidance outlook seen"
)
_HEARSAY = word_list("reportedly rumored rumoured allegedly believed apparently")
_TOLD = word_list("report reports reported reportedly according said says source sources told rumored allegedly alleged claims believed")
_TALK = frozenset({"i", "we", "you"})  # "I would like", "you might": courtesy, no doubt
_ABLE = frozenset({"can", "able"})  # "can" is no less sure than "may"
_RELATIVE = frozenset({"which", "who", "that", "whose", "where"})
_SCOPE = 5  # words after a hedge that it is about
_GOES_ON = frozenset({"and", "or", "plus", "against", "compared"})  # such a clause may owe its verb to the one before
_BEING = frozenset({"is", "are", "was", "were", "be"})
_ARTICLES = frozenset({"a", "an", "the", "its", "their", "his", "her"})
_HAVING = frozenset({"has", "have", "had", "having", "ve"})
_UNCHANGED = frozenset({"put", "set", "cut", "let", "hit", "bid", "shut", "cost", "quit", "become", "come", "run", "spread", "beat"})
_ASIDE = frozenset({"already", "now", "since", "also", "just", "recently", "all", "both", "been", "so", "far", "long", "not", "n't"})


def hedges(claim: Aligned) -> Iterator[str]:
    """What the claim is surer of than its evidence, in words."""
    yield from _clauses(claim)
    yield from _acts(claim)


def _acts(claim: Aligned) -> Iterator[str]:
    """The first act that the claim tells as done ("bought") and the evidence as a plan or a maybe ("may buy")."""
    for pair in claim.pairs:
        there = pair.place.sentence
        if pair.place is not claim.evidence[0] or pair.worth < SYNONYM or not _told_as_done(pair, claim):
            continue
        clause, other = at_word(claim.claim, pair.at), at_word(there, pair.there)
        before = [word.low for word in other.words if word.start < pair.other.start][-3:]
        unsure = any(word in _HEDGES | _PLANS for word in before) and not _moods(clause.words) & {"maybe", "able", "planned"}
        if unsure and agreement(claim.claim, pair.at, there, pair.there, pair.place.source) >= _IN_PLACE:
            yield f"“{pair.word.text}” is firmer than the source, which says “{phrase(there, pair.there)}”"
            return


def _told_as_done(pair: Pair, claim: Aligned) -> bool:
    before = claim.claim.words[pair.at - 1].low if pair.at else ""
    if before in {"who", "anyone", "whoever"}:
        return False  # "those who trade": said of anybody who does
    words = (pair.word, pair.other)
    named = any(word.capital or word.low in _HEDGES | _PLANS for word in words)
    return not named and pair.word.low != pair.other.low and (pair.word.low.endswith(("ed", "s", "ing")) or irregular(pair.word.low))


def _clauses(claim: Aligned) -> Iterator[str]:
    """The first clause that is told as sure or done where the one that it retells is not."""
    told = tuple(retold(claim))
    for clause, there, share in told:
        if share < _RETOLD:
            continue
        together = [one for one, same, _ in told if same.sentence is there.sentence]
        mine = frozenset[str]().union(*(_moods(one.words) for one in (*together, *_owed(clause, claim))))
        theirs = _moods(there.words) - {"able"} if _about(there, claim) else frozenset()
        if "heard" in theirs and not any(word.low in _TOLD for word in claim.claim.words):
            theirs |= {"maybe"}
        unsure = "maybe" in theirs and share >= _CLOSELY and not any(word.low in _TALK for word in there.words)
        undone = "done" in mine and "done" not in theirs and theirs & {"maybe", "planned"}
        if (unsure or undone) and not mine & {"maybe", "planned", "able"}:
            yield f"“{short(clause.text, 60)}” is firmer than the source, which says “{short(there.text, 90)}”"
            return


def _about(there: Clause, claim: Aligned) -> bool:
    """Whether a hedge of the clause stands right before something that the claim has, and not before what it leaves out."""
    told = {pair.there for pair in claim.pairs if pair.place.sentence is there.sentence and not pair.word.capital}
    unsure = (there.first + i for i, word in enumerate(there.words) if word.low in _HEDGES | _PLANS | {"is", "are"})
    return any(at in told for i in unsure for at in range(i + 1, min(i + 1 + _SCOPE, there.end)))


def _owed(clause: Clause, claim: Aligned) -> tuple[Clause, ...]:
    """The clause before, when this one may owe its verb to it, and the one after, when it goes on about what this one names."""
    listed = clauses(claim.claim)
    before = tuple(one for one in listed if one.end == clause.first and clause.words[0].low in _GOES_ON)
    return before + tuple(one for one in listed if one.first == clause.end and one.words[0].low in _RELATIVE)


def _moods(words: Sequence[Word]) -> frozenset[str]:
    """How sure the clause is: of the moods "maybe", "heard", "able", "planned" and "done" those that it has a word for."""
    found = set()
    for i, word in enumerate(words):
        if word.low in _ABLE:
            found.add("able")
        elif word.low in _HEDGES and word.text != "May" and not _of_a_thing(words, i) and not _of_anyone(words, i):
            found.add("heard" if word.low in _HEARSAY else "maybe")
        elif (word.low in _PLANS and not _of_a_thing(words, i) and not _cause(words, i)) or (
            word.low in {"is", "are"} and words[i + 1 : i + 2] and words[i + 1].low == "to"
        ):
            found.add("planned")
        elif word.low in _HAVING and _participle([one for one in words[i + 1 : i + 4] if one.low not in _ASIDE]):
            found.add("done")
    return frozenset(found)


def _of_a_thing(words: Sequence[Word], i: int) -> bool:
    """Whether the hedge stands before a noun, as in "the proposed tariff", which leaves the rest as sure as it is."""
    if words[i + 1 : i + 2] and words[i + 1].low[0] in "$€£¥₹0123456789":
        return False  # "a projected 80 %"
    before = words[i - 1] if i else None
    possessive = before is not None and before.end - before.start > len(before.text)
    return words[i].low.endswith(("ed", "ial", "ible")) and before is not None and (possessive or before.low in {"the", "a", "an", "its"})


def _of_anyone(words: Sequence[Word], i: int) -> bool:
    """Whether it is the "if you" of talk, which means anybody who does."""
    return words[i].low in {"if", "whether"} and any(word.low.partition("'")[0] in {"you", "your"} for word in words[i + 1 : i + 2])


def _cause(words: Sequence[Word], i: int) -> bool:
    """Whether it is the "due to" of a cause: "is due to open" is a plan."""
    is_to = words[i].low == "due" and words[i + 1 : i + 2] and words[i + 1].low == "to"
    return bool(is_to) and (
        i == 0 or words[i - 1].low not in _BEING or (len(words) > i + 2 and (words[i + 2].capital or words[i + 2].low in _ARTICLES))
    )


def _participle(words: Sequence[Word]) -> bool:
    return bool(words) and (words[0].low.endswith("ed") or irregular(words[0].low) or words[0].low in _UNCHANGED)
