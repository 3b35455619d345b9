"""What a document's note says of a transcript that a machine made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.model import Document

BY_MACHINE = "speech recognition by "


def heard_by(document: Document) -> str:
    """The model that made the document's transcript, "" for one that was published and for what is
    no transcript.
    """
    return document.note.removeprefix(BY_MACHINE) if document.note.startswith(BY_MACHINE) else ""
