"""Where in a document a quote stands that was copied imperfectly: exact first, then word by word
with a bar.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from digest.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from difflib import Match

    from digest.grounding.indexed import Indexed, InOrder
    from digest.model import Evidence
    from digest.text.words import Word

_LEFT_OUT = re.compile(
    r"\[[^\]]{0,60}\]|\(?\.\.\.+\)?|…"
)  # an ellipsis, or what the quote puts into brackets of its own
_AROUND = " \t\r\n\"'“”‘’«»„"
_ATTACHED = "$€£¥₹%"
_MOST_WORDS = (
    160  # a longer quote is found only when nothing but marks, case, endings and white space differ
)
_COMMON = 60  # a word that stands more often than this says little of where the quote is
_ELIDED = 80  # words that an ellipsis may stand for
_SLACK = 6  # words that a copy may have lost or won before a word
_TRIED = 3  # places that are looked at closely
_KEPT, _TIGHT = (
    0.75,
    0.7,
)  # the least share of the quote that the span has, and of the span that the quote has
_WITHIN_ONE = (
    0.9,
    0.4,
)  # the same where the span is of one sentence: a copy often leaves out a clause between commas
_SLIGHT = 0.4  # what a function word weighs where another weighs 1


@dataclass(frozen=True, slots=True)
class _Found:
    """A run of the document's words, `last` included; `kept` is what the quote's words in it
    weigh.
    """

    first: int
    last: int
    kept: float


def locate(quote: str, document: Indexed) -> Evidence | None:
    """The document's own span that the quote copies; None when no span is near enough.

    Quotation marks, ellipses, white space and case are forgiven, and up to a quarter of the words
    lost or changed.
    """
    span = _exact(quote, document.document.text)
    if span is not None:
        return document.evidence(*span)
    parts = [found for part in _LEFT_OUT.split(quote) if (found := words(part))]
    there, whole = document.in_order, [word for part in parts for word in part]
    if len(whole) < 2:
        return None  # a word alone is the source's or it is not
    run = (
        _row(whole, there)
        if len(whole) > _MOST_WORDS
        else _best(whole, there, range(len(there.stems))) or _parts(parts, there)
    )
    return document.evidence(*_span(run, document)) if run else None


def _exact(quote: str, text: str) -> tuple[int, int] | None:
    """Where the quote stands as it is, or without the marks around it, in whole words."""
    for wanted in (quote.strip(), quote.strip(_AROUND)):
        at = text.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if not (_splits_a_word(text, at) or _splits_a_word(text, end)):
                return at, end
            at = text.find(wanted, end)
    return None


def _splits_a_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _row(quote: Sequence[Word], there: InOrder) -> _Found | None:
    """A long quote whose words stand in the document one after the other."""
    wanted = tuple(word.stem for word in quote)
    at = min(range(len(wanted)), key=lambda i: len(there.places.get(wanted[i], ())))
    for place in there.places.get(wanted[at], ())[:_COMMON]:
        first = place - at
        if first >= 0 and there.stems[first : first + len(wanted)] == wanted:
            return _Found(first, first + len(wanted) - 1, 0.0)
    return None


def _parts(parts: Sequence[Sequence[Word]], there: InOrder) -> _Found | None:
    """The quote's parts, the weightiest first and the others near it in their order; a slight one
    may be missing.
    """
    main = max(range(len(parts)), key=lambda i: _weight(parts[i]))
    found = _best(parts[main], there, range(len(there.stems)))
    if found is None:
        return None
    first, last, kept = found.first, found.last, found.kept
    for part in reversed(parts[:main]):
        before = _best(part, there, range(max(0, first - _ELIDED), first), late=True)
        first, kept = (before.first, kept + before.kept) if before else (first, kept)
    for part in parts[main + 1 :]:
        after = _best(part, there, range(last + 1, min(len(there.stems), last + 1 + _ELIDED)))
        last, kept = (after.last, kept + after.kept) if after else (last, kept)
    enough = kept >= _KEPT * sum(map(_weight, parts))
    return _Found(first, last, kept) if enough else None


def _best(
    part: Sequence[Word], there: InOrder, within: range, *, late: bool = False
) -> _Found | None:
    """The run of words within these bounds that copies the part most closely; of equals the
    earliest, or the latest.
    """
    wanted = [word.stem for word in part]
    tried = (_run(part, there, window) for window in _windows(wanted, there, within))
    found = [run for run in tried if run is not None]
    return max(
        found,
        key=lambda run: (
            run.kept - 0.1 * (run.last - run.first),
            run.first if late else -run.first,
        ),
        default=None,
    )


def _windows(wanted: Sequence[str], there: InOrder, within: range) -> Iterator[range]:
    """Where most of the words stand as far from each other as in the quote."""
    votes: defaultdict[int, float] = defaultdict(float)
    fewest = min(len(there.places.get(stem, ())) or len(there.stems) for stem in wanted)
    for i, stem in enumerate(wanted):
        places = there.places.get(stem, ())
        if len(places) > max(_COMMON, fewest):
            continue
        for place in places:
            if place in within:
                votes[(place - i) // _SLACK] += 1
                votes[(place - i) // _SLACK + 1] += 0.5  # what lost a word falls into the next
    for bucket in sorted(votes, key=lambda one: (-votes[one], one))[:_TRIED]:
        start = (bucket - 2) * _SLACK
        yield range(
            max(within.start, start), min(within.stop, start + 2 * len(wanted) + 5 * _SLACK)
        )


def _run(part: Sequence[Word], there: InOrder, window: range) -> _Found | None:
    """What the part and the window have in common, one word after the other, when it is enough of
    both.
    """
    slight = (
        {word.stem for word in part if not word.content}
        if any(word.content for word in part)
        else set()
    )
    stems = there.stems[window.start : window.stop]
    blocks = SequenceMatcher(
        slight.__contains__, [word.stem for word in part], stems, autojunk=False
    ).get_matching_blocks()[:-1]
    while len(blocks) > 1 and _stray(part, blocks[0], blocks[1].b - blocks[0].b - blocks[0].size):
        blocks = blocks[1:]
    while len(blocks) > 1 and _stray(
        part, blocks[-1], blocks[-1].b - blocks[-2].b - blocks[-2].size
    ):
        blocks = blocks[:-1]
    if not blocks:
        return None
    kept = sum(_weight(part[block.a : block.a + block.size]) for block in blocks)
    first, last = blocks[0].b, blocks[-1].b + blocks[-1].size - 1
    tight = sum(block.size for block in blocks) / (last - first + 1)
    whole = _weight(part)
    one_sentence = there.sentences[window.start + first] == there.sentences[window.start + last]
    bars = (_KEPT, _TIGHT), *([_WITHIN_ONE] if one_sentence else [])
    if not any(kept >= share * whole and tight >= least for share, least in bars):
        return None
    return _Found(window.start + first, window.start + last, kept)


def _stray(part: Sequence[Word], block: Match, gap: int) -> bool:
    """Whether next to nothing stands far from the rest: it is not of the quote."""
    return gap > 5 * _weight(part[block.a : block.a + block.size])


def _weight(part: Sequence[Word]) -> float:
    return sum(1.0 if word.content else _SLIGHT for word in part)


def _span(run: _Found, document: Indexed) -> tuple[int, int]:
    """The run, with all marks when it is whole sentences, else with a currency's or percent sign
    that its ends have.
    """
    there, text = document.in_order, document.document.text
    start, end = there.starts[run.first], there.ends[run.last]
    opens, closes = there.sentences[run.first], there.sentences[run.last]
    begun, ended = document.sentences[opens], document.sentences[closes]
    if start == begun.start + begun.words[0].start and end == ended.start + ended.words[-1].end:
        return begun.start, ended.start + len(ended.text)
    start -= start > 0 and text[start - 1] in _ATTACHED
    end += end < len(text) and text[end] in _ATTACHED
    return start, end
