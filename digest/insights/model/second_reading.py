"""A second reading: a model is asked whether what a claim says is what its source says. It is asked
once for all claims of a document, or of a story, and shown the documents as they were read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.extract.hostile import improper
from digest.grounding.meaning import Opinion, opinion, read_again, worth_reading
from digest.insights.model.document_parts import whole
from digest.insights.model.examined import asked
from digest.insights.model.forms import SecondAnswer
from digest.insights.model.relevant_passages import relevant
from digest.llm.question import NoAnswer, Spent
from digest.llm.token_count import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.grounding import Indexed
    from digest.insights.model.examined import Examined
    from digest.insights.model.forms import ReadClaim
    from digest.insights.model.prompts import Asking
    from digest.llm.question import Answerer, Question
    from digest.llm.usage import SecondReadings
    from digest.model import Document

LONGEST_WHY = 30  # words of what differs
WORDS = 45  # of the answer for each claim: what decides, what differs
# tokens of the documents behind a story's first, above which they are shown by their passages: the
# first is in the provider's cache, they are not
BEHIND_THE_FIRST = 2500
PASSAGES = 250  # tokens of them for each claim
NO_BUDGET = "the second readings' share of the budget was spent"
NO_ANSWER = "nobody gave a second reading"
NO_WORD = "the second reading left it out"


@dataclass(frozen=True, slots=True)
class Shown:
    """A document as the reader has it."""

    document: Document
    text: str
    whole: bool


@dataclass(frozen=True, slots=True)
class SecondReader:
    """Gives claims their second reading, and counts them. For any thread."""

    answerer: Answerer
    asking: Asking
    readings: SecondReadings

    def heard(self, claims: Sequence[Examined], about: str) -> list[Examined]:
        """The claims with what was said of their meaning, their verdicts changed by it.

        It is asked about what is not the source's own words and may still stand. Where it says
        nothing the checks in code stand, and `meaning` is n/a with the reason.
        """
        said = self.opinions([one for one in claims if _worth(one)], about)
        return [
            replace(one, grounded=read_again(one.grounded, said[one.claim.id]))
            if one.claim.id in said
            else one
            for one in claims
        ]

    def opinions(self, claims: Sequence[Examined], about: str) -> Mapping[str, Opinion | str]:
        """What is said of each claim, by its id; a text says why nothing is."""
        if not claims:
            return {}
        heard = asked(lambda some: self._said(some, about), claims, _unheard)
        said = {one.claim.id: heard.get(one.claim.id, NO_WORD) for one in claims}
        for one in claims:
            self._count(said[one.claim.id], flagged=not one.holds)
        return said

    def _count(self, said: Opinion | str, *, flagged: bool) -> None:
        if isinstance(said, str):
            self.readings.missed(said)
        else:
            self.readings.heard(supported=said.says == "supported", flagged=flagged)

    def question(self, claims: Sequence[Examined], about: str) -> Question[SecondAnswer]:
        """What is asked of these claims."""
        return self._question(claims, self._shown(claims), about)

    def _question(
        self, claims: Sequence[Examined], shown: Sequence[Shown], about: str
    ) -> Question[SecondAnswer]:
        return self.asking.question(
            "judge",
            "second",
            SecondAnswer,
            about=f"second reading: {about}",
            words=WORDS * len(claims),
            sources=[(one.document, one.text, one.whole) for one in shown],
            claims=[
                {"id": one.claim.id, "text": one.text, "reading": one.claim.reading}
                for one in claims
            ],
        )

    def _said(self, claims: Sequence[Examined], about: str) -> dict[str, Opinion | str]:
        shown = self._shown(claims)
        answer = self.answerer.ask(self._question(claims, shown, about)).form
        parts = {one.document.entry_id for one in shown if not one.whole}
        by_id = {one.claim.id: one.claim.cited for one in claims}
        return {
            row.id: _opinion(row, by_id[row.id], parts) for row in answer.claims if row.id in by_id
        }

    def _shown(self, claims: Sequence[Examined]) -> tuple[Shown, ...]:
        """The documents that the claims cite: whole as far as they fit, else what matters of them."""
        cited = list(
            {one.document.entry_id: one for claim in claims for one in claim.claim.cited}.values()
        )
        bare = self._question(claims, (), "")
        room = self.answerer.room("judge") - tokens(bare.system) - tokens(bare.prompt)
        shown: list[Shown] = []
        behind = BEHIND_THE_FIRST
        for source in cited:
            one = _shown(source, claims, room if not shown else min(room, behind))
            cost = tokens(one.text)
            room, behind = room - cost, behind - (cost if shown else 0)
            shown.append(one)
        return tuple(shown)


def _shown(source: Indexed, claims: Sequence[Examined], room: int) -> Shown:
    text = whole(source.document)
    if tokens(text) <= room:
        return Shown(source.document, text, whole=True)
    about = [one for one in claims if source in one.claim.cited]
    return Shown(
        source.document, relevant(source, about, PASSAGES * max(2, len(about))), whole=False
    )


def _worth(one: Examined) -> bool:
    return worth_reading(one.grounded.checks, one.grounded.verdict)


def _opinion(row: ReadClaim, cited: Sequence[Indexed], parts: set[str]) -> Opinion | str:
    all_of_it = not any(one.document.entry_id in parts for one in cited)
    why = "" if improper(row.why) else " ".join(row.why.split()[:LONGEST_WHY])
    return opinion(row.result, row.words, why, cited, whole=all_of_it)


def _unheard(claims: Sequence[Examined], error: NoAnswer) -> dict[str, Opinion | str]:
    """What is said of claims that nobody would read."""
    why = NO_BUDGET if isinstance(error, Spent) else NO_ANSWER
    return {one.claim.id: why for one in claims}
