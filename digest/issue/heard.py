"""Below a news story the passage of an episode that speaks of it. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.insights.episode_mentions import mention
from digest.insights.quotation_limit import WORDS_PER_SOURCE
from digest.issue.material import links
from digest.issue.told_text import told_text
from digest.text.markdown import escape, to_plain
from digest.text.own_words import own_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from digest.issue.material import Material
    from digest.model import Document, Draft, Insight, Item, Plan

MOST = 3  # passages of an issue, each of another episode


def heard_of(plan: Plan, episodes: Iterable[Document]) -> dict[str, Insight]:
    """For stories, by id, what an episode says of them; the first stories first, each episode
    once.
    """
    left = [one for one in episodes if one.kind == "podcast" and one.basis == "transcript"]
    found: dict[str, Insight] = {}
    for story in (story for section in plan.sections for story in section.stories):
        best = story.group.documents[0]
        if best.kind != "news" or len(found) == MOST:
            continue
        said = next((one for episode in left if (one := mention(best, episode))), None)
        if said:
            found[story.group.id] = said
            left = [episode for episode in left if episode.entry_id != said.entry]
    return found


def with_heard(draft: Draft, material: Material) -> Draft:
    """The draft with these passages below their stories, as far as the issue says none of them
    already and quotation has room for them.
    """
    quoted = _quoted(draft, material)
    fitting = {story: one for story, one in material.heard.items() if _fits(one, draft, quoted)}
    if not fitting:
        return draft
    parts = tuple(
        replace(
            part,
            items=tuple(
                _below(item, fitting[item.id], material) if item.id in fitting else item
                for item in part.items
            ),
        )
        for part in draft.parts
    )
    return replace(draft, parts=parts)


def _fits(said: Insight, draft: Draft, quoted: Mapping[str, int]) -> bool:
    words = quoted.get(said.entry, 0) + len(said.text.split())
    told = (to_plain(item.text) for part in draft.parts for item in part.items)
    return words <= WORDS_PER_SOURCE and not any(said.text in text for text in told)


def _quoted(draft: Draft, material: Material) -> dict[str, int]:
    """How many of its own words the issue quotes of each source."""
    known = {one.id: one for found in material.insights.values() for one in found}
    counts: dict[str, int] = {}
    shown: Sequence[str] = [
        name for part in draft.parts for item in part.items for name in item.insights
    ]
    for one in (known[name] for name in dict.fromkeys(shown) if name in known):
        if one.verdict == "extract":
            counts[one.entry] = counts.get(one.entry, 0) + len(one.text.split())
    return counts


def _below(item: Item, said: Insight, material: Material) -> Item:
    episode = material.documents[said.entry]
    words = own_words(material.language)
    show = (
        words.gettext("Heard on %(show)s") % {"show": episode.publisher}
        if episode.publisher
        else words.gettext("Heard in an episode")
    )
    return replace(
        item,
        text=f"{item.text}\n\n{escape(f'{show}. {told_text([said])}')}",
        links=(*item.links, *(one for one in links([episode]) if one not in item.links)),
        insights=(*item.insights, said.id),
    )
