"""What can be searched, kept up to date with what is read and told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.store import insights, passages
from digest.store.passages import Passage
from digest.text.markdown import to_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.issue.join import JoinedItem
    from digest.model import Document, Insight
    from digest.run.session import Session
    from digest.store.issues import IssueRecord


def index_insights(session: Session, found: Sequence[Document]) -> None:
    """Make the insights of documents known to the search: a model's where it has read one."""
    from digest.insights.embedded import EMBEDDED  # who renders an issue reads nothing

    ids = [document.entry_id for document in found]
    read = insights.readings(session.db, ids, session.summariser)
    extracts = insights.of(session.db, ids, EMBEDDED)
    with session.db:
        for document in found:
            reading = read.get(document.entry_id)
            best = reading.insights if reading else ()
            rows = [_of(session, document, one) for one in best or extracts[document.entry_id]]
            known = passages.of(session.db, "insight", document.entry_id)
            told = {one.item: one for one in known}
            kept = [
                replace(one, issue=told[one.item].issue, theme=told[one.item].theme)
                if one.item in told
                else one
                for one in rows
            ]
            passages.save(session.db, "insight", document.entry_id, kept)


def _of(session: Session, document: Document, one: Insight) -> Passage:
    day = document.day or document.when.astimezone(session.config.newsletter.zone).date()
    return Passage(
        "insight",
        document.entry_id,
        one.id,
        one.headline or document.title,
        one.text,
        day,
        document.url,
        document.entry_id,
        one.id,
        document.publisher,
        document.publisher if document.kind == "podcast" else "",
    )


def index_issue(session: Session, record: IssueRecord, told: Sequence[JoinedItem]) -> None:
    """Make the stories of an issue, as it stands, known to the search, in the caller's
    transaction.
    """
    rows = [_story(record, one) for one in told if one.item.kind == "story"]
    passages.save(session.db, "story", record.id, rows)
    themes = {each.id: str(one.facts.get("theme", "")) for one in told for each in one.insights}
    passages.mark_told(session.db, record.id, themes)


def _story(record: IssueRecord, one: JoinedItem) -> Passage:
    item, first = one.item, next(iter(one.sources), None)
    shows = [
        source.publisher for source in one.sources if source.basis in {"transcript", "show-notes"}
    ]
    return Passage(
        "story",
        record.id,
        one.id,
        to_plain(item.headline),
        " ".join(to_plain(text) for text in (item.text, item.update) if text),
        record.date,
        first.url if first else "",
        first.entry if first else "",
        next(iter(item.insights), ""),
        "\n".join(dict.fromkeys(source.publisher for source in one.sources)),
        "\n".join(dict.fromkeys(shows)),
        str(one.facts.get("theme", "")),
        record.edition,
        record.id,
    )
