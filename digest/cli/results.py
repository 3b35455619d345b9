"""What commands print about runs, issues, documents and feeds: as JSON values, and as lines for a
person.
"""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.config.schema import load as load_config
from digest.errors import IssueError
from digest.issue.folder import RENDERED, Folder
from digest.issue.grammar import parse
from digest.net.urls import clean_url
from digest.run.feed_health import fares, feed_titles
from digest.run.publish import load
from digest.store import documents, entries, feeds
from digest.store import issues as kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.model import Draft, Plan
    from digest.run.job import Job
    from digest.run.pipeline import RunOutcome
    from digest.run.report import Report
    from digest.run.session import Session

_STATES = {
    "made": "the draft is made",
    "unchanged": "already made; nothing has changed",
    "kept": "already made and changed by hand since; the draft was left alone",
    "beside": (
        "already made and changed by hand since; the draft was left alone, and the new one is"
        " beside it as issue.new.md"
    ),
    "approved": "already approved; nothing was done",
    "planned": "dry run; nothing was written",
    "differs": "already made; what the replay made differs, and is beside it as issue.new.md",
}


def run_json(session: Session, outcome: RunOutcome) -> dict[str, Any]:
    """The result of `digest run`."""
    value = {
        "issue": outcome.job.id,
        "state": outcome.state,
        "window": _window(outcome.job),
        **outcome.report.json(),
    }
    if outcome.plan:
        return {**value, "plan": _plan(outcome.plan)}
    return {**value, "files": _files(session, outcome.job.id)}


def quiet_json(job: Job, report: Report) -> dict[str, Any]:
    """The result of `digest run` on a quiet day: what was found, and no files."""
    return {
        "issue": job.id,
        "state": "quiet",
        "window": _window(job),
        **report.json(),
        "files": {},
    }


def run_lines(session: Session, outcome: RunOutcome) -> Iterator[str]:
    """The closing report."""
    if outcome.state != "approved":
        yield from outcome.report.lines()
    for section in _plan(outcome.plan) if outcome.plan else []:
        yield section["name"]
        yield from (f"  {story['headline']} ({story['why']})" for story in section["stories"])
    yield f"{outcome.job.id}: {_STATES[outcome.state]}"
    if outcome.state == "differs":
        yield (
            f"  digest diff {outcome.job.id} {session.folder(outcome.job.id).path / 'issue.new.md'}"
        )
    elif outcome.state != "planned":
        yield f"  {session.folder(outcome.job.id).markdown}"


def stage_lines(session: Session, job: Job, stage: str, report: Report) -> Iterator[str]:
    """What a single stage did: its part of the report, and for the draft's stages the file and what
    is flagged in it.
    """
    yield from report.lines()
    if stage in {"compose", "render"}:
        yield (
            f"{job.id}:"
            f" {session.folder(job.id).markdown if stage == 'compose' else session.folder(job.id).path / 'index.html'}"
        )
    if stage == "render":
        yield from (
            f"  flagged: {name}: {why}"
            for name, (why, _) in load(session, job.id).unaccepted().items()
        )


def stage_json(job: Job, stage: str, report: Report) -> dict[str, Any]:
    """The result of a single stage."""
    return {"issue": job.id, "stage": stage, "window": _window(job), **report.json()}


def _window(job: Job) -> dict[str, str]:
    return {"from": job.window.start.isoformat(), "to": job.window.end.isoformat()}


def _plan(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "name": section.name,
            "stories": [
                {"headline": story.group.documents[0].title, "why": story.why}
                for story in section.stories
            ],
        }
        for section in plan.sections
    ]


def _files(session: Session, identity: str) -> dict[str, str]:
    folder = session.folder(identity).path
    return {
        name: str(folder / name) for name in ("issue.md", *RENDERED) if (folder / name).exists()
    }


# ---------------------------------------------------------------- issues


def issue_rows(session: Session) -> list[dict[str, Any]]:
    """A row for each issue, newest first."""
    return [_issue_row(session, record) for record in kept.every(session.db)]


def _issue_row(session: Session, record: kept.IssueRecord) -> dict[str, Any]:
    folder = session.folder(record.id)
    row = {
        "id": record.id,
        "edition": record.edition,
        "date": record.date.isoformat(),
        "path": str(folder.path),
    }
    try:
        return {**row, "status": folder.status(record.approved_hash), "title": folder.draft().title}
    except IssueError as error:
        return {**row, "status": "draft", "title": f"(cannot be read: {error})"}


def issue_value(session: Session, identity: str) -> dict[str, Any]:
    """issue.json as it would be written now, from the draft as it stands."""
    from digest.run.publish import issue_object

    return issue_object(load(session, identity))


def issue_lines(value: dict[str, Any]) -> Iterator[str]:
    """An issue for a person: each story with what it rests on and what its checks said."""
    yield f"{value['id']}  {value['status']}  {value['title']}"
    for section in value["sections"]:
        yield f"\n{section['name']}"
        for story in section["stories"]:
            yield f"  {story['id']}  {story['headline']}"
            yield f"    {story['theme'] or 'no theme'}; {story['why']}"
            yield from (
                f"    from {source['publisher']} ({source['basis'] or 'not read'}): {source['url']}"
                for source in story["sources"]
            )
            yield from (
                f"    {insight['verdict']}: {insight['text']}" for insight in story["insights"]
            )
            if "flagged" in story:
                yield (
                    f"    reason for the flag{' (accepted)' if story['accepted'] else ''}:"
                    f" {story['flagged']}"
                )
    yield f"\nleft out: {len(value['left_out'])}"
    yield from (f"  {left['why']}: {left['entry_url']}" for left in value["left_out"])


def draft_named(what: str, settings: Path) -> Draft:
    """The draft that an issue's id, its folder or the path of an issue.md stands for; `settings`
    says where issues are.

    Raises IssueError when there is none or it cannot be parsed, ConfigError when the configuration
    is needed and wrong.
    """
    path = Path(what)
    if not (path.exists() or os.sep in what or path.suffix == ".md"):
        return Folder(load_config(settings).output / what).draft()
    if path.is_dir():
        path /= "issue.md"
    try:
        return parse(path.read_bytes().decode("utf-8"), str(path))
    except UnicodeDecodeError:
        raise IssueError(f"{path}: is not UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        raise IssueError(f"{path}: cannot be read: {error.strerror}") from None


# ---------------------------------------------------------------- documents


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


# ---------------------------------------------------------------- feeds


def feed_rows(session: Session) -> list[dict[str, Any]]:
    """A row for each feed in the order of feeds.yaml."""
    records, newest = feeds.records(session.db), entries.latest(session.db)
    titles, fare_of = feed_titles(session), fares(session)
    rows = []
    for feed in session.config.feeds:
        record = records.get(feed.url)
        rows.append(
            {
                "url": feed.url,
                "kind": feed.kind,
                "title": titles[feed.url],
                "weight": feed.weight,
                "note": feed.note,
                "checked_at": (
                    record.checked_at.isoformat() if record and record.checked_at else None
                ),
                "newest": newest[feed.url].isoformat() if feed.url in newest else None,
                "failure": record.failure if record else "",
                "failing_since": (
                    record.failing_since.isoformat() if record and record.failing_since else None
                ),
                "health": fare_of[feed.url].json(),
                "line": fare_of[feed.url].line,
            }
        )
    return rows


def feed_line(row: dict[str, Any]) -> str:
    """A feed for a person."""
    return (
        f"{row['health']['state']:<8} {row['kind']:<7} {row['title'] or '(no title)'}  {row['url']}"
        f"  {row['line']}"
    )
