"""An issue's title, thesis and highlights written with a model from the insights chosen: the thesis
as a reading, every other sentence grounded in what it rests on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.grounding import index
from digest.grounding.verdicts import FEWEST_STORIES
from digest.insights.model.claims import shortened
from digest.insights.model.examined import HEADLINE, Claim, evidence_of
from digest.insights.model.forms import FrontAnswer
from digest.issue.highlights import MOST_SENTENCES
from digest.issue.thesis_writer import Grounds, Thesis, thesis
from digest.model import Tally
from digest.text.similarity import distinct

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.insights.model.claims import Examiner
    from digest.insights.model.examined import Examined
    from digest.insights.model.prompts import Asking
    from digest.insights.model.second_reading import SecondReader
    from digest.llm.question import Answerer
    from digest.model import Document, Insight, Verdict

WORDS = 200
LONGEST = 50  # words of one of them
MAX_TITLE = 90  # characters; a longer one is cut by mail programs
NO_THESIS = Thesis()


@dataclass(frozen=True, slots=True)
class HighlightSentence:
    """A sentence of the highlights, and the insights that it rests on."""

    text: str
    insights: tuple[Insight, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Told:
    """A story of the issue: its id, its headline, the insights that it is told from, its text."""

    id: str
    headline: str
    insights: Sequence[Insight]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before the stories. `title` is "" when none held."""

    title: str
    title_insights: tuple[str, ...]
    highlights: tuple[HighlightSentence, ...]
    tally: Tally
    title_verdict: Verdict = "extract"
    thesis: Thesis = NO_THESIS


@dataclass(frozen=True, slots=True)
class FrontWriter:
    """Writes titles, theses and highlights with whoever answers; no thesis without a `second`
    reader.
    """

    answerer: Answerer
    asking: Asking
    examiner: Examiner
    second: SecondReader | None = None

    def write(
        self, told: Sequence[Told], documents: Mapping[str, Document], given: str = ""
    ) -> Front:
        """The front of an issue that tells these stories, the most important first; it serves the
        thesis that is `given`. Raises NoAnswer.
        """
        known = {
            f"i{i}": one
            for i, one in enumerate((one for story in told for one in story.insights), 1)
        }
        name_of = {one.id: name for name, one in known.items()}
        question = self.asking.question(
            "write",
            "front",
            FrontAnswer,
            about="title and highlights",
            words=WORDS,
            stories=[
                (
                    f"s{i}",
                    story.headline,
                    story.text,
                    [(name_of[one.id], one) for one in story.insights],
                )
                for i, story in enumerate(told, 1)
            ],
            sentences=MOST_SENTENCES,
            thesis=self._may_read(told),
            given=given,
        )
        answer = self.answerer.ask(question).form
        claims, rests = _claims(answer, known, documents)
        front = _front(self.examiner.examine(claims, about="title and highlights"), rests)
        read = self._thesis(answer, told, documents, given)
        return replace(front, thesis=read, tally=front.tally + read.tally)

    def _may_read(self, told: Sequence[Told]) -> bool:
        return self.second is not None and len(told) >= FEWEST_STORIES

    def _thesis(
        self,
        answer: FrontAnswer,
        told: Sequence[Told],
        documents: Mapping[str, Document],
        given: str,
    ) -> Thesis:
        """The editor's thesis, or the answer's, read in the documents of the stories that the
        answer names; only what a model wrote is put right.
        """
        text = given or self.asking.typeset(answer.thesis)
        if not text or self.second is None or not self._may_read(told):
            return NO_THESIS
        named = {f"s{i}": story for i, story in enumerate(told, 1)}
        stories = [named[one] for one in dict.fromkeys(answer.thesis_stories) if one in named]
        entries = dict.fromkeys(one.entry for story in stories for one in story.insights)
        cited = [index(documents[entry]) for entry in entries]
        grounds = Grounds(
            [story.id for story in stories],
            cited,
            evidence_of(one for story in stories for one in story.insights),
        )
        return thesis(text, grounds, self.second, _left if given else self.examiner.mended)


def _left(wrong: Examined) -> str:  # noqa: ARG001  the seam has it
    """An editor's words are nobody's to put right."""
    return ""


def _claims(
    answer: FrontAnswer, known: Mapping[str, Insight], documents: Mapping[str, Document]
) -> tuple[list[Claim], dict[str, tuple[Insight, ...]]]:
    """What the answer claims, and for each claim the insights that it rests on; a claim that rests
    on none is none.
    """
    said = {
        f"h{i}": (shortened(one.text, LONGEST), one.insights)
        for i, one in enumerate(answer.highlights[:MOST_SENTENCES], 1)
    }
    if len(answer.title) <= MAX_TITLE:
        said["title"] = answer.title.rstrip("."), answer.title_insights or ["i1"]
    rests = {name: _known(ids, known) for name, (text, ids) in said.items() if text}
    cited = {one.entry: index(documents[one.entry]) for found in rests.values() for one in found}
    claims = [
        Claim(
            name,
            said[name][0],
            [cited[entry] for entry in dict.fromkeys(one.entry for one in found)],
            evidence_of(found),
            HEADLINE if name == "title" else LONGEST,
        )
        for name, found in rests.items()
        if found
    ]
    return claims, rests


def _known(ids: Sequence[str], known: Mapping[str, Insight]) -> tuple[Insight, ...]:
    """The insights of these ids; an id that nobody gave the model is none."""
    return tuple(known[one] for one in dict.fromkeys(ids) if one in known)


def _text(one: Examined) -> str:
    return one.text


def _front(found: Sequence[Examined], rests: Mapping[str, tuple[Insight, ...]]) -> Front:
    title = next(
        (
            one
            for one in found
            if one.claim.id == "title" and one.holds and len(one.text) <= MAX_TITLE
        ),
        None,
    )
    sentences = [one for one in found if one.claim.id != "title"]
    tally = Tally(
        made=len(found),
        repaired=sum(one.repaired and one.holds for one in found),
        dropped=sum(not one.holds for one in found),
        why=tuple(one.grounded.why for one in found if not one.holds),
    )
    return Front(
        title=title.text.rstrip(".") if title else "",
        title_insights=tuple(one.id for one in rests["title"]) if title else (),
        highlights=tuple(
            HighlightSentence(one.text, rests[one.claim.id], one.grounded.verdict)
            for one in distinct((one for one in sentences if one.holds), _text)
        ),
        tally=tally,
        title_verdict=title.grounded.verdict if title else "extract",
    )
