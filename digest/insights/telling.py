"""With which of its sources' sentences a story tells its headline: they cover what it claims, in
their source's order. Pure.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from digest.insights.headline_claim import claim_of
from digest.insights.news_value import (
    adds_news,
    is_comment,
    looks_back,
    of_others,
    on_another_matter,
    takes_up,
)
from digest.insights.standalone import names
from digest.text.similarity import alike, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.insights.headline_claim import HeadlineClaim
    from digest.model import Document, Group, Insight

BOTH = 0.6  # share of the claim that two extracts must tell, for two have more words to hit it
ON_IT = 0.3  # share of the claim that the first of two sentences must have
NOT_TOLD = "no sentence tells its headline"


def led(group: Group, made: Mapping[str, Sequence[Insight]]) -> Group | None:
    """The story with the first source in front that can lead it; None when there is none."""
    for i, document in enumerate(group.documents):
        if _leads(document, made.get(document.entry_id, ())):
            others = group.documents[:i] + group.documents[i + 1 :]
            return replace(group, documents=(document, *others))
    return None


def _leads(document: Document, own: Sequence[Insight]) -> bool:
    """Whether a story can stand under this source's headline: its sentences tell it. What a model
    read was chosen for the story, and talk has no headline of its own.
    """
    if document.kind != "news" or any(one.read_by for one in own):
        return bool(own)
    return bool(opening(document, own))


def opening(document: Document, own: Sequence[Insight]) -> tuple[Insight, ...]:
    """The fewest of a document's extracts, the best first, that tell its headline, in the order in
    which they stand there; () when none do.

    The publisher's own words about the article tell it whatever words they choose.
    """
    claim = claim_of(document)
    alone = next((one for one in own if told(claim, [one])), None)
    if alone:
        return (alone,)
    pairs = ((one, other) for one, other in combinations(own, 2) if _go_together(one, other, claim))
    both = next(
        (pair for pair in pairs if told(claim, pair) and _more_than_chance(claim, pair)), None
    )
    return in_order(both) if both else tuple(one for one in own[:1] if is_dek(one, document))


def _more_than_chance(claim: HeadlineClaim, pair: Sequence[Insight]) -> bool:
    """Whether two extracts tell so much that it is not for their length alone."""
    return claim.share(" ".join(one.text for one in pair)) >= BOTH


def _go_together(one: Insight, other: Insight, claim: HeadlineClaim) -> bool:
    """Whether two extracts can tell a headline together: what comes first in the source is on it."""
    first, _ = in_order((one, other))
    return claim.share(first.text) >= ON_IT and not looks_back(first.text, 0)


def told(claim: HeadlineClaim, chosen: Sequence[Insight]) -> bool:
    """Whether these extracts tell what the headline claims."""
    return claim.told_by(" ".join(one.text for one in chosen))


def is_dek(insight: Insight, document: Document) -> bool:
    """Whether an extract is what the publisher says of its article."""
    return bool(document.dek) and insight.evidence[0].quote in document.dek


def goes_on(document: Document, chosen: Sequence[Insight], own: Sequence[Insight]) -> list[Insight]:
    """What the same source can add behind the extracts that open a story: later in its order, news
    of the same matter, and nothing twice; the best first.
    """
    if not chosen:
        return []
    after = chosen[0].evidence[0].start
    text = " ".join((document.title, *(one.text for one in chosen)))
    return [
        one
        for one in own
        if one not in chosen
        and one.evidence[0].start > after
        and not any(_said(one, other) for other in chosen)
        and not on_another_matter(one.text, text)
        and not looks_back(one.text, document.when.year)
        and not is_comment(one.text)
        and _says_something(one.text)
    ]


def _says_something(text: str) -> bool:
    """Whether a sentence is news of somebody, and no comment or remark."""
    return adds_news(text) or bool(names(text.partition(" ")[2]))


def adds(insight: Insight, headline: str) -> bool:
    """Whether another source's extract is news of the event that the headline names."""
    return (
        takes_up(insight.text, headline)
        and adds_news(insight.text)
        and not of_others(insight.text, headline)
    )


def in_order(chosen: Sequence[Insight]) -> tuple[Insight, ...]:
    """Extracts of one document in the order of its text."""
    return tuple(sorted(chosen, key=lambda one: one.evidence[0].start))


def _said(one: Insight, other: Insight) -> bool:
    return alike(words(one.text), words(other.text))
