"""The issues that lie in an output folder, as their own files describe them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "index.html": "web",
    "email.html": "mail",
    "email.txt": "text",
    "issue.json": "JSON",
    "issue.md": "Markdown",
}


@dataclass(frozen=True, slots=True)
class ListedIssue:
    """One folder of output/; `files` are the names of those of its files that are there."""

    id: str
    title: str
    date: str
    status: str
    files: tuple[str, ...]

    @property
    def links(self) -> list[tuple[str, str]]:
        """What each file is called, and its address."""
        return [(FILES[name], f"{self.id}/{name}") for name in self.files]


def list_issues(output: Path) -> list[ListedIssue]:
    """Newest first. A folder counts as an issue when it holds issue.md or issue.json; a damaged
    issue.json only hides its facts.
    """
    folders = (path for path in output.iterdir() if not path.name.startswith("."))
    found = [
        _listed(folder)
        for folder in folders
        if (folder / "issue.md").is_file() or (folder / "issue.json").is_file()
    ]
    return sorted(found, key=lambda issue: (issue.date, issue.id), reverse=True)


def _listed(folder: Path) -> ListedIssue:
    facts = _facts(folder / "issue.json")
    files = tuple(name for name in FILES if (folder / name).is_file())
    title, date, status = (str(facts.get(key, "")) for key in ("title", "date", "status"))
    return ListedIssue(folder.name, title or folder.name, date or folder.name[:10], status, files)


def _facts(path: Path) -> dict[str, object]:
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) else {}
