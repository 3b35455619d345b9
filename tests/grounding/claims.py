"""Claims held against short sources."""

from __future__ import annotations

from datetime import UTC, datetime

from digest.grounding import Grounded, ground, index
from digest.model import Basis, Document

PUBLISHED = datetime(2025, 9, 23, 12, tzinfo=UTC)  # a Tuesday


def document(
    text: str, title: str = "", basis: Basis = "article", url: str = "https://wire.example/1"
) -> Document:
    """A document with this text."""
    return Document(url, url, "f", "news", title, "The Wire", PUBLISHED, PUBLISHED, basis, text)


def check(claim: str, source: str, *others: str) -> Grounded:
    """What the checks say of a claim about these sources."""
    texts = (source, *others)
    return ground(
        [claim],
        [index(document(text, url=f"https://wire.example/{i}")) for i, text in enumerate(texts)],
    )


def failing(claim: str, source: str, *others: str) -> list[str]:
    """The checks that fail."""
    return [name for name, one in check(claim, source, *others).checks if one.result == "fail"]
