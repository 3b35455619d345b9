"""What the day adds up to, in the newsletter's own reading: one sentence of a model's that stands
only where its facts are checked and a second reading found no source that says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.extract.hostile import improper
from digest.grounding import ground
from digest.grounding.meaning import Opinion, of_reading
from digest.grounding.verdicts import why_no_reading
from digest.insights.model.examined import Claim, Examined
from digest.model import Tally
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.grounding import Indexed
    from digest.insights.model.second_reading import SecondReader

LONGEST = 45  # words; 30 are asked for
ENDS = (".", "!", "…", "”")
IF_READ = Opinion("not_said")  # to see whether anything but the second reading is against it


@dataclass(frozen=True, slots=True)
class Thesis:
    """A reading, and the stories that it rests on, by id. `text` is "" when there is none."""

    text: str = ""
    stories: tuple[str, ...] = ()
    tally: Tally = field(default_factory=Tally)


def thesis(
    text: str, stories: Sequence[str], cited: Sequence[Indexed], second: SecondReader
) -> Thesis:
    """The model's sentence as the newsletter's reading of these stories, whose documents are
    `cited`; nothing where it may not stand.
    """
    why = _unfit(text) or _against(text, stories, cited, second)
    if why:
        return Thesis(tally=Tally(made=1, dropped=1, why=(f"thesis: {why}",)))
    return Thesis(text, tuple(stories), Tally(made=1))


def _unfit(text: str) -> str:
    """Why it is no sentence of a newsletter."""
    if len(sentences(text)) != 1 or not text.endswith(ENDS):
        return "it is not one whole sentence"
    if len(text.split()) > LONGEST:
        return f"it has more than {LONGEST} words"
    return improper(text)


def _against(
    text: str, stories: Sequence[str], cited: Sequence[Indexed], second: SecondReader
) -> str:
    facts = ground([text], cited)
    wrong = why_no_reading(facts, stories, IF_READ)
    if wrong:
        return wrong  # whatever is read
    claim = Examined(Claim("thesis", text, cited, words=LONGEST), text, facts)
    said = of_reading(second.opinions([claim], "thesis")["thesis"])
    return why_no_reading(facts, stories, said if isinstance(said, Opinion) else None)
