"""Is every number of the claim in its source, of the same unit and scale, and said of the same
thing?
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.grounding.aligned import Place, worth
from digest.grounding.derived import borne_out
from digest.grounding.locality import agreement, word_at
from digest.grounding.outcome import Outcome, cited, outcome
from digest.grounding.restated import aged, followed, of_so_many
from digest.text.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.aligned import Aligned
    from digest.grounding.indexed import Indexed, Sentence
    from digest.text.measures import Stated

ATTACHED = 0.12  # the least agreement of a number's surroundings with those of the source's number
_RIVAL = (
    0.1,
    1.6,
    # by how much, and how many times, another number of the source fits better than the one that is
    # equal
)
_SWAPPED = (0.03, 1.04)  # likewise for one that the claim has too, only in another place
_APART = (
    0.1,
    1.3,
)  # likewise where the two stand in different sentences, each perhaps with little around it
_IN_PLACE = (
    0.3  # how well the surroundings of two units must agree for one to stand in the other's place
)
_ROUNDING = {
    "about": (0.06, 0.06),
    "under": (0.08, 0.0),
    "over": (0.0, 0.2),
}  # how far below and above the source's may be
_EXACT = 1e-6
_TALK = 0.5  # what that comes to in talk, which says a number sentences after what it is of
_LOOSELY, _ORDERS = 0.12, 1e4
_AGAINST = re.compile(
    r"\b(?:from|than|against|compared (?:with|to)|versus|vs\.?)(?: the| a| an| about| around|"
    r" roughly| just| nearly| only)* $"
)
_PARTS = frozenset({"quarter", "half"})  # of a year: no rank of the claim's own
_FEW = 3  # what a text may count without saying so
_AGO = re.compile(r"\s(?:ago|earlier|later|before|from now)\b")
_FAMILIES = tuple(
    frozenset(map(stem, family.split()))
    for family in (
        "kilowatt megawatt gigawatt terawatt", "kilobyte megabyte gigabyte terabyte petabyte", "hour day week month quarter year",
        "spring summer autumn winter", "gram kilogram ton tonne", "meter kilometer mile foot",
    )
)  # fmt: skip
_PLAIN = frozenset({"", "to", "and", "or", "of", "in"})


def numbers(claims: Sequence[Aligned], sources: Sequence[Indexed]) -> Outcome:
    """Every number is found in a source, attached to the same thing."""
    stated = [(claim, one) for claim in claims for one in claim.claim.stated]
    problems = [problem for claim, one in stated for problem in _problems(claim, one, sources)]
    problems += [problem for claim in claims for problem in _units(claim)]
    return outcome(bool(stated), problems)


def _problems(claim: Aligned, one: Stated, sources: Sequence[Indexed]) -> Iterator[str]:
    found = [
        (place, other)
        for place, other in _all(sources)
        if equals(one, other) or _spoken(one, other, place.source)
    ]
    if not found:
        known = [
            mine
            for mine in claim.claim.stated
            if mine is not one and any(agree(mine, other) for _, other in _all(sources))
        ]
        if borne_out(one, known):
            return
        if _recounted(one, claim) is not None or not (_few(one) or _enumerated(one, claim.claim)):
            yield _missing(one, claim, sources)
        return
    fits = [(_fit(claim.claim, one, place, other), place, other) for place, other in found]
    fit, place, other = max(fits, key=lambda row: row[0])
    if any(_turned(one, same) for _, same in found) and not any(
        not _turned(one, same) for _, same in found
    ):
        yield f"“{_said(one)}” turns the limit around: {cited(sources)} says “{_said(other)}”"
    rival = _rival(claim, one, place, other)
    if rival is not None:
        yield (
            f"{one.text} is said of something else in {cited(sources)}, which has {rival.text}"
            " there"
        )
    elif (
        fit < ATTACHED * (_TALK if place.source.document.basis == "transcript" else 1.0)
        and not _few(one)
        and _has_surroundings(claim)
    ):
        yield f"{one.text} is in {cited(sources)}, but not said of this"


def _all(sources: Sequence[Indexed]) -> Iterator[tuple[Place, Stated]]:
    for source in sources:
        for number, sentence in enumerate(source.sentences):
            for other in sentence.stated:
                yield Place(source, number), other


def _spoken(one: Stated, other: Stated, source: Indexed) -> bool:
    """Whether a transcript has the sum without its currency, or its millions: "at 106", "being slow
    costs you ten".
    """
    if source.document.basis != "transcript" or (one.kind, other.kind) != ("money", "count"):
        return False
    return one.value in {other.value, other.value * 1e6, other.value * 1e9}


def equals(one: Stated, other: Stated) -> bool:
    """The same, or the number as the source tells it in another way: an age, or one of the two
    counts of a share.
    """
    return agree(one, other) or aged(one, other) or of_so_many(one, other)


def agree(one: Stated, other: Stated) -> bool:
    """Whether the claim's number is the source's: the same unit, and the same value or a rounding
    that says it is one.
    """
    return _same_measure(one, other) and (_close(one, other) or _as_growth(one, other))


def _same_measure(one: Stated, other: Stated) -> bool:
    if one.kind != other.kind:
        pointed = {one.kind, other.kind} == {"points", "count"} and all(
            each.kind == "points" or each.unit == "points" for each in (one, other)
        )
        return (
            pointed
            or {one.kind, other.kind} == {"share", "times"}
            or _bare(one, other)
            or _bare(other, one)
        )
    if (
        one.kind == "count"
        and one.unit != other.unit
        and any({stem(one.unit), stem(other.unit)} <= family for family in _FAMILIES)
    ):
        return False
    if one.period and other.period and one.period != other.period:
        return False
    if one.kind == "rank" and {one.unit, other.unit} & {"quarter", "half"}:
        return one.unit == other.unit
    return one.kind not in {"money", "time"} or one.unit == other.unit


def _bare(number: Stated, measured: Stated) -> bool:
    """Whether the first is a number alone, which may be short for the other: "6.1 percent, against
    5.8", "year five".
    """
    if number.kind != "count" or (
        number.unit not in _PLAIN and not (measured.kind == "money" and number.unit == "more")
    ):
        return False
    if measured.kind == "money" and number.value < 100 and number.value != int(number.value):
        return True  # "for each dollar 3.3 more"
    return measured.kind in {"share", "time", "rank"} or (
        measured.kind in {"money", "power"} and number.value >= 1e6
    )


def _close(one: Stated, other: Stated) -> bool:
    if {one.kind, other.kind} == {"share", "times"}:
        return False
    if one.kind == "count" and other.kind == "time":
        return other.text.startswith(one.text)  # "11.4 hours, and 9.8 on the rest"
    if abs(one.value - other.value) <= _EXACT * max(one.value, other.value):
        return True
    if (
        (one.bound and _rounder(one.value, other.value))
        or one.text == "half"
        or (one.kind == "share" and "third" in one.text.lower())
    ):
        below, above = _ROUNDING[one.bound or "about"]
        return one.value * (1 - below) <= other.value <= one.value * (1 + above)
    return _rounded(one.value, other.value)


def _rounder(value: float, exact: float) -> bool:
    """Whether a figure that is said to be no exact one is given in fewer digits than the other, or
    ends in a five.
    """
    mine, theirs = (f"{one:.10g}".replace(".", "").strip("0") for one in (value, exact))
    return len(mine) <= 1 or len(mine) < len(theirs) or mine.endswith("5")


def _rounded(value: float, exact: float) -> bool:
    """An exact figure may be told rounded where that changes next to nothing: 78,629 as 78,600."""
    digits = len(f"{value:.10g}".replace(".", "").strip("0"))
    return (
        digits >= 2
        and abs(value - exact) <= 0.004 * exact
        and float(f"{exact:.{digits}g}") == value
    )


def _as_growth(one: Stated, other: Stated) -> bool:
    """ "doubled" for a rise of 100%, and the other way around."""
    times, share = (one, other) if one.kind == "times" else (other, one)
    return (
        times.kind == "times"
        and share.kind == "share"
        and abs((times.value - 1) * 100 - share.value) < _EXACT
    )


def _turned(one: Stated, other: Stated) -> bool:
    return {one.bound, other.bound} == {"over", "under"} and abs(
        one.value - other.value
    ) <= _EXACT * one.value


def _few(one: Stated) -> bool:
    return (one.kind == "count" and one.value <= _FEW) or (one.kind == "rank" and one.value == 1)


def _enumerated(one: Stated, claim: Sentence) -> bool:
    """Whether the claim counts out what it tells: "The second film is …" of two that the source
    tells one after the other.
    """
    thing = one.unit not in _PARTS and not one.unit.endswith("st")  # "the second largest"
    return (
        one.kind == "rank"
        and one.value <= _FEW
        and thing
        and claim.text[: one.start].lower() in {"the ", "a "}
    )


def _recounted(one: Stated, claim: Aligned) -> Stated | None:
    """Another number that the evidence gives of what the claim counts."""
    unit = stem(one.unit)
    counted = (
        other
        for place in claim.evidence
        for other in place.sentence.stated
        if other.kind == one.kind and other.unit
    )
    return next(
        (other for other in counted if one.unit and worth(unit, stem(other.unit)) >= 0.9), None
    )


def _missing(one: Stated, claim: Aligned, sources: Sequence[Indexed]) -> str:
    instead = _instead(one, claim)
    said = _said(one)
    return f"{said} is not in {cited(sources)}" + (f"; it says {_said(instead)}" if instead else "")


def _instead(one: Stated, claim: Aligned) -> Stated | None:
    """The number of the same kind in the evidence that stands where the claim's does."""
    same = [
        (_fit(claim.claim, one, place, other), other)
        for place in claim.evidence
        for other in place.sentence.stated
        if other.kind == one.kind and not _few(other)
    ]
    best = max(same, key=lambda row: row[0], default=None)
    return None if best is None else best[1]


