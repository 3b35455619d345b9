"""An issue's draft without a model: insights passed through, in the order that the plan gives.
Pure.

Nothing here can add a story, a link or a source; it decides which of a story's extracts are shown
where, within a budget of words for each source, and says no sentence twice.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from digest.editions.titles import titled
from digest.insights.claim_labels import label
from digest.insights.event_kinds import event_kind
from digest.insights.headlines import headline
from digest.insights.issue_title import issue_title
from digest.issue.by_the_numbers import NUMBERS, amounts, number_items
from digest.issue.dated_extracts import dated_extracts, dated_text
from digest.issue.highlights import as_markdown, highlights
from digest.issue.material import links
from digest.issue.said_once import ShownWords
from digest.issue.site_front import with_site_front
from digest.issue.story_extracts import chosen_extracts
from digest.issue.told_text import is_talk, told_text
from digest.issue.update_line import update_line
from digest.model import Draft, Group, Insight, Item, Part, Plan, Ranked
from digest.stories.themes import OTHER
from digest.text.markdown import escape, to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from digest.config.edition_terms import SectionTerms
    from digest.editions.edition import Edition
    from digest.issue.material import Material


TITLE_STORIES = 3  # stories that a title speaks of at most


def write_draft(
    identity: str, edition: Edition, day: date, plan: Plan, material: Material, numbers: int
) -> Draft:
    """The draft of an issue made of extracts. `numbers` is how many *By the Numbers* may hold."""
    page = ShownWords({entry: document.text for entry, document in material.documents.items()})
    first = _first(plan, edition)
    lit = highlights(first, material, page) if edition.terms.highlights else ()
    parts = _parts(plan, edition, material, page)
    front = as_markdown(lit, material)
    found = number_items(material, page, numbers, _amounts(parts, front))
    if found:
        parts.append(Part(NUMBERS, found))
    told = [story for section in plan.sections for story in section.stories]
    draft = Draft(
        id=identity,
        edition=edition.name,
        date=day,
        title=_title(edition, day, told, first, material.language),
        parts=tuple(parts),
        highlights=front,
        title_insights=() if edition.terms.title else _leads(first, parts),
        highlights_insights=tuple(one.insight.id for one in lit if one.insight),
        categories=_categories(told),
    )
    return with_site_front(draft, edition, material.language)


def _title(
    edition: Edition, day: date, told: Sequence[Ranked], first: Sequence[Ranked], language: str
) -> str:
    """By the edition's pattern, else what the first stories' headlines say."""
    headlines = issue_title([headline_of(story.group) for story in first])
    if not edition.terms.title:
        return headlines
    days = edition.terms.window
    return titled(edition.terms.title, told, day, days=days, headline=headlines, language=language)


def _parts(plan: Plan, edition: Edition, material: Material, page: ShownWords) -> list[Part]:
    return [
        Part(
            section.name,
            _items(section.stories, edition.style(section.name), material, page),
            edition.style(section.name).form,
        )
        for section in plan.sections
        if section.stories
    ]


def _items(
    stories: Iterable[Ranked], style: SectionTerms, material: Material, page: ShownWords
) -> tuple[Item, ...]:
    return tuple(_item(story, style, material, page) for story in stories)


def _item(story: Ranked, style: SectionTerms, material: Material, page: ShownWords) -> Item:
    chosen = story.insights or _chosen(story, style, material, page)
    label = _label(story, chosen)
    return Item(
        id=story.group.id,
        headline=escape(label),
        text=dated_text(chosen, material) if style.dated else escape(told_text(chosen)),
        links=links(story.group.documents),
        insights=tuple(insight.id for insight in chosen),
        update=update_line(story.update, material.language) if story.update else "",
        tag=event_kind(label) if style.form == "bold" else "",
    )


def _chosen(
    story: Ranked, style: SectionTerms, material: Material, page: ShownWords
) -> Sequence[Insight]:
    if style.dated:
        return dated_extracts(story.group, style, material, page)
    return chosen_extracts(story.group, style.sentences, material, page)


def _label(story: Ranked, chosen: Sequence[Insight]) -> str:
    """What a story is headed by: a model's headline, a label for what somebody says, or its best
    source's title.
    """
    if chosen and chosen[0].headline:
        return chosen[0].headline
    if is_talk(story.insights):
        return label(story.insights[0], story.group.documents[0])
    return headline_of(story.group)


def headline_of(group: Group) -> str:
    """A story's headline: its best source's title without the site's name."""
    best = group.documents[0]
    return headline(best.title, best.publisher)


def _first(plan: Plan, edition: Edition) -> list[Ranked]:
    """The stories that the title speaks of, the first one first: those of the first section, or the
    first of each where every theme has one.
    """
    first = plan.sections[:1]
    if first and edition.style(first[0].name).by_theme:
        return [section.stories[0] for section in plan.sections if section.stories]
    return [story for section in first for story in section.stories]


def _leads(first: Sequence[Ranked], parts: Sequence[Part]) -> tuple[str, ...]:
    """The insights that the title rests on: the first of each of the first stories."""
    items = {item.id: item for part in parts for item in part.items}
    shown = [items[story.group.id] for story in first[:TITLE_STORIES] if story.group.id in items]
    return tuple(item.insights[0] for item in shown if item.insights)


def _amounts(parts: Sequence[Part], front: str) -> frozenset[tuple[float, str]]:
    """What the issue has told of in figures."""
    texts = [to_plain(item.text) for part in parts for item in part.items]
    texts += [to_plain(item.headline) for part in parts for item in part.items]
    return amounts((*texts, to_plain(front)))


def _categories(told: Sequence[Ranked]) -> tuple[str, ...]:
    themes = Counter(story.theme for story in told if story.theme != OTHER)
    return tuple(theme for theme, _ in themes.most_common(5))
