"""The section of figures: which stand there, each in its source's sentence."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from digest.insights.figures import telling
from digest.issue.material import links
from digest.model import Item
from digest.text.markdown import escape

if TYPE_CHECKING:
    from digest.issue.material import Material
    from digest.issue.said_once import ShownWords
    from digest.model import Figure
    from digest.text.quantities import Quantity


def number_items(
    material: Material, page: ShownWords, wanted: int, told: frozenset[tuple[float, str]]
) -> tuple[Item, ...]:
    """Figures in their sources' sentences, but none of an amount that a story has `told`, in
    whatever words, and none twice.
    """
    items: list[Item] = []
    sources: set[str] = set()
    for figure in telling(material.figures):
        if (
            len(items) == wanted
            or figure.entry in sources
            or not page.fits(figure.entry, figure.what)
        ):
            continue
        if amount_of(figure) in told:
            continue
        page.put(figure.entry, figure.what)
        told |= {amount_of(figure)}
        sources.add(figure.entry)
        document = material.documents[figure.entry]
        items.append(
            Item(
                figure_id(figure),
                escape(figure.text),
                escape(figure.what),
                links([document]),
                kind="figure",
            )
        )
    return tuple(items)


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
