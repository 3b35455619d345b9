"""A claim held against the documents that it cites: its checks, its verdict, and what it rests on.
Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.grounding.aligned import align
from digest.grounding.case import Case
from digest.grounding.check_names import CHECKS
from digest.grounding.checks import checked
from digest.grounding.closeness_score import trust
from digest.grounding.indexed import Sentence
from digest.grounding.longest_claim import too_long
from digest.grounding.reporting_frames import frame
from digest.grounding.support import word_for_word
from digest.model import Check
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.grounding.indexed import Indexed
    from digest.model import Evidence, Verdict
    from digest.text.sentences import Span


@dataclass(frozen=True, slots=True)
class Grounded:
    """What the checks say of a claim. `evidence` is what it rests on, best first; `score` orders
    claims by how far to trust them.
    """

    checks: tuple[tuple[str, Check], ...]
    verdict: Verdict
    evidence: tuple[Evidence, ...]
    score: float

    @property
    def why(self) -> str:
        """Every reason against the claim in one line; "" when there is none."""
        return "; ".join(check.why for _, check in self.checks if check.result == "fail")


def ground(texts: Sequence[str], documents: Sequence[Indexed]) -> Grounded:
    """The checks of a claim, given as its paragraphs, against the documents that it cites."""
    hopeless = too_long(texts) if documents else "cites no source that was read"
    if hopeless:
        checks = _every(Check("n/a")) | {"support": Check("fail", hopeless, "support")}
        return Grounded(tuple(checks.items()), "flagged", (), 0.0)
    paragraphs = [(text, sentences(text)) for text in texts]
    cases = [
        Case(align(_told(span), documents), documents, text, span is spans[0])
        for text, spans in paragraphs
        for span in spans
    ]
    if word_for_word([span.text for _, spans in paragraphs for span in spans], documents):
        verdict: Verdict = "extract"
        own = Check("pass", "word for word in what it cites")
        checks = _every(Check("n/a", "an extract")) | {"quotes": own}
    else:
        checks = checked(cases)
        failed = any(check.result == "fail" for check in checks.values())
        verdict = "flagged" if failed else "checked"
    return Grounded(
        tuple(checks.items()),
        verdict,
        _evidence(cases),
        trust([case.aligned for case in cases], documents, checks),
    )


def _every(check: Check) -> dict[str, Check]:
    return dict.fromkeys(CHECKS, check)


def _told(span: Span) -> Sentence:
    """The sentence without what it says of its own source."""
    begin = frame(span.text)
    return Sentence(span.text[begin:], span.start + begin, topic=begin > 0)


def _evidence(cases: Sequence[Case]) -> tuple[Evidence, ...]:
    """The sentences that the claim rests on, each once, those of its first sentence first."""
    places = {
        (id(place.source), place.number): place
        for case in cases
        for place in case.evidence
        if not place.sentence.title
    }
    return tuple(
        place.source.evidence(place.sentence.start, place.sentence.start + len(place.sentence.text))
        for place in places.values()
    )
