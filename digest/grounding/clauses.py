"""The clauses of a sentence, and which of the evidence's each of the claim's retells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.text.folding import folded

if TYPE_CHECKING:
    from digest.grounding.indexed import Sentence
    from digest.text.measures import Stated
    from digest.text.words import Word

_BORDER = re.compile(
    r"[;:()\u2014]|[,.!?]\s?\"|"
    r",(?=\s(?:and|but|or|so|while|whereas|though|although|which|who|whose|where|whereby|when|after"
    r"|as|because|since|if|for|yet|with|plus|said|says|according|rather|not|against|compared)\b)|"
    # "…, the White House said"
    r",(?=\s(?:the\s)?(?:[A-Z][\w'&.-]*\s){1,4}(?:said|says|clarified|wrote|told|added)\b)|"
    r"\s(?=(?:while|whereas|but|because|though|although|unless|until|if|which|who|so that)\s)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence: its words from `first` up to, not including, `end`."""

    sentence: Sentence
    first: int
    end: int

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words in order."""
        return self.sentence.words[self.first : self.end]

    @property
    def stated(self) -> tuple[Stated, ...]:
        """Its numbers in order."""
        low, high = (self.words[0].start, self.words[-1].end) if self.words else (0, 0)
        return tuple(one for one in self.sentence.stated if low <= one.start < high)

    @property
    def text(self) -> str:
        """The clause as it stands."""
        words = self.words
        return self.sentence.text[words[0].start : words[-1].end] if words else ""


@lru_cache(maxsize=5_000)
def clauses(sentence: Sentence) -> tuple[Clause, ...]:
    """The clauses of the sentence in order; they cover all of its words."""
    firsts = {0, len(sentence.words)}
    for found in _BORDER.finditer(folded(sentence.text)):
        after = (i for i, word in enumerate(sentence.words) if word.start >= found.start())
        firsts.add(next(after, len(sentence.words)))
    return tuple(Clause(sentence, one, other) for one, other in pairwise(sorted(firsts)))
