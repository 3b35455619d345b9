"""A name in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.text.words import Word


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the claim writes it, with the words that it is known by."""

    text: str
    words: tuple[Word, ...]
