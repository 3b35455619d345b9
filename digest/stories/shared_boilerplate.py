"""Page furniture: what a publisher prints on unlike pages alike, and which would make those pages
look alike.

For comparing only, so eight words on two pages are proof enough; what is taken out of a stored text
(`extract/furniture`) takes more.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from digest.stories.publishers import family
from digest.text.vectors import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.model import Document

Run = tuple[str, ...]
RUN = 8  # words in a row; fewer would take a common phrase for furniture
ALIKE = 0.2  # share of the shorter title's words from which two pages may well tell the same


def lead_texts(documents: Sequence[Document], length: int) -> list[str]:
    """The first `length` characters of each text, without the passages that its publisher repeats
    under unlike titles.
    """
    words = [document.opening[:length].split() for document in documents]
    houses = [family(document) for document in documents]
    titles = [set(tokens(document.title)) for document in documents]
    repeated = _repeated(houses, titles, words)
    return [
        " ".join(_without(own, repeated[house])) for own, house in zip(words, houses, strict=True)
    ]


def _repeated(
    houses: Sequence[str], titles: Sequence[set[str]], words: Sequence[list[str]]
) -> defaultdict[str, set[Run]]:
    pages: defaultdict[tuple[str, Run], list[int]] = defaultdict(list)
    for i, house in enumerate(houses):
        for run in set(_runs(words[i])):
            pages[house, run].append(i)
    found: defaultdict[str, set[Run]] = defaultdict(set)
    for (house, run), holders in pages.items():
        if _unlike([titles[i] for i in holders]):
            found[house].add(run)
    return found


def _runs(words: Sequence[str]) -> Iterable[Run]:
    return (tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def _unlike(titles: Sequence[set[str]]) -> bool:
    # Two pages with like titles may be one story, printed twice or updated; only unlike ones prove
    # a passage furniture.
    first = titles[0]
    return any(len(first & other) < ALIKE * min(len(first), len(other)) for other in titles)


def _without(words: Sequence[str], repeated: set[Run]) -> list[str]:
    dropped = {i + k for i, run in enumerate(_runs(words)) if run in repeated for k in range(RUN)}
    return [word for i, word in enumerate(words) if i not in dropped]
