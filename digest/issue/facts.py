"""The facts of an issue: what the store keeps beside issue.md, and issue.json is joined from.
Pure.
"""

from __future__ import annotations

from dataclasses import asdict
from itertools import chain
from typing import TYPE_CHECKING, Any

from digest.feeds.shared_addresses import held_by, shared_addresses
from digest.grounding.verdicts import weakest
from digest.issue.by_the_numbers import figure_id, memory, remark
from digest.issue.came_due import came_due_figure, came_due_id
from digest.issue.contradictions import contradictions
from digest.issue.join import source_of
from digest.issue.told_figures import ledger_facts, previous_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from digest.issue.material import Material
    from digest.model import (
        Draft,
        Figure,
        Insight,
        Item,
        Plan,
        Previous,
        Ranked,
        Update,
        Verdict,
    )


def facts_of(plan: Plan, draft: Draft, material: Material, run: dict[str, Any]) -> dict[str, Any]:
    """What is known of a draft as it was written, as JSON values; `run` is the report of the run
    that made it.
    """
    ranked = {story.group.id: story for section in plan.sections for story in section.stories}
    items = [item for part in draft.parts for item in part.items]
    figure_of = _figures(material)
    ledger = ledger_facts(draft, material)
    shown = {figure_of[item.id].record for item in items if item.kind == "figure"}
    return {
        "title": draft.title,
        "highlights": draft.highlights,
        "description": draft.description,
        "summary": draft.summary,
        "thesis": {"text": draft.thesis, "stories": list(draft.thesis_stories)},
        "front": _front_verdicts(draft, material),
        "stories": {
            item.id: _story_facts(ranked[item.id], item, material)
            for item in items
            if item.kind == "story"
        },
        "figures": {
            item.id: _figure_facts(figure_of[item.id], item, material)
            for item in items
            if item.kind == "figure"
        },
        "insights": {one.id: asdict(one) for one in _insights(material)},
        "ledger": ledger,
        "contradictions": contradictions(material, shown | {row["id"] for row in ledger}),
        "left_out": [
            {"entry": left.entry, "entry_url": left.entry_url, "why": left.why}
            for left in plan.left_out
        ],
        "run": run,
    }


def _insights(material: Material) -> Iterator[Insight]:
    """All that was read, written and heard."""
    yield from chain.from_iterable(material.insights.values())
    yield from chain(material.texts.values(), material.heard.values())


def _figures(material: Material) -> dict[str, Figure]:
    """What may stand as a figure, by its id: read ones, and what became of planned ones."""
    came_due = {
        came_due_id(one): came_due_figure(one, material.came_due[one.id], material)
        for one in material.ledger
        if one.id in material.came_due
    }
    return {figure_id(figure): figure for figure in material.figures} | came_due


def _front_verdicts(draft: Draft, material: Material) -> dict[str, Verdict]:
    """How the title and the highlights stand: those of an issue without a model are headlines of
    sources, and leads of stories.
    """
    leads = (
        one.verdict
        for found in material.insights.values()
        for one in found
        if one.id in draft.highlights_insights
    )
    return {"title": "extract", "highlights": weakest(leads), **material.front}


def _story_facts(story: Ranked, item: Item, material: Material) -> dict[str, Any]:
    documents = story.group.documents
    shared = shared_addresses(map(held_by, documents))
    # a piece that several feeds bring is one source
    sources = {
        document.entry_id if document.url in shared else document.url: asdict(
            source_of(document.url, "", document)
        )
        for document in documents
    }
    return {
        "headline": item.headline,
        "tag": item.tag,
        "text": item.text,
        "theme": story.theme,
        "theme_why": story.theme_why,
        "relevance": round(story.relevance, 3),
        "why": story.why,
        "update_of": _update_facts(story.update),
        "update": item.update,
        "told_in": material.told_in.get(item.id, []),
        "related": material.related.get(item.id, []),
        "sources": list(sources.values()),
    }


def _update_facts(update: Update | None) -> dict[str, Any] | None:
    """What a story is an update of, as JSON values."""
    return {**asdict(update), "date": update.date.isoformat()} if update else None


def _figure_facts(figure: Figure, item: Item, material: Material) -> dict[str, Any]:
    source = source_of(figure.entry_url, "", material.documents[figure.entry])
    return {
        "headline": item.headline,
        "text": item.text,
        "figure": asdict(figure),
        "previous": previous_json(material.previous.get(figure.record)),
        "memory": _memory(memory, figure, material),
        "remark": _memory(remark, figure, material),
        "sources": [asdict(source)],
    }


def _memory(
    said: Callable[[Figure, Previous, Material], str], figure: Figure, material: Material
) -> str:
    """What the newsletter says of its own of a figure: what it told before."""
    before = material.previous.get(figure.record)
    return said(figure, before, material) if before else ""


def both(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a draft that a person changed, and of the new one beside it: stories of either
    can be joined.
    """
    return {
        **new,
        **old,
        **{key: {**new[key], **old[key]} for key in ("stories", "insights", "figures")},
    }
