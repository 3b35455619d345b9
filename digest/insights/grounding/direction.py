"""Does the claim say it the way round that its source does: up or down, yes or no, sure or maybe, who to whom?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.insights.grounding.locality import agreement
from digest.insights.grounding.outcome import Outcome, outcome
from digest.insights.grounding.thesaurus import opposites, relation, stem
from digest.insights.grounding.words import clause_bounds
from digest.insights.lexicon import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.insights.grounding.aligned import Aligned, Match, Place
    from digest.insights.grounding.indexed import Indexed, Sentence
    from digest.insights.grounding.words import Word

OPPOSED = 0.25  # how well the surroundings of two opposite words must agree for the claim to have turned one into the other
_WELL_COVERED = 0.6  # from here on a denial without any word for it in the evidence is the claim's own
NEGATED = 0.33  # likewise for a word that only one of the two negates
_NEGATIONS = word_list(
    "not no never without neither nor none cannot nothing nobody hardly barely denied denies deny refused refuses failed "
    "fails lacks lacked unable unlikely n't"
)
_SOFT_DENIALS = word_list("little few only until rather instead avoid avoids stop stops stopped except despite")
_STRONG = frozenset({"not", "no", "never", "without", "nor", "cannot"})  # these reach further than "failed to"
_HEDGES = word_list(
    "may might could possibly perhaps potentially considering considers consider mulling weighing exploring rumored rumoured reportedly "
    "allegedly alleged likely unlikely talks hopes hope wants want seeks seeking seek proposed proposes propose suggests suggest suggested "
    "if whether would appears seems apparently believed possible possibility can should accused suspected claims claimed denies denied "
    "potential think thinks believe believes"
)
_PLANS = word_list(
    "plan plans planned planning intend intends intended expects expect expected aims aim due will would set agreed agrees agree forecast "
    "forecasts projected projects estimates estimated predicts predicted to shall target targets pledged pledges promised promises commits "
    "committed scheduled anticipates anticipated going"
)
# What one does to another and not the other to it: "Acme sues Bolt" is not "Bolt sues Acme".
_DEEDS = frozenset(
    map(
        stem,
        [
            "acquire",
            "buy",
            "purchase",
            "sell",
            "sue",
            "invest",
            "back",
            "fund",
            "lend",
            "owe",
            "pay",
            "supply",
            "hire",
            "fire",
            "beat",
            "overtake",
            "exceed",
            "outsell",
            "own",
            "control",
            "lead",
            "join",
            "leave",
            "replace",
            "succeed",
            "accuse",
            "blame",
            "warn",
            "tell",
            "ask",
            "order",
            "force",
            "ban",
            "fine",
            "license",
            "lease",
            "rent",
            "provide",
            "give",
            "offer",
            "send",
            "deliver",
            "ship",
            "charge",
            "bill",
            "criticize",
            "attack",
            "defend",
            "support",
            "oppose",
            "follow",
            "trail",
            "surpass",
            "outperform",
            "undercut",
            "absorb",
            "swallow",
            "spin",
            "host",
            "use",
            "train",
            "build",
            "design",
            "manufacture",
            "order",
            "commission",
            "award",
            "grant",
            "license",
            "block",
            "approve",
            "reject",
            "court",
            "poach",
            "underwrite",
            "insure",
            "power",
            "outspend",
            "dwarf",
            "eclipse",
            "overtaking",
            "acquisition",
            "purchase",
            "takeover",
            "investment",
            "lawsuit",
        ],
    )
)
_SILENT = word_list("long last first public private short order demand supply open close can will right man woman back off on in out")


def direction(claims: Sequence[Aligned], sources: Sequence[Indexed]) -> Outcome:
    """Nothing that the source says is turned around."""
    problems = [problem for claim in claims for problem in _problems(claim)]
    return outcome(any(claim.evidence for claim in claims) and bool(sources), problems)


def _problems(claim: Aligned) -> Iterator[str]:
    yield from _opposed(claim)
    yield from _negated(claim) if claim.coverage < _WELL_COVERED else (*_negated(claim), *_denied(claim))
    yield from _firmer(claim)
    yield from _swapped(claim)


# ---- up for down


def _opposed(claim: Aligned) -> Iterator[str]:
    """Words of which the evidence has the opposite in the same place."""
    for at, word in enumerate(claim.claim.words):
        against = opposites(word.stem)
        if not against or word.low in _SILENT or word.low[0].isdigit() or _limits(claim.claim, at):
            continue
        for place in claim.evidence:
            found = _turned(claim.claim, at, against, place)
            if found:
                yield f"“{word.text}” is turned around: the source says “{_phrase(place.sentence, found)}”"
                return


def _limits(sentence: Sentence, at: int) -> bool:
    """Whether the word belongs to a number's limit ("up to $5m"), which is the numbers' own check."""
    after = sentence.words[at + 1 : at + 3]
    return sentence.words[at].low == "up" and bool(after) and after[0].low == "to"


def _turned(claim: Sentence, at: int, against: frozenset[str], place: Place) -> int | None:
    """The place of the opposite word in the evidence, when it fits there and the claim's own word does not fit better."""
    there = place.sentence.words
    rivals = [i for i, other in enumerate(there) if other.stem in against and other.low not in _SILENT]
    if not rivals:
        return None
    same = [
        i
        for i, other in enumerate(there)
        if relation(claim.words[at].stem, other.stem) == "same" and other.capital <= claim.words[at].capital
    ]
    own = max((agreement(claim, at, place.sentence, i, place.source) for i in same), default=0.0)
    fits, best = max((agreement(claim, at, place.sentence, i, place.source), i) for i in rivals)
    if fits < OPPOSED or fits < 1.3 * own or (same and fits < own + 0.15):
        return None
    turned_twice = _negation(claim, at) != _negation(place.sentence, best)
    both_said = any(
        relation(word.stem, there[best].stem) == "same" and agreement(claim, i, place.sentence, best, place.source) >= fits
        for i, word in enumerate(claim.words)
    )
    return None if turned_twice or both_said else best


