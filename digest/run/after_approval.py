"""What became of an issue after it was published: corrections, and that it was taken down, as
issue.json tells them and the archive reads them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from digest.issue.issue_md import parse
from digest.store import corrections
from digest.text.markdown import to_plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.config.schema import Newsletter
    from digest.render.corrections import CorrectionView
    from digest.render.withdrawn import WithdrawnIssue
    from digest.run.session import Session
    from digest.store.issues import IssueRecord


def after_approval(session: Session, record: IssueRecord) -> dict[str, Any]:
    """What issue.json says of it; nothing where nothing happened."""
    made = corrections.of_issues(session.db).get(record.id, ())
    gone = corrections.unpublished(session.db).get(record.id)
    value: dict[str, Any] = {}
    if made:
        headlines = headlines_of(record)
        value["corrections"] = [
            {
                "id": one.id,
                "story": one.story,
                "headline": headlines.get(one.story, ""),
                "text": one.text,
                "at": one.at.isoformat(),
            }
            for one in made
        ]
    if gone:
        value["unpublished"] = {"reason": gone.reason, "at": gone.at.isoformat()}
    return value


def headlines_of(record: IssueRecord) -> dict[str, str]:
    """The headlines of the stories of an issue as it was approved, in plain text, by id."""
    if record.approved_text is None:
        return {}
    draft = parse(record.approved_text, record.id, images=True)
    items = (item for part in draft.parts for item in part.items if item.id)
    return {item.id: to_plain(item.headline) for item in items}


def correction_views(
    value: Mapping[str, Any], newsletter: Newsletter
) -> tuple[CorrectionView, ...]:
    """The corrections that issue.json tells of. Raises ValueError, KeyError or TypeError where it
    is not of our making.
    """
    from digest.render.corrections import correction_view

    return tuple(
        correction_view(
            datetime.fromisoformat(row["at"]), str(row["headline"]), str(row["text"]), newsletter
        )
        for row in value.get("corrections", ())
    )


def withdrawn(identity: str, reason: str, at: datetime, newsletter: Newsletter) -> WithdrawnIssue:
    """What stands in place of an issue that was taken down."""
    from digest.render.withdrawn import WithdrawnIssue

    day, edition = identity[:10], identity[11:]  # 2026-02-05-daily
    return WithdrawnIssue(identity, edition, date.fromisoformat(day), reason, at, newsletter)
