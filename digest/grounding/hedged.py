"""Maybe or planned told as sure or done: what a clause of the claim is firmer in than the one that
it retells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.grounding.aligned import SYNONYM
from digest.grounding.clauses import at_word, clauses, retold
from digest.grounding.locality import agreement, phrase
from digest.grounding.outcome import short
from digest.text.folding import word_list
from digest.text.stems import irregular

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.aligned import Aligned, Pair
    from digest.grounding.clauses import Clause
    from digest.text.words import Word

# the share of a clause that one of the evidence must have for it to be what the claim retells
_RETOLD = 0.37
_IN_PLACE = 0.33  # how well the surroundings of the two verbs must agree
_CLOSELY = 0.5  # the same where only the source's doubt tells the two apart
_HEDGES = word_list(
    "may might could possibly perhaps potentially considering considers consider mulling mulls"
    " weighing exploring explores rumored rumoured reportedly allegedly alleged likely unlikely"
    " talks discussions negotiations hopes hope hoped wants want wanted seeks seeking seek proposed"
    " proposes propose proposal suggests suggest suggested if whether would appears seems"
    " apparently believed possible possibility should accused suspected claims claimed denies"
    " denied potential draft"
)
_PLANS = word_list(
    "plan plans planned planning intend intends intended expects expect expected aims aim due will"
    " agreed agrees agree forecast forecasts projected projects estimates estimated predicts"
    " predicted shall target targets pledged pledges promised promises commits committed scheduled"
    " anticipates anticipated going letter intention ordered set guided guides guiding guidance"
    " outlook seen"
)
_HEARSAY = word_list("reportedly rumored rumoured allegedly alleged believed apparently")
# Verbs of wanting, which leave what stands before them as sure as it is: "received a subpoena
# seeking documents".
_ONWARD = word_list(
    "seek seeks seeking hope hopes hoping hoped want wants wanted consider considers considering"
    " weighing mulling exploring propose proposes intend intends intended aim aims"
)
_REPORTED = word_list(
    "reported said told announced wrote added revealed disclosed confirmed emerged"
)
_BACKSHIFT = 7  # words after such a verb within which its "would" is a "will"
_SCALES = word_list("hundred thousand million billion trillion")
_TOLD = word_list(
    "report reports reported reportedly according said says source sources told rumored allegedly"
    " alleged claims believed"
)
_RECKONS = word_list(
    "reckons reckon reckoned sees puts estimates thinks thought believes believe guesses figures"
    " suspects imagines"
)
_WEIGHED = frozenset(
    {"but", "on", "of", "about"}
)  # "depends on whether": a thing to look at, no doubt about what is told
_TALK = frozenset({"i", "we", "you"})  # "I would like", "you might": courtesy, no doubt
_ABLE = frozenset({"can", "able"})  # "can" is no less sure than "may"
_RELATIVE = frozenset({"which", "who", "that", "whose", "where"})
_SCOPE = 5  # words after a hedge that it is about
_GOES_ON = frozenset(
    {"and", "or", "plus", "against", "compared"}
)  # such a clause may owe its verb to the one before
_BEING = frozenset({"is", "are", "was", "were", "be"})
_ARTICLES = frozenset({"a", "an", "the", "its", "their", "his", "her"})
_HAVING = frozenset({"has", "have", "had", "having", "ve"})
_UNCHANGED = frozenset(
    {
        "put",
        "set",
        "cut",
        "let",
        "hit",
        "bid",
        "shut",
        "cost",
        "quit",
        "become",
        "come",
        "run",
        "spread",
        "beat",
    }
)
_ASIDE = frozenset(
    {
        "already",
        "now",
        "since",
        "also",
        "just",
        "recently",
        "all",
        "both",
        "been",
        "so",
        "far",
        "long",
        "not",
        "n't",
    }
)


def hedges(claim: Aligned, *, told: bool = False) -> Iterator[str]:
    """What the claim's sentence is surer of than its evidence, in words; `told` says that the claim
    tells it as somebody's report.
    """
    yield from _clauses(claim, told=told or tells(claim))
    yield from _acts(claim)


def _acts(claim: Aligned) -> Iterator[str]:
    """The first act that the claim tells as done ("bought") and the evidence as a plan or a maybe
    ("may buy").
    """
    heard = _HEARSAY if tells(claim) else frozenset[str]()
    for pair in claim.pairs:
        there = pair.place.sentence
        if (
            pair.place is not claim.evidence[0]
            or pair.worth < SYNONYM
            or not _told_as_done(pair, claim)
        ):
            continue
        clause, other = at_word(claim.claim, pair.at), at_word(there, pair.there)
        before = [word.low for word in other.words if word.start < pair.other.start][-3:]
        unsure = any(word in (_HEDGES | _PLANS) - heard for word in before) and not _moods(
            clause.words
        ) & {"maybe", "able", "planned"}
        if (
            unsure
            and not _estimates(claim)
            and agreement(claim.claim, pair.at, there, pair.there, pair.place.source) >= _IN_PLACE
        ):
            yield (
                f"“{pair.word.text}” is firmer than the source, which says"
                f" “{phrase(there, pair.there)}”"
            )
            return


def _estimates(claim: Aligned) -> bool:
    """Whether the sentence gives what follows as somebody's reckoning: "Bain sees", "he puts it
    at".
    """
    return any(word.low in _RECKONS for word in claim.claim.words)


def _told_as_done(pair: Pair, claim: Aligned) -> bool:
    before = claim.claim.words[pair.at - 1].low if pair.at else ""
    if before in {"who", "anyone", "whoever"}:
        return False  # "those who trade": said of anybody who does
    words = (pair.word, pair.other)
    named = any(word.capital or word.low in _HEDGES | _PLANS for word in words)
    return (
        not named
        and pair.word.low != pair.other.low
        and (pair.word.low.endswith(("ed", "s", "ing")) or irregular(pair.word.low))
    )


def tells(claim: Aligned) -> bool:
    """Whether the sentence says that it is told by somebody: "according to", "reportedly", "a
    report found".
    """
    return any(word.low in _TOLD for word in claim.claim.words)


def _clauses(claim: Aligned, *, told: bool) -> Iterator[str]:
    """The first clause that is told as sure or done where the one that it retells is not."""
    rows = tuple(retold(claim))
    for clause, there, share in rows:
        if share < _RETOLD or _by_one_word(clause, there, claim):
            continue
        together = [one for one, same, _ in rows if same.sentence is there.sentence]
        mine = frozenset[str]().union(
            *(_moods(one.words) for one in (*together, *_owed(clause, claim)))
        )
        mine |= (
            {"maybe"}
            if any(word.low in {"weighs", "weigh", "whether"} for word in clause.words)
            else set()
        )
        theirs = (
            _moods(there.words) - {"able"}
            if _about(there, clause, claim) and not _possible_in_a_word(clause, there)
            else frozenset()
        )
        if "heard" in theirs and not told:
            theirs |= {"maybe"}
        unsure = (
            "maybe" in theirs
            and share >= _CLOSELY
            and not any(word.low in _TALK for word in there.words)
        )
        undone = (
            "done" in _moods(clause.words)
            and "done" not in theirs
            and theirs & {"maybe", "planned"}
        )
        if (undone or (unsure and not _estimates(claim))) and not mine & {
            "maybe",
            "planned",
            "able",
        }:
            yield (
                f"“{short(clause.text, 60)}” is firmer than the source, which says"
                f" “{short(there.text, 90)}”"
            )
            return


def _by_one_word(clause: Clause, there: Clause, claim: Aligned) -> bool:
    """Whether all that the two have in common is one word, and another one for it: too little to
    tell that one retells the other.
    """
    pairs = [
        pair
        for pair in claim.pairs
        if clause.first <= pair.at < clause.end and pair.place.sentence is there.sentence
    ]
    return len(pairs) < 2 and all(pair.worth < 1 for pair in pairs)


def _possible_in_a_word(clause: Clause, there: Clause) -> bool:
    """Whether the claim has in one word that something may be: "usable" for what "could be
    used".
    """
    may = [i for i, word in enumerate(there.words) if word.low in {"could", "may", "might", "can"}]
    verbs = [word.low for i in may for word in there.words[i + 1 : i + 3] if len(word.low) > 3]
    roots = [
        word.low[:-4]
        for word in clause.words
        if word.low.endswith(("able", "ible")) and len(word.low) > 5
    ]
    return any(verb.startswith(root) for verb in verbs for root in roots)


def _about(there: Clause, clause: Clause, claim: Aligned) -> bool:
    """Whether a hedge of the source's stands right before something that the claim has, and not
    before what it leaves out.

    One of wanting must stand before something that this clause of the claim has.
    """
    pairs = [pair for pair in claim.pairs if pair.place.sentence is there.sentence]
    told = {pair.there for pair in pairs if not pair.word.capital and pair.word.low not in _SCALES}
    last = max(
        (pair.there for pair in pairs if clause.first <= pair.at < clause.end), default=there.end
    )
    unsure = [
        (there.first + i, word)
        for i, word in enumerate(there.words)
        if word.low in _HEDGES | _PLANS or _is_to(there.words, i)
    ]
    unsure = [
        (i, word)
        for i, word in unsure
        if word.low not in _ONWARD or (i < last and not _of_its_noun(there, i - there.first))
    ]
    return any(at in told for i, _ in unsure for at in range(i + 1, min(i + 1 + _SCOPE, there.end)))


def _of_its_noun(there: Clause, i: int) -> bool:
    """Whether it is the participle of a noun, as in "a subpoena seeking documents": what is sought
    is sought in the claim as well.
    """
    before = {word.low for word in there.words[max(0, i - 2) : i]}
    after = there.words[i + 1 : i + 2]
    return (
        there.words[i].low.endswith("ing")
        and before.isdisjoint(_BEING | {"been"})
        and not (after and after[0].low == "to")
    )


def _owed(clause: Clause, claim: Aligned) -> tuple[Clause, ...]:
    """The clause before, when this one may owe its verb to it, and the one after, when it goes on
    about what this one names.
    """
    listed = clauses(claim.claim)
    before = tuple(
        one for one in listed if one.end == clause.first and clause.words[0].low in _GOES_ON
    )
    return before + tuple(
        one for one in listed if one.first == clause.end and one.words[0].low in _RELATIVE
    )


def _moods(words: Sequence[Word]) -> frozenset[str]:
    """How sure the clause is: of the moods "maybe", "heard", "able", "planned" and "done" those
    that it has a word for.
    """
    found = set()
    for i, word in enumerate(words):
        if word.low in _ABLE:
            found.add("able")
        elif _no_doubt(words, i):
            continue
        elif word.low == "would" and any(
            one.low in _REPORTED for one in words[max(0, i - _BACKSHIFT) : i]
        ):
            found.add("planned")
        elif (
            word.low in _HEDGES
            and word.text != "May"
            and not _of_a_thing(words, i)
            and not _of_anyone(words, i)
        ):
            found.add("heard" if word.low in _HEARSAY else "maybe")
        elif (word.low in _PLANS and not _of_a_thing(words, i) and not _cause(words, i)) or _is_to(
            words, i
        ):
            found.add("planned")
        elif word.low in _HAVING and _participle(
            [one for one in words[i + 1 : i + 4] if one.low not in _ASIDE]
        ):
            found.add("done")
    return frozenset(found)


def _no_doubt(words: Sequence[Word], i: int) -> bool:
    """Whether it only looks like a doubt: "could not", "debate whether", "made possible"."""
    before, after = (
        (words[i - 1].low if i else ""),
        (words[i + 1].low if i + 1 < len(words) else ""),
    )
    made = words[i].low == "possible" and before in {"make", "makes", "made", "making"}
    return (
        made
        or (words[i].low == "could" and after == "not")
        or (words[i].low == "whether" and before in _WEIGHED)
    )


def _is_to(words: Sequence[Word], i: int) -> bool:
    """Whether it is the "is to" of a plan."""
    return words[i].low in {"is", "are"} and any(word.low == "to" for word in words[i + 1 : i + 2])


def _of_a_thing(words: Sequence[Word], i: int) -> bool:
    """Whether the hedge stands before a noun, as in "the proposed tariff", which leaves the rest as
    sure as it is.
    """
    if words[i + 1 : i + 2] and words[i + 1].low[0] in "$€£¥₹0123456789":
        return False  # "a projected 80 %"
    before = words[i - 1] if i else None
    possessive = before is not None and before.end - before.start > len(before.text)
    return (
        words[i].low.endswith(("ed", "ial", "ible", "likely"))
        and before is not None
        and (possessive or before.low in {"the", "a", "an", "its"})
    )


def _of_anyone(words: Sequence[Word], i: int) -> bool:
    """Whether it is the "if you" of talk, which means anybody who does."""
    return words[i].low in {"if", "whether"} and any(
        word.low.partition("'")[0] in {"you", "your"} for word in words[i + 1 : i + 2]
    )


def _cause(words: Sequence[Word], i: int) -> bool:
    """Whether it is the "due to" of a cause: "is due to open" is a plan."""
    is_to = words[i].low == "due" and words[i + 1 : i + 2] and words[i + 1].low == "to"
    return bool(is_to) and (
        i == 0
        or words[i - 1].low not in _BEING
        or (len(words) > i + 2 and (words[i + 2].capital or words[i + 2].low in _ARTICLES))
    )


def _participle(words: Sequence[Word]) -> bool:
    return bool(words) and (
        words[0].low.endswith("ed") or irregular(words[0].low) or words[0].low in _UNCHANGED
    )
