"""The issues that lie in an output folder, as their own files say how they stand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from digest.errors import IssueError
from digest.issue.folder import Folder, hash_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from digest.model import Draft

FILES = {
    "index.html": "web",
    "email.html": "mail",
    "email.txt": "text",
    "issue.json": "JSON",
    "issue.md": "Markdown",
}


@dataclass(frozen=True, slots=True)
class ListedIssue:
    """One folder of output/ as it stands now; `files` are the names of those of its files that are
    there.
    """

    id: str
    title: str
    date: str
    edition: str
    status: str  # of the very bytes that lie there
    changed: bool  # since they were approved
    mistake: str  # why the draft cannot be read, with its line; "" when it can
    stale: bool  # whether the draft is another than the renderings were made from
    flagged: int  # texts that must not go out unaccepted, when it was last rendered
    files: tuple[str, ...]

    @property
    def links(self) -> list[tuple[str, str]]:
        """What each file is called, and its address."""
        return [(FILES[name], f"{self.id}/{name}") for name in self.files]


def list_issues(output: Path, *, images: bool = False) -> list[ListedIssue]:
    """Newest first. A folder counts as an issue when it holds issue.md or issue.json; a damaged one
    only hides its facts.
    """
    folders = (path for path in output.iterdir() if not path.name.startswith("."))
    found = [
        _listed(Folder(folder, images=images))
        for folder in folders
        if (folder / "issue.md").is_file() or (folder / "issue.json").is_file()
    ]
    return sorted(found, key=lambda issue: (issue.date, issue.id), reverse=True)


def _listed(place: Folder) -> ListedIssue:
    facts, name = facts_of(place), place.path.name
    draft, mistake = _draft(place)
    stands = str(facts.get("status", ""))
    changed = bool(approved_hash(facts)) and approved_hash(facts) != place.content_hash()
    return ListedIssue(
        id=name,
        title=(draft.title if draft else str(facts.get("title", ""))) or name,
        date=str(facts.get("date", "")) or name[:10],
        edition=draft.edition if draft else str(facts.get("edition", "")) or name[11:],
        status="draft" if changed else stands,
        changed=changed,
        mistake=mistake,
        stale=is_stale(place),
        flagged=_flagged(facts),
        files=tuple(file for file in FILES if (place.path / file).is_file()),
    )


def _draft(place: Folder) -> tuple[Draft | None, str]:
    """The draft, or what is wrong with it."""
    if not place.markdown.is_file():
        return None, ""
    try:
        return place.draft(), ""
    except IssueError as error:
        return None, str(error).replace(str(place.markdown), "issue.md")


def is_stale(place: Folder) -> bool:
    """Whether issue.md is another than the renderings were made from, as far as they say."""
    try:
        text = place.text()
    except IssueError:
        return True
    made_from = facts_of(place).get("draft_hash")
    return text is not None and made_from is not None and made_from != hash_of(text)


def approved_hash(facts: dict[str, Any]) -> str:
    """The hash of what was approved, "" when nothing was."""
    approved = facts.get("approved")
    return str(approved.get("hash") or "") if isinstance(approved, dict) else ""


def _flagged(facts: dict[str, Any]) -> int:
    """How many texts are flagged and not accepted; 0 for what is not as we write it."""
    try:
        stories = [story for part in facts.get("sections", ()) for story in part["stories"]]
        texts = [*stories, facts.get("thesis") or {}]
        front: int = sum(
            facts.get(f"{name}_verdict") == "flagged" for name in ("title", "highlights")
        )
        waiting: Iterator[bool] = ("flagged" in one and not one.get("accepted") for one in texts)
        return front + sum(waiting)
    except (KeyError, TypeError, AttributeError):
        return 0


def facts_of(place: Folder) -> dict[str, Any]:
    """What issue.json holds; nothing when it cannot be read."""
    try:
        facts = json.loads((place.path / "issue.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) else {}
