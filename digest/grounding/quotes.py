"""Do the claim's quotes stand in its source word for word, and did the one whom it quotes say
them?
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.grounding.indexed import plain
from digest.grounding.located import locate
from digest.grounding.outcome import Outcome, cited, outcome, short
from digest.grounding.spoken import says_it

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.indexed import Indexed

_QUOTED = re.compile(r"\"([^\"]+)\"|(?<!\w)'((?:[^']|(?<=\w)'(?=\w))+)'(?!\w)")
_TITLE = re.compile(r"(?:[A-Z0-9][\w.'&:-]*|of|the|and|in|a|for|to|on|is|-|\s)+")
_SAID = (
    r"(?:said|says|told|wrote|writes|added|adds|argued|argues|called|calls|warned|warns|asked|asks|according"
    r" to|noted|notes|put it)"
)
_NAME = r"(?:[A-Z][\w'&-]+\s?){1,3}"
_SPEAKER = re.compile(
    rf"(?P<before>{_NAME})(?:,[^,\"]{{3,60}},)?\s?{_SAID}\b|{_SAID}\s(?P<after>{_NAME})"
)
_PRONOUNS = frozenset({"He", "She", "They", "It", "The", "A", "But", "And", "In", "This"})
_EAR_SHOT = 420  # characters of the source around a quote in which its speaker is named


def quotes(texts: Sequence[str], sources: Sequence[Indexed]) -> Outcome:
    """Every quote is in a source, and so is, near it, the name of the one who is said to have said
    it.
    """
    found = [(text, match) for text in map(plain, texts) for match in _QUOTED.finditer(text)]
    return outcome(
        bool(found),
        (problem for text, match in found for problem in _problems(text, match, sources)),
    )


def _problems(text: str, match: re.Match[str], sources: Sequence[Indexed]) -> Iterator[str]:
    quote = match[1] or match[2]
    parts = [part.strip(" ,.;:") for part in re.split(r"\s?\.\.\.\s?|\s?\[[^\]]*\]\s?", quote)]
    said = [part for part in parts if part]
    if _TITLE.fullmatch(quote.strip(" ,.")):
        return  # the title of a work, not what somebody said: a name
    holding = [
        source for source in sources if all(_found(part, source.plain) >= 0 for part in said)
    ]
    if not holding:
        yield f"“{short(quote)}” is not word for word in {cited(sources)}"
        return
    speaker = _speaker(text, match)
    if not speaker or not said or len(said[0].split()) < 3:
        return
    voices = [
        source.timeline.speaker(found.start)
        for source in holding
        if source.voices and (found := locate(said[0], source))
    ]
    if any(says_it(speaker, voice) for voice in voices):
        return
    if voices and all(voices):
        yield f"{cited(sources)} has {voices[0]}, not {speaker}, say “{short(quote)}”"
        return
    if not any(_near(said[0], speaker, source.plain) for source in holding):
        yield f"{cited(sources)} does not have {speaker} say “{short(quote)}”"
        return
    sayers = [_sayer(said[0], source.plain) for source in holding]
    if all(sayer and not any(name in text for name in sayer.split()) for sayer in sayers):
        yield f"{cited(sources)} has {sayers[0]}, not {speaker}, say “{short(quote)}”"


def _found(part: str, text: str) -> int:
    at = text.find(part)
    return at if at >= 0 else text.lower().find(part.lower())


def _sayer(part: str, text: str) -> str:
    """The name of the one whom the source has say this, in the same sentence; "" when it names
    nobody there.
    """
    at = _found(part, text)
    end = max(text.find('"', at + len(part), at + len(part) + 300), at + len(part))
    after = re.split(r"\.\s|\"", text[end + 1 : end + 110])[0]
    before = re.split(r"\.\s|\"", text[max(0, at - 110) : at].removesuffix('"'))[-1]
    found = _SPEAKER.search(after) or _SPEAKER.search(before)
    name = (found["before"] or found["after"]).strip() if found else ""
    return "" if set(name.split()) & _PRONOUNS else name


def _speaker(text: str, match: re.Match[str]) -> str:
    """The surname of the one to whom the claim gives the quote; "" when it names nobody near it."""
    around = (
        text[max(0, match.start() - 110) : match.start()],
        text[match.end() : match.end() + 110],
    )
    for piece in around[::-1]:
        for found in _SPEAKER.finditer(piece):
            names = [
                name.removesuffix("'s")
                for name in (found["before"] or found["after"]).split()
                if name not in _PRONOUNS
            ]
            if names:
                return names[-1]
    return ""


def _near(part: str, speaker: str, text: str) -> bool:
    at = _found(part, text)
    return speaker.lower() in text[max(0, at - _EAR_SHOT) : at + len(part) + _EAR_SHOT].lower()
