"""The draft as it stands, joined by id to what the store knows: sources, insights, checks. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from digest.grounding.verdicts import weakest
from digest.insights.as_json import insight_from
from digest.issue.edited_draft import (
    Standing,
    grounded_again,
    hash_of,
    headline_verdict,
    heard,
    reasons,
    reread,
    unread,
)
from digest.issue.tags import why_no_tag
from digest.model import Insight
from digest.speech.machine_note import heard_by
from digest.text.markdown import to_plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.issue.edited_draft import DraftOpinions, Unread
    from digest.model import Document, Draft, Item, Verdict


NO_TEXT = "it has no text"


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
    entry: str = ""  # whose document it is; "" for what the editor linked to and no feed brought
    day: str | None = None  # of publication, where the feed names a day and no time


@dataclass(frozen=True, slots=True)
class JoinedItem:
    """One item of the draft with what it rests on."""

    id: str  # the item's own, or one made from its words for text that the editor added
    item: Item
    section: str
    facts: Mapping[str, Any]  # what select knew of the story; empty for new text
    sources: tuple[Source, ...]
    insights: tuple[Insight, ...]
    standing: Standing

    @property
    def flagged(self) -> str:
        """Why it must not go out unaccepted; "" when it may."""
        return self.standing.why

    @property
    def empty(self) -> bool:
        """A story that tells nothing, which no acceptance lets out."""
        return self.item.kind == "story" and not to_plain(self.item.text).strip()


def join(
    draft: Draft, facts: Mapping[str, Any], documents: Mapping[str, Document]
) -> tuple[JoinedItem, ...]:
    """Every item of the draft in order. `documents` holds, by entry id, what was read for its
    sources and at the addresses that it links to.
    """
    return tuple(
        _joined(item, part.name, facts, documents) for part in draft.parts for item in part.items
    )


def _joined(
    item: Item, section: str, facts: Mapping[str, Any], documents: Mapping[str, Document]
) -> JoinedItem:
    known = facts.get("figures" if item.kind == "figure" else "stories", {}).get(item.id, {})
    sources = [Source(**source) for source in known.get("sources", [])]
    cited: dict[str, Document] = {}
    for link in item.links:
        found = _read_at(link.url, sources, documents)
        cited |= {document.entry_id: document for document in found}
        if all(source.url != link.url for source in sources):
            only = found[0] if len(found) == 1 else None
            sources.append(source_of(link.url, link.name, only))
    kept, edited, standing = _stands(item, known, facts, list(cited.values()))
    return JoinedItem(
        id=item.id if known else f"new-{standing.words[:8]}",
        item=item,
        section=section,
        facts=known,
        sources=tuple(sources),
        insights=(*kept, edited) if edited else kept,
        standing=standing,
    )


def _read_at(
    url: str, sources: Sequence[Source], documents: Mapping[str, Document]
) -> list[Document]:
    """What a link of a story's stands for: the story's own sources there; of what the editor linked
    to all that was read there.
    """
    own = [documents[one.entry] for one in sources if one.url == url and one.entry in documents]
    return own or [document for document in documents.values() if document.url == url]


def _stands(
    item: Item, known: Mapping[str, Any], facts: Mapping[str, Any], cited: Sequence[Document]
) -> tuple[tuple[Insight, ...], Insight | None, Standing]:
    """The stored insights that an item still tells, what its editor changed as one insight, and how
    it stands by them. A note states nothing that is checked.
    """
    headline, text = to_plain(item.headline), to_plain(item.text)
    named = f"{item.tag}: {headline}" if item.tag else headline
    if item.kind == "note":
        return (), None, Standing("extract", "", hash_of(f"{named}\n{text}"))
    if item.kind == "story" and not text.strip():
        return (), None, Standing("flagged", NO_TEXT, hash_of(f"{named}\n{text}"))
    known = known if _cites_all(item, text, facts, cited) else {}
    whole = bool(known) and text == to_plain(known.get("text", ""))
    kept, read = _kept(item, text, facts, whole=whole), heard(facts)
    kept = kept if known else ()
    shown = [one for one in kept if " ".join(one.text.split()) in text] or kept
    kept = tuple(reread(one, text, cited, read) if one in shown else one for one in kept)
    edited, waiting = _edited(item, known, cited, read)
    parts: list[tuple[Verdict, str]] = [(edited.verdict, reasons([edited]))] if edited else []
    if whole:
        shown = [one for one in kept if " ".join(one.text.split()) in text] or kept
        parts.append((weakest(one.verdict for one in shown), reasons(shown)))
        waiting += (unread(text, cited),) if parts[-1][0] == "checked" else ()
    if headline == to_plain(known.get("headline", "")):
        parts.append(headline_verdict(headline, kept, cited, read))
        waiting += (unread(headline, cited),) if parts[-1][0] == "checked" else ()
    tag = why_no_tag(item, known, cited)
    parts += [("flagged", tag)] if tag else []
    verdict = weakest(one for one, _ in parts)
    why = "; ".join(reason for _, reason in parts if reason)
    return kept, edited, Standing(verdict, why, hash_of(f"{named}\n{text}"), waiting)


def _cites_all(item: Item, text: str, facts: Mapping[str, Any], cited: Sequence[Document]) -> bool:
    """Whether the item still links to whatever its words are known to rest on: a text whose link
    went is checked against those that are left.
    """
    entries = {document.entry_id for document in cited}
    urls = {link.url for link in item.links}
    if item.kind == "figure":
        figure = facts.get("figures", {}).get(item.id, {})
        return all(source["url"] in urls for source in figure.get("sources", ()))
    return all(
        span.entry in entries or span.entry_url in urls
        for insight in _kept(item, text, facts, whole=False)
        for span in insight.evidence
    )


def source_of(url: str, name: str, document: Document | None) -> Source:
    """What a reader is told of a link: from the document that was read there, or only the name that
    the editor typed.
    """
    if document is None:
        return Source(url=url, title="", publisher=name, published=None, basis="")
    return Source(
        url,
        document.title,
        document.publisher,
        document.published.isoformat() if document.published else None,
        document.basis,
        heard_by(document),
        document.entry_id,
        document.day.isoformat() if document.day else None,
    )


def _kept(item: Item, text: str, facts: Mapping[str, Any], *, whole: bool) -> tuple[Insight, ...]:
    """The stored insights that the text still rests on: all while it is as it was written, later
    those that stand in it word for word.
    """
    stored = facts.get("insights", {})
    insights = (insight_from(stored[one]) for one in item.insights if one in stored)
    return tuple(insight for insight in insights if whole or " ".join(insight.text.split()) in text)


def _edited(
    item: Item,
    known: Mapping[str, Any],
    cited: Sequence[Document],
    read: DraftOpinions,
) -> tuple[Insight | None, tuple[Unread, ...]]:
    """What the editor changed, as one insight, checked against what the story cites, None when
    nothing was; and which of it nobody has read for its meaning.
    """
    told = {"update": item.update, "headline": item.headline, "text": item.text}
    plain = {name: (to_plain(now), to_plain(known.get(name, ""))) for name, now in told.items()}
    changed = [_sourced(now, known) for now, before in plain.values() if now and now != before]
    changed = [text for text in changed if text]
    if not changed:
        return None, ()
    grounded, waiting = grounded_again(changed, cited, read)
    first = cited[0] if cited else None
    made = Insight(
        f"edited-{hash_of(' '.join(changed))[:8]}",
        changed[-1],
        first.url if first else "",
        first.basis if first else "article",
        grounded.evidence,
        grounded.checks,
        grounded.verdict,
        entry=first.entry_id if first else "",
    )
    return made, waiting


def _sourced(text: str, known: Mapping[str, Any]) -> str:
    """The text without what the newsletter says that it told before, which is no source's."""
    memory = known.get("memory", "")
    text = text.replace(known.get("remark", ""), "").strip()
    if not memory:
        return text
    return re.sub(rf"(?: ?That is |, ?){re.escape(memory)}\.?", "", text).strip()
