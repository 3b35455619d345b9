"""What a model claims, examined: grounded in the documents that it cites, put right once where it fails, else replaced or dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, TypeVar

from digest.insights.alike import repeats
from digest.insights.candidates import candidates
from digest.insights.furniture import furniture
from digest.insights.generated.forms import MendedAnswer
from digest.insights.generated.trimming import trimmed
from digest.insights.grounding import Grounded, ground
from digest.insights.hostile import improper
from digest.insights.sentences import sentences
from digest.llm.question import NoAnswer, TooLong
from digest.model import Check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from digest.insights.generated.judging import Judge
    from digest.insights.generated.prompts import Asking
    from digest.insights.grounding import Indexed
    from digest.llm.question import Answerer, Task
    from digest.model import Evidence

JUDGE = "judge"  # the name of the second opinion among the checks
AROUND = 350  # characters of the source shown before and behind what a claim comes closest to
PASSAGES = 4
HEADLINE = 16  # words of a headline or a title; ten or twelve are asked for
ENDS = (".", "!", "?", "…", "”", '"')  # of a sentence
_TALKS_OF = re.compile(
    r"\b(?:discuss(?:es|ed)|talk(?:s|ed)? (?:about|through)|(?:delves?|dives?) into|reflects? on|touch(?:es|ed)? on|"
    r"shares? (?:his|her|their) (?:experiences?|thoughts|views?|insights?))\b",
    re.IGNORECASE,
)
TRUSTED = (
    0.12  # `Grounded.score` from which a sentence is near enough to its source: 2 in 100 true ones are not, and half of the untrue ones
)
SURE = 0.22  # the same of an aside and of what is left of a text, which are only said where the source says them
FEW = 6  # words of a sentence that is too short to be scored
LONGEST = 900  # characters of one of them before what is around it: captions without full stops are one long sentence


@dataclass(frozen=True, slots=True)
class Claim:
    """Some text that a model wrote, the documents that it cites, and where in them it stands by the model's own account.

    `words` is the most that it may have, repaired too; `fewest` how many sentences must be left when one that fails is taken out, 0
    where none may be. An `aside` goes with another claim and is dropped rather than put right.
    """

    id: str
    text: str
    cited: Sequence[Indexed]
    quoted: tuple[Evidence, ...] = ()
    words: int = HEADLINE
    fewest: int = 0
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Examined:
    """A claim as it stands after the checks. `grounded` is of `text`; a verdict of "flagged" means that it must not be shown.

    `repaired`: it was put right, by whoever wrote it or by taking out a sentence.
    """

    claim: Claim
    text: str
    grounded: Grounded
    repaired: bool = False

    @property
    def holds(self) -> bool:
        """May it be shown?"""
        return self.grounded.verdict != "flagged"

    @property
    def doubted(self) -> bool:
        """Is it the second opinion that speaks against it? That is of the whole, not of a sentence."""
        return any(name == JUDGE and check.result == "fail" for name, check in self.grounded.checks)


class Examiner(Protocol):
    """Whoever examines claims."""

    def examine(self, claims: Sequence[Claim], *, about: str) -> list[Examined]:
        """Each claim, in order, after at most one attempt to put right what fails."""


@dataclass(frozen=True, slots=True)
class Checks:
    """The checks in code, a second opinion where one is wanted, and one attempt to put a failing claim right."""

    answerer: Answerer
    asking: Asking
    judge: Judge | None = None
    task: Task = "read"  # of what is examined: who wrote a claim is asked to put it right

    def examine(self, claims: Sequence[Claim], *, about: str) -> list[Examined]:
        """As `Examiner`. No answer to a question about claims is no reason to believe or to drop them: the checks in code stand."""
        first = self._heard([self._checked(claim, claim.text) for claim in claims], about)
        wrong = {one.claim.id: one for one in first if not (one.holds or one.claim.aside)}
        if not wrong:
            return first
        texts = asked(lambda some: self._mended(some, about), list(wrong.values()))
        second = self._heard([self._checked(wrong[name].claim, text, repaired=True) for name, text in texts.items()], about)
        better = {one.claim.id: one for one in second if one.holds}
        left = [(one, *(again for again in second if again.claim.id == name)) for name, one in wrong.items() if name not in better]
        better |= {one.claim.id: one for one in self._heard(list(self._trimmed(left)), about) if one.holds}
        return [better.get(one.claim.id, one) for one in first]

    def _checked(self, claim: Claim, text: str, *, repaired: bool = False) -> Examined:
        text = self.asking.typeset(text)
        grounded = examined(text, claim.cited)
        if claim.aside and grounded.score < SURE:
            grounded = failing(grounded, "support", Check("fail", "it is too far from what is cited"))
        return Examined(claim, text, grounded, repaired)

    def _heard(self, claims: list[Examined], about: str) -> list[Examined]:
        return self.judge.heard(claims, about) if self.judge else claims

    def _mended(self, wrong: Sequence[Examined], about: str) -> dict[str, str]:
        rows = [{"id": one.claim.id, "text": one.text, "why": one.grounded.why, "passages": passages(one)} for one in wrong]
        words = sum(len(one.text.split()) + 30 for one in wrong)
        question = self.asking.question(self.task, "repair", MendedAnswer, about=f"repair: {about}", words=words, claims=rows)
        most = {one.claim.id: one.claim.words for one in wrong}
        answer = self.answerer.ask(question).form
        mended = {claim.id: shortened(claim.text, most[claim.id]) for claim in answer.claims if claim.id in most}
        return {name: text for name, text in mended.items() if text and len(text.split()) <= most[name]}

    def _trimmed(self, left: Sequence[Sequence[Examined]]) -> Iterator[Examined]:
        """What remains of claims without the sentences that fail, of each the version that is nearest to its sources."""
        for versions in left:
            cut = [self._cut(one) for one in versions if one.claim.fewest and not one.doubted]
            held = [one for one in cut if one and one.holds and one.grounded.score >= SURE and len(one.text.split()) > FEW]
            yield from sorted(held, key=lambda one: -one.grounded.score)[:1]

    def _cut(self, one: Examined) -> Examined | None:
        text = trimmed(one.text, lambda sentence: examined(sentence, one.claim.cited).verdict != "flagged", one.claim.fewest)
        return self._checked(one.claim, text, repaired=True) if text else None


Said = TypeVar("Said")


def asked(
    ask: Callable[[Sequence[Examined]], Mapping[str, Said]],
    claims: Sequence[Examined],
    unanswered: Callable[[Sequence[Examined], NoAnswer], Mapping[str, Said]] = lambda *_: {},
) -> dict[str, Said]:
    """What is answered of each claim; asked in halves where all are too long for one question, `unanswered` where nobody answers."""
    try:
        return dict(ask(claims))
    except NoAnswer as error:
        half = len(claims) // 2
        if isinstance(error, TooLong) and half:
            return {**asked(ask, claims[:half], unanswered), **asked(ask, claims[half:], unanswered)}
        return dict(unanswered(claims, error))


def shortened(text: str, words: int) -> str:
    """The first sentences that together have at most `words` words, without those that repeat one; the first in any case.

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
    """The grounding of a model's text; what must not be shown whatever its source says fails `support`."""
    grounded = ground([text], cited)
    says = grounded.evidence or any(map(str.isalpha, text))
    wrong = "it says nothing" if not says else improper(text) or _furniture(text, grounded, cited) or _unsaid(text, cited)
    wrong = wrong or _padding(text, grounded, cited)
    if not wrong:
        return grounded
    return failing(grounded, "support", Check("fail", wrong))


