"""A column as issue.md holds it: its passages under headings, each fact with a numbered note that
leads to its source. Pure.
"""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from digest.editions.titles import week
from digest.issue.join import source_of
from digest.issue.material import links
from digest.model import Draft, Item, Part
from digest.text.markdown import escape
from digest.text.notes import note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from digest.insights.model.column_forms import Role
    from digest.issue.column.essay import Essay, EssaySentence, Passage
    from digest.issue.column.theses import ProposedColumn
    from digest.issue.material import Material
    from digest.model import Document, Insight

SECTIONS: Mapping[Role, str] = {
    "thesis": "The argument",
    "evidence": "The argument",
    "against": "The best case against it",
    "test": "What would prove it wrong",
}
HEADINGS: Mapping[Role, str] = {
    "thesis": "What I say",
    "evidence": "Why",
    "against": "What speaks against it",
    "test": "What to look for",
}
MAX_TITLE = 90  # characters
ORDER: tuple[Role, ...] = ("thesis", "evidence", "against", "test")


def column_draft(
    identity: str, day: date, essay: Essay, chosen: ProposedColumn, material: Material
) -> Draft:
    """The draft of a column that holds."""
    passages = sorted(essay.passages, key=lambda passage: ORDER.index(passage.role))
    numbers: dict[str, int] = {}
    items = [
        (SECTIONS[passage.role], _item(i, passage, numbers, material))
        for i, passage in enumerate(passages, 1)
    ]
    parts = tuple(
        Part(name, tuple(item for _, item in rows), "headings")
        for name, rows in groupby(items, key=lambda row: row[0])
    )
    cited = [one for passage in passages for one in cited_in(passage, material)]
    rests = [item.id for _, item in items if item.links]
    return Draft(
        id=identity,
        edition=identity[11:],
        date=day,
        title=essay.title or _cut(chosen.text),
        parts=parts,
        summariser=essay.model,
        description=chosen.text,
        tags=(identity[11:],),
        unpublished=True,
        thesis=chosen.text,
        thesis_stories=tuple(rests),
        byline=_byline(essay, cited, day, material),
    )


def cited_in(passage: Passage, material: Material) -> tuple[Document, ...]:
    """The documents that a passage has notes to, in order."""
    entries = dict.fromkeys(entry for one in passage.sentences for entry in one.entries)
    return tuple(material.documents[entry] for entry in entries)


def passage_facts(draft: Draft, essay: Essay, material: Material) -> dict[str, Any]:
    """What issue.json joins to the passages, by id, as a story's facts are."""
    passages = sorted(essay.passages, key=lambda passage: ORDER.index(passage.role))
    items = [item for part in draft.parts for item in part.items]
    return {
        item.id: {
            "headline": item.headline,
            "tag": "",
            "text": item.text,
            "theme": "",
            "theme_why": "",
            "relevance": 1.0,
            "why": f"part of the column: {passage.role}",
            "update_of": None,
            "sources": [asdict(source_of(one.url, "", one)) for one in cited_in(passage, material)],
        }
        for item, passage in zip(items, passages, strict=True)
    }


def insights_of(essay: Essay) -> dict[str, Insight]:
    """Every sentence of the column, by id."""
    told = (one.insight for passage in essay.passages for one in passage.sentences)
    return {one.id: one for one in told}


def _item(number: int, passage: Passage, numbers: dict[str, int], material: Material) -> Item:
    paragraphs = [
        " ".join(_sentence(one, numbers, material) for one in paragraph)
        for paragraph in passage.paragraphs
    ]
    return Item(
        id=f"passage-{number}",
        headline=escape(passage.heading or HEADINGS[passage.role]),
        text="\n\n".join(paragraphs),
        links=links(cited_in(passage, material)),
        insights=tuple(one.insight.id for one in passage.sentences),
    )


def _sentence(one: EssaySentence, numbers: dict[str, int], material: Material) -> str:
    urls = dict.fromkeys(material.documents[entry].url for entry in one.entries)
    notes = [note(numbers.setdefault(url, len(numbers) + 1), url) for url in urls]
    return " ".join([escape(one.insight.text), *notes])


def _byline(essay: Essay, cited: Sequence[Document], day: date, material: Material) -> str:
    pieces = len({one.entry_id for one in cited})
    houses = len({one.publisher or one.feed_url for one in cited})
    signed = material.editor
    made = (
        f"drafted with {essay.model} from {pieces} pieces by {houses}"
        f" {'publishers' if houses != 1 else 'publisher'}, read in the week of"
        f" {week(day, 7, material.language)}. Each sentence with a note was checked against the"
        " piece that it leads to; every other sentence is argument"
    )
    if not signed:
        return f"Not signed yet: {made}, and waits for whoever signs it."
    return f"By {signed}: {made}, and {signed} signs it."


def _cut(thesis: str) -> str:
    """The thesis as a title, at a word where it is too long for one."""
    whole = thesis.rstrip(".")
    return whole if len(whole) <= MAX_TITLE else f"{whole[:MAX_TITLE].rsplit(' ', 1)[0]}…"
