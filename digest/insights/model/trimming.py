"""Taking out of a text the sentences that do not hold, where what remains reads as a text of its
own. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.insights.standalone import leans, names, refusal
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


def trimmed(text: str, holds: Callable[[str], bool], fewest: int) -> str:
    """The text without the sentences that do not hold, nor those that lean on one of them; "" where
    that cannot be done.

    The first sentence has to hold, because it says what the text is about; `fewest` is how many
    sentences must be left.
    """
    kept: list[str] = []
    gone: list[str] = []
    after_gap = False
    for span in sentences(text):
        after_gap = not holds(span.text) or _needs(span.text, gone, kept, after_gap=after_gap)
        (gone if after_gap else kept).append(span.text)
        if not kept:
            return ""
    return " ".join(kept) if gone and len(kept) >= fewest else ""


def _needs(sentence: str, gone: Sequence[str], kept: Iterable[str], *, after_gap: bool) -> bool:
    """Whether a sentence refers to one that is gone: it hands on from it or begins with "it", or
    shares a name that nobody else gives.
    """
    if after_gap and (refusal(sentence) or leans(sentence)):
        return True
    return bool(_named(gone) & _named([sentence]) - _named(kept))


def _named(said: Iterable[str]) -> set[str]:
    return {name.removesuffix("'s") for one in said for name in names(one)}
