"""An issue's prose without a model: insights passed through, in the order that the plan gives.
Pure.

Nothing here can add a story, a link or a source; it decides which of a story's extracts are shown
where, within a budget of words for each source, and says no sentence twice.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from digest.insights.claim_labels import label
from digest.insights.titles import headline, issue_title
from digest.issue.by_the_numbers import amount_of, number_items
from digest.issue.highlights import credited, highlight_leads, highlight_text
from digest.issue.material import links
from digest.issue.shown_words import ShownWords
from digest.issue.story_extracts import chosen_extracts
from digest.issue.told_text import is_talk, told_text
from digest.model import Draft, Item, Part
from digest.text.markdown import escape, to_plain
from digest.text.quantities import quantities

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from digest.editions.edition import Edition, Style
    from digest.issue.material import Material
    from digest.model import Group, Insight, Plan, Ranked


TITLE_STORIES = 3  # stories that a title speaks of at most


def write_draft(
    identity: str, edition: Edition, day: date, plan: Plan, material: Material, numbers: int
) -> Draft:
    """The draft of an issue made of extracts. `numbers` is how many figures *By the Numbers* may
    hold.
    """
    page = ShownWords()
    first = [story for section in plan.sections[:1] for story in section.stories]
    highlighted = highlight_leads(first, material, page) if edition.highlights else []
    parts = [
        Part(
            section.name,
            _items(section.stories, edition.style(section.name), material, page),
            edition.style(section.name).bullets,
        )
        for section in plan.sections
        if section.stories
    ]
    figures = number_items(material, page, numbers, _amounts_told(parts, highlighted))
    if figures:
        parts.append(Part("By the Numbers", figures))
    title, title_insights = _title(edition, plan, parts)
    return Draft(
        id=identity,
        edition=edition.name,
        date=day,
        title=title,
        parts=tuple(parts),
        highlights=" ".join(
            credited(highlight_text(insight), [insight.entry], material) for insight in highlighted
        ),
        title_insights=title_insights,
        highlights_insights=tuple(insight.id for insight in highlighted),
        categories=_categories(plan),
    )


def _amounts_told(
    parts: Sequence[Part], highlighted: Sequence[Insight]
) -> frozenset[tuple[float, str]]:
    texts = [
        *(to_plain(item.text) for part in parts for item in part.items),
        *(highlight_text(insight) for insight in highlighted),
    ]
    return frozenset(amount_of(quantity) for text in texts for quantity in quantities(text))


def _title(edition: Edition, plan: Plan, parts: Sequence[Part]) -> tuple[str, tuple[str, ...]]:
    """The issue's title, and the insights that it rests on: the edition's own, or the headlines of
    its first section.
    """
    if edition.title:
        told = [story for section in plan.sections for story in section.stories]
        return edition.title(told), ()
    headlines = {
        story.group.id: _headline(story.group)
        for section in plan.sections[:1]
        for story in section.stories
    }
    shown = [item for part in parts[:1] for item in part.items]
    rests_on = tuple(item.insights[0] for item in shown[:TITLE_STORIES] if item.insights)
    return issue_title([headlines[item.id] for item in shown if item.id in headlines]), rests_on


def _items(
    stories: Iterable[Ranked], style: Style, material: Material, page: ShownWords
) -> tuple[Item, ...]:
    return tuple(_item(story, style, material, page) for story in stories)


def _item(story: Ranked, style: Style, material: Material, page: ShownWords) -> Item:
    chosen = story.insights or chosen_extracts(story.group, style.sentences, material, page)
    return Item(
        id=story.group.id,
        headline=escape(_label(story, chosen)),
        text=escape(told_text(chosen)),
        links=links(story.group.documents),
        insights=tuple(insight.id for insight in chosen),
    )


def _label(story: Ranked, chosen: Sequence[Insight]) -> str:
    """What a story is headed by: a model's headline, a label for what somebody says, or its best
    source's title.
    """
    if chosen and chosen[0].headline:
        return chosen[0].headline
    return label(story.insights[0].text) if is_talk(story.insights) else _headline(story.group)


def _headline(group: Group) -> str:
    best = group.documents[0]
    return headline(best.title, best.publisher)


def _categories(plan: Plan) -> tuple[str, ...]:
    themes = Counter(
        story.theme
        for section in plan.sections
        for story in section.stories
        if story.theme != "Other"
    )
    return tuple(theme for theme, _ in themes.most_common(5))
