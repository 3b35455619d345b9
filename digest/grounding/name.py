"""A name in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.text.words import Word


@dataclass(frozen=True, slots=True)
class Name:
    """A name as a text writes it, with its words."""

    text: str
    words: tuple[Word, ...]
