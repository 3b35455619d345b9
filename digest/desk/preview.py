"""The preview's web application: the issues, their files, and a reload when one of them changes."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import (
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from digest.config.templates import environment, fill_in
from digest.desk.changes import changes
from digest.desk.inbox import inbox_line
from digest.desk.issue_list import list_issues
from digest.issue.folder import RENDERED
from digest.render.web_page import look

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from digest.desk.shown import Shown

_TYPES = {
    ".html": "text/html",
    ".json": "application/json",
    ".md": "text/plain",  # a browser shows it instead of saving it
    ".txt": "text/plain",
    ".xml": "text/xml",
}
_EVENTS = "/-/events"
_RELOAD = f'new EventSource("{_EVENTS}").addEventListener("change", () => location.reload());'
_ISSUE = re.compile(r"\d{4}-\d\d-\d\d-[a-z]+")
_POLICY_META = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')


def application(shown: Shown, port: int, *, stopping: Callable[[], bool]) -> ASGIApp:
    """The ASGI application over an output folder. It answers only to this machine's own names for
    itself.
    """
    output = shown.output.resolve()

    async def front(request: Request) -> Response:
        page = await run_in_threadpool(_front, shown, request.query_params.get("issue"))
        return HTMLResponse(*_reloading(page))

    async def events(request: Request) -> Response:
        stream = changes(output, request, stopping)
        return StreamingResponse(
            stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    async def file(request: Request) -> Response:
        path = request.path_params["path"]
        await run_in_threadpool(_refresh, shown, path)
        return _file(output, path)

    routes = [Route("/", front), Route(_EVENTS, events), Route("/{path:path}", file)]
    return _only_local(Starlette(routes=routes), {f"127.0.0.1:{port}", f"localhost:{port}"})


def _front(shown: Shown, wanted: str | None) -> str:
    """The list of issues, and the one that is wanted, else the newest, as an inbox and as readers
    see it.
    """
    output, behind = shown.output, ""
    before = list_issues(output, images=shown.images)
    first = next((one for one in before if one.id == wanted), next(iter(before), None))
    if first and not first.mistake:
        behind = shown.refresh(first.id)
    issues = list_issues(output, images=shown.images)
    issue = next((one for one in issues if first and one.id == first.id), None)
    env = environment(None)
    return fill_in(
        env,
        "preview.html.j2",
        issues=issues,
        shown=issue,
        behind=behind,
        inbox=inbox_line(output / issue.id / "email.html", shown.sender) if issue else None,
        site=(output / "site" / "index.html").is_file(),
        css=look(env)["css"],
    )


def _refresh(shown: Shown, path: str) -> None:
    """Render anew what a page is asked of, where its draft has changed and can be read."""
    folder, _, name = path.strip("/").partition("/")
    if _ISSUE.fullmatch(folder) and (name or "index.html") in RENDERED:
        shown.refresh(folder)


def _only_local(app: ASGIApp, hosts: set[str]) -> ASGIApp:
    """A page elsewhere whose name was made to point here (DNS rebinding) still sends its own name
    as the host.
    """

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        sent = [
            value.decode("latin-1") for name, value in scope.get("headers", []) if name == b"host"
        ]
        if len(sent) == 1 and sent[0] in hosts:
            await app(scope, receive, send)
        else:
            refusal = PlainTextResponse(
                f"This preview answers only to {' and '.join(sorted(hosts))}.\n", status_code=421
            )
            await refusal(scope, receive, send)

    return guarded


# ---------------------------------------------------------------- files


def _file(output: Path, path: str) -> Response:
    found = _inside(output, path)
    if found is not None and found.is_dir():
        if not path.endswith("/"):
            return RedirectResponse(f"/{quote(path.strip('/'))}/")
        found = _inside(output, f"{path}/index.html")
    if found is None or not found.is_file():
        return PlainTextResponse("There is no such file.\n", status_code=404)
    if found.suffix == ".html":
        return HTMLResponse(*_reloading(found.read_text(encoding="utf-8", errors="replace")))
    headers = {
        "Content-Type": f"{_TYPES[found.suffix]}; charset=utf-8",
        **_headers("default-src 'none'"),
    }
    return Response(found.read_bytes(), headers=headers)


def _inside(output: Path, path: str) -> Path | None:
    """The file or folder that a URL's path means: below `output` after links are followed, not
    hidden, of a kind we write.
    """
    parts = [part for part in path.split("/") if part]
    if any(part.startswith(".") or "\\" in part or "\0" in part for part in parts):
        return None
    try:
        found = output.joinpath(*parts).resolve()
        shown = found.is_dir() or found.suffix in _TYPES
    except (OSError, RuntimeError):  # a name too long for the file system; links in a circle
        return None
    return found if shown and found.is_relative_to(output) else None


def _reloading(page: str) -> tuple[str, int, dict[str, str]]:
    """A page with the script that reloads it, its status and headers. The policy in the page itself
    would forbid the script.
    """
    nonce = secrets.token_urlsafe(16)
    script = f'<script nonce="{nonce}">{_RELOAD}</script>'
    before, end, after = _POLICY_META.sub("", page, count=1).rpartition("</body>")
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-{nonce}'; connect-src"
        " 'self'; frame-src 'self'; img-src https:"
    )
    return f"{before}{script}{end}{after}" if end else f"{after}{script}", 200, _headers(policy)


def _headers(policy: str) -> dict[str, str]:
    limits = f"{policy}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    return {
        "Content-Security-Policy": limits,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
