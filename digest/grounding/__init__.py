"""Checks of a claim against the documents it cites, and no others: `index` a document once, then
`ground` claims against it. Pure.

Five checks, each with its reason in words: `quotes`, `numbers` (with dates), `names`, `direction`
and `support`. All pass: `checked`; the source's own words: `extract`; one fails: `flagged`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.grounding.aligned import align
from digest.grounding.changed import changed
from digest.grounding.dates import dated
from digest.grounding.direction import direction
from digest.grounding.exchanged import exchanges
from digest.grounding.framed import frame
from digest.grounding.indexed import Indexed, Sentence, index
from digest.grounding.instead import instead_numbers
from digest.grounding.limits import too_long
from digest.grounding.located import locate
from digest.grounding.names import names
from digest.grounding.numbers import numbers
from digest.grounding.outcome import Outcome
from digest.grounding.periods import misperiods
from digest.grounding.quotes import quotes
from digest.grounding.support import support, word_for_word
from digest.grounding.timed import mistimed
from digest.grounding.trust import trust
from digest.model import Check
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.grounding.aligned import Aligned
    from digest.model import Evidence, Verdict
    from digest.text.sentences import Span

__all__ = ["CHECKS", "Grounded", "Indexed", "ground", "index", "locate"]

CHECKS = ("quotes", "numbers", "names", "direction", "support")


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
        unchecked = Check("fail", hopeless)
        return Grounded(
            tuple((name, unchecked if name == "support" else Check("n/a")) for name in CHECKS),
            "flagged",
            (),
            0.0,
        )
    spans = [span for text in texts for span in sentences(text)]
    claims = [align(_told(span), documents) for span in spans]
    if word_for_word([span.text for span in spans], documents):
        return Grounded(_own_words(), "extract", _evidence(claims), trust(claims, documents, {}))
    outcomes = (
        ("quotes", quotes(texts, documents)),
        ("numbers", _numbers(claims, documents)),
        ("names", names(claims, documents)),
        ("direction", direction(claims, documents)),
        ("support", support(claims, documents)),
    )
    checks = tuple((name, _check(name, found)) for name, found in outcomes)
    failed = any(check.result == "fail" for _, check in checks)
    return Grounded(
        checks,
        "flagged" if failed else "checked",
        _evidence(claims),
        trust(claims, documents, dict(outcomes)),
    )


def _told(span: Span) -> Sentence:
    """The sentence without what it says of its own source."""
    begin = frame(span.text)
    return Sentence(span.text[begin:], span.start + begin, topic=begin > 0)


def _check(name: str, found: Outcome) -> Check:
    if not found.applies and not found.problems:
        return Check("n/a")
    if found.problems:
        return Check("fail", "; ".join(found.problems), name, clearable=name == "direction")
    return Check("pass")


def _numbers(claims: Sequence[Aligned], documents: Sequence[Indexed]) -> Outcome:
    """Numbers and dates together."""
    parts = numbers(claims, documents), dated(claims, documents)
    swapped = tuple(
        problem
        for claim in claims
        for check in (exchanges, mistimed, changed, misperiods)
        for problem in check(claim)
    )
    swapped += tuple(problem for claim in claims for problem in instead_numbers(claim, documents))
    return Outcome(
        any(part.applies for part in parts) or bool(swapped),
        sum((part.problems for part in parts), swapped),
    )


def _own_words() -> tuple[tuple[str, Check], ...]:
    return tuple(
        (
            name,
            (
                Check("pass", "word for word in what it cites")
                if name == "quotes"
                else Check("n/a", "an extract")
            ),
        )
        for name in CHECKS
    )


def _evidence(claims: Sequence[Aligned]) -> tuple[Evidence, ...]:
    """The sentences that the claim rests on, each once, those of its first sentence first."""
    places = {
        (id(place.source), place.number): place
        for claim in claims
        for place in claim.evidence
        if not place.sentence.title
    }
    return tuple(
        place.source.evidence(place.sentence.start, place.sentence.start + len(place.sentence.text))
        for place in places.values()
    )
