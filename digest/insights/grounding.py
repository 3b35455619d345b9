"""Checks of a claim against the documents it cites, and no others. Pure. So far one check, the strictest: the source's own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.model import Check, Document, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

CHECKS = ("quotes", "numbers", "names", "direction", "support")
_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})
_ENDS = re.compile(r"(?<=[.!?])[\"')\]]*\s+")


def word_for_word(quote: str, document: Document) -> Check:
    """Does the quote stand in the document? Kinds of quotation marks, dashes and white space do not matter."""
    if _plain(quote) in _plain(document.text):
        return Check("pass", f"word for word in {document.publisher or document.url}")
    return Check("fail", f"not word for word in {document.publisher or document.url}")


def ground(texts: Sequence[str], documents: Sequence[Document]) -> tuple[tuple[tuple[str, Check], ...], Verdict]:
    """Checks and verdict for words that a person typed: each sentence is the cited sources' own, or the words are flagged."""
    if not documents:
        return _with_quotes(Check("fail", "cites no source that was read")), "flagged"
    sources = [_plain(f"{document.title}\n{document.text}") for document in documents]
    parts = (_plain(part) for text in texts for part in _ENDS.split(text.strip()))
    foreign = next((part for part in parts if part and not any(part in source for source in sources)), "")
    if foreign:
        return _with_quotes(Check("fail", f"edited, and not word for word in what it cites: {_short(foreign)}")), "flagged"
    return _with_quotes(Check("pass", "word for word in what it cites")), "extract"


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79].rstrip() + "…"


def _with_quotes(check: Check) -> tuple[tuple[str, Check], ...]:
    return tuple((name, check if name == "quotes" else Check("n/a")) for name in CHECKS)


def _plain(text: str) -> str:
    return " ".join(text.translate(_MARKS).split())