# ---- yes for no


def _negated(claim: Aligned) -> Iterator[str]:
    """Words that the claim negates and the evidence does not, or the other way around."""
    for match in claim.matches:
        if match.other is None or match.place is None or match.worth < 0.9 or not _deniable(match):
            continue
        at, there = claim.claim.words.index(match.word), match.place.sentence.words.index(match.other)
        mine, theirs = _negation(claim.claim, at), _negation(match.place.sentence, there)
        if bool(mine) == bool(theirs):
            continue
        if agreement(claim.claim, at, match.place.sentence, there, match.place.source) >= NEGATED and not _elsewhere(claim, match, mine):
            if mine:
                yield f"“{mine} … {match.word.text}”: the source does not deny it, it says “{_phrase(match.place.sentence, there)}”"
            else:
                yield f"“{match.word.text}”: the source says “{theirs}”: “{_phrase(match.place.sentence, there)}”"
            return


def _denied(claim: Aligned) -> Iterator[str]:
    """A denial for which its evidence, although it covers the claim well, has no word at all."""
    nots = [word for word in claim.claim.words if _denies(word) and not _merely(claim.claim, word)]
    best = claim.evidence[0].sentence if claim.evidence else None
    if not nots or best is None or any(_doubts(word) for word in best.words):
        return
    at = claim.claim.words.index(nots[0])
    if any(best.stems & opposites(word.stem) for word in claim.claim.words[at : at + 4]):
        return
    yield f"“{nots[0].text}”: the source does not deny it"


def _denies(word: Word) -> bool:
    return word.low in {"not", "never", "cannot"} or word.low.endswith("n't")


def _doubts(word: Word) -> bool:
    """Whether the word can be why a claim says "not"."""
    return word.low in _NEGATIONS | _SOFT_DENIALS or word.low.endswith("n't") or word.low.startswith(("un", "non"))


def _deniable(match: Match) -> bool:
    """Whether the word is one that a negation is about: no name, no number, no negation itself."""
    return (
        match.word.low not in _NEGATIONS and match.word.low[0].isalpha() and not match.word.capital and not match.word.low.endswith("n't")
    )


def _negation(sentence: Sentence, at: int) -> str:
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


