"""Whose are the claim's quotations? Nobody is given words that the source gives to another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.grounding.indexed import plain
from digest.grounding.located import locate
from digest.grounding.outcome import Outcome, cited, outcome, short
from digest.grounding.quotations import holds, quotations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.grounding.case import Case
    from digest.grounding.indexed import Indexed
    from digest.grounding.quotations import Quotation

_FEWEST = 3  # words from which on a quotation is somebody's
_BESIDE = 110  # characters next to a quotation in which it is said whose it is
_EAR_SHOT = 300  # characters around one in which its sayer is named
_VERB = r"(?:sa(?:ys|id)|add(?:s|ed)|argue[sd]|warn(?:s|ed)|writes|wrote|call(?:s|ed))"
_NAME = r"(?:[A-Z][\w'&-]+ ?){1,3}"
_SAYS = re.compile(
    rf"(?P<before>{_NAME})(?:,[^,\"]{{3,60}},)? ?{_VERB}\b|{_VERB} (?P<after>{_NAME})"
)
_SENTENCE = re.compile(r"[.!?]\s|\"")
_NOBODY = frozenset({"He", "She", "They", "It", "The", "A", "But", "And", "In", "This", "We", "I"})


def sayers(case: Case) -> Outcome:
    """Every quotation is given to whom the source gives it."""
    text = plain(case.paragraph)
    mine = [(one, who) for one in quotations(text) if (who := _said_by(text, one.start, one.end))]
    return outcome(bool(mine), (why for one, who in mine for why in _given(one, who, text, case)))


def _said_by(text: str, start: int, end: int) -> str:
    """The name to which the sentence gives what stands there in quotation marks; "" for none."""
    after = _SENTENCE.split(text[end : end + _BESIDE])[0]
    before = _SENTENCE.split(text[max(0, start - _BESIDE) : start])[-1]
    found = _SAYS.search(after) or _SAYS.search(before)
    name = (found["before"] or found["after"]).strip().removesuffix("'s") if found else ""
    return "" if set(name.split()) & _NOBODY else name


def _given(one: Quotation, who: str, text: str, case: Case) -> Iterator[str]:
    """To whom the sources give it instead."""
    if len(one.parts[0].split()) < _FEWEST:
        return
    others = {_instead(one.parts[0], who, source) for source in case.sources if holds(source, one)}
    if others and not any(not other or other in text for other in others):
        other = min(others)
        yield f"{cited(case.sources)} has {other}, not {who}, say “{short(one.text)}”"


def _instead(part: str, who: str, source: Indexed) -> str:
    """Who says it there: the speaker of a transcript of whom `who` is another, or the name beside it
    in an article that has `who` nowhere near.
    """
    surname = who.rsplit(maxsplit=1)[-1].lower()
    if source.voices:
        place = locate(part, source)
        speaker = source.timeline.speaker(place.start) if place else ""
        labels = {mark.speaker.lower() for mark in source.document.marks}
        known = any(surname in label.split() for label in labels)
        return speaker if known and surname not in speaker.lower().split() else ""
    low, at = source.plain_low, source.plain_low.find(part.lower())
    if surname in low[max(0, at - _EAR_SHOT) : at + len(part) + _EAR_SHOT] or surname not in low:
        return ""
    closed = source.plain.find('"', at + len(part), at + len(part) + _EAR_SHOT)
    opened = source.plain.rfind('"', max(0, at - _EAR_SHOT), at + 1)
    return "" if min(closed, opened) < 0 else _said_by(source.plain, opened, closed + 1)
