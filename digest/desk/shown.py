"""What a preview shows, and of whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _as_it_is(_: str) -> str:
    """Nothing is rendered."""
    return ""


@dataclass(frozen=True, slots=True)
class Shown:
    """An output folder; `sender` is who an inbox says a mail is from, `refresh` renders an issue
    whose draft has changed and says why not where it cannot.
    """

    output: Path
    sender: str = ""
    images: bool = False
    refresh: Callable[[str], str] = _as_it_is
