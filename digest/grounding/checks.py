"""The table of the checks: what each is called, whether a second reading may clear its flag, and
what makes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.grounding.assignment import assigned_dates, assigned_names, assigned_numbers
from digest.grounding.check_names import CHECKS
from digest.grounding.dates import dates
from digest.grounding.movement import movement
from digest.grounding.named_source import named_source
from digest.grounding.names import absent_names, joined_names
from digest.grounding.numbers import bounds, numbers, numbers_in_words
from digest.grounding.polarity import denial, opposite
from digest.grounding.quotation_sayer import sayers
from digest.grounding.quotations import quoted
from digest.grounding.support import support
from digest.grounding.units import units
from digest.model import Check

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from digest.grounding.case import Case
    from digest.grounding.outcome import Outcome


@dataclass(frozen=True, slots=True)
class CheckRule:
    """One row: `check` is the question that an editor sees, `name` what is looked at for it."""

    check: str
    name: str
    run: Callable[[Case], Outcome]
    clearable: bool = False


RULES = (
    CheckRule("quotes", "quotation", quoted),
    CheckRule("quotes", "quotation-sayer", sayers, clearable=True),
    CheckRule("numbers", "number", numbers),
    CheckRule("numbers", "number-in-words", numbers_in_words, clearable=True),
    CheckRule("numbers", "bound", bounds, clearable=True),
    CheckRule("numbers", "number-assigned", assigned_numbers, clearable=True),
    CheckRule("numbers", "unit", units, clearable=True),
    CheckRule("dates", "date", dates),
    CheckRule("dates", "date-assigned", assigned_dates, clearable=True),
    CheckRule("names", "name", absent_names),
    CheckRule("names", "name-joined", joined_names, clearable=True),
    CheckRule("names", "name-assigned", assigned_names, clearable=True),
    CheckRule("names", "named-source", named_source),
    CheckRule("direction", "denial", denial, clearable=True),
    CheckRule("direction", "opposite", opposite, clearable=True),
    CheckRule("direction", "movement", movement, clearable=True),
    CheckRule("support", "support", support),
)


def checked(cases: Sequence[Case]) -> dict[str, Check]:
    """What every check says of all sentences of a claim."""
    found = [(rule, [rule.run(case) for case in cases]) for rule in RULES]
    return {name: _check([row for row in found if row[0].check == name]) for name in CHECKS}


def _check(found: Sequence[tuple[CheckRule, Sequence[Outcome]]]) -> Check:
    problems = {why: rule for rule, outcomes in found for one in outcomes for why in one.problems}
    if problems:
        rules = dict.fromkeys(rule.name for rule in problems.values())
        clearable = all(rule.clearable for rule in problems.values())
        return Check("fail", "; ".join(problems), " ".join(rules), clearable)
    applies = any(one.applies for _, outcomes in found for one in outcomes)
    return Check("pass" if applies else "n/a")
