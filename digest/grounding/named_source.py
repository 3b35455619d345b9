"""What a sentence reports by the name of one of its sources ("The Wire reports", "according to The
Wire") is that one's: another source of the event may have it, but then it is not The Wire's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.grounding.aligned import align
from digest.grounding.case import Case
from digest.grounding.dates import dates
from digest.grounding.names import absent_names
from digest.grounding.numbers import numbers
from digest.grounding.outcome import Outcome, outcome
from digest.text.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.indexed import Indexed

_FACTS = (numbers, dates, absent_names)
_WHOLE = frozenset({"article", "transcript"})
_BEFORE = r"(?:according to|as reported by|as told by|reports?|reported by|told|tells) (?:the )?"
_AFTER = (
    r"(?:'s report)?,? (?:also |first )?(?:reports?|reported|writes|wrote|says|said|notes|adds)\b"
)


def named_source(case: Case) -> Outcome:
    """Numbers, dates and names that are reported by the name of a source are in that source.

    Nothing is said of a source that was read in part, nor where another one speaks of it: it may
    be told there what it says.
    """
    named = [one for one in case.sources if _reported_by(one, case.sentence.text)]
    others = [one for one in case.sources if one not in named]
    publishers = {one.document.publisher for one in named}
    partial = any(one.document.basis not in _WHOLE for one in named)
    if len(publishers) != 1 or not others or partial or _spoken_of(named[0], others):
        return Outcome(applies=False)
    return outcome(True, _anothers(case, named, others))


def _name(source: Indexed) -> str:
    return folded(source.document.publisher).lower().removeprefix("the ").strip()


def _reported_by(source: Indexed, text: str) -> bool:
    name, told = re.escape(_name(source)), folded(text).lower()
    return bool(name) and re.search(rf"{_BEFORE}{name}\b|\b{name}{_AFTER}", told) is not None


def _spoken_of(source: Indexed, others: Sequence[Indexed]) -> bool:
    return any(_name(source) in folded(one.document.text).lower() for one in others)


def _anothers(case: Case, named: Sequence[Indexed], others: Sequence[Indexed]) -> Iterator[str]:
    """What is not in the named source and is in another: what is in none is said elsewhere."""
    for check in _FACTS:
        missing = check(_of(case, named)).problems
        if missing and not check(case).problems:
            has = (one for one in others if not check(_of(case, [one])).problems)
            where = next((f"; {one.document.publisher} has it" for one in has), "")
            yield f"{named[0].document.publisher} is named for it: {'; '.join(missing)}{where}"


def _of(case: Case, sources: Sequence[Indexed]) -> Case:
    """The sentence held against these sources alone."""
    return Case(align(case.sentence, sources), sources, case.text, case.opens)
