"""What commands print about stored documents: as JSON values, and as lines for a person."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from digest.errors import IssueError
from digest.net.urls import clean_url
from digest.store import documents, entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.run.session import Session


def document_json(session: Session, url: str) -> dict[str, Any]:
    """A stored document, or the entry alone while its page has not been read. Raises IssueError
    when there is neither.
    """
    wanted = clean_url(url)
    entry = entries.by_url(session.db, wanted) or entries.by_url(session.db, url)
    if entry is None:
        raise IssueError(f"{url}: no feed has brought an entry with this address")
    value: dict[str, Any] = {
        "url": entry.url,
        "entry_id": entry.id,
        "feed_url": entry.feed_url,
        "kind": entry.kind,
        "title": entry.title,
        "published": entry.published.isoformat() if entry.published else None,
        "first_seen": entry.first_seen.isoformat(),
    }
    found = documents.by_url(session.db, entry.url)
    if found is None:
        return {**value, "basis": None, "text": None}
    document, read_at = found
    return {
        **value,
        "title": document.title,
        "publisher": document.publisher,
        "author": document.author,
        "language": document.language,
        "canonical_url": document.canonical_url or None,
        "basis": document.basis,
        "note": document.note,
        "read_at": read_at.isoformat(),
        "disarmed": list(documents.disarmed(session.db, entry.id)),
        "audio_url": document.audio_url or None,
        "chapters": [asdict(chapter) for chapter in document.chapters],
        "text": document.text,
    }


def document_lines(value: dict[str, Any]) -> Iterator[str]:
    """A document for a person."""
    yield value["title"]
    yield f"{value['url']}  (feed {value['feed_url']}; published {value['published'] or 'undated'})"
    if value["text"] is None:
        yield "not read yet"
        return
    why = (
        f"{',' if value['basis'] == 'transcript' else ' because'} {value['note']}"
        if value["note"]
        else ""
    )
    yield f"{value['publisher']}; {value['basis']}{why}; {value['language'] or 'language unknown'}"
    yield f"\n{value['text']}"
