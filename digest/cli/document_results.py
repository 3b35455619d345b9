"""What commands print about stored documents: as JSON values, and as lines for a person."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from digest.errors import IssueError
from digest.net.urls import clean_url, page_of
from digest.store import documents, entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.model import Entry
    from digest.run.session import Session


def is_entry(session: Session, named: str) -> bool:
    """Whether this is an entry's id."""
    return entries.get(session.db, named) is not None


def document_json(session: Session, named: str) -> dict[str, Any]:
    """A stored document by its entry or its address, or the entry alone while its page has not been
    read; of an address of several entries, which these are. Raises IssueError when there is none.
    """
    found = _named(session, named)
    if len(found) > 1:
        return {"entries": [{"entry": one.id, "title": one.title} for one in found]}
    return _document_json(session, found[0])


def _named(session: Session, named: str) -> tuple[Entry, ...]:
    """The entries that an id or an address stands for; an anchor counts where an entry has it."""
    entry = entries.get(session.db, named)
    if entry:
        return (entry,)
    anchor = page_of(clean_url(named)) + named[len(page_of(named)) :]
    for url in (named, anchor, clean_url(named)):
        found = entries.at(session.db, url)
        if found:
            return found
    raise IssueError(f"{named}: no feed has brought an entry with this address")


def _document_json(session: Session, entry: Entry) -> dict[str, Any]:
    value: dict[str, Any] = {
        "entry": entry.id,
        "url": entry.url,
        "entry_id": entry.id,
        "feed_url": entry.feed_url,
        "kind": entry.kind,
        "title": entry.title,
        "published": entry.published.isoformat() if entry.published else None,
        "first_seen": entry.first_seen.isoformat(),
    }
    document = documents.of(session.db, [entry.id]).get(entry.id)
    read_at = documents.read_at(session.db, entry.id)
    if document is None or read_at is None:
        return {**value, "basis": None, "text": None}
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
    """A document for a person, or which entries an address has."""
    if "entries" in value:
        yield from (f"{one['entry']}  {one['title']}" for one in value["entries"])
        return
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