def _fit(claim: Sentence, one: Stated, place: Place, other: Stated) -> float:
    near = _agreement(claim, one, place, other)
    if place.sentence.title:
        return near
    context = [
        place.source.sentences[i]
        for i in (place.number - 1, place.number + 1)
        if 0 <= i < len(place.source.sentences)
    ]
    stems = place.sentence.stems.union(*(sentence.stems for sentence in context))
    content = [word for word in claim.words if word.content and not word.low[0].isdigit()]
    wide = sum(place.source.rarity(word.stem) for word in content if word.stem in stems)
    return 0.7 * near + 0.3 * wide / (sum(place.source.rarity(word.stem) for word in content) or 1)


def _rival(claim: Aligned, one: Stated, place: Place, other: Stated) -> Stated | None:
    """Another number of the evidence that stands where the claim's does, while the equal one stands
    elsewhere.
    """
    if any("respectively" in sentence.text for sentence in (claim.claim, place.sentence)):
        return None  # the numbers stand in a row, away from what they are said of
    own = _agreement(claim.claim, one, place, other)
    places = {place.number: place} | {
        found.number: found for found in claim.evidence if found.source is place.source
    }
    for found in places.values():
        for rival in found.sentence.stated:
            if (
                rival.kind != other.kind
                or rival.unit != other.unit
                or agree(one, rival)
                or _no_rival(one, rival)
            ):
                continue
            theirs = next((mine for mine in claim.claim.stated if agree(mine, rival)), None)
            fits, straight, (more, times) = _agreement(claim.claim, one, found, rival), own, _RIVAL
            if (
                theirs is not None
                and is_base(claim.claim, theirs)
                and is_base(found.sentence, rival)
            ):
                continue  # "30, up from 5" and "from 5 to 30"
            if is_base(claim.claim, one) and is_base(place.sentence, other):
                continue
            if theirs is not None:  # the claim has both numbers: are they swapped?
                fits += _agreement(claim.claim, theirs, place, other)
                straight += _agreement(claim.claim, theirs, found, rival)
                more, times = _SWAPPED if found.number == place.number else _APART
            elif followed(claim.claim, one, (place.sentence, other), (found.sentence, rival)):
                continue
            if fits > straight + more and fits > times * straight:
                return rival
    return None


