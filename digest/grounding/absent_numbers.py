"""The numbers of a text that no source of it has, and where in the text they stand: what an editor
is shown while typing. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.grounding.grounded import ground
from digest.grounding.numbers import few, in_words, same_number, stated_in
from digest.text.measures import stated
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.grounding.indexed import Indexed
    from digest.text.measures import Stated

Marked = tuple[int, int]  # from the first code point to behind the last


def absent_numbers(text: str, sources: Sequence[Indexed]) -> list[Marked]:
    """Where numbers stand that are in no source and that the checks do not let pass: one that
    follows from others of the source is none of them.
    """
    there = list(stated_in(sources))
    found: list[Marked] = []
    for span in sentences(text):
        missing = [
            one
            for one in stated(span.text)
            if not (in_words(one) or few(one))
            and not any(same_number(one, other, place.source) for place, other in there)
        ]
        if missing and _fails(span.text, sources):
            found += [_place(span.start, one) for one in missing]
    return found


def _fails(sentence: str, sources: Sequence[Indexed]) -> bool:
    return not sources or dict(ground([sentence], sources).checks)["numbers"].result == "fail"


def _place(start: int, one: Stated) -> Marked:
    return start + one.start, start + one.end
