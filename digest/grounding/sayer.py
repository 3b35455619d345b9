"""Who says it: a claim gives nobody the words that its source gives to another."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from digest.grounding.aligned import Place
from digest.grounding.indexed import plain
from digest.grounding.located import locate
from digest.grounding.named import names_in, same_name
from digest.grounding.outcome import Outcome, cited, outcome, short
from digest.grounding.quotations import holds, quotations
from digest.text.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.case import Case
    from digest.grounding.indexed import Indexed, Sentence
    from digest.grounding.name import Name
    from digest.grounding.quotations import Quotation

_VERB = (
    r"(?:sa(?:ys|id)|thinks?|thought|believe[sd]?|argue[sd]?|expects|expected|predict(?:s|ed)"
    r"|reckon(?:s|ed)|estimate[sd]|claim(?:s|ed)|warn(?:s|ed)|note[sd]|told|tells|add(?:s|ed)|sees"
    r"|doubt(?:s|ed)|suggest(?:s|ed)|recall(?:s|ed)|explain(?:s|ed)|finds|found|counts|counted"
    r"|calculate[sd]|conclude[sd]|forecasts|remark(?:s|ed)|report(?:s|ed)|writes|wrote|call(?:s|ed)"
    r"|ask(?:s|ed)|put it)"
)
_WORK = (
    r"(?:tally|counts?|surveys?|data|reports?|figures|numbers|estimates?|reckoning|analysis|index"
    r"|study|sums?|arithmetic|calculations?|forecast|poll|advice|ranking|view)"
)
_AFTER = re.compile(
    rf"(?:,[^,\"]{{2,60}},)? ?(?:also |now |still |has )?{_VERB}\b|'s? (?:own |latest |new )?{_WORK}\b"
)
_BEFORE = re.compile(
    rf"(?:\b{_VERB} |\baccording to |\b{_WORK} (?:by|from|of) )(?:the )?"
    r"(?:(?!to |in |on |at )[a-z-]+ ){0,3}$"
)
_AROUND = 110  # characters around a quotation in which the claim names who says it
_EAR_SHOT = 420  # the same in a source
_WORDS = 3  # words from which on a quotation is somebody's
# the share of the evidence that one speaker must have, and that the claim's own must not have
_MOST, _LITTLE = 0.6, 0.2
_RETOLD = 0.5  # the share of the claim's other words that one sentence must have
_SPEAKER = re.compile(
    rf"(?P<before>(?:[A-Z][\w'&-]+\s?){{1,3}})(?:,[^,\"]{{3,60}},)?\s?{_VERB}\b"
    rf"|{_VERB}\s(?P<after>(?:[A-Z][\w'&-]+\s?){{1,3}})"
)
_PRONOUN = re.compile(rf"\b(?:[Hh]e|[Ss]he|[Tt]hey) (?:also |now |still |has )?{_VERB}\b")
_BACK = 4  # sentences before one in which whoever its pronoun stands for says something
_SENTENCE = re.compile(r"\.\s|\"")
_NOBODY = frozenset({"He", "She", "They", "It", "The", "A", "But", "And", "In", "This", "We", "I"})


def sayer(case: Case) -> Outcome:
    """What is said is said by whom the claim has say it."""
    saying = [name for name in case.names if says(name, case.sentence)]
    text = plain(case.paragraph)
    spoken = [(one, _quoted_by(one, text)) for one in quotations(text)]
    problems = [
        why for one, name in spoken if name for why in _misquoted(one, name, text, case.sources)
    ]
    problems += [why for name in saying for why in _miscredited(name, case)][:1]
    return outcome(bool(saying or any(name for _, name in spoken)), problems)


def says(name: Name, sentence: Sentence) -> bool:
    """Whether the sentence has the name say, find or count something."""
    text = folded(sentence.text)
    start, end = name.words[0].start, name.words[-1].start + len(name.words[-1].text)
    return _AFTER.match(text, end) is not None or _BEFORE.search(text[:start]) is not None


def _quoted_by(one: Quotation, text: str) -> str:
    """The surname of the one to whom the claim gives the quotation; "" when it names nobody."""
    for piece in (text[one.end : one.end + _AROUND], text[max(0, one.start - _AROUND) : one.start]):
        for found in _SPEAKER.finditer(piece):
            names = [
                name.removesuffix("'s")
                for name in (found["before"] or found["after"]).split()
                if name not in _NOBODY
            ]
            if names:
                return names[-1]
    return ""


def _misquoted(one: Quotation, name: str, text: str, sources: Sequence[Indexed]) -> Iterator[str]:
    """Whom the source has say the quotation, where it is not this name."""
    holding = [source for source in sources if holds(source, one)]
    if not holding or len(one.parts[0].split()) < _WORDS:
        return
    voices = [
        source.timeline.speaker(found.start)
        for source in holding
        if source.voices and (found := locate(one.parts[0], source))
    ]
    if any(_is(name, voice) for voice in voices):
        return
    if voices and all(voices):
        yield f"{cited(sources)} has {voices[0]}, not {name}, say “{short(one.text)}”"
        return
    if not any(_near(one.parts[0], name, source) for source in holding):
        yield f"{cited(sources)} does not have {name} say “{short(one.text)}”"
        return
    sayers = [_quoted_there(one.parts[0], source) for source in holding]
    if all(said and not any(word in text for word in said.split()) for said in sayers):
        yield f"{cited(sources)} has {sayers[0]}, not {name}, say “{short(one.text)}”"


def _quoted_there(part: str, source: Indexed) -> str:
    """The name of whom the source has say this in the same sentence; "" when it names nobody."""
    text, at = source.plain, source.plain_low.find(part.lower())
    end = max(text.find('"', at + len(part), at + len(part) + 300), at + len(part))
    after = _SENTENCE.split(text[end + 1 : end + _AROUND])[0]
    before = _SENTENCE.split(text[max(0, at - _AROUND) : at].removesuffix('"'))[-1]
    found = _SPEAKER.search(after) or _SPEAKER.search(before)
    name = (found["before"] or found["after"]).strip() if found else ""
    return "" if set(name.split()) & _NOBODY else name


def _near(part: str, name: str, source: Indexed) -> bool:
    text = source.plain_low
    at = text.find(part.lower())
    around = text[max(0, at - _EAR_SHOT) : at + len(part) + _EAR_SHOT]
    return name.lower() in around or name.lower() in source.byline


def _miscredited(name: Name, case: Case) -> Iterator[str]:
    """Who says it in the evidence, where it is somebody else."""
    if len(case.sources) > 1 or len(name.text) < 2:
        return
    source = case.sources[0]
    instead = _voice(name, case, source) if source.voices else _credited(name, case, source)
    if instead:
        yield f"{cited(case.sources)} has {instead} say this, not {name.text}"


def _voice(name: Name, case: Case, source: Indexed) -> str:
    """The speaker of a transcript who has most of what the claim says, where the name has next to
    nothing of it.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    for match in case.aligned.matches:
        if match.place and match.other and not match.place.sentence.title:
            at = match.place.sentence.start + match.other.start
            weights[source.timeline.speaker(at)] += match.weight * match.worth
    total = sum(weights.values()) or 1.0
    surname = name.words[-1]
    named = any(surname.stem in place.sentence.stems for place in case.evidence)
    speaker = max((one for one in weights if one), key=lambda one: weights[one], default="")
    own = sum(weight for one, weight in weights.items() if _is(surname.low, one))
    if not speaker or named or weights[speaker] < _MOST * total or own >= _LITTLE * total:
        return ""
    return "" if _is(surname.low, speaker) else speaker


