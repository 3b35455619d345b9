"""What a model claims, examined: grounded in the documents that it cites, put right once where it fails, else replaced or dropped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from digest.insights.candidates import candidates
from digest.insights.furniture import furniture
from digest.insights.generated.forms import JudgedAnswer, MendedAnswer
from digest.insights.grounding import Grounded, ground
from digest.insights.hostile import improper
from digest.insights.sentences import sentences
from digest.llm.question import NoAnswer, TooLong
from digest.model import Check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from digest.insights.generated.prompts import Asking
    from digest.insights.grounding import Indexed
    from digest.llm.question import Answerer, Task
    from digest.model import Evidence

AROUND = 350  # characters of the source shown before and behind what a claim comes closest to
PASSAGES = 4
HEADLINE = 16  # words of a headline or a title; ten or twelve are asked for
ENDS = (".", "!", "?", "…", "”", '"')  # of a sentence
TRUSTED = 0.1  # `Grounded.score` from which a sentence is near enough to its source
FEW = 6  # words of a sentence that is too short to be scored
LONGEST = 900  # characters of one of them before what is around it: captions without full stops are one long sentence


@dataclass(frozen=True, slots=True)
class Claim:
    """Some text that a model wrote, the documents that it cites, and where in them it stands by the model's own account.

    `words` is the most that it may have, repaired too.
    """

    id: str
    text: str
    cited: Sequence[Indexed]
    quoted: tuple[Evidence, ...] = ()
    words: int = HEADLINE


@dataclass(frozen=True, slots=True)
class Examined:
    """A claim as it stands after the checks. `grounded` is of `text`; a verdict of "flagged" means that it must not be shown."""

    claim: Claim
    text: str
    grounded: Grounded
    repaired: bool = False

    @property
    def holds(self) -> bool:
        """May it be shown?"""
        return self.grounded.verdict != "flagged"


class Examiner(Protocol):
    """Whoever examines claims."""

    def examine(self, claims: Sequence[Claim], *, about: str) -> list[Examined]:
        """Each claim, in order, after at most one attempt to put right what fails."""


@dataclass(frozen=True, slots=True)
class Checks:
    """The checks in code, a second opinion where one is wanted, and one attempt to put a failing claim right."""

    answerer: Answerer
    asking: Asking
    judged: bool  # ask for a second opinion
    task: Task = "read"  # of what is examined: who wrote a claim is asked to put it right

    def examine(self, claims: Sequence[Claim], *, about: str) -> list[Examined]:
        """As `Examiner`. No answer to a question about claims is no reason to believe or to drop them: the checks in code stand."""
        first = self._second_opinion([Examined(claim, claim.text, examined(claim.text, claim.cited)) for claim in claims], about)
        failing = {one.claim.id: one for one in first if not one.holds}
        if not failing:
            return first
        mended = _asked(lambda some: self._mended(some, about), list(failing.values()))
        tried = [
            Examined(failing[name].claim, text, examined(text, failing[name].claim.cited), repaired=True) for name, text in mended.items()
        ]
        better = {one.claim.id: one for one in self._second_opinion(tried, about) if one.holds}
        return [better.get(one.claim.id, one) for one in first]

    def _mended(self, failing: Sequence[Examined], about: str) -> dict[str, str]:
        rows = [{"id": one.claim.id, "text": one.text, "why": one.grounded.why, "passages": passages(one)} for one in failing]
        words = sum(len(one.text.split()) + 30 for one in failing)
        question = self.asking.question(self.task, "repair", MendedAnswer, about=f"repair: {about}", words=words, claims=rows)
        most = {one.claim.id: one.claim.words for one in failing}
        answer = self.answerer.ask(question).form
        mended = {claim.id: shortened(claim.text, most[claim.id]) for claim in answer.claims if claim.id in most}
        return {name: text for name, text in mended.items() if text and len(text.split()) <= most[name]}

    def _second_opinion(self, claims: list[Examined], about: str) -> list[Examined]:
        """The claims, those flagged that the judge does not find in the passages. It never clears one that the checks flagged."""
        asked = [one for one in claims if one.grounded.verdict == "grounded"] if self.judged else []
        opinions = _asked(lambda some: self._opinions(some, about), asked) if asked else {}
        return [_judged(one, opinions[one.claim.id]) if one.claim.id in opinions else one for one in claims]

    def _opinions(self, asked: Sequence[Examined], about: str) -> dict[str, str]:
        """What the judge holds against each claim of which it speaks, "" for nothing."""
        rows = [{"id": one.claim.id, "text": one.text, "passages": passages(one)} for one in asked]
        question = self.asking.question("judge", "judge", JudgedAnswer, about=f"judge: {about}", words=40 * len(asked), claims=rows)
        answer, ids = self.answerer.ask(question).form, {one.claim.id for one in asked}
        return {claim.id: "" if claim.supported else claim.why or "gives no reason" for claim in answer.claims if claim.id in ids}


def _asked(ask: Callable[[Sequence[Examined]], dict[str, str]], claims: Sequence[Examined]) -> dict[str, str]:
    """What is answered of each claim; asked in halves where all are too long for one question, nothing where nobody answers."""
    try:
        return ask(claims)
    except TooLong:
        half = len(claims) // 2
        return {**_asked(ask, claims[:half]), **_asked(ask, claims[half:])} if half else {}
    except NoAnswer:
        return {}


def shortened(text: str, words: int) -> str:
    """The first sentences that together have at most `words` words; the first one in any case. A schema that caps length breaks words."""
    kept: list[str] = []
    for span in sentences(text):
        if kept and sum(len(one.split()) for one in kept) + span.words > words:
            break
        kept.append(span.text)
    return " ".join(kept)


def examined(text: str, cited: Sequence[Indexed]) -> Grounded:
    """The grounding of a model's text; what must not be shown whatever its source says fails `support`."""
    grounded = ground([text], cited)
    says = grounded.evidence or any(map(str.isalpha, text))
    wrong = (improper(text) or _furniture(text, grounded, cited) or _padding(text, grounded, cited)) if says else "it says nothing"
    if not wrong:
        return grounded
    return _flagged(grounded, "support", Check("fail", wrong))


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


def _padding(text: str, grounded: Grounded, cited: Sequence[Indexed]) -> str:
    """Why a sentence says nothing that its sources say, though nothing in it is against them: small models pad. A headline may."""
    if grounded.verdict != "grounded" or len(text.split()) <= HEADLINE:
        return ""
    own = [span.text for span in sentences(text) if span.words > FEW]
    scores = [grounded.score] if len(own) < 2 else [ground([one], cited).score for one in own]
    return next((f"“{one}” is too far from what is cited" for one, score in zip(own, scores, strict=False) if score < TRUSTED), "")


def _judged(one: Examined, against: str) -> Examined:
    if not against:
        return replace(one, grounded=replace(one.grounded, checks=(*one.grounded.checks, ("judge", Check("pass")))))
    return replace(one, grounded=_flagged(one.grounded, "judge", Check("fail", f"the second opinion: {against}")))


def _flagged(grounded: Grounded, name: str, check: Check) -> Grounded:
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
