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
    cased = [_cased(text) for text in texts]
    common = frozenset[str]().union(*(small for _, small in cased))
    return [large - common for large, _ in cased]


def capitals(text: str) -> frozenset[str]:
    """The tokens that a text writes with a capital and never without one."""
    large, small = _cased(text)
    return large - small


def _cased(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The tokens of the words with a capital, and of those without."""
    words = set(_WORD.findall(text))
    return (
        _tokens(word for word in words if word[0].isupper()),
        _tokens(word for word in words if word[0].islower()),
    )


def _tokens(words: Iterable[str]) -> frozenset[str]:
    # parted by what no token crosses, so that each word is read by itself
    return frozenset(tokens(" | ".join(words)))
