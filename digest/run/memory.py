"""Documents entered into the memory, figures and forecasts, each as often as it changes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from digest.run import forecasts, ledger
from digest.store import remembered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Document
    from digest.run.session import Session

READER = "1"  # changes when what is read in a text does


def enter(session: Session, documents: Sequence[Document]) -> None:
    """Enter those of the documents that are new or have changed, in the caller's transaction."""
    known = remembered.prints(session.db, [one.entry_id for one in documents])
    prints = {one.entry_id: _print(session, one) for one in documents}
    fresh = [one for one in documents if known.get(one.entry_id) != prints[one.entry_id]]
    ledger.enter(session, fresh)
    forecasts.enter(session, fresh)
    remembered.mark(session.db, {one.entry_id: prints[one.entry_id] for one in fresh})


def _print(session: Session, one: Document) -> str:
    """All that what is read of a document depends on."""
    told = (
        READER, repr(session.config.aliases), session.config.newsletter.timezone, one.kind,
        one.when.isoformat(), str(one.day), one.title, one.url, one.publisher, one.text,
    )  # fmt: skip
    text = "\x1f".join(told).encode("utf-8", "surrogatepass")
    return hashlib.blake2s(text, digest_size=8).hexdigest()
