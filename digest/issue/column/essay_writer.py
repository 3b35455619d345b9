"""Writing a column with a model: every fact is checked in the pieces that it cites, every argument
is read against them, and what does not hold is taken out.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.extract.hostile import improper
from digest.grounding import ground, index
from digest.grounding.meaning import Opinion, with_meaning
from digest.grounding.verdicts import why_no_reading
from digest.insights.model.column_forms import ColumnAnswer
from digest.insights.model.examined import Claim, Examined
from digest.insights.model.second_reading import NO_ANSWER, NO_BUDGET, NO_WORD
from digest.issue.column.essay import Essay, EssaySentence, Passage
from digest.issue.column.theses import grounds_of
from digest.model import Insight, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from digest.grounding import Indexed
    from digest.insights.model.claims import Examiner
    from digest.insights.model.column_forms import ColumnSection, ColumnSentence
    from digest.insights.model.prompts import Asking
    from digest.insights.model.second_reading import SecondReader
    from digest.issue.column.period import Period
    from digest.issue.column.theses import ProposedColumn
    from digest.issue.thesis_writer import Grounds
    from digest.llm.question import Answerer

ANSWER = 1600  # words of the answer, ids and form included
LONGEST = 55  # words of a sentence
HEADING = 12  # words of a heading or the title; eight and ten are asked for
TITLE = "title"
UNREAD = (NO_ANSWER, NO_BUDGET, NO_WORD)  # then nobody has read whether a source says otherwise
IF_READ = Opinion("supported")  # to see whether anything but the second reading is against it
_STATES = re.compile('[0-9“”"]')  # what does is told as a fact, with its note


@dataclass(frozen=True, slots=True)
class EssayWriter:
    """Writes columns with whoever answers."""

    answerer: Answerer
    asking: Asking
    examiner: Examiner
    second: SecondReader

    def write(self, chosen: ProposedColumn, period: Period, *, given: bool) -> Essay:
        """The column on a thesis, `given` by the editor or proposed, as far as it holds. Raises
        NoAnswer.
        """
        question = self.asking.question(
            "write",
            "column",
            ColumnAnswer,
            about="column",
            words=ANSWER,
            stories=period.rows(),
            thesis=chosen.text,
            against=chosen.against,
            given=given,
        )
        asked = self.answerer.ask(question)
        grounds = grounds_of(period.stories, period)
        said = _numbered(asked.form.sections)
        facts = self._facts(said, period, grounds)
        read = self._arguments(asked.form, said, grounds)
        passages = tuple(
            _passage(number, section, {**read, **facts})
            for number, section in enumerate(asked.form.sections)
        )
        title = read.get(TITLE)
        made = len(said)
        held = sum(name in facts or name in read for name in said)
        return Essay(
            title.insight.text.rstrip(".") if title else "",
            tuple(passage for passage in passages if passage.sentences),
            asked.model,
            Tally(made=made, dropped=made - held),
        )

    def _facts(
        self, said: Mapping[str, ColumnSentence], period: Period, grounds: Grounds
    ) -> dict[str, EssaySentence]:
        """The facts that hold, each with the documents that it rests on."""
        claims = [
            _fact(name, one, period, grounds) for name, one in said.items() if _is_fact(one, period)
        ]
        found = self.examiner.examine(claims, about="column") if claims else []
        return {
            one.claim.id: EssaySentence(_insight(one), _entries(one))
            for one in found
            if one.holds and one.grounded.evidence
        }

    def _arguments(
        self, answer: ColumnAnswer, said: Mapping[str, ColumnSentence], grounds: Grounds
    ) -> dict[str, EssaySentence]:
        """Title, headings and arguments that no source speaks against, by name."""
        texts = {name: one.text for name, one in said.items() if not one.insights}
        texts |= {_heading(i): one.heading for i, one in enumerate(answer.sections)}
        texts[TITLE] = answer.title
        claims = [
            self._claim(name, text, grounds)
            for name, text in texts.items()
            if text and not (_STATES.search(text) and name in said) and not _unfit(name, text)
        ]
        open_to = [
            one for one in claims if not why_no_reading(one.grounded, grounds.stories, IF_READ)
        ]
        opinions = self.second.opinions(open_to, "column")
        return {
            one.claim.id: EssaySentence(_reading(one, opinions[one.claim.id]))
            for one in open_to
            if _stands(opinions[one.claim.id])
        }

    def _claim(self, name: str, text: str, grounds: Grounds) -> Examined:
        text = self.asking.typeset(text)
        claim = Claim(name, text, grounds.cited, grounds.quoted[:1], LONGEST, reading=True)
        return Examined(claim, text, ground([text], grounds.cited))


def _numbered(sections: Iterable[ColumnSection]) -> dict[str, ColumnSentence]:
    """Every sentence by its place."""
    return {
        f"p{i}x{j}x{k}": one
        for i, section in enumerate(sections)
        for j, paragraph in enumerate(section.paragraphs)
        for k, one in enumerate(paragraph.sentences)
        if one.text and len(one.text.split()) <= LONGEST
    }


def _heading(number: int) -> str:
    return f"h{number}"


def _unfit(name: str, text: str) -> str:
    """Why a text is none of a newsletter."""
    short = name == TITLE or name.startswith("h")
    return (
        "it is too long" if short and len(text.split()) > HEADING else improper(text, signed=True)
    )


def _is_fact(one: ColumnSentence, period: Period) -> bool:
    return bool(_STATES.search(one.text)) or any(name in period.insights for name in one.insights)


def _fact(name: str, one: ColumnSentence, period: Period, grounds: Grounds) -> Claim:
    """What a sentence claims of the insights that it names; of all where it names none."""
    known = period.insights
    rests = [known[it] for it in dict.fromkeys(one.insights) if it in known]
    documents = period.material.documents
    entries = dict.fromkeys(insight.entry for insight in rests)
    cited: Sequence[Indexed] = [index(documents[entry]) for entry in entries] or grounds.cited
    quoted = tuple(span for insight in rests for span in insight.evidence[:1])
    return Claim(name, one.text, cited, quoted, LONGEST)


def _entries(one: Examined) -> tuple[str, ...]:
    """The documents that a fact rests on: of those it cites, where its evidence stands."""
    evident = {span.entry for span in one.grounded.evidence}
    cited = [source.document.entry_id for source in one.claim.cited]
    return tuple(entry for entry in cited if entry in evident)


def _stands(said: Opinion | str) -> bool:
    """Whether an argument may stand: it was read, and tells nothing that a source denies or none
    has. One without words that decide tells nothing.
    """
    if isinstance(said, Opinion):
        return said.says == "supported"
    return said not in UNREAD


def _insight(one: Examined) -> Insight:
    evidence = one.grounded.evidence
    by_entry = {source.document.entry_id: source.document for source in one.claim.cited}
    first = by_entry[evidence[0].entry]
    text = one.text
    if one.grounded.verdict == "extract":
        text = " ".join(" ".join(span.quote.split()) for span in evidence)
    return Insight(
        _identity(text),
        text,
        first.url,
        first.basis,
        evidence,
        one.grounded.checks,
        one.grounded.verdict,
        entry=first.entry_id,
    )


def _reading(one: Examined, said: Opinion | str) -> Insight:
    checks = with_meaning(one.grounded.checks, said)
    return Insight(_identity(one.text), one.text, "", "article", (), checks, "reading")


def _identity(text: str) -> str:
    return "i" + hashlib.sha256(f"column\n{text}".encode()).hexdigest()[:9]


def _passage(number: int, section: ColumnSection, held: Mapping[str, EssaySentence]) -> Passage:
    heading = held.get(_heading(number))
    paragraphs = [
        tuple(_held(number, j, len(paragraph.sentences), held))
        for j, paragraph in enumerate(section.paragraphs)
    ]
    return Passage(
        section.part,
        heading.insight.text.rstrip(".") if heading else "",
        tuple(one for one in paragraphs if one),
    )


def _held(i: int, j: int, count: int, held: Mapping[str, EssaySentence]) -> Iterator[EssaySentence]:
    for k in range(count):
        name = f"p{i}x{j}x{k}"
        if name in held:
            yield held[name]
