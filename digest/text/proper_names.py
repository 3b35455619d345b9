"""Proper names, told by their capitals alone: without a model or a list, and good enough to see
that two texts share none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.text.vectors import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]\w*")


def proper_names(texts: Sequence[str]) -> list[frozenset[str]]:
    """For each text the tokens that it writes with a capital and that none of the texts writes
    without one.
    """
    common = small(texts)
    return [capitals(text) - common for text in texts]


def capitals(text: str) -> frozenset[str]:
    """The tokens that a text writes with a capital."""
    return _tokens(word for word in set(_WORD.findall(text)) if word[0].isupper())


def small(texts: Iterable[str]) -> frozenset[str]:
    """The tokens that any of the texts writes without a capital."""
    return _tokens({word for text in texts for word in _WORD.findall(text) if word[0].islower()})


def _tokens(words: Iterable[str]) -> frozenset[str]:
    # parted by what no token crosses, so that each word is read by itself
    return frozenset(tokens(" | ".join(words)))
