"""A document as a prompt holds it: whole, in overlapping parts when it is longer than the model
takes, or the passages of it that matter.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from digest.insights.sponsor_reads import Said, sponsor_reads
from digest.llm.token_count import tokens
from digest.text.sentences import sentences
from digest.transcript.turns import Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.model import Document

LEFT_OUT = "[…]"  # between passages
OVERLAP = 0.05  # share of a part that the next one repeats, so that no argument is cut in two


def parts(document: Document, room: int) -> tuple[str, ...]:
    """The document's text in parts of at most `room` tokens each; one that fits is `whole`."""
    text = whole(document)
    if tokens(text) <= room:
        return (text,) if text.strip() else ()
    pieces = list(_pieces(document, room))
    made: list[str] = []
    part: list[str] = []
    size = 0
    for piece in pieces:
        cost = tokens(piece)
        if part and size + cost > room:
            made.append("\n".join(part))
            part = _tail(part, int(room * OVERLAP))
            size = sum(map(tokens, part))
        part.append(piece)
        size += cost
    return (*made, "\n".join(part)) if part else tuple(made)


def whole(document: Document) -> str:
    """All of the document's text; of talk without sponsor reads, and with the speakers' names."""
    return "\n".join(one for one in _paragraphs(document) if one.strip())


def passages(document: Document, spans: Sequence[tuple[int, int]]) -> str:
    """The sentences that lie in any of the spans, in reading order, with a mark where some are left
    out; of talk as in `whole`.
    """
    lines: list[str] = []
    last = 0
    for start, end, line in _lines(document):
        if any(start < stop and begin < end for begin, stop in spans):
            lines += [LEFT_OUT, line] if document.text[last:start].strip() and lines else [line]
            last = end
    return "\n".join(lines)


def _lines(document: Document) -> Iterator[tuple[int, int, str]]:
    """Each sentence with its place; of talk with its speaker's name where a turn begins."""
    before, timeline = "", Timeline(document.marks)
    for span in sentences(document.text):
        speaker = timeline.speaker(span.start) if document.basis == "transcript" else ""
        yield span.start, span.end, f"{speaker}: {span.text}" if speaker != before else span.text
        before = speaker


def _paragraphs(document: Document) -> Iterator[str]:
    if document.basis == "transcript":
        yield from _spoken(document)
    else:
        yield from document.text.split("\n")


def _tail(part: Sequence[str], room: int) -> list[str]:
    """The last pieces of a part that fit into `room` tokens."""
    kept: list[str] = []
    for piece in reversed(part):
        room -= tokens(piece)
        if room < 0:
            break
        kept.insert(0, piece)
    return kept


def _pieces(document: Document, room: int) -> Iterator[str]:
    """Paragraphs; one that is longer than a tenth of the room falls into its sentences, and a
    sentence into words.
    """
    most = max(1, room // 10)
    for paragraph in _paragraphs(document):
        if not paragraph.strip():
            continue
        if tokens(paragraph) <= most:
            yield paragraph
        else:
            for span in sentences(paragraph):
                yield from _cut(span.text, most)


def _cut(text: str, most: int) -> Iterator[str]:
    """The text itself, or slices of it at which no tokenizer can count more than `most` tokens."""
    if tokens(text) <= most:
        yield text
        return
    yield from (text[start : start + most] for start in range(0, len(text), most))


def _spoken(document: Document) -> Iterator[str]:
    """Paragraphs of talk, a name before the first of each turn."""
    timeline = Timeline(document.marks)
    spans = sentences(document.text)
    said = [Said(span.text, timeline.speaker(span.start)) for span in spans]
    sold = {i for start, end in sponsor_reads(said) for i in range(start, end)}
    kept = [i for i in range(len(spans)) if i not in sold]
    line: list[str] = []
    for i, after in pairwise([*kept, -1]):
        line.append(spans[i].text)
        broken = (
            after < 0
            or said[after].speaker != said[i].speaker
            or "\n" in document.text[spans[i].end : spans[after].start]
        )
        if broken:
            yield (f"{said[i].speaker}: " if said[i].speaker else "") + " ".join(line)
            line = []
