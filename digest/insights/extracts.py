"""Insights that are the source's own words: how an extract and its evidence are made."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from digest.model import Check, Evidence, Insight
from digest.transcript.turns import Timeline

if TYPE_CHECKING:
    from digest.model import Document
    from digest.text.sentences import Span

_CHECKS = (
    ("quotes", Check("pass", "word for word")),
    *((name, Check("n/a", "an extract")) for name in ("numbers", "names", "direction", "support")),
)


def extract(document: Document, evidence: tuple[Evidence, ...]) -> Insight:
    """An insight made of quotes. Its id follows from the entry and the words, so it holds between
    runs.
    """
    text = "; ".join(" ".join(one.quote.split()) for one in evidence)
    digest = (
        "i" + hashlib.sha256(f"{document.entry_id}\n{text}".encode()).hexdigest()[:9]
    )  # a letter first: YAML would take 522e98 for a number
    speaker = Timeline(document.marks).speaker(evidence[0].start) or None
    return Insight(
        digest, text, document.url, document.basis, evidence, _CHECKS, "extract", speaker,
        entry=document.entry_id,
    )  # fmt: skip


def evidence_of(document: Document, span: Span, second: float | None = None) -> Evidence:
    """A span of the document as evidence; of an episode with the second at which it begins, where
    that is known.
    """
    second = Timeline(document.marks).second(span.start) if second is None else second
    audio_url = (document.audio_url or None) if second is not None else None
    return Evidence(
        document.url, span.text, span.start, span.end, second, audio_url, document.entry_id
    )
