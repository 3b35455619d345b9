"""Which of its insights a story is told with, when no model writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.insights.news_value import on_another_matter, takes_up
from digest.insights.telling import adds, goes_on, handed_on, in_order, opening
from digest.issue.by_the_numbers import amount_of
from digest.text.quantities import quantities
from digest.text.similarity import alike, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.issue.material import Material
    from digest.issue.said_once import ShownWords
    from digest.model import Document, Group, Insight

SAME_EVENT = (
    0.4  # share of the shorter text's words from which two sources say the same of one event
)


def chosen_extracts(
    group: Group, wanted: int, material: Material, page: ShownWords
) -> list[Insight]:
    """What a story is told with: what tells its headline, then what its best source adds, with one
    place kept for another source.
    """
    best, *others = group.documents
    own = list(material.insights.get(best.entry_id, ()))
    if best.kind != "news" or any(one.verdict != "extract" for one in own):
        return _as_read(group, wanted, material, page)
    above = [one for one in opening(best, own) if one.text in page.above]
    chosen = [one for one in _opened(best, own, above) if page.room(best.entry_id, one.text)]
    for one in chosen:
        page.put(best.entry_id, one.text)
    news = [
        one
        for other in others
        for one in material.insights.get(other.entry_id, ())
        if adds(one, best.title)
    ]
    keep = 1 if any(not retells(one, chosen) for one in news) else 0
    chosen += take(goes_on(best, [*above, *chosen], own), wanted - keep - len(chosen), page)
    told = list(in_order(chosen))
    for one in news:
        if len(told) < wanted and not retells(one, told):
            told += take([one], 1, page)
    if len(told) < wanted and len(chosen) < wanted:  # the place kept for another source is free
        chosen += take(goes_on(best, [*above, *chosen], own), wanted - len(told), page)
        told = [*in_order(chosen), *(one for one in told if one not in chosen)]
    return told


def _opened(best: Document, own: Sequence[Insight], above: Sequence[Insight]) -> Sequence[Insight]:
    """What tells the headline; where that stands `above`, in the highlights, what goes on from
    there.
    """
    after = handed_on(best, own) if above else None
    return [after] if after else opening(best, own) or own[:1]


def _as_read(group: Group, wanted: int, material: Material, page: ShownWords) -> list[Insight]:
    """What a model, or the reading of talk, chose: of the best source first, in its order."""
    best, *others = _sayable(group, material)
    keep = 1 if wanted > 1 and any(others) else 0
    chosen = take(best, wanted - keep, page)
    for insights in others:
        new = [one for one in insights if not retells(one, chosen)]
        chosen += take(new, min(1, wanted - len(chosen)), page)
    chosen += take(best, wanted - len(chosen), page)
    if not chosen:
        # a weak model says one thing of many stories; twice is better than a headline alone
        chosen = [one for one in best[:1] if one.verdict != "extract"]
    order = {document.entry_id: i for i, document in enumerate(group.documents)}
    leads = {found[0].id for found in (best, *others) if found}
    return sorted(
        chosen,
        key=lambda one: (one.id not in leads, order[one.entry], one.evidence[0].start),
    )


def _sayable(group: Group, material: Material) -> list[list[Insight]]:
    """What each source can say, best source first: the others what takes up the headline, for a
    page that tells several things is a source of one of them.
    """
    best = group.documents[0]
    found = [list(material.insights.get(one.entry_id, ())) for one in group.documents]
    if best.kind != "news":
        return found
    told = f"{best.title}\n{found[0][0].text if found[0] else ''}"
    read = bool(found[0]) and found[0][0].verdict != "extract"
    own = [
        one
        for i, one in enumerate(found[0])
        if read or i == 0 or not on_another_matter(one.text, told)
    ]
    return [own, *([one for one in theirs if takes_up(one.text, told)] for theirs in found[1:])]


def take(insights: Sequence[Insight], wanted: int, page: ShownWords) -> list[Insight]:
    """The first `wanted` that quotation allows and that say something new."""
    taken: list[Insight] = []
    for insight in insights:
        own = insight.verdict == "extract"  # only what is quoted counts towards what may be quoted
        if len(taken) < wanted and (
            page.fits(insight.entry, insight.text) if own else not page.told(insight.text)
        ):
            page.put(insight.entry, insight.text, quoted=own)
            taken.append(insight)
    return taken


def retells(insight: Insight, chosen: Sequence[Insight], share: float = SAME_EVENT) -> bool:
    """Whether another source's sentence tells of the same event what is told already: in like
    words, or with the same amounts.
    """
    own, stated = words(insight.text), {amount_of(one) for one in quantities(insight.text)}
    return any(
        alike(own, words(one.text), share)
        or (stated and stated <= {amount_of(told) for told in quantities(one.text)})
        for one in chosen
    )
