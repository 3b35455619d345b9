"""Claims that are too long to be checked: each word is held against many, so that a page pasted as
a claim would take minutes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 6_000  # characters of a claim: a story's text has a few hundred
_SENTENCE = 150  # words of one of its sentences
_NUMBERS = 80  # numbers in all of it
_NUMBER = re.compile(r"\d[\d.,]*")


def too_long(texts: Sequence[str]) -> str:
    """Why the claim is not checked, in words; "" when it can be."""
    if sum(map(len, texts)) > LONGEST:
        return f"longer than {LONGEST:,} characters: too long to check"
    if sum(len(_NUMBER.findall(text)) for text in texts) > _NUMBERS:
        return f"more than {_NUMBERS} numbers: too many to check"
    if any(len(span.text.split()) > _SENTENCE for text in texts for span in sentences(text)):
        return f"a sentence of more than {_SENTENCE} words: too long to check"
    return ""
