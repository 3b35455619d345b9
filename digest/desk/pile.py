"""What an issue left out, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.run.publish import issue_object
from digest.store import documents

if TYPE_CHECKING:
    from digest.run.publish import JoinedIssue
    from digest.run.session import Session


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One thing that is not told."""

    name: str  # by which it is put in
    title: str
    publisher: str
    url: str
    why: str
    begins: str


def pile(session: Session, issue: JoinedIssue) -> list[LeftOut]:
    """All of it, what the editor dropped first."""
    rows = issue_object(issue)["left_out"]
    read = documents.of(session.db, [row["entry"] for row in rows if row["entry"]])
    found = []
    for row in rows:
        known = read.get(row["entry"])
        url = row["entry_url"]
        found.append(
            LeftOut(
                row["entry"] or url,
                (known.title if known else "") or url,
                known.publisher if known else "",
                url,
                row["why"],
                known.text[:260].rpartition(" ")[0] if known else "",
            )
        )
    return sorted(found, key=lambda one: one.why != "dropped by the editor")
