"""The draft as it stands, joined by id to what the store knows: sources, insights, checks. Pure."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from digest.grounding import ground, index
from digest.insights.as_json import insight_from
from digest.model import Document, Draft, Insight, Item
from digest.speech.transcribed import heard_by
from digest.text.markdown import links, to_plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_CREDIT = re.compile(
    r" \([^()]{1,60}\)(?=[.!?\s]|$)"
)  # "(Publisher)" after a sentence of the highlights


@dataclass(frozen=True, slots=True)
class Source:
    """A source as readers see it."""

    url: str
    title: str
    publisher: str
    published: str | None
    basis: str
    heard_by: str = (
        ""  # the model that recognised the speech, of a transcript that nobody published
    )


@dataclass(frozen=True, slots=True)
class Told:
    """One item of the draft with what it rests on. `flagged` says why it must not go out
    unaccepted; "" when it may.
    """

    id: str  # the item's own, or one made from its words for text that the editor added
    item: Item
    section: str
    facts: Mapping[str, Any]  # what select knew of the story; empty for new text
    sources: tuple[Source, ...]
    insights: tuple[Insight, ...]
    flagged: str
    words: str  # hash of headline and text: an acceptance holds for these words only


def join(
    draft: Draft, facts: Mapping[str, Any], documents: Mapping[str, Document]
) -> tuple[Told, ...]:
    """Every item of the draft in order. `documents` holds, by URL, what was read for the links in
    the draft.
    """
    return tuple(
        _told(item, part.name, facts, documents) for part in draft.parts for item in part.items
    )


def flagged_highlights(
    draft: Draft, facts: Mapping[str, Any], documents: Mapping[str, Document]
) -> tuple[str, str]:
    """Why the highlights are flagged ("" when they are not), and the hash of their words."""
    words = to_plain(draft.highlights)
    if not words or words == to_plain(facts.get("highlights", "")):
        return "", _hash(words)
    linked = (documents.get(link.url) for link in links(draft.highlights))
    grounded = ground(
        [_CREDIT.sub("", words)], [index(document) for document in linked if document]
    )
    return grounded.why, _hash(words)


def flagged_title(
    draft: Draft, facts: Mapping[str, Any], documents: Mapping[str, Document]
) -> tuple[str, str]:
    """Why the title is flagged ("" when it is not), and the hash of its words.

    A title that the editor wrote may say it in words of its own, but no number, name, quote or
    direction that no cited source has. A title that rests on no insight ("Top 9 insights …") states
    nothing of a source.
    """
    words = to_plain(draft.title)
    if not draft.title_insights or words == to_plain(facts.get("title", draft.title)):
        return "", _hash(words)
    checks = ground([words], [index(document) for document in documents.values()]).checks
    return "; ".join(
        check.why for name, check in checks if check.result == "fail" and name != "support"
    ), _hash(words)


def _told(
    item: Item, section: str, facts: Mapping[str, Any], documents: Mapping[str, Document]
) -> Told:
    known = facts.get("figures" if item.kind == "figure" else "stories", {}).get(item.id, {})
    sources = {source["url"]: Source(**source) for source in known.get("sources", [])}
    for link in item.links:
        if link.url not in sources:
            sources[link.url] = source_of(link.url, link.name, documents.get(link.url))
    headline, text = to_plain(item.headline), to_plain(item.text)
    words = _hash(f"{headline}\n{text}")
    kept = _kept(item, text, facts, whole=bool(known) and text == to_plain(known.get("text", "")))
    edited = _edited(
        headline, text, known, [documents[link.url] for link in item.links if link.url in documents]
    )
    return Told(
        id=item.id if known else f"new-{words[:8]}",
        item=item,
        section=section,
        facts=known,
        sources=tuple(sources.values()),
        insights=(*kept, edited) if edited else kept,
        flagged=_why_flagged(edited),
        words=words,
    )


def source_of(url: str, name: str, document: Document | None) -> Source:
    """What a reader is told of a link: from the document that was read there, or only the name that
    the editor typed.
    """
    if document is None:
        return Source(url=url, title="", publisher=name, published=None, basis="")
    published = document.published.isoformat() if document.published else None
    return Source(
        url, document.title, document.publisher, published, document.basis, heard_by(document)
    )


def _kept(item: Item, text: str, facts: Mapping[str, Any], *, whole: bool) -> tuple[Insight, ...]:
    """The stored insights that the text still rests on: all while it is as it was written, later
    those that stand in it word for word.
    """
    stored = facts.get("insights", {})
    insights = (insight_from(stored[one]) for one in item.insights if one in stored)
    return tuple(insight for insight in insights if whole or " ".join(insight.text.split()) in text)


def _edited(
    headline: str, text: str, known: Mapping[str, Any], cited: Sequence[Document]
) -> Insight | None:
    """What the editor changed, as one insight, checked against what the story cites; None when
    nothing was.
    """
    was = (to_plain(known.get("headline", "")), to_plain(known.get("text", "")))
    changed = [
        now for now, before in zip((headline, text), was, strict=True) if now and now != before
    ]
    if not changed:
        return None
    grounded = ground(changed, [index(document) for document in cited])
    url, basis = (cited[0].url, cited[0].basis) if cited else ("", "article")
    return Insight(
        f"edited-{_hash(' '.join(changed))[:8]}",
        changed[-1],
        url,
        basis,
        grounded.evidence,
        grounded.checks,
        grounded.verdict,
    )


def _why_flagged(insight: Insight | None) -> str:
    """Every reason for which an insight is flagged, in one line; "" when it is not, or there is
    none.
    """
    if insight is None or insight.verdict != "flagged":
        return ""
    return "; ".join(check.why for _, check in insight.checks if check.result == "fail")


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8")).hexdigest()
