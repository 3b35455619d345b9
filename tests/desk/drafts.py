"""The draft behind a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.config.loading import load
from digest.issue.sheet import sheet

if TYPE_CHECKING:
    from pathlib import Path

ISSUE = "2025-09-22-daily"


class DeskDraft:
    """What stands on the disk of the issue that a desk shows."""

    def __init__(self, home: Path) -> None:
        self.draft = load(home / "feeds.yaml").output / ISSUE / "issue.md"

    @property
    def text(self) -> str:
        """issue.md."""
        return self.draft.read_text(encoding="utf-8")

    @property
    def ids(self) -> list[str]:
        """The stories in their order."""
        return [block.item.id for block in sheet(self.text).blocks if block.item.kind == "story"]
