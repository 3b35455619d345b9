"""A denial told by a verb: "stopped selling" for "no longer sells", "suspend" for "block", "hardly
any" for "not any".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.text.folding import word_list
from digest.text.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.grounding.clauses import Clause
    from digest.text.words import Word

BARS = word_list(
    "bar bars barred banned forbid forbids forbidden block blocks blocked reject rejects rejected"
    " refuse refuses refused deny denies denied lack lacks lacked exclude excludes excluded"
    " untested unable exempt exempts exempted"
)
_STOPS = frozenset(
    stem(verb)
    for verb in word_list(
        "suspend withdraw halt stop disable shut pull remove restrict revoke prevent prohibit curb"
        " off bar block exclude end quit cease abandon discontinue exempt former"
    )
)
_KEPT_FROM = re.compile(r"\b(?:keep|keeps|kept|keeping|discourag\w+|deter\w*) .*\bfrom\b")
_HARDLY = word_list("hardly barely scarcely rarely seldom few little")


def stopping(words: Iterable[Word]) -> frozenset[str]:
    """The stems of those of the words that put an end to something."""
    return frozenset(word.stem for word in words) & _STOPS


def both_stop(no: Clause, yes: Clause) -> bool:
    """Whether the second clause, without a denial, ends what the first denies: "access was blocked"
    and "it suspended access".
    """
    stopped = bool(stopping(yes.words)) or _KEPT_FROM.search(yes.text) is not None
    return stopped and (any(word.low in BARS for word in no.words) or not stopping(no.words))


def hardly(clause: Clause) -> bool:
    """Whether the clause says "hardly any" or the like, which comes near to a "not"."""
    return any(word.low in _HARDLY for word in clause.words)
