"""Are the people, organisations, products and places of the claim those of its source, in the part of it that the claim retells?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.insights.grounding.locality import agreement, word_at
from digest.insights.grounding.outcome import Outcome, cited, outcome
from digest.insights.grounding.roles import displaced
from digest.insights.grounding.words import FUNCTION
from digest.insights.lexicon import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.insights.grounding.aligned import Aligned, Place
    from digest.insights.grounding.indexed import Indexed, Sentence
from digest.insights.grounding.words import Word

# What a name may have or lack without being another name.
_ORNAMENTS = word_list(
    "inc corp corporation co company ltd llc plc group holdings holding partners ag sa nv se gmbh mr mrs ms dr prof professor sir "
    "president ceo cfo coo cto chief executive officer chair chairman chairwoman founder minister secretary senator judge analyst "
    "director vice senior us"
)
_CALENDAR = word_list(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december jan feb mar apr jun jul aug sept sep oct nov dec q1 q2 q3 q4 h1 h2 spring summer autumn fall winter i ai tv gw mw "
    "gwh mwh twh kw gpu gpus cpu cpus"
)
_SAME_PLACE = tuple(
    frozenset(row.split(","))
    for row in (
        "us,usa,u,america,american,americans,united states,washington", "uk,u,britain,british,england,united kingdom,london",
        "eu,european,europe,european union,brussels", "china,chinese,beijing", "japan,japanese,tokyo", "germany,german,berlin",
        "france,french,paris", "russia,russian,moscow,kremlin", "india,indian", "korea,korean", "taiwan,taiwanese", "israel,israeli",
        "canada,canadian", "australia,australian", "italy,italian", "spain,spanish", "netherlands,dutch", "ukraine,ukrainian",
        "sweden,swedish", "norway,norwegian", "ireland,irish", "indonesia,indonesian", "brazil,brazilian", "mexico,mexican",
        "saudi,saudis", "switzerland,swiss", "scotland,scottish", "wales,welsh", "iran,iranian", "iraq,iraqi", "syria,syrian",
        "alphabet,google", "facebook,meta", "twitter,x",
    )
)  # fmt: skip

_BRIDGES = frozenset({"of", "the", "and", "&", "for", "de", "van", "von", "al"})
_BEFORE = 2  # sentences before the evidence in which a name may stand that a pronoun refers to
_IN_PLACE = 0.3  # how well the surroundings of the two names must agree
_CORE = 0.55  # the share of the other words that one sentence must have for it to be what the claim retells


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the claim writes it, with the words that it is known by."""

    text: str
    words: tuple[Word, ...]


def names(claims: Sequence[Aligned], sources: Sequence[Indexed]) -> Outcome:
    """Every name is one that a source has, and belongs to what the claim retells."""
    written = [(claim, name) for claim in claims for name in claimed(claim.claim, sources)]
    return outcome(bool(written), (problem for claim, name in written for problem in _problems(name, claim, sources)))


def claimed(sentence: Sentence, sources: Sequence[Indexed]) -> tuple[Name, ...]:
    """The names in the sentence, told by their capitals; none where nothing or nearly everything is capitalised."""
    words = sentence.words
    if _headline(words):
        return tuple(Name(word.text, (word,)) for word in words if word.capital and _always_a_name(word, sources))
    runs: list[list[Word]] = [[]]
    for i, word in enumerate(words):
        if word.capital and not (_opens(sentence, i) and not _always_a_name(word, sources)) and word.low not in FUNCTION | _CALENDAR:
            together = (
                runs[-1]
                and not sentence.text[: runs[-1][-1].end].endswith(("'s", "’s"))
                and re.fullmatch(r"[\s&.-]{1,2}", sentence.text[runs[-1][-1].end : word.start])
            )
            if together:
                runs[-1].append(word)
            else:
                runs.append([word])
    return tuple(_name(sentence, run) for run in runs if run)


def _name(sentence: Sentence, run: list[Word]) -> Name:
    return Name(sentence.text[run[0].start : run[-1].end].strip(" ."), tuple(run))


def _headline(words: Sequence[Word]) -> bool:
    content = [word for word in words if word.content and word.low[0].isalpha()]
    return len(content) > 3 and sum(word.capital for word in content) > 0.75 * len(content)


