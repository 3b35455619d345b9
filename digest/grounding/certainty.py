"""Is the claim no surer than its source: a plan or a maybe told as done, hearsay as fact, the most
of a few as the most of all?
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.grounding.analysis import analysed
from digest.grounding.lexicon import found
from digest.grounding.outcome import Outcome, outcome, short
from digest.grounding.surroundings import phrase
from digest.text.folding import folded
from digest.text.stems import irregular

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.grounding.aligned import Pair, Place
    from digest.grounding.case import Case

_IN_PLACE = 0.25  # how well the surroundings of the two words must agree
_RETOLD = 0.6  # the share of the claim that a sentence must have for its doubt to be about it
_BEFORE = 24  # characters before a word in which what limits it stands
_BEING = frozenset({"is", "are", "was", "were", "been", "be"})


def certainty(case: Case) -> Outcome:
    """What is planned or possible there is not told as done."""
    return outcome(bool(case.verbs), _surer(case))


def hearsay(case: Case) -> Outcome:
    """What is rumoured there is not told as known."""
    low = folded(case.text or case.sentence.text).lower()
    unsaid = not (found("told", low) or found("possible", low) or found("rumoured", low))
    best = next((place for place in case.evidence if not place.sentence.title), None)
    if best is None or not unsaid or not analysed(best.sentence).hearsay:
        return Outcome(bool(case.evidence))
    plain = any(
        _share(case, place) >= _RETOLD and not analysed(place.sentence).hearsay
        for place in case.evidence
    )
    if plain or _share(case, best) < _RETOLD:
        return Outcome(True)
    return Outcome(True, (f"the source tells it as hearsay: “{short(best.sentence.text)}”",))


def scope(case: Case) -> Outcome:
    """What is true of some or of a few there is not told of all."""
    return outcome(bool(case.verbs), _wider(case))


def _surer(case: Case) -> Iterator[str]:
    for pair in case.verbs:
        there = analysed(pair.place.sentence)
        if (
            pair.there not in there.unsure
            or pair.worth < 1
            or case.agrees(pair.at, pair.place, pair.there) < _IN_PLACE
            or _plain(case, pair)
        ):
            continue
        if _firmer(case, pair) or (
            pair.at not in case.analysis.unsure
            and _done(case, pair)
            and not _hedged(case.analysis.clause(pair.at).text)
        ):
            yield (
                f"“{phrase(case.sentence, pair.at, 3)}” is surer than the source, which says"
                f" “{phrase(pair.place.sentence, pair.there)}”"
            )
            return


def _done(case: Case, pair: Pair) -> bool:
    """Whether the word is a verb in the past, or in the present behind a name, as in a headline."""
    low, words = pair.word.low, case.sentence.words
    before, after = words[max(0, pair.at - 2) : pair.at], words[pair.at + 1 : pair.at + 2]
    if low.endswith("ed") or irregular(low):
        return not any(word.low == "to" for word in after)
    if low.endswith("s"):
        return not pair.other.low.endswith("s") and any(word.capital for word in before[-1:])
    planned = analysed(pair.place.sentence).unsure.get(pair.there) == "planned"
    return planned and low.endswith("ing") and any(word.low in _BEING for word in before)


def _firmer(case: Case, pair: Pair) -> bool:
    """Whether the claim says that it is agreed, and the source that it is talked about."""
    here, there = (
        folded(clause.text).lower()
        for clause in (
            case.analysis.clause(pair.at),
            analysed(pair.place.sentence).clause(pair.there),
        )
    )
    return bool(
        found("firm", here)
        and not found("open", here)
        and found("open", there)
        and (not found("firm", there) or found("disowned", there))
    )


def _hedged(text: str) -> bool:
    low = folded(text).lower()
    return any(found(kind, low) for kind in ("possible", "planned", "rumoured"))


def _plain(case: Case, pair: Pair) -> bool:
    """Whether the sources have the word without a doubt somewhere, and of the same."""
    return any(
        there not in analysed(place.sentence).unsure
        and place.sentence.words[there].stem == pair.other.stem
        and case.agrees(pair.at, place, there) >= _IN_PLACE
        for place, there in case.elsewhere(pair.word.stem)
    )


def _share(case: Case, place: Place) -> float:
    total = sum(match.weight for match in case.aligned.matches)
    stems = place.sentence.stems
    return sum(m.weight for m in case.aligned.matches if m.word.stem in stems) / (total or 1)


def _wider(case: Case) -> Iterator[str]:
    for pair in case.verbs:
        mine, theirs = (
            folded(sentence.text[max(0, start - _BEFORE) : start]).lower()
            for sentence, start in (
                (case.sentence, pair.word.start),
                (pair.place.sentence, pair.other.start),
            )
        )
        most = pair.other.low.endswith("est") or pair.other.low in {"most", "top", "leading"}
        few = most and found("few", theirs) and not found("few", mine)
        every = (
            found("all", mine)
            and found("some", theirs)
            and not found("some", mine)
            and not found("all", folded(pair.place.sentence.text).lower())
        )
        if (few or every) and case.agrees(pair.at, pair.place, pair.there) >= _IN_PLACE:
            yield (
                f"“{phrase(case.sentence, pair.at, 3)}” takes in more than the source, which says"
                f" “{phrase(pair.place.sentence, pair.there)}”"
            )
            return
