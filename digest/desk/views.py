"""Each page of the desk, from an issue as it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from starlette.responses import PlainTextResponse

from digest.desk import looks, paper
from digest.desk.checklist import checklist
from digest.desk.drafted import shown_front, shown_sections, without_marker
from digest.desk.evidence import indexed_sources, rests_on, sentence_at, told_sentences
from digest.desk.health import health
from digest.desk.issue_list import is_stale, list_issues
from digest.desk.pile import pile
from digest.desk.workroom import Note
from digest.errors import DigestError, IssueError
from digest.grounding.absent_numbers import absent_numbers
from digest.run.dead_links import dead_links
from digest.run.draft_history import history
from digest.run.publish import load, record_of
from digest.run.reword import WISHES
from digest.store import issues as stored_issues
from digest.stories.themes import OTHER

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from digest.desk.actions import Asked
    from digest.desk.workroom import Workroom
    from digest.errors import ConflictError
    from digest.run.publish import JoinedIssue
    from digest.run.session import Session

_ISSUE = re.compile(r"\d{4}-\d\d-\d\d-[a-z]+")


def issues(room: Workroom, request: Request) -> Response:
    """All issues with how they stand."""
    with room.session() as session:
        config = session.config
        found = list_issues(config.output, images=config.newsletter.images)
        records = {one.id: one.facts for one in stored_issues.every(session.db)}
    rows = [(one, records.get(one.id, {}).get("run", {})) for one in found]
    return paper.page(
        "issues.html.j2",
        rows=rows,
        counts={one.id: len(records.get(one.id, {}).get("stories", ())) for one in found},
        newsletter=config.newsletter.name,
        here="issues",
        note=_note(room, request),
    )


def newsroom(room: Workroom, request: Request) -> Response:
    """Feeds, models, money, runs, sendings."""
    with room.session() as session:
        found = health(session)
    return paper.page("health.html.j2", health=found, here="health", note=_note(room, request))


def issue(room: Workroom, request: Request) -> Response:
    """A draft to be changed, and how it looks or what it rests on beside it."""
    identity = _identity(request)
    behind = room.refresh(identity)
    with room.session() as session:
        shown = _common(room, session, request, identity, behind)
        folder = session.folder(identity)
        look = looks.LOOKS.get(request.query_params.get("look", ""), looks.LOOKS["mail"])
        headers = looks.header_lines(session, identity) if look.name == "headers" else []
        shown |= {
            "looks": looks.LOOKS.values(),
            "look": look,
            "weight": looks.weight(folder.path),
            "plain": looks.plain_text(folder.path) if look.name == "text" else "",
            "headers": headers,
            "whole": "whole" in request.query_params,
            "themes": [one.name for one in session.config.themes] + [OTHER],
            "wishes": tuple(WISHES) if session.config.llm else (),
        }
    return paper.page("issue.html.j2", **shown)


def left_out(room: Workroom, request: Request) -> Response:
    """The pile."""
    identity = _identity(request)
    behind = room.refresh(identity)
    with room.session() as session:
        shown = _common(room, session, request, identity, behind)
        shown["pile"] = pile(session, load(session, identity))
    return paper.page("pile.html.j2", **shown)


def approval(room: Workroom, request: Request) -> Response:
    """The checklist."""
    identity = _identity(request)
    behind = room.refresh(identity)
    with room.session() as session:
        shown = _common(room, session, request, identity, behind)
        joined = load(session, identity)
        folder = session.folder(identity)
        old = behind or ("render it anew" if is_stale(folder) else "")
        shown |= {
            "checks": checklist(joined, folder.path, room.links(identity), behind=old),
            "flagged": joined.unaccepted(),
            "names": {one.id: one.item.headline for one in joined.told},
            "editor": joined.editor,
            "approved_at": joined.record.approved_at,
            "approved_hash": joined.record.approved_hash or "",
        }
    return paper.page("approve.html.j2", **shown)


def evidence(room: Workroom, request: Request) -> Response:
    """What a story, or the sentence of it in which a cursor stands, rests on."""
    identity, asked = _identity(request), request.query_params
    with room.session() as session:
        joined = load(session, identity)
        one = next((one for one in joined.told if one.id == asked.get("story")), None)
        if one is None:
            raise IssueError(f"{identity}: there is no such story")
        sources = indexed_sources(room, session, identity, one)
        at, text = asked.get("at", ""), asked.get("text", "")
        told = [sentence_at(text, int(at))] if at.isdecimal() and text else told_sentences(one)
        found = [rests_on(joined, one, sentence, sources) for sentence in told if sentence]
    name = "evidence_part.html.j2" if "part" in asked else "evidence.html.j2"
    return paper.page(
        name, id=identity, story=one, rests=found, here="draft", note=None, title=joined.draft.title
    )


def look(room: Workroom, request: Request) -> Response:
    """One form of an issue, for a frame."""
    identity = _identity(request)
    wanted = looks.LOOKS.get(request.path_params["look"])
    if wanted is None or not wanted.file.endswith(".html"):
        return PlainTextResponse("There is no such form.\n", 404)
    room.refresh(identity)
    with room.session() as session:
        text = looks.framed(session.folder(identity).path, wanted)
        images = session.config.newsletter.images and wanted.name != "no-images"
    return paper.rendering(text or "<p>Not rendered yet.</p>", images=images)


def absent(room: Workroom, identity: str, story: str, text: str) -> list[tuple[int, int]]:
    """Where numbers stand in a typed text that no source of its story has. Raises DigestError."""
    sources = room.warm(identity, story)
    if sources is None:
        with room.session() as session:
            joined = load(session, identity)
            one = next((one for one in joined.told if one.id == story), None)
            if one is None:
                return []
            sources = indexed_sources(room, session, identity, one)
    # addresses have numbers, too
    prose = re.sub(r"\]\([^)\s]*\)", lambda link: " " * len(link[0]), text)
    return absent_numbers(prose, sources)


def ask_links(room: Workroom, identity: str) -> Note:
    """Ask all addresses of an issue; what came of it is on its checklist."""
    try:
        with room.session() as session:
            draft = load(session, identity).draft_hash
            asked, dead = dead_links(session, identity)
    except DigestError as error:
        return Note((str(error),), failed=True)
    room.keep_links(identity, (draft, asked, dead))
    return Note((f"{asked} addresses were asked",))


def conflict(action: str, asked: Asked, error: ConflictError) -> Response:
    """What was typed and what is on disk by now, side by side; nothing was written."""
    from digest.issue.folder import hash_of

    typed = asked.text("text") or asked.text("markdown")
    return paper.page(
        "conflict.html.j2",
        409,
        id=asked.issue,
        action=action,
        form={name: value for name, value in asked.form.items() if name not in {*_TYPED, "seen"}},
        typed=typed,
        field="text" if action == "write-text" else "markdown",
        current=_their(action, asked, error.current),
        seen=hash_of(error.current),
        here="draft",
        note=None,
    )


_TYPED = {"text", "markdown"}


def _their(action: str, asked: Asked, current: str) -> str:
    """What stands on disk of what was being edited."""
    if action != "write-story":
        return current
    parts = re.split(r"(?<=-->)", current)
    own = next((part for part in parts if f"story:{asked.text('story')}" in part), "")
    return without_marker(own).strip() or current


def unsaved(action: str, asked: Asked, why: str) -> Response:
    """What was typed and could not be saved, to be mended."""
    return paper.page(
        "unsaved.html.j2",
        422,
        id=asked.issue,
        action=action,
        form={
            name: value for name, value in asked.form.items() if name not in {"text", "markdown"}
        },
        typed=asked.text("text") or asked.text("markdown"),
        field="text" if action == "write-text" else "markdown",
        why=why,
        here="draft",
        note=None,
    )


def _identity(request: Request) -> str:
    """The issue that an address names. Raises IssueError."""
    named = str(request.path_params["issue"])
    if not _ISSUE.fullmatch(named):
        raise IssueError("there is no such issue")
    return named


def _note(room: Workroom, request: Request) -> Note | None:
    return room.note(request.query_params.get("note", ""))


def _common(
    room: Workroom, session: Session, request: Request, identity: str, behind: str
) -> dict[str, Any]:
    """What every page of an issue shows."""
    record = record_of(session, identity)
    text = session.folder(identity).text() or ""
    joined, mistake = _joined(session, identity)
    kept = history(session, identity)
    at = next((i for i, one in enumerate(kept) if one.present), 0)
    images = session.config.newsletter.images
    return {
        "id": identity,
        "here": request.url.path.rpartition("/")[2] if request.url.path.count("/") > 2 else "draft",
        "title": joined.draft.title if joined else identity,
        "status": joined.status if joined else "draft",
        "changed": bool(record.approved_hash) and (not joined or joined.status == "draft"),
        "mistake": mistake,
        "behind": behind,
        "text": text,
        "seen": _hash(text),
        "sections": shown_sections(joined, text, images=images) if joined else [],
        "front": shown_front(joined) if joined else [],
        "flags": len(joined.unaccepted()) if joined else 0,
        "undo": kept[at].what if at else "",
        "redo": kept[at + 1].what if at + 1 < len(kept) else "",
        "note": _note(room, request),
    }


def _hash(text: str) -> str:
    from digest.issue.folder import hash_of

    return hash_of(text)


def _joined(session: Session, identity: str) -> tuple[JoinedIssue | None, str]:
    """The issue, or what is wrong with its draft."""
    try:
        return load(session, identity), ""
    except IssueError as error:
        place = session.folder(identity).markdown
        return None, str(error).replace(str(place), "issue.md")
