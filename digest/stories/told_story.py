"""What is kept of a story that an issue told: enough to know it again, and to see what is new of it
later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from digest.stories.novelty import Known, known_from
from digest.stories.sketch import Sketch, sketch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from digest.model import Document

MOST_SOURCES = 4  # of a story that are kept, the best first


@dataclass(frozen=True, slots=True)
class Signature:
    """A story by its sources of news: how each reads, and what who was told of it may know."""

    sketches: tuple[Sketch, ...]
    known: Known


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story as it stands in an earlier issue."""

    issue: str
    date: date
    story: str
    headline: str
    signature: Signature


def signature(documents: Iterable[Document]) -> Signature:
    """The signature of a story; talk, which is no event, leaves none."""
    news = [one for one in documents if one.kind == "news"][:MOST_SOURCES]
    return Signature(tuple(sketch(one) for one in news), known_from(news))


def as_json(value: Signature) -> dict[str, Any]:
    """A signature as JSON values."""
    return {
        "sketches": [
            {
                "house": one.house,
                "title": sorted(one.title),
                "terms": dict(one.terms),
                "capitals": sorted(one.capitals),
                "raised": sorted(one.raised),
            }
            for one in value.sketches
        ],
        "names": sorted(value.known.names),
        "figures": sorted(value.known.figures),
        "stages": sorted(value.known.stages),
    }


def signature_from(value: Mapping[str, Any]) -> Signature:
    """The signature that `as_json` wrote."""
    sketches = tuple(
        Sketch(
            one["house"],
            frozenset(one["title"]),
            one["terms"],
            frozenset(one["capitals"]),
            frozenset(one["raised"]),
        )
        for one in value["sketches"]
    )
    figures = frozenset((unit, float(number)) for unit, number in value["figures"])
    return Signature(
        sketches, Known(frozenset(value["names"]), figures, frozenset(value["stages"]))
    )
