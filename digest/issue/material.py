"""What an issue may be written from, and the links to it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING

from digest.model import SourceLink
from digest.stories.ledger.owners import Owners

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from digest.model import Document, Figure, Insight, Previous, Verdict
    from digest.stories.ledger.series import Entered


@dataclass(frozen=True, slots=True)
class Material:
    """What the writer may use: insights by entry id, best first, and the figures that stand in the
    documents.
    """

    insights: Mapping[str, Sequence[Insight]]
    figures: Sequence[Figure]
    documents: Mapping[str, Document]  # by entry id
    texts: Mapping[str, Insight] = field(
        default_factory=dict
    )  # story texts that a model wrote, by story
    front: Mapping[str, Verdict] = field(
        default_factory=dict
    )  # verdicts of the title and the highlights that a model wrote
    # by story, what an episode says of it
    heard: Mapping[str, Insight] = field(default_factory=dict)
    # by story, where other editions told it (as told_elsewhere.py says)
    told_in: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    language: str = "en"  # of the newsletter
    zone: tzinfo = UTC  # where its days are
    editor: str = ""  # who signs
    # by story, earlier ones that belong to it, as JSON values
    related: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    ledger: Sequence[Entered] = ()  # the figures of record of what may be told
    previous: Mapping[str, Previous] = field(default_factory=dict)  # by the figure's id
    # by the figure's id, told ones that cannot hold beside it
    contradicted: Mapping[str, Sequence[Entered]] = field(default_factory=dict)
    # by the figure's id, what its owner had planned for its time
    came_due: Mapping[str, Entered] = field(default_factory=dict)
    owners: Owners = field(default_factory=Owners)
    day: date | None = None  # of the issue


def links(documents: Sequence[Document]) -> tuple[SourceLink, ...]:
    """One link a document; a publisher's second piece is numbered, so that no two links of a story
    read the same.
    """
    seen: Counter[str] = Counter()
    found: dict[str, SourceLink] = {}
    for document in documents:
        if document.url in found:
            continue
        name = document.publisher or "source"
        seen[name] += 1
        found[document.url] = SourceLink(
            name if seen[name] == 1 else f"{name} ({seen[name]})", document.url
        )
    return tuple(found.values())