def _opens(sentence: Sentence, i: int) -> bool:
    return i == 0 or sentence.text[: sentence.words[i].start].rstrip(" ").endswith((":", '"', "“", "‘", ".", "!", "?"))


def _always_a_name(word: Word, sources: Sequence[Indexed]) -> bool:
    """Whether the capital says something: the sources write the word with one only, or do not know it and nor does the language."""
    written = [one for source in sources for one in source.capitals.get(word.low, ())]
    if written:
        return not any(one[0].islower() for one in written)
    return word.content and word.low not in _CALENDAR and not _common(word)


def _common(word: Word) -> bool:
    from digest.insights.grounding.thesaurus import known

    return word.text[1:].islower() and known(word.stem)


def _problems(name: Name, claim: Aligned, sources: Sequence[Indexed]) -> Iterator[str]:
    telling = [word for word in name.words if word.low not in _ORNAMENTS and len(word.low) > 1]
    if not telling or any(_abbreviates(name, source) for source in sources):
        return
    foreign = [word for word in telling if not any(_has(source, word) for source in sources)]
    if foreign:
        instead = _instead(name, claim)
        yield f"{name.text} is not in {cited(sources)}" + (f"; it names {instead} there" if instead else "")
    elif len(telling) > 1 and not any(_together(telling, source) for source in sources):
        yield f"{cited(sources)} has no {name.text}: it uses these names apart"
    else:
        yield from _misplaced(name, telling, claim, sources)
        yield from displaced(name, claim.claim, sources)


def _has(source: Indexed, word: Word) -> bool:
    if word.stem in source.places or word.low in source.capitals:
        return True
    return any(other in source.capitals for row in _SAME_PLACE if word.low in row for other in row if len(other) > 1)


def _abbreviates(name: Name, source: Indexed) -> bool:
    """Whether the name is the initials of words that the source has side by side, or the other way around."""
    letters = name.text.replace(".", "")
    if len(letters) > 1 and sum(letter.isupper() for letter in letters) > len(letters) / 2 and letters.isalpha():
        return letters.lower() in source.initials
    initials = "".join(word.text[0] for word in name.words if word.low not in _BRIDGES)
    return len(initials) > 2 and initials.lower() in source.capitals


def _together(telling: Sequence[Word], source: Indexed) -> bool:
    """Whether some sentence has all words of the name within a few words of each other."""
    first, *rest = telling
    for number in source.places.get(first.stem, ()):
        stems = [word.stem for word in source.sentences[number].words]
        for at in (i for i, stem in enumerate(stems) if stem == first.stem):
            near = stems[max(0, at - 4) : at + 4 + len(telling)]
            if all(word.stem in near for word in rest):
                return True
    return not any(word.stem in source.places for word in telling)


def _misplaced(name: Name, telling: Sequence[Word], claim: Aligned, sources: Sequence[Indexed]) -> Iterator[str]:
    """A name of the source's that is not where the claim's other words are, where another one stands instead."""
    core = claim.evidence[0] if claim.evidence else None
    if core is None or core.sentence.title or _share(claim, core, telling) < _CORE:
        return
    instead = _instead(name, claim)
    if not instead or len(sources) > 1:
        return
    near = range(max(0, core.number - _BEFORE), core.number + 1)
    if any(word.stem in core.source.sentences[number].stems for word in telling for number in near):
        return
    there = word_at(core.sentence, core.sentence.text.index(instead))
    if agreement(claim.claim, claim.claim.words.index(name.words[0]), core.sentence, there, core.source) >= _IN_PLACE:
        yield f"{name.text} is in {cited(sources)}, but this is said of {instead}"


def _share(claim: Aligned, core: Place, without: Sequence[Word]) -> float:
    left = [match for match in claim.matches if match.word not in without]
    total = sum(match.weight for match in left)
    return sum(match.weight for match in left if match.worth and match.place == core) / total if total else 0.0


def _instead(name: Name, claim: Aligned) -> str:
    """A name that the best evidence has and the claim has not."""
    if not claim.evidence:
        return ""
    place = claim.evidence[0]
    have = claim.claim.stems
    for other in claimed(place.sentence, (place.source,)):
        if other.words[0].stem not in have and other.text != name.text:
            return other.text
    return ""
