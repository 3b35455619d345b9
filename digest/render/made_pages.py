"""Which pages of the archive are as they were made before, so that they need not be made again."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class MadePages:
    """`pages` keeps for each page, by its path in the archive, the key of what it shows and its
    file's size and time; it is brought up to date as pages are made. `issues` are keys of the
    issues' views; of an issue without one nothing is known.
    """

    pages: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    issues: Mapping[str, str] = field(default_factory=dict)

    def stands(self, site: Path, path: str, key: str) -> bool:
        """Whether the page is there as it was made from the same."""
        return bool(key) and self.pages.get(path) == _state(site / path, key)

    def keep(self, site: Path, path: str, key: str) -> None:
        """Remember the page as it now is."""
        if key:
            self.pages[path] = _state(site / path, key)


def look_key(env: Environment) -> str:
    """A key of all that templates are and are lent, issues and their texts apart."""
    digest = blake2b(digest_size=16)
    loader = env.loader
    for name in sorted(env.list_templates(extensions=("j2",))):
        digest.update(loader.get_source(env, name)[0].encode() if loader else b"")
    digest.update(repr((env.globals["look"], env.globals.get("join_url", ""))).encode())
    return digest.hexdigest()


def _state(file: Path, key: str) -> tuple[str, int, int]:
    try:
        stat = file.stat()
    except OSError:
        return key, -1, -1
    return key, stat.st_size, stat.st_mtime_ns