def _no_rival(one: Stated, rival: Stated) -> bool:
    """Whether the other number says the same loosely ("close to a third" beside 30%), or counts
    things of another order.
    """
    loosely = bool(rival.bound) and abs(rival.value - one.value) <= _LOOSELY * one.value
    return loosely or (
        one.kind == "count"
        and not one.unit
        and max(one.value, rival.value) > _ORDERS * min(one.value, rival.value)
    )


def is_base(sentence: Sentence, one: Stated) -> bool:
    """Whether the number is what another is measured against: "up from 5", "compared with 5"."""
    return _AGAINST.search(sentence.text[: one.start].lower()) is not None


def _agreement(claim: Sentence, one: Stated, place: Place, other: Stated) -> float:
    return agreement(
        claim,
        word_at(claim, one.start),
        place.sentence,
        word_at(place.sentence, other.start),
        place.source,
    )


def _units(claim: Aligned) -> Iterator[str]:
    """A unit or a season without a number of its own ("a megawatt") where the evidence has another
    of the kind.
    """
    for at, word in enumerate(claim.claim.words):
        family = next((family for family in _FAMILIES if word.stem in family), frozenset())
        counted = any(one.start <= word.start < one.end for one in claim.claim.stated)
        if (
            not family
            or counted
            or not _counts_by(claim.claim, at, family)
            or any(word.stem in place.sentence.stems for place in claim.evidence)
        ):
            continue
        for place in claim.evidence[:2]:
            for there, other in enumerate(place.sentence.words):
                if (
                    other.stem in family
                    and _counts_by(place.sentence, there, family)
                    and agreement(claim.claim, at, place.sentence, there, place.source) >= _IN_PLACE
                ):
                    yield f"“{word.text}”: the source says “{other.text}”"
                    return


def _counts_by(sentence: Sentence, at: int, family: frozenset[str]) -> bool:
    """Whether a unit of time is one that is counted by ("$4 a month"); other units always are."""
    return "month" not in family or (
        at > 0
        and sentence.words[at - 1].low in {"a", "an", "per", "each", "every"}
        and not _AGO.match(sentence.text, sentence.words[at].end)
    )


def _has_surroundings(claim: Aligned) -> bool:
    return sum(match.weight for match in claim.matches if not match.word.low[0].isdigit()) > 2


def _said(one: Stated) -> str:
    """The number as it is written, with its limit and what it counts."""
    unit = (
        f" {one.unit}"
        if one.kind in {"count", "rank"} and one.unit not in {*_PLAIN, *one.text.lower().split()}
        else ""
    )
    return one.text + unit
