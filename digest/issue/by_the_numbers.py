"""The section of figures: which stand there, each in its source's sentence."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.insights.figures import telling
from digest.issue.material import links
from digest.issue.said_once import ShownWords
from digest.model import Item, Part
from digest.text.markdown import escape, to_plain
from digest.text.quantities import quantities
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.issue.material import Material
    from digest.model import Draft, Figure
    from digest.text.quantities import Quantity

NUMBERS = "By the Numbers"


def number_items(
    material: Material, page: ShownWords, wanted: int, told: frozenset[tuple[float, str]]
) -> tuple[Item, ...]:
    """Figures in their sources' sentences, or in a model's that read them, but none of an amount
    that a story has `told`, in whatever words, and none twice.
    """
    items: list[Item] = []
    sources: set[str] = set()
    for figure in telling(material.figures):
        if len(items) == wanted or figure.entry in sources or not _fits(figure, page):
            continue
        if amount_of(figure) in told:
            continue
        page.put(figure.entry, figure.what, quoted=not figure.insight)
        told |= {amount_of(figure)}
        sources.add(figure.entry)
        document = material.documents[figure.entry]
        items.append(
            Item(
                figure_id(figure),
                escape(figure.text),
                escape(figure.what),
                links([document]),
                (figure.insight,) if figure.insight else (),
                kind="figure",
            )
        )
    return tuple(items)


def numbered(draft: Draft, material: Material, wanted: int) -> Draft:
    """The draft with the section made anew for texts that a model has written since: what they tell
    is not told again.
    """
    parts = [part for part in draft.parts if part.name != NUMBERS]
    page = ShownWords({entry: document.text for entry, document in material.documents.items()})
    own = {one.id: one for found in material.insights.values() for one in found}
    shown = [item for part in parts for item in part.items]
    for one in (own[name] for item in shown for name in item.insights if name in own):
        if one.verdict == "extract":
            page.put(one.entry, one.text)
    texts = [to_plain(text) for item in shown for text in (item.headline, item.text)]
    for span in (span for text in texts for span in sentences(text)):
        page.put("", span.text, quoted=False)
    told = amounts((*texts, to_plain(draft.highlights), draft.thesis))
    found = number_items(material, page, wanted, told)
    return replace(draft, parts=(*parts, *([Part(NUMBERS, found)] if found else [])))


def amounts(texts: Iterable[str]) -> frozenset[tuple[float, str]]:
    """What these texts tell of in figures."""
    return frozenset(amount_of(one) for text in texts for one in quantities(text))


def _fits(figure: Figure, page: ShownWords) -> bool:
    """Whether a figure's sentence may stand: what is quoted has its limit."""
    if figure.insight:
        return not page.told(figure.what)
    return page.fits(figure.entry, figure.what)


def figure_id(figure: Figure) -> str:
    """A figure's id in issue.md: its place in its document."""
    return hashlib.blake2s(
        f"{figure.entry}\x1f{figure.start}\x1f{figure.text}".encode(), digest_size=4
    ).hexdigest()


def amount_of(one: Figure | Quantity) -> tuple[float, str]:
    """How much of what, whatever the period: of "$4 billion or more a year" a text may be read with
    and without the year.
    """
    return one.value, one.unit.split("/")[0]
