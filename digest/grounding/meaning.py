"""What a second reading of a claim counts for: it may doubt, and clear a flag of wording, by words
that stand in the source. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from digest.model import Check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.grounding import Grounded
    from digest.grounding.indexed import Indexed
    from digest.model import Verdict

Says = Literal["supported", "contradicted", "not_said"]

Results = tuple[tuple[str, Check], ...]  # checks by name

MEANING = "meaning"  # the name of the second reading among the checks
FEWEST = 3  # words that can decide anything
NO_WORDS = "the second reading gives no words of the source that decide"
NOT_THERE = "what the second reading quotes is not in the source"
NOT_SHOWN = "the passages that were read do not say it, and they are not the whole document"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a second reading says of a claim: `quote` is the source's own text as it stands there,
    "" where nothing decides.
    """

    says: Says
    quote: str = ""
    why: str = ""

    @property
    def told(self) -> str:
        """The reason for a person, with the words that decide."""
        return " ".join(
            part for part in (self.why, f"“{self.quote}”" if self.quote else "") if part
        )


def opinion(
    says: str, words: str, why: str, sources: Sequence[Indexed], *, whole: bool
) -> Opinion | str:
    """What an answer counts for; why it counts for nothing, where it does not.

    `whole`: the reader had the documents whole, not passages of them.
    """
    if says == "not_said":
        return Opinion("not_said", why=why) if whole else NOT_SHOWN
    if says not in {"supported", "contradicted"}:
        return NO_WORDS
    if len(words.split()) < FEWEST:
        return NO_WORDS
    from digest.grounding.located import locate  # who looks at stored opinions locates nothing

    found = next((span for source in sources if (span := locate(words, source))), None)
    if found is None:
        return NOT_THERE
    quote = " ".join(found.quote.split())
    return Opinion("supported" if says == "supported" else "contradicted", quote, why)


def of_reading(said: Opinion | str) -> Opinion | str:
    """What is said of a sentence that its editor wrote: that the passages shown do not say what it
    tells is no doubt of it.
    """
    return Opinion("supported") if said == NOT_SHOWN else said


def worth_reading(checks: Results, verdict: Verdict) -> bool:
    """Whether a second reading could change anything: the source's own words need none, and no
    reading makes a number or a name stand where it does not.
    """
    failed = [check for _, check in checks if check.result == "fail"]
    return verdict != "extract" and all(check.clearable for check in failed)


def read_again(grounded: Grounded, said: Opinion | str) -> Grounded:
    """The grounding after a second reading; a text says why there was none, and changes nothing."""
    checks = with_meaning(grounded.checks, said)
    return replace(grounded, checks=checks, verdict=verdict_of(checks))


def with_meaning(checks: Results, said: Opinion | str) -> Results:
    """The checks with what a second reading said, flags of wording cleared where it bears them out."""
    if isinstance(said, str):
        meaning = Check("n/a", said)
    elif said.says == "supported":
        checks = tuple((name, _cleared(check, said)) for name, check in checks)
        meaning = Check("pass", said.why, quote=said.quote)
    else:
        why = "contradicted" if said.says == "contradicted" else "not said"
        reason = f"the second reading: {why}{f': {said.told}' if said.told else ''}"
        meaning = Check("fail", reason, said.says, quote=said.quote)
    return tuple({**dict(checks), MEANING: meaning}.items())


def verdict_of(checks: Results) -> Verdict:
    """What checks come to of a text that is not its source's own words."""
    if any(check.result == "fail" for _, check in checks):
        return "flagged"
    return "grounded" if dict(checks).get(MEANING, Check("n/a")).result == "pass" else "checked"


def _cleared(check: Check, said: Opinion) -> Check:
    """The check, passed where it flagged no more than wording."""
    if check.result != "fail" or not check.clearable:
        return check
    return Check("pass", f"cleared by the second reading: “{said.quote}”", check.rule)