def _furniture(text: str, grounded: Grounded, cited: Sequence[Indexed]) -> str:
    """Why a sentence is none of the document's news, such as a byline; of copied ones also why they cannot be shown as they are."""
    reason = next(filter(None, (furniture(span.text) for span in sentences(text))), "")
    if reason:
        return f"it is {reason}"
    if grounded.verdict != "extract" or not text.endswith(ENDS):  # a headline or a figure is no sentence, and none that is cut off
        return ""
    fit = {" ".join(one.span.text.split()) for source in cited for one in candidates(source.document)}
    glued = any(" ".join(span.quote.split()) not in fit for span in grounded.evidence)
    return "it is copied with what does not belong to it" if glued else ""


def _unsaid(text: str, cited: Sequence[Indexed]) -> str:
    """Why a sentence about a talk says nothing of what is said in it: "She discusses the challenges." One with a figure does."""
    if any(source.document.basis != "transcript" for source in cited):
        return ""
    empty = (span.text for span in sentences(text) if _TALKS_OF.search(span.text) and not any(map(str.isdigit, span.text)))
    return next((f"“{one}” names what is talked about, not what is said of it" for one in empty), "")


def _padding(text: str, grounded: Grounded, cited: Sequence[Indexed]) -> str:
    """Why a sentence says nothing that its sources say, though nothing in it is against them: small models pad. A headline may."""
    if grounded.verdict != "grounded" or len(text.split()) <= HEADLINE:
        return ""
    own = [span.text for span in sentences(text) if span.words > FEW]
    scores = [grounded.score] if len(own) < 2 else [ground([one], cited).score for one in own]
    return next((f"“{one}” is too far from what is cited" for one, score in zip(own, scores, strict=False) if score < TRUSTED), "")


def failing(grounded: Grounded, name: str, check: Check) -> Grounded:
    """The grounding with a check of this name that fails."""
    checks = {**dict(grounded.checks), name: check}
    return replace(grounded, checks=tuple(checks.items()), verdict="flagged")


def passages(one: Examined) -> str:
    """What the source says where the model quotes it and where the claim comes closest to it, each part of it once."""
    shown = (*one.claim.quoted, *one.grounded.evidence)[:PASSAGES]
    found: list[str] = []
    for indexed in one.claim.cited:
        text = indexed.document.text
        near = [span for span in shown if span.entry_url == indexed.document.url]
        found += [text[start:end] for start, end in _joined(map(_around, near))]
    return "\n[…]\n".join(found) or (one.claim.cited[0].document.text[: 2 * AROUND] if one.claim.cited else "")


def _around(span: Evidence) -> tuple[int, int]:
    return max(0, span.start - AROUND), min(span.end, span.start + LONGEST) + AROUND


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in reading order, those that overlap as one."""
    made: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made
