"""Is what the claim says said the other way round there: denied for affirmed, down for up?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.grounding.aligned import SYNONYM, worth
from digest.grounding.analysis import analysed
from digest.grounding.equal_numbers import agree
from digest.grounding.lexicon import found
from digest.grounding.outcome import Outcome, outcome
from digest.grounding.surroundings import phrase
from digest.text.folding import folded, word_list
from digest.text.thesaurus import opposites, relation
from digest.text.thesaurus_trade import FALLING, RISING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.grounding.aligned import Pair, Place
    from digest.grounding.case import Case
    from digest.grounding.clauses import Clause
    from digest.grounding.indexed import Sentence
    from digest.text.words import Word

_DENIED = 0.3  # how well the surroundings must agree for a denial to be of the same
_UNDENIED = 0.15  # the same where the sources deny nothing of the word
_OPPOSED = 0.24  # the same for two opposite words …
_KNOWN = 0.5  # … of which the source has the claim's own as well
_BETTER = (0.15, 1.3)  # by how much, and how many times, the opposite must then fit better
_MOVING = frozenset({"up", "down"})
_NEXT = 3  # words beside one among which its subject, or its object, is
# Words with an opposite that says nothing of direction where they are used otherwise: "on", "long".
_SILENT = word_list(
    "long last first public private short order demand supply open close can will right man woman"
    " back off on in out sit sits sat lie lies lay stand stands stood he she it him her his hers"
    " its they them we us you your i me my who whom is are was were be been being am has have had"
    " having do does did doing done give gives gave given giving take takes took taken taking get"
    " gets got getting go goes went come comes came make makes made all none some any further far"
    " near nearly next past difference differences about like unlike"
)


def denial(case: Case) -> Outcome:
    """Nothing is denied that the source affirms, and nothing affirmed that it denies."""
    return outcome(bool(case.verbs), _denials(case))


def opposite(case: Case) -> Outcome:
    """No word stands where the source has its opposite."""
    return outcome(bool(case.verbs), _opposed(case))


def _denials(case: Case) -> Iterator[str]:
    """Words that are denied on one side only."""
    for pair in case.aligned.pairs:
        theirs = analysed(pair.place.sentence)
        if pair.at in case.analysis.disowned:
            continue
        mine = pair.at in case.analysis.denied
        other = theirs.affirms_not(pair.there)
        if mine == other or pair.worth < 1 or pair.at in case.analysis.quoted:
            continue
        here, there = case.analysis.clause(pair.at), theirs.clause(pair.there)
        least = _UNDENIED if mine and not _ever_denied(case, pair) else _DENIED
        if (
            case.agrees(pair.at, pair.place, pair.there) < least
            or _in_other_words(here, there, mine=mine)
            or _of_other_numbers(here, there)
        ):
            continue
        if not _said_so(case, pair, denied=mine):
            what = "does not deny it, it says" if mine else "denies it:"
            yield f"“{phrase(case.sentence, pair.at, 3)}”: the source {what} “{there.text}”"
            return


def _ever_denied(case: Case, pair: Pair) -> bool:
    """Whether a clause of the sources that has the word denies or lacks anything."""
    for place, there in case.elsewhere(pair.word.stem):
        clause = folded(analysed(place.sentence).clause(there).text).lower()
        if found("deny", clause) or found("lack", clause):
            return True
    return False


def _of_other_numbers(here: Clause, there: Clause) -> bool:
    """Whether each clause says it of a number that the other does not have: "62 percent is owned",
    "the other 38 percent is not".
    """
    mine, theirs = here.stated, there.stated
    return bool(mine and theirs) and not any(agree(one, other) for one in mine for other in theirs)


def _in_other_words(here: Clause, there: Clause, *, mine: bool) -> bool:
    """Whether the clause without the denial may deny by another word, or the other one denies only
    a part of it.
    """
    denying, affirming = (here, there) if mine else (there, here)
    plain = folded(affirming.text).lower()
    denials = analysed(denying.sentence).denials
    stems = {word.stem for i, word in enumerate(denying.words, denying.first) if i not in denials}
    lacking = (word for word in affirming.words if word.stem not in stems)
    return bool(
        found("deny", plain)
        or any(found("lack", word.low) for word in lacking)
        or found("reserve", folded(denying.text).lower())
        or found("reserve", plain)
        or _opposite_words(here, there)
    )


def _opposite_words(here: Clause, there: Clause) -> bool:
    stems = {word.stem for word in there.words}
    return any(not stems.isdisjoint(opposites(word.stem)) for word in here.words if word.content)


def _said_so(case: Case, pair: Pair, *, denied: bool) -> bool:
    """Whether the sources have the word somewhere as the claim has it, and of the same."""
    return any(
        analysed(place.sentence).affirms_not(there) == denied
        and case.agrees(pair.at, place, there) >= _DENIED
        for place, there in case.elsewhere(pair.word.stem)
    )


def _opposed(case: Case) -> Iterator[str]:
    """Words of which the evidence has the opposite in the same place."""
    words = case.sentence.words
    for at, word in enumerate(words):
        against = opposites(word.stem)
        if (
            not against
            or not _says_something(case.sentence, at)
            or (word.capital and at)
            or at in case.analysis.quoted
            or _becomes(case.sentence, at)
        ):
            continue
        for place in case.evidence:
            there = _turned(case, at, against, place)
            if there is not None:
                said = phrase(place.sentence, there)
                yield f"“{word.text}” is turned around: the source says “{said}”"
                return


def _turned(case: Case, at: int, against: frozenset[str], place: Place) -> int | None:
    """The place of the opposite in the evidence where it fits, and the claim's own word does not
    fit as well elsewhere.
    """
    rivals = [
        (case.agrees(at, place, i), i)
        for i, other in enumerate(place.sentence.words)
        if other.stem in against
        and _says_something(place.sentence, i)
        and _of_the_same(case.sentence, at, place.sentence, i)
        and not case.of_another(place, i)
    ]
    if not rivals:
        return None
    fits, there = max(rivals)
    word, other = case.sentence.words[at], place.sentence.words[there]
    own = max((case.agrees(at, *row) for row in _own(case, at)), default=None)
    known = own is not None and word.stem not in RISING | FALLING
    if fits < (_KNOWN if known else _OPPOSED) or (
        own is not None and fits < max(_BETTER[1] * own, own + _BETTER[0])
    ):
        return None
    theirs = analysed(place.sentence)
    twice = (at in case.analysis.denied) != (there in theirs.denied) or (
        case.analysis.odd(at) != theirs.odd(there)
    )
    both = any(
        worth(one.stem, other.stem) >= SYNONYM
        and i != at
        and _of_the_same(case.sentence, i, place.sentence, there)
        for i, one in enumerate(case.sentence.words)
    )
    return None if twice or both else there


def _own(case: Case, at: int) -> Iterator[tuple[Place, int]]:
    """Where the evidence has the claim's own word, one of its meaning, or one that goes its way."""
    mine = case.sentence.words[at]
    moves = next((way for way in (RISING, FALLING) if mine.stem in way), frozenset[str]())
    for place in case.evidence:
        for i, other in enumerate(place.sentence.words):
            same = relation(mine.stem, other.stem) == "same" or _compared(mine.low, other.low)
            if other.stem in moves or (same and not (moves and other.stem in RISING | FALLING)):
                yield place, i