def _credited(name: Name, case: Case, source: Indexed) -> str:
    """Whom the sentence that the claim retells has say it, where the source has the name only
    elsewhere.
    """
    core = next((place for place in case.evidence if not place.sentence.title), None)
    head = name.words[-1].stem
    if core is None or head not in source.places or case.share(core, name) < _RETOLD:
        return ""
    if any(word.stem in source.byline for word in name.words):
        return ""
    near = {place.number for place in case.evidence}
    if head in core.sentence.stems or any(at in near for at in source.places[head]):
        return ""
    other = _said_by(core)
    return other.text if other is not None and not same_name(other, name) else ""


def _said_by(core: Place) -> Name | None:
    """The name that the sentence has say something, or the one whom its "she said" stands for."""
    own = next((one for one in names_in(core) if says(one, core.sentence)), None)
    if own is not None or not _PRONOUN.search(folded(core.sentence.text)):
        return own
    for back in range(1, _BACK + 1):
        if core.number >= back:
            before = Place(core.source, core.number - back)
            saying = [one for one in names_in(before) if says(one, before.sentence)]
            if saying:
                return saying[-1]
            if _PRONOUN.search(folded(before.sentence.text)) is None and names_in(before):
                return None
    return None


def _is(surname: str, speaker: str) -> bool:
    """Whether the speaker's label has the name."""
    return surname.lower() in folded(speaker).lower().split()
