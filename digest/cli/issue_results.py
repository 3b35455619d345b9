"""What commands print about issues: as JSON values, and as lines for a person."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.config.loading import load as load_config
from digest.errors import IssueError
from digest.issue.folder import Folder
from digest.issue.issue_md import parse
from digest.store import issues
from digest.store.deliveries import every_sending
from digest.store.readers_file import peeked_readers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.model import Draft
    from digest.run.publish import JoinedIssue
    from digest.run.session import Session
    from digest.store.deliveries import Sending
    from digest.store.issues import IssueRecord


def issue_rows(session: Session) -> list[dict[str, Any]]:
    """A row for each issue, newest first."""
    with peeked_readers(session.config.state) as db:
        sendings = every_sending(db) if db else {}
    return [
        _issue_row(session, record, sendings.get(record.id)) for record in issues.every(session.db)
    ]


def _issue_row(session: Session, record: IssueRecord, sending: Sending | None) -> dict[str, Any]:
    folder = session.folder(record.id)
    row = {
        "id": record.id,
        "edition": record.edition,
        "date": record.date.isoformat(),
        "path": str(folder.path),
    }
    try:
        state = sending.state if sending and sending.hash == record.approved_hash else None
        status = folder.status(record.approved_hash, state)
        return {**row, "status": status, "title": folder.draft().title}
    except IssueError as error:
        return {**row, "status": "draft", "title": f"(cannot be read: {error})"}


def issue_value(session: Session, identity: str) -> dict[str, Any]:
    """issue.json as it would be written now, from the draft as it stands, and what only its editor
    is shown.
    """
    from digest.run.publish import issue_object, load

    issue = load(session, identity)
    found = issue.record.facts.get("contradictions", [])
    return {**issue_object(issue), **({"contradictions": found} if found else {})}


def issue_lines(value: dict[str, Any]) -> Iterator[str]:
    """An issue for a person: each story with what it rests on and what its checks said."""
    from digest.grounding.verdicts import IN_WORDS, in_words

    yield f"{value['id']}  {value['status']}  {value['title']}"
    yield f"texts: {in_words(value['verdicts'])}"
    for section in value["sections"]:
        yield f"\n{section['name']}"
        for story in section["stories"]:
            yield f"  {story['id']}  [{IN_WORDS[story['verdict']]}] {story['headline']}"
            yield f"    {story['theme'] or 'no theme'}; {story['why']}"
            yield from (
                f"    from {source['publisher']} ({source['basis'] or 'not read'}): {source['url']}"
                for source in story["sources"]
            )
            for insight in story["insights"]:
                yield f"    {insight['verdict']}: {insight['text']}"
                yield from _meaning(insight)
            if "flagged" in story:
                yield (
                    f"    reason for the flag{' (accepted)' if story['accepted'] else ''}:"
                    f" {story['flagged']}"
                )
    from digest.issue.contradictions import contradiction_lines

    yield from (
        f"\ncontradiction: {line}" for line in contradiction_lines(value.get("contradictions", ()))
    )
    yield f"\nleft out: {len(value['left_out'])}"
    yield from (f"  {left['why']}: {left['entry_url']}" for left in value["left_out"])


def _meaning(insight: dict[str, Any]) -> Iterator[str]:
    """What a second reading said of an insight, or why there is none; an extract needs none."""
    meaning = insight["checks"]["meaning"]
    if insight["verdict"] == "checked":
        yield f"      meaning not read{': ' if meaning['why'] else ''}{meaning['why']}"
    elif meaning["quote"]:
        yield f"      meaning read: “{meaning['quote']}”"


def standing_lines(issue: JoinedIssue) -> Iterator[str]:
    """How an issue's texts stand: how many of each verdict, and by name what an editor should look
    at.
    """
    from digest.grounding.verdicts import in_words

    yield f"  texts: {in_words(issue.verdicts)}"
    yield from (f"  flagged: {name}: {why}" for name, (why, _) in issue.unaccepted().items())
    yield from (
        f"  meaning not read: {name}"
        for name, one in issue.standings.items()
        if one.verdict == "checked"
    )


def approval_lines(session: Session, issue: JoinedIssue) -> Iterator[str]:
    """What an approval let out, and whether it was clean."""
    yield from issue.reread.lines() if issue.reread else ()
    from digest.cli.editing_results import accepted_lines

    yield from standing_lines(issue)
    yield from accepted_lines(issue)
    if issue.notice:
        yield f"  {issue.notice}"
    yield f"  clean: {'yes' if _clean(session, issue) else 'no'}"
    yield f"{issue.record.id}: approved; the archive is {_site(session)}"


def approval_json(session: Session, issue: JoinedIssue) -> dict[str, Any]:
    """The result of `digest approve`."""
    from digest.run.results import RereadResult

    return {
        "id": issue.record.id,
        "status": issue.status,
        "site": str(_site(session)),
        "verdicts": issue.verdicts,
        "acceptances": issue.acceptances,
        "clean": _clean(session, issue),
        "mail": issue.notice,
        "second_reading": (issue.reread or RereadResult()).second.json(),
    }


def _clean(session: Session, issue: JoinedIssue) -> bool:
    from digest.grounding.verdicts import clean

    return clean(issue.verdicts, model=session.config.llm is not None)


def _site(session: Session) -> Path:
    return session.config.output / "site" / "index.html"


def draft_named(what: str, settings: Path) -> Draft:
    """The draft that an issue's id, its folder or the path of an issue.md stands for; `settings`
    says where issues are.

    Raises IssueError when there is none or it cannot be parsed, ConfigError when the configuration
    is needed and wrong.
    """
    path = Path(what)
    if not (path.exists() or os.sep in what or path.suffix == ".md"):
        return Folder(load_config(settings).output / what, images=True).draft()
    if path.is_dir():
        path /= "issue.md"
    try:
        return parse(path.read_bytes().decode("utf-8"), str(path))
    except UnicodeDecodeError:
        raise IssueError(f"{path}: is not UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        raise IssueError(f"{path}: cannot be read: {error.strerror}") from None
