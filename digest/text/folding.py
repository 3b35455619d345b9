"""Word lists, and text made plain enough to be compared with them."""

from __future__ import annotations

_PLAIN = str.maketrans("\u2018\u2019\u201c\u201d\u2010\u2011\u2012\u2013\u00a0", "''\"\"---\u2014 ")


def word_list(text: str) -> frozenset[str]:
    """A word list written as one string."""
    return frozenset(text.split())


def folded(text: str) -> str:
    """The text with typographic quotes, dashes and spaces made plain, character for character:
    offsets stay valid.
    """
    return text.translate(_PLAIN)
