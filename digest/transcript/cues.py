"""Cues, what every transcript format is read into, and the repairs that all formats need: order,
rolling captions, who speaks.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.text.folding import word_list
from digest.text.tidy import tidy
from digest.transcript.speaker_labels import (
    is_no_name,
    machine_label,
    name_in_brackets,
    unbracketed,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROLLING = (
    0.4  # share of cues that repeat the end of the one before from which captions are rolling ones
)
CAPTION_WORDS = 60  # no caption that rolls is longer
_CHEVRONS = re.compile(
    r"(?:^|\s)>{2,3}(?=\s|\w|$)\s*", re.MULTILINE
)  # how broadcasters write that somebody else speaks now
# How subtitles write the same, where several lines begin so.
_DASH = re.compile(r"^[ \t]*[-\u2013\u2014][ \t]*(?=[^\W\d_]|[\"'“‘¿¡])", re.MULTILINE)
_DASHES = 3  # lines; fewer may be a list or a thought broken off
_LABEL = re.compile(r"(?:[-–]\s*)?(?P<name>[^\W\d_][^:\n]{0,48}):(?:\s+|$)")
_PART_OF_NAME = re.compile(r"[A-Z0-9][\w.'’#-]*|\([^()]{1,24}\)|&|and|de|van|von|der|la|del|al|bin")
_NO_NAMES = word_list(
    "question answer note remember now so then also example again warning update quote plus q a and"
    " but yes no ok okay today tip fact step result conclusion summary thing one two three first"
    " second third next why what how http https"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A piece of talk as its source has it. Times are in seconds; `turn` says that somebody begins
    to speak here.
    """

    text: str
    start: float | None = None
    end: float | None = None
    speaker: str = ""
    turn: bool = False


def repaired(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    """The cues in the order of time, without what captions repeat, each a single line with its
    speaker.
    """
    tidied = [replace(cue, text=text) for cue in cues if (text := tidy(cue.text)) or cue.speaker]
    return tuple(_with_speakers(_unrolled(_in_order(_with_chevrons(tidied)))))


def _with_chevrons(cues: list[Cue]) -> list[Cue]:
    """Dashes before what each speaker says as the chevrons that they stand for."""
    if sum(len(_DASH.findall(cue.text)) for cue in cues) < _DASHES:
        return cues
    return [replace(cue, text=_DASH.sub(">> ", cue.text)) for cue in cues]


def _in_order(cues: list[Cue]) -> list[Cue]:
    """Sorted by time; a cue without a time stays behind the one before it. The same words at the
    same time are one cue.
    """
    keyed: list[tuple[float, Cue]] = []
    latest = 0.0
    for cue in cues:
        latest = latest if cue.start is None else cue.start
        keyed.append((latest, cue))
    ordered = [cue for _, cue in sorted(keyed, key=lambda one: one[0])]
    return [
        cue
        for before, cue in pairwise([None, *ordered])
        if cue and (before is None or cue != before or cue.start is None)
    ]


def _unrolled(cues: list[Cue]) -> list[Cue]:
    """Rolling captions show the last line again above the new one: only what is new is kept, with
    the time at which it came.
    """
    words = [cue.text.split() for cue in cues]
    shared = [_overlap(one, two) for one, two in pairwise([[], *words])]
    if sum(
        count >= min(2, len(own)) for count, own in zip(shared, words, strict=True) if count
    ) < ROLLING * max(len(cues), 5):
        return cues
    return [
        replace(cue, text=" ".join(own[count:]))
        for cue, own, count in zip(cues, words, shared, strict=True)
        if own[count:]
    ]


def _overlap(before: list[str], words: list[str]) -> int:
    """How many words at the end of the one are those at the beginning of the other."""
    return next(
        (
            n
            for n in range(min(len(before), len(words), CAPTION_WORDS), 0, -1)
            if before[-n:] == words[:n]
        ),
        0,
    )


def _with_speakers(cues: Sequence[Cue]) -> Iterator[Cue]:
    """Labels ("Ann: …") and chevrons (">> …") as speakers and turns; who has spoken goes on until
    somebody else does. A label that is no name parts turns and is not kept.
    """
    pieces = [replace(piece, text=unbracketed(piece.text)) for cue in cues for piece in _turns(cue)]
    pieces = _named_in_brackets(pieces)
    names = speakers_named(piece.text for piece in pieces)
    current = ""
    for piece in pieces:
        voice, text = machine_label(piece.text)
        name, text = labelled(text, names)
        before, current = current, piece.speaker or name or voice or ("" if piece.turn else current)
        anonymous = is_no_name(current)
        changes = piece.turn or (bool(name) and not anonymous) or (current != before)
        if text:
            speaker = "" if anonymous else current
            yield replace(piece, text=" ".join(text.split()), speaker=speaker, turn=changes)


def _named_in_brackets(pieces: list[Cue]) -> list[Cue]:
    """Names in brackets before the talk ("[Ann Roe] …") written as others are, where they are what
    most of it begins with: "[laughs]" is not.
    """
    found = Counter(named for piece in pieces if (named := name_in_brackets(piece.text)))
    names = {name for name, count in found.items() if count > 1 and _is_name(name)}
    if len(names) < 2 or 2 * sum(found[name] for name in names) < len(pieces):
        return pieces
    return [
        replace(piece, text=f"{name}: {piece.text.partition(']')[2].strip()}")
        if (name := name_in_brackets(piece.text)) in names
        else piece
        for piece in pieces
    ]


def _turns(cue: Cue) -> Iterator[Cue]:
    """The cue cut where a chevron says that the speaker changes, and before every line that might
    begin with a label.
    """
    begun = False
    for i, said in enumerate(_CHEVRONS.split(cue.text)):
        for j, line in enumerate(_joined_lines(said.split("\n"))):
            if line.strip():
                yield Cue(
                    line.strip(),
                    None if begun else cue.start,
                    cue.end,
                    cue.speaker if i == 0 else "",
                    turn=cue.turn if i == 0 and j == 0 else j == 0,
                )
                begun = True


def _joined_lines(lines: list[str]) -> list[str]:
    """Lines of one caption are one piece, but for those that look like they begin with a speaker's
    label.
    """
    joined = lines[:1]
    for line in lines[1:]:
        if _LABEL.match(line) or machine_label(line)[0]:
            joined.append(line)
        else:
            joined[-1] += f" {line}"
    return joined


def speakers_named(texts: Iterable[str]) -> frozenset[str]:
    """What stands before a colon at the beginning of at least two of the texts and can be a
    name.
    """
    found = Counter(
        label["name"] for text in texts if (label := _LABEL.match(text)) and _is_name(label["name"])
    )
    return frozenset(name for name, count in found.items() if count > 1)


def labelled(text: str, names: frozenset[str]) -> tuple[str, str]:
    """The speaker's label before a text, if it is one of `names`, and the text without it."""
    label = _LABEL.match(text)
    return (label["name"], text[label.end() :]) if label and label["name"] in names else ("", text)


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        len(words) <= 6
        and words[0][0].isupper()
        and all(
            _PART_OF_NAME.fullmatch(word) or word[0].isupper()
            for word in re.findall(r"\([^()]*\)|\S+", text)
        )
        and not any(word.lower() in _NO_NAMES for word in words[:1])
    )
