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
    from collections.abc import Sequence

    from digest.model import Document

RUN = 8  # words in a row; fewer would take a common phrase for furniture
_MODULUS, _BASE = 2**61 - 1, 1_000_003  # of a rolling hash (Karp and Rabin, 1987)
_TOP = pow(_BASE, RUN - 1, _MODULUS)
ALIKE = 0.2  # share of the shorter title's words from which two pages may well tell the same


def lead_texts(documents: Sequence[Document], length: int) -> list[str]:
    """The first `length` characters of each text, without the passages that its publisher repeats
    under unlike titles.
    """
    words = [document.opening[:length].split() for document in documents]
    houses: defaultdict[str, list[int]] = defaultdict(list)
    for i, document in enumerate(documents):
        houses[family(document)].append(i)
    texts = [" ".join(own) for own in words]
    for pages in houses.values():
        if len(pages) > 1:
            titles = [set(tokens(documents[i].title)) for i in pages]
            for i, text in zip(pages, _cleaned(titles, [words[i] for i in pages]), strict=True):
                texts[i] = text
    return texts


def _cleaned(titles: Sequence[set[str]], pages: Sequence[list[str]]) -> list[str]:
    """The texts of one house's pages without what it repeats."""
    numbers: defaultdict[str, int] = defaultdict(lambda: len(numbers) + 1)
    runs = [_runs([numbers[word] for word in page]) for page in pages]
    repeated = _repeated(titles, runs)
    if not repeated:
        return [" ".join(page) for page in pages]
    return [" ".join(_without(*one, repeated)) for one in zip(pages, runs, strict=True)]


def _repeated(titles: Sequence[set[str]], runs: Sequence[list[int]]) -> set[int]:
    first: dict[int, int] = {}
    holders: dict[int, list[int]] = {}
    for i, own in enumerate(runs):
        for run in set(own):
            at = first.setdefault(run, i)
            if at != i:
                holders.setdefault(run, [at]).append(i)
    return {run for run, found in holders.items() if _unlike([titles[i] for i in found])}


def _runs(numbers: Sequence[int]) -> list[int]:
    """A number for each run of words, which are numbered: equal runs have the same, and unlike ones
    do not, as far as a remainder of 61 bits can tell.
    """
    if len(numbers) < RUN:
        return []
    value = 0
    for number in numbers[:RUN]:
        value = (value * _BASE + number) % _MODULUS
    found = [value]
    for gone, number in zip(numbers, numbers[RUN:], strict=False):
        value = ((value - gone * _TOP) * _BASE + number) % _MODULUS
        found.append(value)
    return found


def _unlike(titles: Sequence[set[str]]) -> bool:
    # Two pages with like titles may be one story, printed twice or updated; only unlike ones prove
    # a passage furniture.
    first = titles[0]
    return any(len(first & other) < ALIKE * min(len(first), len(other)) for other in titles)


def _without(words: Sequence[str], runs: Sequence[int], repeated: set[int]) -> list[str]:
    dropped = {i + k for i, run in enumerate(runs) if run in repeated for k in range(RUN)}
    return [word for i, word in enumerate(words) if i not in dropped]
