"""What the archive was last made of, kept beside it in `output/.archive`, so that one approval does
not make a thousand other pages anew. Losing it costs time and nothing else.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.config.atomic_files import write_if_changed
from digest.config.schema import Newsletter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from digest.render.archive_feed import ApprovedIssue

_PACKAGE = Path(__file__).resolve().parents[1]
_PLAIN = Newsletter()  # stands in a kept view for the newsletter that feeds.yaml describes
# Whoever changes the file can have no other values made of it than these.
_FORMS = {
    ("builtins", "frozenset"), ("datetime", "date"), ("datetime", "datetime"),
    ("datetime", "timedelta"), ("datetime", "timezone"), ("zoneinfo", "ZoneInfo._unpickle"),
    ("markupsafe", "Markup"), ("digest.config.schema", "Newsletter"), ("digest.model", "Evidence"),
    ("digest.render.archive_feed", "ApprovedIssue"), ("digest.render.view", "IssueView"),
    ("digest.render.story_views", "SectionView"), ("digest.render.story_views", "StoryView"),
    ("digest.render.story_views", "LinkView"), ("digest.render.story_views", "ToldView"),
    ("digest.render.source_list", "SourceView"), ("digest.render.episode_links", "MomentView"),
    ("digest.render.update_notes", "UpdateNote"), ("digest.render.company_figures", "FigureView"),
    ("digest.render.corrections", "CorrectionView"),
}  # fmt: skip


@dataclass(slots=True)
class KeptViews:
    """Issues as templates see them, by id, each with the key of what it was made from; and for each
    page the key of what it shows with the file's size and time.
    """

    views: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    pages: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    used: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def of(
        self, identity: str, key: str, newsletter: Newsletter, make: Callable[[], ApprovedIssue]
    ) -> ApprovedIssue:
        """The issue as it was kept under this key, else as it is made now."""
        before, packed = self.views.get(identity, ("", b""))
        found = _unpacked(packed) if before == key else None
        if found is None:
            found = make()
            packed = pickle.dumps(replace(found, view=replace(found.view, newsletter=_PLAIN)))
        self.used[identity] = key, packed
        return replace(found, view=replace(found.view, newsletter=newsletter))

    def write(self, file: Path) -> None:
        """Keep what was used."""
        write_if_changed(file, pickle.dumps((self.used, self.pages)))


def read(file: Path) -> KeptViews:
    """What is kept there; nothing where the file is not as we write it."""
    try:
        views, pages = _Unpickler(BytesIO(file.read_bytes())).load()
        return KeptViews(dict(views), dict(pages))
    except Exception:  # what anybody may have changed can fail in any way, and is only a saving
        return KeptViews()


def key_of(parts: Iterable[Any]) -> str:
    """A key for all of these values, and for the program that makes something of them."""
    digest = blake2b(_program(), digest_size=16)
    for part in parts:
        digest.update(part if isinstance(part, bytes) else repr(part).encode())
        digest.update(b"\x00")
    return digest.hexdigest()


@cache
def _program() -> bytes:
    """Which program this is: its files' names, sizes and times."""
    files = sorted(_PACKAGE.rglob("*.py")) + sorted(_PACKAGE.rglob("*.po"))
    seen = ((file.name, stat.st_size, stat.st_mtime_ns) for file in files if (stat := file.stat()))
    return blake2b(repr(list(seen)).encode(), digest_size=16).digest()


def _unpacked(packed: bytes) -> ApprovedIssue | None:
    from digest.render.archive_feed import ApprovedIssue

    try:
        found = _Unpickler(BytesIO(packed)).load()
    except Exception:  # as above
        return None
    return found if isinstance(found, ApprovedIssue) else None


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """One of our forms, and nothing else that could be named."""
        if (module, name) not in _FORMS:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)
