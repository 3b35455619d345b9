"""How many of something, in words that agree."""

from __future__ import annotations


def counted(count: int, noun: str, nouns: str = "") -> str:
    """A number of things: 1 feed, 2 feeds; `nouns` where a plural has no s of its own."""
    return f"{count} {noun if count == 1 else nouns or f'{noun}s'}"
