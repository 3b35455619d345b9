"""The figures that issues told of companies, as pages of companies show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from digest.text import markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure of a company; all strings are plain text. `entry` is the document that has it."""

    owner: str
    measure: str
    period: str
    text: str
    entry: str


def figure_views(rows: Iterable[Mapping[str, Any]]) -> tuple[FigureView, ...]:
    """The views of what issue.json keeps as `figures`, without those whose owner is unknown."""
    found = (
        FigureView(
            *(
                markdown.one_line(str(row.get(name) or ""))
                for name in ("owner", "measure", "period", "text", "entry")
            )
        )
        for row in rows
    )
    return tuple(one for one in found if one.owner and one.measure and one.text)
