"""The desk's web application: its addresses, and what is done at each."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, StreamingResponse
from starlette.routing import Route

from digest.desk import paper, views
from digest.desk.actions import ACTIONS, UNRENDERED, Asked
from digest.desk.changes import changes
from digest.desk.gate import Gate
from digest.desk.workroom import Note
from digest.errors import ConflictError, DigestError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp

    from digest.desk.workroom import Workroom

_MOST_FIELDS = 40
_BACK = {
    "take": "pile",
    "add": "pile",
    "accept": "approve",
    "approve": "approve",
    "test": "approve",
}


def desk_application(
    room: Workroom, hosts: frozenset[str], token: str, *, stopping: Callable[[], bool]
) -> ASGIApp:
    """The application; it answers only to `hosts`, and only to who has the `token` where there is
    one.
    """

    async def events(request: Request) -> Response:
        stream = changes(room.config().output, request, stopping)
        shown = paper.headers("default-src 'none'")
        return StreamingResponse(stream, media_type="text/event-stream", headers=dict(shown))

    async def static(request: Request) -> Response:
        return paper.static(request.path_params["name"])

    routes = [
        Route("/", _reading(room, views.issues)),
        Route("/health", _reading(room, views.newsroom)),
        Route("/-/events", events),
        Route("/-/static/{name}", static),
        Route("/i/{issue}", _reading(room, views.issue)),
        Route("/i/{issue}/pile", _reading(room, views.left_out)),
        Route("/i/{issue}/approve", _reading(room, views.approval)),
        Route("/i/{issue}/evidence", _reading(room, views.evidence)),
        Route("/i/{issue}/see/{look}", _reading(room, views.look)),
        Route("/i/{issue}/typed", _typed(room), methods=["POST"]),
        Route("/i/{issue}/links", _links(room), methods=["POST"]),
        Route("/i/{issue}/do/{action}", _doing(room), methods=["POST"]),
    ]
    return Gate(Starlette(routes=routes), hosts, token)


def _reading(
    room: Workroom, view: Callable[[Workroom, Request], Response]
) -> Callable[[Request], Awaitable[Response]]:
    """A page that changes nothing."""

    async def read(request: Request) -> Response:
        return await run_in_threadpool(_seen, room, view, request)

    return read


def _seen(
    room: Workroom, view: Callable[[Workroom, Request], Response], request: Request
) -> Response:
    try:
        return view(room, request)
    except DigestError as error:
        return paper.page("trouble.html.j2", 404, said=str(error), here="", note=None)


def _typed(room: Workroom) -> Callable[[Request], Awaitable[Response]]:
    """Where in what is being typed numbers stand that no source has."""

    async def check(request: Request) -> Response:
        form = await _form(request)
        marks = await run_in_threadpool(_marks, room, request.path_params["issue"], form)
        return JSONResponse({"absent": marks}, headers=dict(paper.headers("default-src 'none'")))

    return check


def _marks(room: Workroom, issue: str, form: Mapping[str, str]) -> list[tuple[int, int]]:
    try:
        return views.absent(room, issue, form.get("story", ""), form.get("text", ""))
    except DigestError:
        return []  # what is wrong is said when it is saved


def _links(room: Workroom) -> Callable[[Request], Awaitable[Response]]:
    """Ask every address now."""

    async def ask(request: Request) -> Response:
        issue = request.path_params["issue"]
        note = await run_in_threadpool(views.ask_links, room, issue)
        return _back(room, f"/i/{quote(issue)}/approve", note)

    return ask


def _doing(room: Workroom) -> Callable[[Request], Awaitable[Response]]:
    """A change to an issue, then the page that it was asked from."""

    async def do(request: Request) -> Response:
        action, issue = request.path_params["action"], request.path_params["issue"]
        if action not in ACTIONS:
            return PlainTextResponse("There is no such thing to do.\n", 404)
        asked = Asked(issue, await _form(request))
        return await run_in_threadpool(_done, room, action, asked)

    return do


def _done(room: Workroom, action: str, asked: Asked) -> Response:
    try:
        with room.session() as session:
            said = ACTIONS[action](session, asked)
            if action not in UNRENDERED:
                said += room.render(session, asked.issue)
        note = Note(said)
    except ConflictError as conflict:
        return views.conflict(action, asked, conflict)
    except (DigestError, OSError) as error:
        note = Note((str(error),), failed=True)
        if action in {"write-story", "write-text"}:
            return views.unsaved(action, asked, str(error))
    room.cool(asked.issue)
    page = asked.text("back") or _BACK.get(action, "")
    where = f"/i/{quote(asked.issue)}"
    return _back(room, f"{where}/{page}" if page in {"pile", "approve"} else where, note)


def _back(room: Workroom, address: str, note: Note) -> Response:
    return RedirectResponse(f"{address}?note={room.keep(note)}", 303)


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form; what is no UTF-8 is shown as such."""
    body = (await request.body()).decode("utf-8", "replace")
    try:
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:  # more fields than any form of the desk has
        return {}
