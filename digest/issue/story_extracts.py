"""Which of its insights a story is told with, when no model writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.insights.news_value import looks_back, on_another_matter, takes_up
from digest.issue.by_the_numbers import amount_of
from digest.text.quantities import quantities
from digest.text.similarity import alike, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.issue.material import Material
    from digest.issue.shown_words import ShownWords
    from digest.model import Document, Group, Insight

SAME_EVENT = (
    0.4  # share of the shorter text's words from which two sources say the same of one event
)


def chosen_extracts(
    group: Group, wanted: int, material: Material, page: ShownWords
) -> list[Insight]:
    """Sentences of the best source first, one place kept for what another source adds; leads first,
    then in reading order.
    """
    sayable = sayable_insights(group, material)
    best, *others = [
        [one for one in sayable if one.entry == document.entry_id] for document in group.documents
    ]
    keep = 1 if wanted > 1 and any(others) else 0
    chosen = _take(best, wanted - keep, page)
    for insights in others:
        new = [one for one in insights if not _retells(one, chosen)]
        chosen += _take(new, min(1, wanted - len(chosen)), page)
    chosen += _take(best, wanted - len(chosen), page)
    if (
        not chosen
    ):  # a weak model says one thing of many stories; that twice is better than a headline alone
        chosen = [insight for insight in best[:1] if insight.verdict != "extract"]
    order = {document.entry_id: i for i, document in enumerate(group.documents)}
    leads = {found[0].id for found in (best, *others) if found}
    opener = _opener(chosen, group.documents[0])
    return sorted(
        chosen,
        key=lambda one: (
            one.id not in leads,
            order[one.entry],
            one is not opener,
            one.evidence[0].start,
        ),
    )


def sayable_insights(group: Group, material: Material) -> list[Insight]:
    """What a story can be told with: of its best source what goes with the lead, of the others what
    takes up the headline.

    A page that tells several things is a source of one of them. What a model wrote of the best
    source, and what is said in an episode, was chosen for it.
    """
    best, *others = group.documents
    own = list(material.insights.get(best.entry_id, ()))
    theirs = [insight for other in others for insight in material.insights.get(other.entry_id, ())]
    if best.kind != "news":
        return [*own, *theirs]
    told = f"{best.title}\n{own[0].text if own else ''}"
    if own and own[0].verdict != "extract":
        return [*own, *(insight for insight in theirs if takes_up(insight.text, told))]
    added = [insight for insight in theirs if takes_up(insight.text, best.title)]
    return [
        *own[:1],
        *(insight for insight in own[1:] if not on_another_matter(insight.text, told)),
        *added,
    ]


def _opener(chosen: Sequence[Insight], best: Document) -> Insight | None:
    """What opens a story whose lead stands elsewhere: of its best source the first to take up the
    headline, else the best.
    """
    own = sorted(
        (one for one in chosen if one.entry == best.entry_id), key=lambda one: one.evidence[0].start
    )
    return next(
        (
            one
            for one in own
            if takes_up(one.text, best.title) and not looks_back(one.text, best.when.year)
        ),
        next(iter(chosen), None),
    )


def _retells(insight: Insight, chosen: Sequence[Insight]) -> bool:
    """Whether another source's sentence tells of the same event what is told already: in like
    words, or with the same amounts.
    """
    own, stated = words(insight.text), {amount_of(one) for one in quantities(insight.text)}
    return any(
        alike(own, words(one.text), SAME_EVENT)
        or (stated and stated <= {amount_of(told) for told in quantities(one.text)})
        for one in chosen
    )


def _take(insights: Sequence[Insight], wanted: int, page: ShownWords) -> list[Insight]:
    taken: list[Insight] = []
    for insight in insights:
        own = insight.verdict == "extract"  # only what is quoted counts towards what may be quoted
        if len(taken) < wanted and (
            page.fits(insight.entry, insight.text) if own else not page.told(insight.text)
        ):
            page.put(insight.entry, insight.text, quoted=own)
            taken.append(insight)
    return taken
