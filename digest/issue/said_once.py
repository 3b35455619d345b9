"""What already stands in an issue in the making: nothing is said twice, and of no source too
much.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.insights.quotation_limit import WORDS_PER_SOURCE
from digest.text.similarity import alike, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass
class ShownWords:
    """Texts that stand in the issue by source, and the words of what must not be said again.

    `sources` are the documents' texts by entry: what a syndicated copy says word for word is taken
    from the original as well. `above` are the texts of the highlights, from which a story goes on.
    """

    sources: Mapping[str, str] = field(default_factory=dict)
    texts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    said: list[frozenset[str]] = field(default_factory=list)
    above: set[str] = field(default_factory=set)

    def fits(self, entry: str, text: str) -> bool:
        """Whether the text may be taken from the source and is not said yet."""
        return self.room(entry, text) and not self.told(text)

    def room(self, entry: str, text: str) -> bool:
        """Whether the source, and each that has the same words, has words left for the text."""
        return all(
            sum(len(one.split()) for one in self.texts[source] | {text}) <= WORDS_PER_SOURCE
            for source in self._having(entry, text)
        )

    def told(self, text: str) -> bool:
        """Whether the issue says next to the same somewhere."""
        own = words(text)
        return any(alike(own, other) for other in self.said)

    def put(self, entry: str, text: str, *, quoted: bool = True) -> None:
        """Take note of a text; `quoted`: its words are the source's own."""
        if quoted:
            for source in self._having(entry, text):
                self.texts[source].add(text)
        self.said.append(words(text))

    def _having(self, entry: str, text: str) -> Iterator[str]:
        yield entry
        yield from (one for one, whole in self.sources.items() if one != entry and text in whole)
