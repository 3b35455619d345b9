"""The paragraph that an issue opens with: one sentence each of the first three stories, none of
which stands below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.insights.headline_claim import claim_of, stems_of
from digest.insights.headlines import headline
from digest.insights.news_value import adds_news, looks_back, of_an_earlier_month, of_others
from digest.insights.telling import opening
from digest.issue.material import links
from digest.text.markdown import escape
from digest.text.quantities import quantities
from digest.text.quotation import unquoted
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from digest.issue.material import Material
    from digest.issue.said_once import ShownWords
    from digest.model import Document, Group, Insight, Item, Ranked

MOST_SENTENCES = 3  # each of another story
ON_ITS_NEWS = 0.5  # share of what the headline claims that a sentence of the highlights must have
SPOKEN = 0.5  # share of a sentence's words above which it is a quotation


@dataclass(frozen=True, slots=True)
class Highlight:
    """What the highlights say of a story: an insight's first sentence, or with None its
    headline.
    """

    story: Ranked
    insight: Insight | None


def highlights(
    stories: Sequence[Ranked], material: Material, page: ShownWords
) -> tuple[Highlight, ...]:
    """One of each of the first three stories, in their order.

    What tells a story's headline is kept for the story; a sentence that is to spare is said here
    and not again below. A model's own words stand here until the model has written better ones.
    """
    first = stories[:MOST_SENTENCES]
    for story in first:  # so that none is spared which another story needs
        for one in _opening(story.group, material):
            page.put(one.entry, one.text)
    found = []
    for story in first:
        spare = _written(story.group, material) or _to_spare(story.group, material, page)
        if spare and spare.verdict == "extract":
            page.put(spare.entry, spare.text)
        found.append(Highlight(story, spare))
    return tuple(found)


def as_markdown(found: Sequence[Highlight], material: Material) -> str:
    """The paragraph: sentences with their sources, headlines as links."""
    return " ".join(
        credited(sentences(one.insight.text)[0].text, [one.insight.entry], material)
        if one.insight
        else _linked(one.story.group)
        for one in found
    )


def credited(text: str, entries: Iterable[str], material: Material) -> str:
    """A sentence as Markdown with its sources in brackets before the full stop."""
    cited = links([material.documents[entry] for entry in entries])
    named = ", ".join(f"[{escape(one.name)}]({_target(one.url)})" for one in cited)
    return f"{escape(text[:-1])} ({named})." if text.endswith(".") else f"{escape(text)} ({named})"


def _target(url: str) -> str:
    return f"<{url}>" if "(" in url or ")" in url else url


def led_by(story: Item, said: Sequence[tuple[str, Collection[str]]]) -> list[str]:
    """Sentences of a model's, each with the ids of the insights that it rests on, so that what is
    said of this story comes first: where nothing is, its headline.
    """
    of_it = [text for text, ids in said if set(ids) & set(story.insights)]
    others = [text for text, ids in said if not set(ids) & set(story.insights)]
    if not of_it and story.links:
        of_it = [_as_sentence(story.headline, story.links[0].url)]
    return [*of_it, *others][:MOST_SENTENCES]


def _linked(group: Group) -> str:
    best = group.documents[0]
    return _as_sentence(escape(headline(best.title, best.publisher)), best.url)


def _as_sentence(headline_: str, url: str) -> str:
    stop = "" if headline_[-1:] in "?!." else "."
    return f"[{headline_}]({_target(url)}){stop}"


def _opening(group: Group, material: Material) -> tuple[Insight, ...]:
    best = group.documents[0]
    return opening(best, material.insights.get(best.entry_id, ())) if best.kind == "news" else ()


def _written(group: Group, material: Material) -> Insight | None:
    """A model's first insight of the best source."""
    own = material.insights.get(group.documents[0].entry_id, ())
    return next((one for one in own[:1] if one.verdict != "extract"), None)


def _to_spare(group: Group, material: Material, page: ShownWords) -> Insight | None:
    """A sentence that tells of the headline's news, which the story can do without. None of what
    stands in the place of a model's claims: the model writes the highlights.
    """
    told = {one.id for one in _opening(group, material)}
    open_to = (
        one
        for document in group.documents
        if document.kind == "news"
        for one in material.insights.get(document.entry_id, ())
        if one.id not in told and not one.read_by and _stands_alone(one, group.documents[0])
    )
    return next((one for one in open_to if page.fits(one.entry, one.text)), None)


def _on_its_news(text: str, best: Document) -> bool:
    """Whether it tells much of what the headline claims, or a figure of somebody whom it names."""
    claim = claim_of(best)
    return claim.share(text) >= ON_ITS_NEWS or bool(
        claim.names & stems_of(text) and quantities(text)
    )


def _stands_alone(insight: Insight, best: Document) -> bool:
    """Whether an extract is one sentence of news on what the headline claims."""
    text = insight.text
    return (
        len(sentences(text)) == 1
        and text[-1:] in '.!"”'
        and _on_its_news(text, best)
        and adds_news(text)
        and not looks_back(text, best.when.year)
        and not of_an_earlier_month(text, best.when)
        and not of_others(text, best.title)
        and len(unquoted(text).split()) >= SPOKEN * len(text.split())
    )
