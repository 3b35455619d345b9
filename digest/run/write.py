"""Writing with a model: story texts, highlights and title of a draft that is complete without
them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from digest.grounding.verdicts import weakest
from digest.insights.event_kinds import event_kind
from digest.insights.model.claims import Checks
from digest.issue.highlights import credited, led_by
from digest.issue.site_front import of_paragraphs
from digest.issue.story_writer import StoryWriter, Written, to_tell
from digest.issue.title_and_highlights_writer import Front, FrontWriter, Told
from digest.issue.week_writer import WeekWriter
from digest.llm.usage import SecondReadings
from digest.model import Tally
from digest.net.fanout import each
from digest.run import progress
from digest.run.attempt import Tried, tried
from digest.run.read import asking_of, second_reader
from digest.run.results import Crash, WriteResult
from digest.text.markdown import escape, to_plain

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from digest.editions.edition import Edition
    from digest.issue.material import Material
    from digest.llm.question import Answerer
    from digest.model import Draft, Form, Insight, Item, Plan, Ranked, Verdict
    from digest.run.session import Session

FRONT_STORIES = 8  # stories that the front is written from, the first ones
MOST_OF_A_WEEK = 14  # insights that a story is told from where it is followed through its days
FOREMOST = 2  # stories that may take a sentence more than the others


@dataclass(frozen=True, slots=True)
class Retold:
    """A draft in a model's words, the insights that its story texts are by story, how the title and
    the highlights that it wrote stand, and what writing them came to.
    """

    draft: Draft
    texts: Mapping[str, Insight] = field(default_factory=dict)
    front: Mapping[str, Verdict] = field(default_factory=dict)
    result: WriteResult = field(default_factory=WriteResult)


@dataclass(frozen=True, slots=True)
class _Telling:
    """A story to be told from more than one insight."""

    item: Item
    story: Ranked
    insights: Sequence[Insight]
    sentences: int
    piece: bool  # told for what its author says
    dated: bool = False  # followed through its days, in a paragraph


def retell(
    session: Session,
    answerer: Answerer,
    edition: Edition,
    plan: Plan,
    draft: Draft,
    material: Material,
) -> Retold:
    """The draft with the texts that a model wrote and the checks passed. Stories, order, sources
    and links stay as they are. A thesis that it has is the editor's.
    """
    by_id = {one.id: one for found in material.insights.values() for one in found}
    reader = _most_read_by(draft, by_id)
    if not reader:
        return Retold(draft)  # extracts tell themselves
    asking, readings = asking_of(session), SecondReadings()
    second = second_reader(session, answerer, readings)
    checks = Checks(answerer, asking, second, task="write")
    jobs = _jobs(edition, plan, draft, material)
    stories = _stories(session, StoryWriter(answerer, asking, checks), jobs)
    texts = {job.item.id: attempt.result for job, attempt in stories if attempt.result}
    draft = _with_texts(replace(draft, summariser=reader), texts, material.language)
    front: Tried[Front] = Tried(None)
    if edition.terms.highlights or edition.terms.site:
        writer = FrontWriter(answerer, asking, checks, second)
        front = tried("write the front", lambda: _front(writer, draft, texts, by_id, material))
    return Retold(
        _fronted(draft, front.result, material, edition) if front.result else draft,
        {identity: written.text for identity, written in texts.items()},
        _front_verdicts(front.result) if front.result else {},
        WriteResult(_claims(stories, front), _crashes(stories, front), readings.counts()),
    )


def _front_verdicts(front: Front) -> dict[str, Verdict]:
    """How the title, the highlights and the thesis stand, of those that hold."""
    highlights = weakest(one.verdict for one in front.highlights)
    return {
        **({"title": front.title_verdict} if front.title else {}),
        **({"highlights": highlights, "summary": highlights} if front.highlights else {}),
        **({"thesis": "reading"} if front.thesis.text else {}),
    }


def _most_read_by(draft: Draft, insights: Mapping[str, Insight]) -> str:
    """The model that read most of what the draft tells: a deputy's name when the first one failed,
    "" when none did.
    """
    readers = Counter(
        insights[one].read_by
        for part in draft.parts
        for item in part.items
        for one in item.insights
        if one in insights
    )
    del readers[""]
    return readers.most_common(1)[0][0] if readers else ""


def _claims(stories: Sequence[tuple[_Telling, Tried[Written]]], front: Tried[Front]) -> Tally:
    """What became of all that was written; a story that was not is told by its insights."""
    told = (
        attempt.result.tally if attempt.result else Tally(made=1, replaced=1)
        for _, attempt in stories
    )
    return sum(told, front.result.tally if front.result else Tally())


def _crashes(
    stories: Sequence[tuple[_Telling, Tried[Written]]], front: Tried[Front]
) -> tuple[Crash, ...]:
    """What an error of our own broke off."""
    attempts = [
        (f"writing {job.item.headline}", attempt.crashed, attempt.why) for job, attempt in stories
    ]
    attempts.append(("writing the front", front.crashed, front.why))
    return tuple(Crash(about, why) for about, crashed, why in attempts if crashed)


def _jobs(edition: Edition, plan: Plan, draft: Draft, material: Material) -> list[_Telling]:
    """Stories of which a model has read several insights. One insight tells itself, and so does one
    that the edition chose.
    """
    stories = {
        story.group.id: story
        for section in plan.sections
        for story in section.stories
        if not story.insights
    }
    jobs = []
    foremost = draft.parts[0].items[:FOREMOST] if draft.parts else ()
    for part in draft.parts:
        for item in (item for item in part.items if item.id in stories):
            style = edition.style(part.name)
            found = _insights(stories[item.id], material, dated=style.dated)
            sentences = style.sentences + (item in foremost)
            if len(found) > (not style.dated):  # a paragraph is more than what was read
                telling = _Telling(
                    item,
                    stories[item.id],
                    found,
                    sentences,
                    piece=style.form == "headings",
                    dated=style.dated,
                )
                jobs.append(telling)
    return jobs


def _insights(story: Ranked, material: Material, *, dated: bool) -> list[Insight]:
    """What a model read that the story is told from: for its days, all that was."""
    read = [
        [one for one in material.insights.get(document.entry_id, ()) if one.read_by]
        for document in story.group.documents
    ]
    return [one for found in read for one in found][:MOST_OF_A_WEEK] if dated else to_tell(read)


def _stories(
    session: Session, writer: StoryWriter, jobs: Sequence[_Telling]
) -> list[tuple[_Telling, Tried[Written]]]:
    """Each story as it was written, or why it was not, in the order in which they were done."""
    if not jobs:
        return []
    session.stage(progress.write_stage(len(jobs), writer.answerer.name))

    def write(job: _Telling) -> tuple[_Telling, Tried[Written]]:
        def work() -> Written | None:
            if job.dated:
                zone = session.config.newsletter.zone
                return WeekWriter(writer, zone).write(job.story.group, job.insights)
            return writer.write(job.story.group, job.insights, job.sentences, piece=job.piece)

        return job, tried(f"write {job.item.headline}", work)

    with session.pool(len(jobs)) as pool:
        return list(each([[job] for job in jobs], write, pool))


def _with_texts(draft: Draft, texts: Mapping[str, Written], language: str) -> Draft:
    """The draft with what was written of its stories, by id."""
    parts = tuple(
        replace(
            part,
            items=tuple(
                _item(item, texts[item.id], part.form) if item.id in texts else item
                for item in part.items
            ),
        )
        for part in draft.parts
    )
    return of_paragraphs(replace(draft, parts=parts), frozenset(texts), language)


def _item(item: Item, written: Written, form: Form) -> Item:
    headline = escape(written.headline) if written.headline else item.headline
    tag = event_kind(written.headline) if form == "bold" and written.headline else ""
    return replace(
        item,
        headline=headline,
        text=escape(written.text.text),
        insights=(written.text.id, *written.rests_on),
        tag=tag or item.tag,
    )


def _front(
    writer: FrontWriter,
    draft: Draft,
    retold: Collection[str],
    insights: Mapping[str, Insight],
    material: Material,
) -> Front:
    """Title, thesis and highlights of the draft; the stories that were `retold` say something else
    than their insights do. Raises NoAnswer.
    """
    stories = [
        Told(
            item.id,
            to_plain(item.headline),
            [insights[one] for one in item.insights if one in insights],
            to_plain(item.text) if item.id in retold else "",
        )
        for item in _stories_of(draft)[:FRONT_STORIES]
    ]
    told = [one for one in stories if one.insights]
    return writer.write(told, material.documents, draft.thesis)


def _fronted(draft: Draft, front: Front, material: Material, edition: Edition) -> Draft:
    if front.title:
        draft = replace(draft, title=front.title, title_insights=front.title_insights)
    if front.thesis.text:
        draft = replace(draft, thesis=front.thesis.text, thesis_stories=front.thesis.stories)
    if front.highlights and not edition.terms.highlights:
        return replace(draft, summary=" ".join(one.text for one in front.highlights))
    if front.highlights:
        ids = [[insight.id for insight in one.insights] for one in front.highlights]
        said = [
            credited(one.text, dict.fromkeys(insight.entry for insight in one.insights), material)
            for one in front.highlights
        ]
        sentences = led_by(_stories_of(draft)[0], list(zip(said, ids, strict=True)))
        rests_on = dict.fromkeys(name for found in ids for name in found)
        draft = replace(draft, highlights=" ".join(sentences), highlights_insights=tuple(rests_on))
    return draft


def _stories_of(draft: Draft) -> list[Item]:
    return [item for part in draft.parts for item in part.items if item.kind == "story"]
