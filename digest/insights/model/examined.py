"""A claim that a model makes, and how it stands after the checks. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from digest.grounding.meaning import MEANING
from digest.llm.question import NoAnswer, TooLong

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from digest.grounding import Grounded, Indexed
    from digest.model import Check, Evidence, Insight

AROUND = 350  # characters of the source shown before and behind what a claim comes closest to
PASSAGES = 4
# characters of one of them before what is around it: captions without full stops are one long
# sentence
LONGEST = 900
HEADLINE = 16  # words of a headline or a title; ten or twelve are asked for


@dataclass(frozen=True, slots=True)
class Claim:
    """Some text that a model wrote, the documents that it cites, and where in them it stands by the
    model's own account.

    `words` is the most that it may have, repaired too; `fewest` how many sentences must be left
    when one that fails is taken out, 0 where none may be. An `aside` goes with another claim and is
    dropped rather than put right. A `reading` is the newsletter's own: what it concludes need stand
    nowhere.
    """

    id: str
    text: str
    cited: Sequence[Indexed]
    quoted: tuple[Evidence, ...] = ()
    words: int = HEADLINE
    fewest: int = 0
    aside: bool = False
    reading: bool = False


@dataclass(frozen=True, slots=True)
class Examined:
    """A claim as it stands after the checks. `grounded` is of `text`; a verdict of "flagged" means
    that it must not be shown.

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
        """Is it the second reading that speaks against it? That is of the whole, not of a sentence."""
        return any(
            name == MEANING and check.result == "fail" for name, check in self.grounded.checks
        )


def evidence_of(insights: Iterable[Insight]) -> tuple[Evidence, ...]:
    """All that insights rest on, the best of each first."""
    ranked = [enumerate(one.evidence) for one in insights]
    spans = sorted((place for one in ranked for place in one), key=lambda place: place[0])
    return tuple(span for _, span in spans)


Said = TypeVar("Said")


def asked(
    ask: Callable[[Sequence[Examined]], Mapping[str, Said]],
    claims: Sequence[Examined],
    unanswered: Callable[[Sequence[Examined], NoAnswer], Mapping[str, Said]] = lambda *_: {},
) -> dict[str, Said]:
    """What is answered of each claim; asked in halves where all are too long for one question,
    `unanswered` where nobody answers.
    """
    try:
        return dict(ask(claims))
    except NoAnswer as error:
        half = len(claims) // 2
        if isinstance(error, TooLong) and half:
            return {
                **asked(ask, claims[:half], unanswered),
                **asked(ask, claims[half:], unanswered),
            }
        return dict(unanswered(claims, error))


def failing(grounded: Grounded, name: str, check: Check) -> Grounded:
    """The grounding with a check of this name that fails."""
    checks = {**dict(grounded.checks), name: check}
    return replace(grounded, checks=tuple(checks.items()), verdict="flagged")


def passages(one: Examined) -> str:
    """What the source says where the model quotes it and where the claim comes closest to it, each
    part of it once.
    """
    shown = (*one.claim.quoted, *one.grounded.evidence)[:PASSAGES]
    found: list[str] = []
    for indexed in one.claim.cited:
        text = indexed.document.text
        near = [span for span in shown if span.entry == indexed.document.entry_id]
        found += [text[start:end] for start, end in _joined(map(_around, near))]
    return "\n[…]\n".join(found) or (
        one.claim.cited[0].document.text[: 2 * AROUND] if one.claim.cited else ""
    )


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