def _compared(one: str, other: str) -> bool:
    """Whether one of the two is the other's comparative: "large" and "larger"."""
    short, long = sorted((one, other), key=len)
    return (
        long.endswith("er") and long[: len(short) - 1] == short[:-1] and len(long) - len(short) < 4
    )


def _becomes(sentence: Sentence, at: int) -> bool:
    """Whether the word only says that something becomes what follows: "growing cheaper"."""
    return sentence.words[at].stem in RISING and any(
        word.low.endswith("er") for word in sentence.words[at + 1 : at + 2]
    )


def _says_something(sentence: Sentence, at: int) -> bool:
    """Whether the word is one of which an opposite says the opposite: none that is part of a verb
    ("put down") or of a number, which has a check of its own ("up by 5%").
    """
    word, before = sentence.words[at], sentence.words[max(0, at - 1) : at]
    if word.low not in _MOVING:
        return word.low not in _SILENT
    numbered = any(one.low[0].isdigit() for one in sentence.words[at + 1 : at + 1 + _NEXT])
    return not (numbered or any(one.content for one in before))


def _of_the_same(claim: Sentence, at: int, other: Sentence, there: int) -> bool:
    """Whether what stands next to the word before or behind it, in its clause, stands there on the
    same side of the other one: its subject, its object, or what it qualifies. A word that joins or
    compares ("less than") has the same word on either side.
    """
    if claim.words[at].content and other.words[there].content:
        return any(_common(claim, at, other, there, step) for step in (-1, 1))
    sides = (
        (
            [word.stem for word in one.words[i + step : i + step + 1]]
            for one, i in ((claim, at), (other, there))
        )
        for step in (-1, 1)
    )
    return all(mine == theirs for mine, theirs in sides)


def _common(claim: Sentence, at: int, other: Sentence, there: int, step: int) -> bool:
    return any(
        worth(mine.stem, theirs.stem) >= SYNONYM
        for mine in _beside(claim, at, step)
        for theirs in _beside(other, there, step)
    )


def _beside(sentence: Sentence, at: int, step: int) -> list[Word]:
    """The nearest telling words of the clause on this side."""
    clause = analysed(sentence).clause(at)
    side = (
        clause.words[at - clause.first + 1 :]
        if step > 0
        else clause.words[: at - clause.first][::-1]
    )
    return [word for word in side if word.content or word.low[0].isdigit()][:_NEXT]
