"""What already stands in an issue in the making: nothing is said twice, and of no source too
much.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from digest.insights.quotation_limit import WORDS_PER_SOURCE
from digest.text.similarity import alike, words


@dataclass
class ShownWords:
    """What is already on the page: texts by source, and the words of what must not be said
    again.
    """

    texts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    said: list[frozenset[str]] = field(default_factory=list)

    def fits(self, entry: str, text: str) -> bool:
        """Whether a source's own words may stand there, too."""
        count = sum(len(one.split()) for one in self.texts[entry] | {text})
        return count <= WORDS_PER_SOURCE and not self.told(text)

    def told(self, text: str) -> bool:
        """Whether nearly the same is said already."""
        own = words(text)
        return any(alike(own, other) for other in self.said)

    def put(self, entry: str, text: str, *, again: bool = False, quoted: bool = True) -> None:
        """`again`: the same words may stand a second time; `quoted`: they are the source's own."""
        if quoted:
            self.texts[entry].add(text)
        if not again:
            self.said.append(words(text))
