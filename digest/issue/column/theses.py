"""What a column could argue: three theses, proposed with the stories that they rest on, for its
editor to choose from.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from digest.grounding import index
from digest.insights.model.column_forms import ThesesAnswer
from digest.issue.thesis_writer import Grounds, thesis
from digest.stories.themes import OTHER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from digest.insights.model.column_forms import ProposedThesis
    from digest.insights.model.prompts import Asking
    from digest.insights.model.second_reading import SecondReader
    from digest.issue.column.period import Period, PeriodStory
    from digest.llm.question import Answerer
    from digest.model import Plan

PROPOSED = 3
STORIES = 5  # that one rests on at most
WORDS = 400  # of the answer


@dataclass(frozen=True, slots=True)
class ProposedColumn:
    """A thesis with the stories that it rests on, by id and by headline, and what speaks against
    it. `text` is "" of a mere subject, of which the editor says what it shows.
    """

    text: str
    subject: str = ""
    stories: tuple[str, ...] = ()
    headlines: tuple[str, ...] = ()
    against: str = ""

    def json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


def proposal_from(row: Mapping[str, Any]) -> ProposedColumn:
    """What `json` made."""
    return ProposedColumn(
        str(row.get("text", "")),
        str(row.get("subject", "")),
        tuple(map(str, row.get("stories", ()))),
        tuple(map(str, row.get("headlines", ()))),
        str(row.get("against", "")),
    )


@dataclass(frozen=True, slots=True)
class ThesisProposer:
    """Proposes theses with whoever answers; each is read a second time, or is none."""

    answerer: Answerer
    asking: Asking
    second: SecondReader

    def propose(self, period: Period) -> tuple[ProposedColumn, ...]:
        """Up to three theses that may stand. Raises NoAnswer."""
        question = self.asking.question(
            "write", "theses", ThesesAnswer, about="theses", words=WORDS, stories=period.rows()
        )
        answer = self.answerer.ask(question).form
        found = (self._held(one, period) for one in answer.theses)
        return tuple(one for one in found if one)[:PROPOSED]

    def _held(self, one: ProposedThesis, period: Period) -> ProposedColumn | None:
        named = period.named
        stories = [named[name] for name in dict.fromkeys(one.stories) if name in named][:STORIES]
        grounds = grounds_of(stories, period)
        text = self.asking.typeset(one.text)
        made = thesis(text, grounds, self.second, lambda failed: failed.text)
        return proposed(made.text, stories, one.against) if made.text else None


def grounds_of(stories: Sequence[PeriodStory], period: Period) -> Grounds:
    """What a sentence about these stories is held against."""
    told = [one for story in stories for one in story.insights]
    cited = [
        index(period.material.documents[entry]) for entry in dict.fromkeys(i.entry for i in told)
    ]
    quoted = tuple(span for one in told for span in one.evidence[:1])
    return Grounds([story.id for story in stories], cited, quoted)


def proposed(text: str, stories: Iterable[PeriodStory], against: str = "") -> ProposedColumn:
    """A thesis on these stories."""
    rows = tuple(stories)
    ids, headlines = tuple(one.id for one in rows), tuple(one.headline for one in rows)
    return ProposedColumn(text, "", ids, headlines, against)


def subjects(plan: Plan, period: Period) -> tuple[ProposedColumn, ...]:
    """Without a model: the themes of which the period has most to tell, with their stories."""
    told = {one.id: one for one in period.stories}
    by_theme: dict[str, list[PeriodStory]] = {}
    for story in (one for section in plan.sections for one in section.stories):
        if story.theme != OTHER and story.group.id in told:
            by_theme.setdefault(story.theme, []).append(told[story.group.id])
    themes = sorted(by_theme, key=lambda theme: -len(by_theme[theme]))[:PROPOSED]
    return tuple(ProposedColumn("", theme, *_listed(by_theme[theme][:STORIES])) for theme in themes)


def _listed(stories: Sequence[PeriodStory]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(one.id for one in stories), tuple(one.headline for one in stories)
