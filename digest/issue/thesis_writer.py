"""What the day adds up to, in the newsletter's own reading: one sentence of a model's that stands
only where its facts are checked and a second reading found them in the sources, and none that says
otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from digest.extract.hostile import improper
from digest.grounding import ground
from digest.grounding.meaning import MEANING, NOT_SHOWN, Opinion
from digest.grounding.verdicts import why_no_reading
from digest.insights.model.examined import Claim, Examined
from digest.model import Check, Tally
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from digest.grounding import Indexed
    from digest.insights.model.second_reading import SecondReader
    from digest.model import Evidence

LONGEST = 45  # words; 30 are asked for
ENDS = (".", "!", "…", "”")
IF_READ = Opinion("supported")  # to see whether anything but the second reading is against it


@dataclass(frozen=True, slots=True)
class Thesis:
    """A reading, and the stories that it rests on, by id. `text` is "" when there is none."""

    text: str = ""
    stories: tuple[str, ...] = ()
    tally: Tally = field(default_factory=Tally)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a thesis rests on: stories by id, their documents, and where in them they are told."""

    stories: Sequence[str]
    cited: Sequence[Indexed]
    quoted: tuple[Evidence, ...] = ()


def thesis(
    text: str, grounds: Grounds, second: SecondReader, mended: Callable[[Examined], str]
) -> Thesis:
    """The model's sentence as the newsletter's reading of these stories; where something is against
    it, as `mended` puts it right, once; nothing where it may not stand.
    """
    why = _unfit(text)
    if not why:
        claim = _claim(text, grounds)
        why = _against(claim, grounds, second)
        if not why:
            return Thesis(text, tuple(grounds.stories), Tally(made=1))
        better = mended(_failed(claim, why))
        again = _claim(better, grounds)
        if better != text and not (_unfit(better) or _against(again, grounds, second)):
            return Thesis(better, tuple(grounds.stories), Tally(made=1, repaired=1))
    return Thesis(tally=Tally(made=1, dropped=1, why=(f"thesis: {why}",)))


def _unfit(text: str) -> str:
    """Why it is no sentence of a newsletter."""
    if len(sentences(text)) != 1 or not text.endswith(ENDS):
        return "it is not one whole sentence"
    if len(text.split()) > LONGEST:
        return f"it has more than {LONGEST} words"
    return improper(text)


def _claim(text: str, grounds: Grounds) -> Examined:
    claim = Claim("thesis", text, grounds.cited, grounds.quoted, LONGEST, reading=True)
    return Examined(claim, text, ground([text], grounds.cited))


def _against(claim: Examined, grounds: Grounds, second: SecondReader) -> str:
    wrong = why_no_reading(claim.grounded, grounds.stories, IF_READ)
    if wrong:
        return wrong  # whatever is read
    said = second.opinions([claim], "thesis")["thesis"]
    if said == NOT_SHOWN:  # the reader had all that its stories were told from
        said = Opinion("not_said")
    return why_no_reading(
        claim.grounded, grounds.stories, said if isinstance(said, Opinion) else None
    )


def _failed(claim: Examined, why: str) -> Examined:
    checks = ((MEANING, Check("fail", why)),)
    return replace(claim, grounded=replace(claim.grounded, checks=checks, verdict="flagged"))