def _elsewhere(claim: Aligned, match: Match, mine: str) -> bool:
    """Whether the negation stands in the other text too, only not before this word; or an opposite word makes up for it."""
    assert match.place is not None  # noqa: S101  # for the type checker: the caller has seen it
    ours, theirs = claim.claim, match.place.sentence
    assert match.other is not None  # noqa: S101  # likewise
    here, there = _near(ours, match.word), _near(theirs, match.other)
    if any(word.low in _NEGATIONS or word.low.endswith("n't") for word in (there if mine else here)):
        return True
    return any(other.stem in opposites(word.stem) for word in here for other in there)


def _near(sentence: Sentence, word: Word) -> tuple[Word, ...]:
    at = sentence.words.index(word)
    return sentence.words[max(0, at - 7) : at + 5]


# ---- maybe for sure


def _firmer(claim: Aligned) -> Iterator[str]:
    """A thing that the source calls possible, told as done."""
    own = {word.low for word in claim.claim.words}
    if own & _HEDGES or not claim.evidence:
        return
    for match in claim.matches:
        if match.word.low in _HEDGES | _PLANS or match.place is not claim.evidence[0] or match.other is None or match.worth < 0.9 or not _acts(match):
            continue
        there = match.place.sentence.words.index(match.other)
        hedge = _hedge(match.place.sentence, there, _HEDGES if own & _PLANS else _HEDGES | (_PLANS - {"to", "would"}))
        at = claim.claim.words.index(match.word)
        if hedge and agreement(claim.claim, at, match.place.sentence, there, match.place.source) >= NEGATED:
            yield f"“{match.word.text}” is firmer than the source, which says “{_phrase(match.place.sentence, there)}”"
            return


def _acts(match: Match) -> bool:
    """Whether the matched words can be the verbs of their sentences: the claim tells it as done, the source names the act."""
    assert match.other is not None  # noqa: S101  # for the type checker: the caller has seen it
    done = match.word.low.endswith(("ed", "s")) or stem(match.word.low) != match.word.low
    return done and not match.word.capital and not match.other.capital and match.word.low != match.other.low


def _hedge(sentence: Sentence, at: int, hedges: frozenset[str]) -> str:
    low, _ = clause_bounds(sentence.text, sentence.words[at].start)
    before = [word for word in sentence.words[max(0, at - 3) : at] if word.start >= low]
    return next((word.text for word in reversed(before) if word.low in hedges), "")


# ---- who to whom


def _swapped(claim: Aligned) -> Iterator[str]:
    """Two names that stand on the other sides of the same verb."""
    for match in claim.matches:
        if match.other is None or match.place is None or match.worth < 0.9 or match.word.stem not in _DEEDS:
            continue
        at, there = claim.claim.words.index(match.word), match.place.sentence.words.index(match.other)
        left, right = _sides(claim.claim, at)
        if left is None or right is None:
            continue
        if _passive(claim.claim, at):
            left, right = right, left
        other_left, other_right = _sides(match.place.sentence, there, known=(left.stem, right.stem))
        if other_left is None or other_right is None:
            continue
        if _passive(match.place.sentence, there):
            other_left, other_right = other_right, other_left
        if (left.stem, right.stem) == (other_right.stem, other_left.stem):
            yield f"“{left.text} … {match.word.text} … {right.text}” is the wrong way round: the source says “{_phrase(match.place.sentence, there, 6)}”"
            return


def _sides(sentence: Sentence, at: int, known: tuple[str, ...] = ()) -> tuple[Word | None, Word | None]:
    """The nearest names before and after the word, or the nearest of the words that are `known`."""
    wanted = [(i, word) for i, word in enumerate(sentence.words) if (word.stem in known if known else word.capital and word.content)]
    left = next((word for i, word in reversed(wanted) if at - 8 <= i < at), None)
    right = next((word for i, word in wanted if at < i <= at + 8), None)
    return left, right


def _passive(sentence: Sentence, at: int) -> bool:
    before = {word.low for word in sentence.words[max(0, at - 3) : at]}
    after = [word.low for word in sentence.words[at + 1 : at + 6]]
    being = bool(before & {"is", "was", "are", "were", "be", "been", "being", "gets", "got"})
    return "by" in after[:1] or (being and "by" in after)


def _phrase(sentence: Sentence, at: int, reach: int = 4) -> str:
    words = sentence.words
    return sentence.text[words[max(0, at - reach)].start : words[min(len(words) - 1, at + reach)].end]
