"""A story followed through its days when no model writes it: the best sentences of its sources,
those of a day together behind its date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.insights.telling import adds, goes_on, opening
from digest.issue.story_extracts import chosen_extracts, retells, take
from digest.issue.told_text import told_text
from digest.text.markdown import escape
from digest.text.reader_dates import day_of_year, weekday

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from digest.config.edition_terms import SectionTerms
    from digest.issue.material import Material
    from digest.issue.said_once import ShownWords
    from digest.model import Document, Group, Insight

SAME_NEWS = 0.3  # share of the shorter text's words from which a later day says the same again


def dated_extracts(
    group: Group, style: SectionTerms, material: Material, page: ShownWords
) -> list[Insight]:
    """What a story is told with, in the order of its days: what tells its headline, a sentence of
    what each other day brought, then what its sources add.
    """
    best = group.documents[0]
    own = list(material.insights.get(best.entry_id, ()))
    if best.kind != "news" or any(one.verdict != "extract" for one in own):
        chosen = chosen_extracts(group, style.sentences, material, page)
    else:
        chosen = take(opening(best, own) or own[:1], style.sentences, page)
        for one in _further(group, chosen, own, material):
            room = not style.words or _words([*chosen, one]) <= style.words
            new = not retells(one, chosen, SAME_NEWS)
            if chosen and room and new and len(chosen) < style.sentences:
                chosen += take([one], 1, page)
    order = {document.entry_id: i for i, document in enumerate(group.documents)}
    return sorted(
        chosen,
        key=lambda one: (_day(one, material), order.get(one.entry, 0), one.evidence[0].start),
    )


def _further(
    group: Group, chosen: Sequence[Insight], own: Sequence[Insight], material: Material
) -> Iterable[Insight]:
    """What can be told beside what tells the headline: first one of each other day, then what the
    best source goes on with, then what the others add.
    """
    best = group.documents[0]
    told = {_day(one, material) for one in chosen}
    others = sorted(group.documents[1:], key=lambda document: document.when)
    news = [
        one
        for document in others
        for one in material.insights.get(document.entry_id, ())
        if one.verdict == "extract" and adds(one, best.title)
    ]
    first: dict[date, Insight] = {}
    for one in news:
        if _day(one, material) not in told:
            first.setdefault(_day(one, material), one)
    ahead = list(first.values())
    return [*ahead, *goes_on(best, chosen, own), *(one for one in news if one not in ahead)]


def dated_text(chosen: Sequence[Insight], material: Material) -> str:
    """The sentences as Markdown, each day's behind its date, and behind who says so where several
    publishers do.
    """
    several = len({_publisher(one, material) for one in chosen}) > 1
    parts: list[str] = []
    before = ""
    for one in chosen:
        day = _day(one, material)
        label = f"{weekday(day, material.language)}, {day_of_year(day, material.language)}"
        if several:
            label = f"{label}, {_publisher(one, material)}"
        text = escape(told_text([one]))
        parts.append(text if label == before else f"*{escape(label)}:* {text}")
        before = label
    return " ".join(parts)


def _words(insights: Sequence[Insight]) -> int:
    return sum(len(one.text.split()) for one in insights)


def _document(one: Insight, material: Material) -> Document:
    return material.documents[one.entry]


def _publisher(one: Insight, material: Material) -> str:
    return _document(one, material).publisher or "source"


def _day(one: Insight, material: Material) -> date:
    document = _document(one, material)
    return document.day or document.when.astimezone(material.zone).date()
