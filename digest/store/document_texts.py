"""The texts of a document as columns, and what was found where that is not what is read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from digest.store.column_values import chapters_json, marks_json

if TYPE_CHECKING:
    from digest.model import Document


def texts_of(document: Document) -> dict[str, str]:
    """All that a stranger wrote in a document, by column."""
    return {
        "title": document.title,
        "publisher": document.publisher,
        "author": document.author,
        "text": document.text,
        "notes": document.notes,
        "marks": marks_json(document.marks),
        "chapters": chapters_json(document.chapters),
    }


def said_json(read: Document, found: Document | None) -> str | None:
    """What was found, by column, where it is not what is read; None where all of it is."""
    if found is None:
        return None
    safe = texts_of(read)
    differing = {column: text for column, text in texts_of(found).items() if text != safe[column]}
    return json.dumps(differing) if differing else None
