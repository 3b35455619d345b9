"""Proper names, told by their capitals alone: without a model or a list, and good enough to see
that two texts share none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.text.vectors import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"[^\W\d_]\w*")


def proper_names(texts: Sequence[str]) -> list[frozenset[str]]:
    """For each text the tokens that it writes with a capital and that none of the texts writes
    without one.
    """
    words = [set(_WORD.findall(text)) for text in texts]
    common = {
        token for found in words for word in found if word[0].islower() for token in tokens(word)
    }
    return [
        frozenset(token for word in found if word[0].isupper() for token in tokens(word)) - common
        for found in words
    ]
