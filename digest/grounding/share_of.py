"""Of what a number is a share: the thing behind its "of"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.grounding.aligned import worth
from digest.grounding.numbers import same_number, stated_in
from digest.grounding.outcome import Outcome, outcome
from digest.grounding.surroundings import phrase, word_at
from digest.text.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.case import Case
    from digest.grounding.indexed import Sentence
    from digest.text.measures import Stated
    from digest.text.words import Word

_OF = re.compile(r"(?:\s?(?:percent|per cent|%))? of (?:all )?(?:the |its |their |his |her |our )?")
_THINGS = 3  # words behind an "of" that say of what
_PARTS = frozenset({"share", "count"})


def wholes(case: Case) -> Outcome:
    """No share of a part is told as one of the whole, or of another thing."""
    mine = [(one, of) for one in case.sentence.stated if (of := _of_what(case.sentence, one))]
    return outcome(bool(mine), (why for one, of in mine for why in _of_another(one, of, case)))


def _of_what(sentence: Sentence, one: Stated) -> tuple[Word, ...]:
    """The words behind the "of" of a number: "10 percent of its IT staff"."""
    found = _OF.match(folded(sentence.text), one.end) if one.kind in _PARTS else None
    if found is None:
        return ()
    things: list[Word] = []
    for word in sentence.words:
        if word.start < found.end():
            continue
        joined = not things or sentence.text[things[-1].end : word.start] in {" ", "-"}
        if not word.content or not joined or len(things) == _THINGS:
            break
        things.append(word)
    return tuple(word for word in things if not word.capital and word.low.isalpha())


def _of_another(one: Stated, mine: tuple[Word, ...], case: Case) -> Iterator[str]:
    there = [
        (place, other, _of_what(place.sentence, other))
        for place, other in stated_in(case.sources)
        if same_number(one, other, place.source)
    ]
    if not there or any(
        not theirs or _alike(mine, place.sentence.words) for place, _, theirs in there
    ):
        return
    place, other, _ = there[0]
    said = phrase(place.sentence, word_at(place.sentence, other.end), 5)
    yield f"“{one.text} of {' '.join(word.text for word in mine)}”: the source says “{said}”"


def _alike(mine: Sequence[Word], theirs: Sequence[Word]) -> bool:
    return any(worth(one.stem, other.stem) for one in mine for other in theirs)
