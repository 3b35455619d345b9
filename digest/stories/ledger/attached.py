"""Which measure a figure is of: the noun or the verb that is tied to it, not the nearest word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from digest.stories.ledger.measure_names import BY_NAME, COUNTED, NOUNS, VERBS, measure_named
from digest.stories.ledger.product_prices import product_priced
from digest.text.folding import word_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.stories.ledger.measure_names import Measure, Nature, UnitKind
    from digest.text.quantities import Quantity

Tie = Literal["behind", "before", "verb", "counted", "compared", "product"]

REACH = 80  # characters between a measure and its figure
_BEHIND = re.compile(
    r"\+?[\s-]+(?:(?:in|of|worth of) )?(?:(?:a|an|its|the|their|new|fresh) )?"
    r"(?P<words>(?:[A-Za-z][\w&'-]* ){0,4}?)$"
)
_NO_MODIFIER = word_list(
    "and or to from for by with on at in of than as that which who but while after before is was"
    " were are has have had will would could up down over under per it its they he she also a an"
    " triples doubles quadruples hits boosts raises lifts cuts posts reports sees eyes reached"
    " plans expects projects says despite raises told saw cut cuts ups keeps sets set puts"
    " gives gave the into against about amid since until including when where because"
)
_DOES = word_list("hit hits reached tops topped surpassed passed crossed posted reported saw")
_PLAIN = word_list(
    "cad aud usd business division unit segment arm operation operations"
    " total overall annual quarterly yearly monthly record recent latest its their his her the a an"
    " new strong projected expected planned reported combined estimated current last this next"
    " consolidated full full-year first second third fourth fiscal own massive huge staggering"
    " whopping further fresh additional company company's firm's group's of such first-quarter"
    " second-quarter third-quarter fourth-quarter post-money private initial entire single 's"
    " roughly about nearly around implied same"
)
_LINK = re.compile(
    r"\b(?:in the|of|was|were|is|are|at|to|be|reach\w*|hit\w*|topp\w+|tops|surpass\w*|exceed\w*"
    r"|cross\w*|total\w*|stood|came|come|comes|climb\w*|r[io]ses?|risen|fell|fall\w*|gr[eo]w\w*|jump\w*"
    r"|increas\w*|decreas\w*|declin\w*|dropp?\w*|gain\w*|sl[iu]d\w*|slump\w*|surg\w*|balloon\w*"
    r"|soar\w*|up|down|between|from|from|worth|near\w*|past|above|below|swell\w*|shr[aiu]nk\w*"
    r"|doubl\w+|tripl\w+|more than|over|almost|about)\b|[:(]\s?$",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"[;?!\u2014]|\b(?:while|which|who|whose|because|although|but|after|before|when|where|whereas"
    r"|despite|amid|if|since|following|thanks|to (?:build|buy|fund|develop|make|help|create|expand)"
    r"|and (?:its|the|a|[A-Z])\w*)\b"
)
_CHANGE_BY = re.compile(
    r"\bby (?:about |around |nearly |more than |over |almost |some )?(?:an? )?$"
)
_UP = (
    r"ris(?:e|es|en|ing)|rose|gr[eo]w\w*|jump\w*|increas\w*|climb\w*|gain\w*|surg\w*|soar\w*|up|higher"
    r"|growth"
)
_DOWN = (
    r"fell|fall\w*|decreas\w*|declin\w*|dropp?\w*|slid\w*|slump\w*|shr[aiu]nk\w*|down|lower"
    r"|tumbl\w*"
)
_CHANGED = re.compile(
    rf"^[^;]{{0,50}}?\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))"
    r"(?: (?:by|about|around|nearly|almost|more than|over|some|roughly|an?))* $",
    re.IGNORECASE,
)
_POSSESSOR = re.compile(
    r"(?:\w's|s'|\b(?:its|their)) (?P<words>(?:[A-Za-z][\w&-]* ){0,4})$", re.IGNORECASE
)
_FROM = re.compile(
    r"\b(?:from|compared (?:with|to)|versus|against|than)(?: (?:about|around|roughly|nearly|just"
    r"|the|its|only|some))* $"
)
_OF = re.compile(
    r" (?:(?:is|was|are) (?:expected|said|reported) to (?:total|be|reach)|would total|totals?"
    r"|of|worth|totall?ing|to|for|is|was)(?: (?:about|around|roughly|up to|more than|over"
    r"|nearly|some|at"
    r" least|just|almost))* "
)
_AT = re.compile(r"^[^,;]*\bat (?:an? )?$")
NEAR = 40  # characters between a round and its price
_HAS = re.compile(
    r"\b(?:has|had|have|having|reach\w*|hit\w*|surpass\w*|pass\w*|cross\w*|topp?\w*|serv\w*"
    r"|count\w*|claim\w*"
    r"|boast\w*|gr[eo]w\w*|r[io]ses?|climb\w*|employ\w*|used by|cut\w*|lay\w* off|laid off"
    r"|eliminat\w*|shed\w*|slash\w*)\b"
    r"[^,;]{0,40}$"
)
_ADDED = re.compile(
    r"\b(?:add\w*|gain\w*|los[et]\w*|another|additional|more|new|extra|every|each|per)\s(?:about "
    r"|over |more than |nearly )?$"
)
# by how much something moved, which is not how much it is
_ADDED_SUM = re.compile(
    r"\b(?:add(?:s|ed|ing)?|gain(?:s|ed|ing)?|shed(?:s|ding)?"
    r"|wip(?:es?|ed|ing)(?: out)?"
    r"|eras(?:es?|ed|ing))(?: (?:about|around|nearly|almost|over|more than|some|another|up to"
    r"|as much as))* $"
)
FEWEST = 100  # of whom a level of record counts


@dataclass(frozen=True, slots=True)
class Attached:
    """The measure of a figure. `name` has what it is a part of ("cloud revenue"); `start` and `end`
    are those of the measure's words, `base`: another figure of the sentence is compared with it.
    """

    name: str
    nature: Nature
    tie: Tie
    start: int
    end: int
    base: bool = False
    quantity: int = -1  # of "compared": the figure whose measure it has


def attached(plain: str, quantities: Sequence[Quantity], i: int) -> Attached | None:
    """The measure of the i-th figure of a plain sentence; None where nothing ties one to it."""
    one = quantities[i]
    kind = unit_kind(one.unit)
    if kind == "count":
        return _counted(plain, one)
    if kind == "money" and product_priced(plain, one):
        return Attached("price", "level", "product", one.start, one.end)
    if kind == "money" and _ADDED_SUM.search(plain, 0, one.start):
        return None
    found = (
        _behind(plain, one, kind, near=True)
        or _verb(plain, one, kind)
        or _compared(plain, quantities, i)
        or _before(plain, quantities, i, kind)
        or _behind(plain, one, kind, near=False)
    )
    if found and kind == "share":
        return _as_change(plain, one, found)
    return found


def unit_kind(unit: str) -> UnitKind:
    """What kind of thing a unit measures."""
    bare = unit.split("/", maxsplit=1)[0]
    if bare in {"%", "percentage points"}:
        return "share" if bare == "%" else "other"
    if bare in {"kW", "MW", "GW", "TW"}:
        return "power"
    if bare in {"kWh", "MWh", "GWh", "TWh"}:
        return "energy"
    if len(bare) == 3 and bare.isupper():
        return "money"
    return "count" if bare != "x" else "other"


def _behind(plain: str, one: Quantity, kind: UnitKind, *, near: bool) -> Attached | None:
    """As in "$20 billion in capital spending", "a $1 billion valuation"."""
    for found in NOUNS.finditer(plain, one.end, one.end + REACH):
        measure = measure_named(found)
        between = _BEHIND.fullmatch(plain[one.end : found.start()])
        if between is None or (near and len(between["words"].split()) > 1):
            return None
        words = between["words"].split()
        if any(word.lower() in _NO_MODIFIER for word in words):
            return None
        if not _measures(measure, kind):
            continue
        part = _part(words)
        return Attached(_joined(part, measure), measure.nature, "behind", *found.span())
    return None


def _verb(plain: str, one: Quantity, kind: UnitKind) -> Attached | None:
    found = VERBS.search(plain, 0, one.start)
    if not found or found.end() != one.start:
        return None
    measure = measure_named(found)
    if not _measures(measure, kind):
        return None
    return Attached(measure.name, measure.nature, "verb", *found.span())


def _compared(plain: str, quantities: Sequence[Quantity], i: int) -> Attached | None:
    """As in "$30 billion, up from $9 billion": of the same measure as the one before it."""
    one = quantities[i]
    if not _FROM.search(plain, 0, one.start):
        return None
    for j in range(i - 1, -1, -1):
        other = quantities[j]
        if other.unit == one.unit and one.start - other.end < REACH:
            return Attached("", "level", "compared", other.start, other.end, base=True, quantity=j)
    return None


def _before(plain: str, quantities: Sequence[Quantity], i: int, kind: UnitKind) -> Attached | None:
    """As in "revenue rose to $3 billion", "a valuation of about $5 billion"."""
    one = quantities[i]
    low = max(0, one.start - REACH - 30)
    for found in reversed(list(NOUNS.finditer(plain, low, one.start))):
        measure = measure_named(found)
        between = plain[found.end() : one.start]
        if len(between) > REACH or _BREAK.search(between):
            return None
        if kind not in {"share", *measure.units}:
            continue
        if not _LINK.search(between) or _split(plain, found.end(), quantities, i):
            return None
        return _linked(plain, measure, found, between, kind)
    return None


def _linked(
    plain: str, measure: Measure, found: re.Match[str], between: str, kind: UnitKind
) -> Attached | None:
    """The measure that stands before a figure, by what joins the two."""
    if kind == "money" and _CHANGE_BY.search(between):
        return None
    if measure.nature == "event" and not _OF.fullmatch(between):
        return _at_price(measure, between, found)
    part = _part(_words_before(plain, found.start()))
    return Attached(_joined(part, measure), measure.nature, "before", *found.span())


def _at_price(measure: Measure, between: str, found: re.Match[str]) -> Attached | None:
    """As in "raises a Series B at $1 billion": what the round values its owner at."""
    if measure.name == "funding round" and _AT.search(between) and len(between) <= NEAR:
        return Attached("valuation", "level", "verb", *found.span())
    return None


def _split(plain: str, start: int, quantities: Sequence[Quantity], i: int) -> bool:
    """Whether another figure of the kind stands between, and not as the other end or the change."""
    one = quantities[i]
    between = [other for other in quantities[:i] if other.start >= start]
    alike = [other for other in between if unit_kind(other.unit) == unit_kind(one.unit)]
    return any(
        not re.fullmatch(
            r"\s?(?:-|to|and|\u2014)\s(?:about |around |just |only |nearly |roughly |almost )?",
            plain[other.end : one.start],
        )
        for other in alike
    )


def _as_change(plain: str, one: Quantity, found: Attached) -> Attached | None:
    """A share of a sum is how far it moved, or it is none of its measures."""
    name = found.name
    measure = next((each for each in BY_NAME if name.endswith(each)), "")
    if measure and "share" in BY_NAME[measure].units:
        return found
    if found.tie not in {"before", "behind"}:
        return None
    moved = _CHANGED.findall(plain[found.end : one.start]) if found.tie == "before" else []
    if len(moved) != 1 or BY_NAME[measure].nature == "event":
        return None
    way = "growth" if moved[0][0] else "decline"
    return Attached(f"{name} {way}", "flow", found.tie, found.start, found.end)


def _counted(plain: str, one: Quantity) -> Attached | None:
    """A count measures what it counts."""
    noun = one.unit.split("/", maxsplit=1)[0]
    known = COUNTED.get(noun)
    if known is None:
        return None
    name, nature = known
    moved = _ADDED.search(plain, 0, one.start) or _CHANGE_BY.search(plain, 0, one.start)
    if one.value < FEWEST or moved:
        return None
    if not _HAS.search(plain, max(0, one.start - REACH), one.start):
        return None
    words = re.sub(
        r"^[\d.,+\s-]*(?:hundred|thousand|million|billion|trillion|[kmb]n?\b)?\+?",
        "",
        one.text,
        flags=re.IGNORECASE,
    )
    if any(word[:1].isupper() for word in words.split()):
        return None
    part = _part(words.split()[:-1])
    return Attached(f"{part} {name}".strip(), nature, "counted", one.start, one.end)


def _measures(measure: Measure, kind: UnitKind) -> bool:
    return kind in measure.units


def _words_before(plain: str, end: int) -> list[str]:
    """The words right before a measure that may say which part it is of: all behind a possessor,
    else those that are no names.
    """
    own = _POSSESSOR.search(plain[max(0, end - 60) : end])
    if own:
        words = own["words"].split()
        ends = [i for i, word in enumerate(words) if word.lower() in _NO_MODIFIER | _DOES]
        return words[: ends[0]] if ends else words
    tail: list[str] = []
    for word in reversed(plain[max(0, end - 40) : end].split()):
        if not re.fullmatch(r"[a-z][\w&-]*", word) or word in _NO_MODIFIER:
            break
        tail.insert(0, word)
        if len(tail) == 3:
            break
    return tail


def _part(words: Sequence[str]) -> str:
    """What a measure is a part of: "cloud", "data center"; words that only praise or count say
    nothing.
    """
    kept = [
        word.lower()
        for word in words
        if word.lower() not in _PLAIN
        and not re.search(r"(?:ed|ing|ly|est|'s|s')$", word.lower())
        and word.isascii()
    ]
    return (
        " ".join(kept)
        .replace("centre", "center")
        .replace("advertising", "ad")
        .replace("data-center", "data center")
    )


def _joined(part: str, measure: Measure) -> str:
    return measure.name if measure.nature == "event" else f"{part} {measure.name}".strip()
