"""A second opinion: another model is asked whether the passages bear out what the checks in code
have passed. It can only add doubts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.insights.model.examined import JUDGE, asked, failing, passages
from digest.insights.model.forms import JudgedAnswer
from digest.llm.question import NoAnswer, Spent
from digest.model import Check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.insights.model.examined import Examined
    from digest.insights.model.prompts import Asking
    from digest.llm.question import Answerer
    from digest.llm.usage import Opinions

WORDS = 40  # of the answer for each claim
NO_BUDGET = "the second opinion's share of the budget was spent"
NO_ANSWER = "the judge gave no answer"
NO_WORD = "the judge's answer left it out"


@dataclass(frozen=True, slots=True)
class Judge:
    """Gives second opinions, and counts them. For any thread."""

    answerer: Answerer
    asking: Asking
    opinions: Opinions

    def heard(self, claims: Sequence[Examined], about: str) -> list[Examined]:
        """The claims, those flagged that the judge does not find in the passages.

        It is asked only about what the checks passed in other words than the source's. Where it
        says nothing the checks stand, and `judge` is n/a with the reason.
        """
        wanted = [one for one in claims if one.grounded.verdict == "grounded"]
        said = asked(lambda some: self._said(some, about), wanted, _unheard) if wanted else {}
        return [
            (
                self._noted(one, said.get(one.claim.id, Check("n/a", NO_WORD)))
                if one in wanted
                else one
            )
            for one in claims
        ]

    def _said(self, wanted: Sequence[Examined], about: str) -> dict[str, Check]:
        rows = [{"id": one.claim.id, "text": one.text, "passages": passages(one)} for one in wanted]
        question = self.asking.question(
            "judge",
            "judge",
            JudgedAnswer,
            about=f"judge: {about}",
            words=WORDS * len(wanted),
            claims=rows,
        )
        ids = {one.claim.id for one in wanted}
        return {
            claim.id: _check(claim.supported, claim.why)
            for claim in self.answerer.ask(question).form.claims
            if claim.id in ids
        }

    def _noted(self, one: Examined, check: Check) -> Examined:
        if check.result == "n/a":
            self.opinions.missed(check.why)
        else:
            self.opinions.given(doubted=check.result == "fail")
        if check.result == "fail":
            return replace(one, grounded=failing(one.grounded, JUDGE, check))
        return replace(
            one, grounded=replace(one.grounded, checks=(*one.grounded.checks, (JUDGE, check)))
        )


def _check(supported: bool, why: str) -> Check:
    return (
        Check("pass")
        if supported
        else Check("fail", f"the second opinion: {why or 'gives no reason'}")
    )


def _unheard(wanted: Sequence[Examined], error: NoAnswer) -> dict[str, Check]:
    """What is said of claims of which nobody would judge."""
    return {
        one.claim.id: Check("n/a", NO_BUDGET if isinstance(error, Spent) else NO_ANSWER)
        for one in wanted
    }
