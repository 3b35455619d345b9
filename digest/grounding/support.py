"""Is enough of the claim in the source at all, in one place and not scattered over it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.grounding.indexed import plain
from digest.grounding.outcome import Outcome, cited, short
from digest.text.thesaurus_headlines import plainly, with_particle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.grounding.case import Case
    from digest.grounding.indexed import Indexed

_ENOUGH = 0.4  # the weighted share of a sentence's content that its evidence must have
# the same of what a source is said to be about, for which it seldom has a word itself
_OF_A_TOPIC = 0.25


def support(case: Case) -> Outcome:
    """The sentence has evidence for most of what it says."""
    enough = _OF_A_TOPIC if case.sentence.topic else _ENOUGH
    pairs = case.aligned.pairs
    thin = len(pairs) < 2 or not any(pair.worth == 1.0 for pair in pairs)
    if case.aligned.coverage >= enough and not thin:
        untold = _untold(case)
        why = f"{cited(case.sources)} has nothing of “{', '.join(untold)}”"
        return Outcome(True, (why,) if untold else ())
    missing = [match.word.text for match in case.aligned.matches if not match.worth]
    nothing = f": nothing there of {', '.join(missing[:5])}" if missing else ""
    why = (
        f"not word for word in what it cites, and too little of “{short(case.sentence.text)}” is in"
        f" {cited(case.sources)}{nothing}"
    )
    return Outcome(True, (why,))


def _untold(case: Case) -> list[str]:
    """The words of a sentence that say something of its names and numbers, where the evidence has
    none of them: "Acme collapses".
    """
    plain = [
        match
        for match in case.aligned.matches
        if not match.word.capital and not match.word.low[0].isdigit()
    ]
    if any(match.worth for match in plain) or _in_a_headlines_way(case):
        return []
    return [match.word.text for match in plain]


def _in_a_headlines_way(case: Case) -> bool:
    """Whether the sources have by another word what a headline's verb says: "switches off"."""
    words = case.sentence.words
    stems = set[str]().union(
        *(with_particle(words, at) | plainly(word.stem) for at, word in enumerate(words))
    )
    return any(not stems.isdisjoint(source.places) for source in case.sources)


def word_for_word(texts: Sequence[str], sources: Sequence[Indexed]) -> bool:
    """Whether the claim is whole sentences of the source, quotation marks, dashes, white space and
    the full stop aside.

    A part of one is a claim like any other: what is left out may deny it, doubt it or make it a
    condition.
    """
    return all(any(plain(text).rstrip(".") in source.whole for source in sources) for text in texts)
