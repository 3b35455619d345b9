"""Writing with a model: story texts, highlights and title of a draft that is complete without
them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from digest.insights.model.claims import Checks
from digest.issue.embedded_writer import credited
from digest.issue.front_writer import FrontWriter
from digest.issue.story_writer import StoryWriter, Written, to_tell
from digest.model import Tally
from digest.net.fanout import each
from digest.run.attempt import Result, Tried, tried
from digest.run.read import asking_of, judge_of
from digest.text.markdown import escape, to_plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.editions import Edition
    from digest.issue.embedded_writer import Material
    from digest.issue.front_writer import Front
    from digest.llm.question import Answerer
    from digest.model import Draft, Insight, Item, Plan, Ranked
    from digest.run.session import Session

FRONT_STORIES = 8  # stories that the front is written from, the first ones


@dataclass
class Retold:
    """A draft in a model's words, the insights that its story texts are, and what became of the
    model's claims.
    """

    draft: Draft
    texts: dict[str, Insight] = field(default_factory=dict)  # by story
    tally: Tally = field(default_factory=Tally)


@dataclass(frozen=True, slots=True)
class _Telling:
    """A story to be told from more than one insight."""

    item: Item
    story: Ranked
    insights: Sequence[Insight]
    sentences: int
    piece: bool  # told for what its author says


def retell(
    session: Session,
    answerer: Answerer,
    edition: Edition,
    plan: Plan,
    draft: Draft,
    material: Material,
) -> Retold:
    """The draft with the texts that a model wrote and the checks passed. Stories, order, sources
    and links stay as they are.
    """
    asking = asking_of(session)
    checks = Checks(answerer, asking, judge_of(session, answerer), task="write")
    by_id = {one.id: one for found in material.insights.values() for one in found}
    readers = Counter(
        by_id[one].read_by
        for part in draft.parts
        for item in part.items
        for one in item.insights
        if one in by_id
    )
    del readers[""]
    if not readers:
        return Retold(draft)  # extracts tell themselves
    told = Retold(
        replace(draft, summariser=readers.most_common(1)[0][0])
    )  # a deputy's name when the first one failed
    _stories(
        session, StoryWriter(answerer, asking, checks), _jobs(edition, plan, draft, material), told
    )
    if edition.highlights:
        _front(session, FrontWriter(answerer, asking, checks), by_id, material, told)
    return told


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
    for part in draft.parts:
        for item in (item for item in part.items if item.id in stories):
            style = edition.style(part.name)
            found = _insights(stories[item.id], material, style.sentences)
            if len(found) > 1:
                jobs.append(
                    _Telling(
                        item, stories[item.id], found, style.sentences + 1, piece=not style.bullets
                    )
                )
    return jobs


def _insights(story: Ranked, material: Material, best_source: int) -> list[Insight]:
    """What a model read that the story is told from."""
    read = [
        [one for one in material.insights.get(document.entry_id, ()) if one.read_by]
        for document in story.group.documents
    ]
    return to_tell(read, best_source)


def _stories(session: Session, writer: StoryWriter, jobs: Sequence[_Telling], told: Retold) -> None:
    if not jobs:
        return
    session.stage(f"write: {len(jobs)} stories with {writer.answerer.name}")

    def write(job: _Telling) -> tuple[_Telling, Tried[Written | None]]:
        work = lambda: writer.write(job.story.group, job.insights, job.sentences, piece=job.piece)  # noqa: E731  it is called once
        return job, tried(f"write {job.item.headline}", work)

    with session.pool(len(jobs)) as pool:
        written = {
            job.item.id: (job, done) for job, done in each([[job] for job in jobs], write, pool)
        }
    items: dict[str, Item] = {}
    for identity, (job, done) in written.items():
        found = _noted(session, f"writing {job.item.headline}", done)
        told.tally += (
            found.tally if found else Tally(made=1, replaced=1)
        )  # by the insights that it was to be told from
        if found is None:
            continue
        told.texts[identity] = found.text
        items[identity] = _item(job.item, found)
    parts = tuple(
        replace(part, items=tuple(items.get(item.id, item) for item in part.items))
        for part in told.draft.parts
    )
    told.draft = replace(told.draft, parts=parts)


def _item(item: Item, written: Written) -> Item:
    headline = escape(written.headline) if written.headline else item.headline
    return replace(
        item,
        headline=headline,
        text=escape(written.text.text),
        insights=(written.text.id, *written.rests_on),
    )


def _noted(session: Session, about: str, done: Tried[Result]) -> Result | None:
    """What was written; an error of our own is reported."""
    if done.crashed:
        session.report.crashed.append((about, done.why))
    return done.result


def _front(
    session: Session,
    writer: FrontWriter,
    by_id: Mapping[str, Insight],
    material: Material,
    told: Retold,
) -> None:
    """Title and highlights, where the model wrote any that hold."""
    items = [item for part in told.draft.parts for item in part.items if item.kind == "story"][
        :FRONT_STORIES
    ]
    stories = [
        (to_plain(item.headline), [by_id[one] for one in item.insights if one in by_id])
        for item in items
    ]
    known = [(headline, found) for headline, found in stories if found]
    front = _noted(
        session,
        "writing the front",
        tried("write the front", lambda: writer.write(known, material.documents)),
    )
    if front is None:
        return
    told.tally += front.tally
    told.draft = _fronted(told.draft, front, material)


def _fronted(draft: Draft, front: Front, material: Material) -> Draft:
    if front.title:
        draft = replace(draft, title=front.title, title_insights=front.title_insights)
    if front.highlights:
        sentences = [
            credited(
                one.text, dict.fromkeys(insight.entry_url for insight in one.insights), material
            )
            for one in front.highlights
        ]
        rests_on = dict.fromkeys(insight.id for one in front.highlights for insight in one.insights)
        draft = replace(draft, highlights=" ".join(sentences), highlights_insights=tuple(rests_on))
    return draft
