"""What a model claims, examined: grounded in the documents that it cites, put right once where it
fails, else replaced or dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from digest.extract.hostile import improper
from digest.grounding import Grounded, ground
from digest.insights.candidates import candidates
from digest.insights.model.examined import HEADLINE, Claim, Examined, asked, failing, passages
from digest.insights.model.forms import MendedAnswer
from digest.insights.model.trimming import trimmed
from digest.insights.page_furniture import furniture
from digest.model import Check
from digest.text.sentences import sentences
from digest.text.similarity import repeats

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding import Indexed
    from digest.insights.model.prompts import Asking
    from digest.insights.model.second_reading import SecondReader
    from digest.llm.question import Answerer, Task

ENDS = (".", "!", "?", "…", "”", '"')  # of a sentence
_TALKS_OF = re.compile(
    r"\b(?:discuss(?:es|ed)|talk(?:s|ed)? (?:about|through)|(?:delves?|dives?) into|reflects?"
    r" on|touch(?:es|ed)? on|"
    r"shares? (?:his|her|their) (?:experiences?|thoughts|views?|insights?))\b",
    re.IGNORECASE,
)
# `Grounded.score` from which a sentence is near enough to its source: 2 in 100 true ones are not,
# and half of the untrue ones
TRUSTED = 0.12
# the same of an aside and of what is left of a text, which are only said where the source says them
SURE = 0.22
FEW = 6  # words of a sentence that is too short to be scored


class Examiner(Protocol):
    """Whoever examines claims."""

    def examine(self, claims: Sequence[Claim], *, about: str) -> list[Examined]:
        """Each claim, in order, after at most one attempt to put right what fails."""

    def mended(self, wrong: Examined) -> str:
        """A claim as whoever wrote it puts it right; "" where no answer comes."""


@dataclass(frozen=True, slots=True)
class Checks:
    """The checks in code, a second reading where there is a reader, and one attempt to put a failing
    claim right.
    """

    answerer: Answerer
    asking: Asking
    second: SecondReader | None = None
    task: Task = "read"  # of what is examined: who wrote a claim is asked to put it right

    def examine(self, claims: Sequence[Claim], *, about: str) -> list[Examined]:
        """As `Examiner`. No answer to a question about claims is no reason to believe or to drop
        them: the checks in code stand.
        """
        first = self._heard([self._checked(claim, claim.text) for claim in claims], about)
        wrong = {one.claim.id: one for one in first if not (one.holds or one.claim.aside)}
        if not wrong:
            return first
        texts = asked(lambda some: self._mended(some, about), list(wrong.values()))
        second = self._heard(
            [self._checked(wrong[name].claim, text, repaired=True) for name, text in texts.items()],
            about,
        )
        better = {one.claim.id: one for one in second if one.holds}
        left = [
            (one, *(again for again in second if again.claim.id == name))
            for name, one in wrong.items()
            if name not in better
        ]
        cut = list(self._trimmed(left, self._wrong_sentences(left, about)))
        better |= {one.claim.id: one for one in self._heard(cut, about) if one.holds}
        return [better.get(one.claim.id, one) for one in first]

    def mended(self, wrong: Examined) -> str:
        """As `Examiner`."""
        name = wrong.claim.id
        text = asked(lambda some: self._mended(some, name), [wrong]).get(name, "")
        return self.asking.typeset(text)

    def _checked(self, claim: Claim, text: str, *, repaired: bool = False) -> Examined:
        text = self.asking.typeset(text)
        grounded = examined(text, claim.cited)
        if claim.aside and grounded.score < SURE:
            grounded = failing(
                grounded, "support", Check("fail", "it is too far from what is cited")
            )
        return Examined(claim, text, grounded, repaired)

    def _heard(self, claims: list[Examined], about: str) -> list[Examined]:
        return self.second.heard(claims, about) if self.second else claims

    def _mended(self, wrong: Sequence[Examined], about: str) -> dict[str, str]:
        rows = [
            {
                "id": one.claim.id,
                "text": one.text,
                "why": one.grounded.why,
                "passages": passages(one),
                "reading": one.claim.reading,
            }
            for one in wrong
        ]
        words = sum(len(one.text.split()) + 30 for one in wrong)
        question = self.asking.question(
            self.task, "repair", MendedAnswer, about=f"repair: {about}", words=words, claims=rows
        )
        most = {one.claim.id: one.claim.words for one in wrong}
        answer = self.answerer.ask(question).form
        mended = {
            claim.id: shortened(claim.text, most[claim.id])
            for claim in answer.claims
            if claim.id in most
        }
        return {
            name: text for name, text in mended.items() if text and len(text.split()) <= most[name]
        }

    def _wrong_sentences(
        self, left: Sequence[Sequence[Examined]], about: str
    ) -> frozenset[tuple[str, str]]:
        """Of texts that the second reading doubts, the sentences that it doubts when each is read
        by itself, each with its claim's id. Asked once for all.
        """
        doubted = {
            (one.claim.id, span.text): one.claim
            for versions in left
            for one in versions
            if one.doubted and one.claim.fewest and len(sentences(one.text)) > 1
            for span in sentences(one.text)
        }
        parts = {
            f"{claim.id}s{i}": (key, replace(claim, id=f"{claim.id}s{i}"))
            for i, (key, claim) in enumerate(doubted.items(), 1)
        }
        read = self._heard([self._checked(one, key[1]) for key, one in parts.values()], about)
        return frozenset(parts[one.claim.id][0] for one in read if not one.holds)

    def _trimmed(
        self, left: Sequence[Sequence[Examined]], wrong: frozenset[tuple[str, str]]
    ) -> Iterator[Examined]:
        """What remains of claims without the sentences that fail or are `wrong`, of each the version
        that is nearest to its sources.
        """
        for versions in left:
            cut = [self._cut(one, wrong) for one in versions if one.claim.fewest]
            held = [
                one
                for one in cut
                if one and one.holds and one.grounded.score >= SURE and len(one.text.split()) > FEW
            ]
            yield from sorted(held, key=lambda one: -one.grounded.score)[:1]

    def _cut(self, one: Examined, wrong: frozenset[tuple[str, str]]) -> Examined | None:
        def holds(sentence: str) -> bool:
            return (one.claim.id, sentence) not in wrong and examined(
                sentence, one.claim.cited
            ).verdict != "flagged"

        text = trimmed(one.text, holds, one.claim.fewest)
        return self._checked(one.claim, text, repaired=True) if text else None


def shortened(text: str, words: int) -> str:
    """The first sentences that together have at most `words` words, without those that repeat one;
    the first in any case.

    A schema that caps length breaks words; small models say things twice.
    """
    kept: list[str] = []
    for span in sentences(text):
        if kept and sum(len(one.split()) for one in kept) + span.words > words:
            break
        if not any(repeats(span.text, one) for one in kept):
            kept.append(span.text)
    return " ".join(kept)


def examined(text: str, cited: Sequence[Indexed]) -> Grounded:
    """The grounding of a model's text; what must not be shown whatever its source says fails
    `support`.
    """
    grounded = ground([text], cited)
    says = grounded.evidence or any(map(str.isalpha, text))
    wrong = (
        "it says nothing"
        if not says
        else improper(text) or _furniture(text, grounded, cited) or _unsaid(text, cited)
    )
    if wrong:
        return failing(grounded, "support", Check("fail", wrong, "unfit"))
    padding = _padding(text, grounded, cited)
    if not padding:
        return grounded
    return failing(grounded, "support", Check("fail", padding, "padding", clearable=True))


def _furniture(text: str, grounded: Grounded, cited: Sequence[Indexed]) -> str:
    """Why a sentence is none of the document's news, such as a byline; of copied ones also why they
    cannot be shown as they are.
    """
    reason = next(filter(None, (furniture(span.text) for span in sentences(text))), "")
    if reason:
        return f"it is {reason}"
    if grounded.verdict != "extract" or not text.endswith(
        ENDS
    ):  # a headline or a figure is no sentence, and none that is cut off
        return ""
    fit = {
        " ".join(one.span.text.split()) for source in cited for one in candidates(source.document)
    }
    glued = any(" ".join(span.quote.split()) not in fit for span in grounded.evidence)
    return "it is copied with what does not belong to it" if glued else ""


def _unsaid(text: str, cited: Sequence[Indexed]) -> str:
    """Why a sentence about a talk says nothing of what is said in it: "She discusses the
    challenges." One with a figure does.
    """
    if any(source.document.basis != "transcript" for source in cited):
        return ""
    empty = (
        span.text
        for span in sentences(text)
        if _TALKS_OF.search(span.text) and not any(map(str.isdigit, span.text))
    )
    return next(
        (f"“{one}” names what is talked about, not what is said of it" for one in empty), ""
    )


def _padding(text: str, grounded: Grounded, cited: Sequence[Indexed]) -> str:
    """Why a sentence says nothing that its sources say, though nothing in it is against them: small
    models pad. A headline may.
    """
    if grounded.verdict != "checked" or len(text.split()) <= HEADLINE:
        return ""
    own = [span.text for span in sentences(text) if span.words > FEW]
    scores = [grounded.score] if len(own) < 2 else [ground([one], cited).score for one in own]
    return next(
        (
            f"“{one}” is too far from what is cited"
            for one, score in zip(own, scores, strict=False)
            if score < TRUSTED
        ),
        "",
    )
