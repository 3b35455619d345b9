"""Has everybody in the claim the office that the source gives them, and of the same
organisation?
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.grounding.named import ORNAMENTS
from digest.grounding.outcome import cited
from digest.text.folding import folded
from digest.text.thesaurus import known
from digest.text.words import FUNCTION, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.indexed import Indexed, Sentence
    from digest.grounding.name import Name

_OFFICES = {
    "chief executive": r"chief executives?(?: officer)?|CEO|boss",
    "finance chief": r"chief financial officer|CFO|finance chief",
    "technology chief": r"chief technology officer|CTO",
    "operating chief": r"chief operating officer|COO",
    "information chief": r"chief information officer|CIO",
    "founder": r"co-?founders?|founders?|founded|founding",
    "chair": r"chair(?:man|woman|person)?|chairs",
    "president": r"presidents?",
    "secretary": r"secretar(?:y|ies)",
    "analyst": r"analysts?|follows|covers|tracks",
    "consultant": r"consultants?|advis(?:er|or)s?|advises",
    "partner": r"partners?",
    "portfolio manager": r"(?:portfolio|fund|money) managers?",
    "minister": r"ministers?",
    "senator": r"senators?",
    "judge": r"judges?",
    "governor": r"governors?",
    "spokesperson": r"spokes(?:man|woman|person)",
    "professor": r"professors?",
    "lawyer": r"lawyers?|attorneys?(?! general)|counsel",
    "economist": r"economists?",
    "head": r"heads?|headed|runs|ran|leads|led|leader|oversees|in charge",
}
_OFFICE = re.compile(
    rf"\b(?:{'|'.join(f'(?P<{name.replace(chr(32), chr(95))}>{words})' for name, words in _OFFICES.items())})\b",
    re.IGNORECASE,
)
_ANY = "|".join(words for name, words in _OFFICES.items() if name != "head")
_LOOSE = frozenset({"head", "partner"})  # words for these are used for much else
_MENTIONS = 150  # sentences with a name that are looked at
_REACH = 45  # characters between a name and its office
_ORG = r"(?:[A-Z][a-z]+ (?:[a-z]+ ){1,2})?(?P<org>[A-Z][\w&.-]*(?: (?:& )?[A-Z][\w&.-]*)*)"
_AFTER = (
    re.compile(
        r"^(?:,? (?:of|at|from)|,(?: (?!who|which|of|at|from)[\w-]+){1,7}? (?:of|at|from))"
        rf" (?:the )?{_ORG}"
    ),
    re.compile(rf"^,? (?:who )?(?:founded|runs|ran|heads|chairs) (?:the )?{_ORG}"),
    re.compile(rf"^, {_ORG}(?:'s)?(?: [a-z-]+){{0,4}}? (?:{_ANY})\b"),
)
_BEFORE = re.compile(
    rf"\b{_ORG}(?:'s(?: [a-z-]+){{0,3}}?|(?:'s)?(?: [a-z-]+){{0,3}}? (?:{_ANY}),?) $"
)


def displaced(name: Name, claim: Sentence, sources: Sequence[Indexed]) -> Iterator[str]:
    """The office, or its organisation, that the claim gives to the name and the sources do not, in
    words.
    """
    mentions = tuple(_mentions(name, sources))
    owner = claim.text[: name.words[-1].end].endswith(("'s", "’s"))  # "Ohio's governor" is not Ohio
    own = frozenset() if owner else _offices(claim, name.words[0].start, name.words[-1].end)
    theirs = frozenset(
        office for sentence, start, end in mentions for office in _offices(sentence, start, end)
    )
    wrong = own - theirs - _LOOSE if theirs else frozenset()
    if wrong:
        yield (
            f"{name.text} is not {min(wrong)} in {cited(sources)}, but"
            f" {' and '.join(sorted(theirs))}"
        )
        return
    if len(name.words) < 2 or all(known(word.stem) for word in name.words):
        return  # no person: "Senate Bill 6"
    mine = _organisation(claim, name.words[0].start, name.words[-1].end)
    given = {
        org for sentence, start, end in mentions if (org := _organisation(sentence, start, end))
    }
    if not mine or any(_same(mine, org) for org in given):
        return
    if given:
        yield (
            f"{name.text} is not of {mine} in {cited(sources)}, but of"
            f" {' and '.join(sorted(given))}"
        )
    elif mentions and not _together(name, mine, sources):
        yield f"{cited(sources)} does not connect {name.text} with {mine}"


def _together(name: Name, organisation: str, sources: Sequence[Indexed]) -> bool:
    """Whether a source has both within three sentences, or the organisation in its title; true if
    it has no such organisation.
    """
    wanted = {word.stem for word in words(organisation)}
    held = False
    for source in sources:
        theirs = {number for stem in wanted for number in source.places.get(stem, ())}
        held |= bool(theirs)
        own = source.places.get(name.words[-1].stem, ())
        if any(
            source.sentences[number].title or any(abs(number - other) < 3 for other in own)
            for number in theirs
        ):
            return True
    return not held


def _mentions(name: Name, sources: Sequence[Indexed]) -> Iterator[tuple[Sentence, int, int]]:
    """Where the sources have the name, with as many of its words before its last as stand there."""
    stems = [word.stem for word in name.words]
    for source in sources:
        for number in source.places.get(stems[-1], ())[:_MENTIONS]:
            sentence = source.sentences[number]
            for i, word in enumerate(sentence.words):
                if word.stem == stems[-1]:
                    first = i
                    while first and sentence.words[first - 1].stem in stems[:-1]:
                        first -= 1
                    yield sentence, sentence.words[first].start, word.end


def _offices(sentence: Sentence, start: int, end: int) -> frozenset[str]:
    """The offices named next to this place of the sentence, and not next to another name that is
    nearer.
    """
    before = re.split(
        r"[.;:]\s|\band"
        r" [A-Z]|\b(?:said|says|told|wrote|announced|that|who|which|(?:is|are|was|were|has|have|had)"
        r" [a-z]+(?:ing|ed))\b",
        sentence.text[max(0, start - _REACH) : start],
    )[-1]
    after = re.split(
        r"[.;:]\s|,? and (?:the )?(?:[\w-]+ ){0,3}[A-Z]|\b(?:said|says|told|wrote|writes|that)\b",
        sentence.text[end : end + _REACH],
    )[0]
    return frozenset(
        (found.lastgroup or "").replace("_", " ")
        for part in (before, after)
        for found in _OFFICE.finditer(part)
        if not part[found.end() :].startswith(("'s", "’s"))
    )


def _organisation(sentence: Sentence, start: int, end: int) -> str:
    """The organisation of which the one named at this place is said to be; "" when none is."""
    text = folded(sentence.text)
    found = next(
        (match for pattern in _AFTER if (match := pattern.match(text[end : end + 90]))), None
    )
    found = found or _BEFORE.search(text[max(0, start - 70) : start])
    org = found["org"].removesuffix("'s").rstrip(".") if found else ""
    return "" if org.lower() in ORNAMENTS | FUNCTION else org


def _same(one: str, other: str) -> bool:
    mine, theirs = set(one.lower().split()), set(other.lower().split())
    shortened = any(word.startswith(own) for own in mine if len(own) > 2 for word in theirs)
    return (
        bool(mine & theirs)
        or shortened
        or "".join(word[0] for word in other.split()).lower() in mine
    )
