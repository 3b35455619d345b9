"""A column as far as it holds: its passages in sentences, each a fact with what it rests on or an
argument. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.model import Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.insights.model.column_forms import Role
    from digest.model import Insight

FEWEST_FACTS, FEWEST_WORDS = 5, 350  # below which what holds is no column
NEEDED: tuple[Role, ...] = ("thesis", "evidence", "against", "test")


@dataclass(frozen=True, slots=True)
class EssaySentence:
    """A sentence, and whose documents its note leads to, by entry; an argument has none."""

    insight: Insight
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of the essay; `heading` is "" where the model's did not stand."""

    role: Role
    heading: str
    paragraphs: tuple[tuple[EssaySentence, ...], ...]

    @property
    def sentences(self) -> tuple[EssaySentence, ...]:
        """All of its sentences."""
        return tuple(one for paragraph in self.paragraphs for one in paragraph)


@dataclass(frozen=True, slots=True)
class Essay:
    """A column written with a model; `title` is "" where the model's did not stand."""

    title: str
    passages: tuple[Passage, ...]
    model: str
    tally: Tally = field(default_factory=Tally)

    @property
    def why_none(self) -> str:
        """Why what holds is no column; "" when it is one."""
        return why_none(self.passages)


def why_none(passages: Sequence[Passage]) -> str:
    """What a column lacks after the checks."""
    roles = {passage.role for passage in passages if passage.sentences}
    lacking = [role for role in NEEDED if role not in roles]
    said = [one for passage in passages for one in passage.sentences]
    facts = sum(bool(one.entries) for one in said)
    words = sum(len(one.insight.text.split()) for one in said)
    if lacking:
        names = {"against": "the argument against it", "test": "what would prove it wrong"}
        return f"nothing that holds is left of {names.get(lacking[0], f'its {lacking[0]}')}"
    if facts < FEWEST_FACTS:
        return f"{facts} facts hold, of the {FEWEST_FACTS} that a column needs"
    if words < FEWEST_WORDS:
        return f"{words} words hold, of the {FEWEST_WORDS} that a column needs"
    return ""
