"""The paragraph that an issue opens with: one sentence each of the first three stories, none of
which stands below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.insights.headline_claim import claim_of, stems_of
from digest.insights.headlines import headline
from digest.insights.news_value import (
    adds_news,
    deciding,
    is_of_now,
    looks_back,
    of_an_earlier_month,
    of_others,
    only_praises,
    only_speaks,
)
from digest.insights.sentence_scoring import full_names, unintroduced
from digest.insights.standalone import takes_for_known
from digest.insights.telling import handed_on, opening
from digest.issue.material import links
from digest.text.markdown import escape
from digest.text.quantities import quantities
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from digest.issue.material import Material
    from digest.issue.said_once import ShownWords
    from digest.model import Document, Group, Insight, Item, Ranked

MOST_SENTENCES = 3  # each of another story
ON_ITS_NEWS = 0.5  # share of what the headline claims that a sentence of the highlights must have
ENDS = '.!"\u201d'
MOST_WORDS = 40  # of a sentence in the highlights; each more costs LONGER
LONGER = 0.01
DECIDES = 0.1  # what saying what the news is worth adds to the share of the headline that is told
NEAR_ITS_NEWS = 0.3  # share that is enough of what has just happened to one whom it names


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
        spare = spare or _handed_over(story.group, material)
        if spare and spare.verdict == "extract":
            page.put(spare.entry, spare.text)
            page.above.add(spare.text)
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
    """A sentence that tells of the headline's news, which the story can do without: of all the one
    that tells most. None of what stands in the place of a model's claims: the model writes the
    highlights.
    """
    told, best = {one.id for one in _opening(group, material)}, group.documents[0]
    open_to = [
        one
        for document in group.documents
        if document.kind == "news"
        for one in material.insights.get(document.entry_id, ())
        if one.id not in told
        and not one.read_by
        and _stands_alone(one, best)
        and not unintroduced(one.text, full_names(document))
        and page.fits(one.entry, one.text)
    ]
    return max(open_to, key=lambda one: _worth(one.text, best), default=None)


def _handed_over(group: Group, material: Material) -> Insight | None:
    """What opens a story, for its first sentence, where the story's text can go on from there."""
    told, best = _opening(group, material), group.documents[0]
    own = material.insights.get(best.entry_id, ())
    if len(told) != 1 or not handed_on(best, own):
        return None
    first = sentences(told[0].text)[0].text
    plain = told[0].verdict == "extract" and not told[0].read_by
    fit = plain and first[-1:] in ENDS and not takes_for_known(first)
    return told[0] if fit and claim_of(best).share(first) >= NEAR_ITS_NEWS else None


def _worth(text: str, best: Document) -> float:
    longer = max(0, len(text.split()) - MOST_WORDS)
    return claim_of(best).share(text) + DECIDES * deciding(text) - LONGER * longer


def _on_its_news(text: str, best: Document) -> bool:
    """Whether it tells much of what the headline claims, or a figure of somebody whom it names."""
    claim = claim_of(best)
    if claim.names & stems_of(text) and quantities(text):
        return True
    enough = NEAR_ITS_NEWS if is_of_now(text) else ON_ITS_NEWS
    return claim.share(text) >= enough and claim.says_more_than_names(text)


def _stands_alone(insight: Insight, best: Document) -> bool:
    """Whether an extract is one sentence of news on what the headline claims."""
    text = insight.text
    return (
        len(sentences(text)) == 1
        and text[-1:] in ENDS
        and _on_its_news(text, best)
        and adds_news(text)
        and not looks_back(text, best.when.year)
        and not of_an_earlier_month(text, best.when)
        and not of_others(text, best.title)
        and not only_speaks(text)
        and not only_praises(text)
        and not takes_for_known(text)
    )
