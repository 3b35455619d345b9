"""Reading a document with a model: what it finds worth telling, each insight grounded, put right,
replaced or dropped.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from digest.extract.hostile import improper
from digest.grounding import index, locate
from digest.grounding.meaning import MEANING
from digest.grounding.verdicts import weakest
from digest.insights.extracts import extract
from digest.insights.model.claims import examined, shortened
from digest.insights.model.document_parts import parts
from digest.insights.model.examined import HEADLINE, Claim, Examined
from digest.insights.model.forms import ReadAnswer, ReadFigure, ReadInsight
from digest.insights.nearest_sentence import nearest
from digest.llm.question import NoAnswer, TooLong
from digest.llm.token_count import tokens
from digest.model import Check, Evidence, Insight, Reading, StatedFigure, Tally
from digest.text.folding import folded
from digest.text.similarity import distinct
from digest.transcript.turns import Timeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from digest.grounding import Indexed
    from digest.insights.model.claims import Examiner
    from digest.insights.model.prompts import Asking
    from digest.llm.question import Answer, Answerer, Question
    from digest.model import Document

MOST_OF_TALK, MOST_OF_LONG, MOST_OTHERWISE = 6, 5, 3  # insights of a document
LONG = 500  # words of a document that may have more than a short one
MOST_LOOKED_AT = 20  # of one answer: more is a model that runs on
ANSWER_WORDS = 200  # for each insight, evidence and names included
SHORTER = (
    2  # how often a document is cut into smaller parts when the model says that they are too long
)
QUOTES = 3  # passages that a claim may rest on
LONGEST = {"transcript": 110}  # words of a claim, by basis; what follows is cut off at a sentence
LONGEST_OTHERWISE = 80
LONGEST_MATTERS = 40  # words of why it matters
NO_PASSAGE = "no passage of the document bears it out"


@dataclass(frozen=True, slots=True)
class ModelReader:
    """Reads documents with whoever answers."""

    answerer: Answerer
    asking: Asking
    examiner: Examiner

    def questions(self, document: Document) -> tuple[Question[ReadAnswer], ...]:
        """What would be asked to read the document; repairs come on top."""
        return tuple(self._questions(document, self.answerer.room("read")))

    def read(self, document: Document) -> Reading:
        """The document's insights. Raises NoAnswer when no model could read any part of it."""
        answers = self._answers(document)
        most = most_of(document)
        said = (
            one
            for answer in answers
            for one in answer.form.insights[:MOST_LOOKED_AT]
            if one.what_happened
        )
        # Parts overlap, and models repeat themselves.
        found = distinct(
            sorted(said, key=lambda one: -one.importance), lambda one: one.what_happened
        )[:most]
        indexed = index(document)
        seen = {
            one.claim.id: one
            for one in self.examiner.examine(list(_claims(found, indexed)), about=document.title)
        }
        made = [
            _insight(_Seen(seen[f"c{i}"], seen.get(f"h{i}"), seen.get(f"m{i}")), form, indexed)
            for i, form in enumerate(found, 1)
        ]
        tally = sum((one for _, one in made), Tally())
        model = answers[0].model
        return Reading(
            tuple({one.text: replace(one, read_by=model) for one, _ in made if one}.values()),
            tally,
            model,
        )

    def _answers(self, document: Document) -> list[Answer[ReadAnswer]]:
        """The answers to all parts that could be read."""
        room = self.answerer.room("read")
        for _ in range(SHORTER + 1):
            try:
                return list(self._answered(self._questions(document, room)))
            except TooLong as error:
                room, last = min(room // 2, error.room or room), error
        raise last

    def _answered(self, questions: Iterable[Question[ReadAnswer]]) -> Iterator[Answer[ReadAnswer]]:
        """An answer for each part; a part that cannot be read costs that part, unless it is the
        only one.
        """
        failure, answered = None, False
        for question in questions:
            try:
                yield self.answerer.ask(question)
                answered = True
            except TooLong:
                raise
            except NoAnswer as error:
                failure = error
        if failure and not answered:
            raise failure

    def _questions(self, document: Document, room: int) -> Iterator[Question[ReadAnswer]]:
        most = most_of(document)
        bare = self._question(document, "", (1, 1), most)
        words = parts(document, max(200, room - tokens(bare.system) - tokens(bare.prompt)))
        for i, part in enumerate(words, 1):
            yield self._question(document, part, (i, len(words)), most)

    def _question(
        self, document: Document, part: str, place: tuple[int, int], most: int
    ) -> Question[ReadAnswer]:
        return self.asking.question(
            "read",
            "read",
            ReadAnswer,
            about=f"read {document.url}",
            words=most * ANSWER_WORDS,
            document=document,
            text=part,
            place=place,
            most=most,
        )


def most_of(document: Document) -> int:
    """How many insights it may have."""
    if document.basis == "transcript":
        return MOST_OF_TALK
    return MOST_OF_LONG if len(document.text.split()) >= LONG else MOST_OTHERWISE


def _claims(forms: Iterable[ReadInsight], source: Indexed) -> Iterator[Claim]:
    """What is claimed: of the i-th insight its text as "ci" and, where short enough, its headline
    as "hi" and why it matters as "mi".
    """
    longest = LONGEST.get(source.document.basis, LONGEST_OTHERWISE)
    for i, form in enumerate(forms, 1):
        quoted = tuple(span for quote in form.quotes[:QUOTES] if (span := locate(quote, source)))
        yield Claim(
            f"c{i}", shortened(form.what_happened, longest), (source,), quoted, longest, fewest=1
        )
        if form.headline.strip(".") and len(form.headline.split()) <= HEADLINE:
            yield Claim(f"h{i}", form.headline.strip().rstrip("."), (source,), quoted)
        matters = shortened(form.why_it_matters, LONGEST_MATTERS)
        if matters and len(matters.split()) <= LONGEST_MATTERS:
            yield Claim(f"m{i}", matters, (source,), aside=True)


class _Seen(NamedTuple):
    """An insight's texts after the checks: what happened, its headline, why it matters."""

    claim: Examined
    heading: Examined | None
    reason: Examined | None


def _insight(seen: _Seen, form: ReadInsight, source: Indexed) -> tuple[Insight | None, Tally]:
    """The insight that stands for a claim: itself, the source's own sentence, or none; and what
    that counts as.
    """
    one, heading, reason = seen
    if one.holds and one.grounded.evidence:  # a title alone is no evidence
        made = _headed(_told(one, form, source), heading)
        return _with_reason(made, reason), Tally(made=1, repaired=int(one.repaired))
    own = nearest(one.text, (source,))
    why = (one.grounded.why or NO_PASSAGE,)
    if own is None:
        return None, Tally(made=1, dropped=1, why=why)
    said = heading is not None and any(
        span.start < own.end and own.start < span.end for span in heading.grounded.evidence
    )
    made = replace(
        _headed(extract(source.document, (own,)), heading if said else None),
        importance=form.importance,
    )
    return made, Tally(made=1, replaced=1, why=why)


def _told(one: Examined, form: ReadInsight, source: Indexed) -> Insight:
    document = source.document
    if one.grounded.verdict == "extract":
        made = replace(
            extract(document, one.grounded.evidence),
            text=" ".join(" ".join(span.quote.split()) for span in one.grounded.evidence),
        )
    else:
        evidence = _evidence(one)
        speaker = Timeline(document.marks).speaker(evidence[0].start) or None if evidence else None
        identity = "i" + hashlib.sha256(f"{document.entry_id}\n{one.text}".encode()).hexdigest()[:9]
        made = Insight(
            identity,
            one.text,
            document.url,
            document.basis,
            evidence,
            one.grounded.checks,
            one.grounded.verdict,
            speaker,
            entry=document.entry_id,
        )
    return replace(
        made,
        figures=tuple(
            _stated(row, source)
            for row in form.figures
            if _there((row.figure,), document) or stands(row.figure, source)
        ),
        organisations=_there(form.organisations, document),
        people=_there(form.people, document),
        certainty=form.certainty,
        importance=form.importance,
    )


def stands(text: str, source: Indexed) -> bool:
    """Whether there is a label, and the document bears it out; how sure of it the document is no
    label says.
    """
    failed = [name for name, check in examined(text, (source,)).checks if check.result == "fail"]
    return bool(text) and set(failed) <= {"certainty"}


def _with_reason(made: Insight, reason: Examined | None) -> Insight:
    """The insight with why it matters, and what that rests on, as far as the document says so. An
    extract is the source's words alone.
    """
    if reason is None or not reason.holds or made.verdict == "extract":
        return made
    there = {(span.start, span.end) for span in made.evidence}
    more = (
        span for span in reason.grounded.evidence[:QUOTES] if (span.start, span.end) not in there
    )
    own = reason.grounded.verdict == "extract"
    return replace(
        made,
        matters=reason.text,
        evidence=(*made.evidence, *more),
        checks=_together(made.checks, () if own else reason.grounded.checks),
        verdict=weakest((made.verdict, reason.grounded.verdict)),
    )


_Results = tuple[tuple[str, Check], ...]


def _together(one: _Results, other: _Results) -> _Results:
    """The checks of two texts that hold: passed where either had something to check, their meaning
    only where both were read.
    """
    either = {**dict(one), **{name: check for name, check in other if check.result == "pass"}}
    unheard = {
        name: check for name, check in (*one, *other) if name == MEANING and check.result == "n/a"
    }
    return tuple({**either, **unheard}.items())


def _stated(row: ReadFigure, source: Indexed) -> StatedFigure:
    """A figure, and what it measures, whose it is and for when, where the document bears that
    out.
    """
    owner = _there((row.owner,), source.document)
    period = _there((row.period,), source.document)
    return StatedFigure(
        row.figure,
        row.measures if stands(f"{row.measures}: {row.figure}", source) else "",
        *(owner or ("",)),
        *(period or ("",)),
    )


def _headed(made: Insight, heading: Examined | None) -> Insight:
    """The insight with the model's headline where the document bears it out."""
    if heading is None or not heading.holds:
        return made
    return replace(
        made, headline=heading.text.rstrip("."), headline_verdict=heading.grounded.verdict
    )


def _there(names: Sequence[str], document: Document) -> tuple[str, ...]:
    """The names that stand in the document."""
    text = folded(document.text).casefold()
    there = (
        name
        for name in dict.fromkeys(names)
        if name and re.search(rf"(?<!\w){re.escape(folded(name).casefold())}(?!\w)", text)
    )
    return tuple(name for name in there if not improper(name))


def _evidence(one: Examined) -> tuple[Evidence, ...]:
    """What the claim rests on: the passages that the model quotes where the checks look too; where
    it quotes none of those, theirs.
    """
    found = one.grounded.evidence
    near = [
        span
        for span in one.claim.quoted
        if any(span.start < other.end and other.start < span.end for other in found)
    ]
    return tuple(near or found)[:QUOTES]
