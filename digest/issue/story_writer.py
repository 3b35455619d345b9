"""Telling a story from its insights with a model: headline and text, grounded in the documents of
the story.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.grounding import index
from digest.insights.model.claims import shortened
from digest.insights.model.examined import HEADLINE, Claim, evidence_of
from digest.insights.model.forms import StoryAnswer
from digest.model import Insight, Tally
from digest.text.similarity import distinct, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.insights.model.claims import Examiner
    from digest.insights.model.examined import Examined
    from digest.insights.model.prompts import Asking
    from digest.llm.question import Answerer
    from digest.model import Document, Group

MOST_INSIGHTS = 8  # that one story is told from
MOST_OF_OTHERS = 4  # of them of other sources than the best, where that has as many
# of a model's 1 to 5: from here on another source's insight is told although the best source has
# others
WEIGHTY = 4
WORDS_A_SENTENCE = 30
# sentences that must be left when one that fails is taken out; with less the story's insights tell
# more
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Written:
    """A story as a model tells it. `headline` is "" when the model's did not stand; `rests_on` are
    the insights told, by id.
    """

    headline: str
    text: Insight
    rests_on: tuple[str, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class StoryWriter:
    """Writes story texts with whoever answers."""

    answerer: Answerer
    asking: Asking
    examiner: Examiner

    def write(
        self,
        group: Group,
        insights: Sequence[Insight],
        sentences: int,
        *,
        piece: bool = False,
        now: str = "",
        wish: str = "",
    ) -> Written | None:
        """The story told in about `sentences` sentences; None when nothing that the model wrote
        holds. Raises NoAnswer.

        `piece`: it is there for what somebody wrote, not for an event. `now` is how it is told, and
        `wish` how it is to be told instead.
        """
        told = {document.entry_id: document for document in group.documents}
        cited = {one.entry: told[one.entry] for one in insights}
        names = {entry: f"s{i}" for i, entry in enumerate(cited, 1)}
        question = self.asking.question(
            "write",
            "story",
            StoryAnswer,
            about=f"story {group.documents[0].title}",
            words=sentences * WORDS_A_SENTENCE + 40,
            sources=[(names[entry], document) for entry, document in cited.items()],
            insights=[(f"i{i}", names[one.entry], one) for i, one in enumerate(insights, 1)],
            sentences=sentences,
            piece=piece,
            now=now,
            wish=wish,
        )
        answer = self.answerer.ask(question).form
        return self.examined(
            answer, list(cited.values()), insights, sentences * WORDS_A_SENTENCE + 20
        )

    def examined(
        self,
        answer: StoryAnswer,
        cited: Sequence[Document],
        insights: Sequence[Insight],
        words: int,
    ) -> Written | None:
        """What of an answer may be shown, checked in the documents `cited`; at most so many
        words.
        """
        indexed = [index(document) for document in cited]
        quoted = evidence_of(insights)
        claims = [
            Claim("text", shortened(answer.text, words), indexed, quoted, words, fewest=FEWEST),
            Claim(
                "headline",
                answer.headline.rstrip(".") if len(answer.headline.split()) <= HEADLINE else "",
                indexed,
                quoted,
            ),
        ]
        found = {
            one.claim.id: one
            for one in self.examiner.examine(
                [claim for claim in claims if claim.text], about=cited[0].title
            )
        }
        text = found.get("text")
        if text is None or not (text.holds and text.grounded.evidence):
            return None
        headline = found.get("headline")
        headline = headline if headline and headline.holds else None
        tally = Tally(made=1, repaired=int(text.repaired))
        return Written(
            headline.text.rstrip(".") if headline else "",
            story_text(text, headline, cited),
            _told_ones(answer, insights),
            tally,
        )


def _told_ones(answer: StoryAnswer, insights: Sequence[Insight]) -> tuple[str, ...]:
    """The insights that the text tells, as the model says of those that it was given; all where it
    says of none.
    """
    named = [one.id for i, one in enumerate(insights, 1) if f"i{i}" in answer.insights]
    return tuple(named or (one.id for one in insights))


def to_tell(read: Sequence[Sequence[Insight]]) -> list[Insight]:
    """What a story is told from, of what was `read` in each of its documents, best document first.

    All of the first that has any; of the others what is new and weighs, then of each what comes
    nearest to the first. Where that is too much, each has its part.
    """
    first, *others = [found for found in read if found] or [()]
    lead = first[:MOST_INSIGHTS]
    event = words(" ".join(one.text for one in lead))
    # What says nearly the same stays, for that is where sources differ in a number.
    nearest = [max(found, key=lambda one: len(event & words(one.text))) for found in others]
    of_it = [
        one for one in nearest if event & words(one.text)
    ]  # a page of several stories may be here for one that nobody read
    added = list(dict.fromkeys([*_new(lead, others), *of_it]))
    room = MOST_INSIGHTS - min(len(added), MOST_OF_OTHERS)
    return [*lead[:room], *added][:MOST_INSIGHTS]


def _new(lead: Sequence[Insight], others: Sequence[Sequence[Insight]]) -> list[Insight]:
    """What other sources add that weighs: of those whom the story is about, since a source may tell
    other stories too.
    """
    about = {name for one in lead for name in (*one.organisations, *one.people)}
    weighty = [
        one
        for found in others
        for one in found
        if one.importance >= WEIGHTY and about & {*one.organisations, *one.people}
    ]
    return [one for one in distinct([*lead, *weighty], lambda one: one.text) if one not in lead]


def story_text(one: Examined, headline: Examined | None, cited: Sequence[Document]) -> Insight:
    """A story's text as an insight of its own: what it says, what that rests on, and what the
    checks found.
    """
    by_entry: Mapping[str, Document] = {document.entry_id: document for document in cited}
    evidence, verdict = one.grounded.evidence, one.grounded.verdict
    first = by_entry[evidence[0].entry] if evidence else cited[0]
    text = (
        " ".join(" ".join(span.quote.split()) for span in evidence)
        if verdict == "extract"
        else one.text
    )
    identity = "i" + hashlib.sha256(f"story\n{first.entry_id}\n{text}".encode()).hexdigest()[:9]
    return Insight(
        identity,
        text,
        first.url,
        first.basis,
        evidence,
        one.grounded.checks,
        verdict,
        entry=first.entry_id,
        headline=headline.text.rstrip(".") if headline else "",
        headline_verdict=headline.grounded.verdict if headline else "extract",
    )
