"""The web application where readers leave (RFC 8058): a page that changes nothing, and a POST that
acts at once, each time it comes, with no redirect and no cookie.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from digest.deliver.leave_tokens import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

MOST_BYTES = 4096  # of a request's body; one click has 26
WRONG_KEYS = 20  # that one address may try in a minute
MINUTE = 60.0
ADDRESSES = 10_000  # that are remembered at once
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
_STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:3rem auto;padding:0 1rem;"
    "color:#1b1b1b;background:#fdfdfb}button{font:inherit;padding:.5rem 1rem}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#1a1a1a}}"
)


class Leaving(Protocol):
    """The list, as the pages need it."""

    def known(self, edition: str, token: str) -> bool:
        """Is this a token of the list's? Asks no database."""

    def leave(self, edition: str, token: str, *, altogether: bool) -> tuple[str, ...]:
        """Let a reader go, of an edition or altogether; returns the editions that are left."""


@dataclass
class WrongKeys:
    """Who tries keys that are none, and how often. Right ones are never counted: mail services ask
    for many readers from few addresses.
    """

    clock: Callable[[], float] = time.monotonic
    _seen: OrderedDict[str, tuple[float, int]] = field(default_factory=OrderedDict)

    def too_many(self, address: str) -> bool:
        """Count one, and say whether it was one too many."""
        now = self.clock()
        since, count = self._seen.pop(address, (now, 0))
        if now - since > MINUTE:
            since, count = now, 0
        self._seen[address] = (since, count + 1)
        if len(self._seen) > ADDRESSES:
            self._seen.popitem(last=False)
        return count >= WRONG_KEYS


def application(
    name: str, language: str, leaving: Leaving, wrong: WrongKeys | None = None
) -> Starlette:
    """The pages of the newsletter `name`."""
    pages, counted = _Pages(name, language), wrong or WrongKeys()

    async def page(request: Request) -> Response:
        edition, token = request.path_params["edition"], request.path_params["token"]
        if token == PLACEHOLDER:
            return pages.draft()
        if not leaving.known(edition, token):
            return _refusal(pages, counted, request)
        if request.method != "POST":
            return pages.question(edition)
        body = await _body(request)
        if body is None:
            return pages.too_large()
        altogether = parse_qs(body).get(b"all") == [b"1"]
        rest = await run_in_threadpool(leaving.leave, edition, token, altogether=altogether)
        return pages.left(edition, rest)

    routes = [Route("/u/{edition}/{token}", page, methods=["GET", "HEAD", "POST"])]
    return Starlette(routes=routes)


def _refusal(pages: _Pages, wrong: WrongKeys, request: Request) -> Response:
    return pages.slow_down() if wrong.too_many(client_of(request)) else pages.unknown()


def client_of(request: Request) -> str:
    """Who asks: behind a web server on this machine, whom that names last."""
    peer = request.client.host if request.client else ""
    if peer in {"127.0.0.1", "::1", ""}:
        named = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        return named[:64] or peer
    return peer


async def _body(request: Request) -> bytes | None:
    """The request's body, None when it is larger than any that is meant."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            return None
    return body


@dataclass(frozen=True, slots=True)
class _Pages:
    """What readers see."""

    name: str
    language: str

    def question(self, edition: str) -> Response:
        return self._page(
            f"Leave {self.name}?",
            f"<p>You get <b>{escape(edition)}</b> by mail.</p><form method=post><button>Leave"
            "</button></form>",
        )

    def left(self, edition: str, rest: tuple[str, ...]) -> Response:
        if not rest:
            return self._page(f"You have left {self.name}.", "<p>No more mail will come.</p>")
        return self._page(
            f"You have left {self.name}: {edition}.",
            f"<p>You still get {escape(', '.join(rest))}.</p><form method=post><button name=all"
            " value=1>Leave everything</button></form>",
        )

    def draft(self) -> Response:
        return self._page(
            "This is a draft's link", "<p>In the mail that readers get it is their own.</p>"
        )

    def unknown(self) -> Response:
        return self._page(
            "This link is not known",
            "<p>Was it cut? Please use the link in the latest mail, or answer that mail.</p>",
            404,
        )

    def slow_down(self) -> Response:
        response = self._page("Too many attempts", "<p>Please try again in a minute.</p>", 429)
        response.headers["Retry-After"] = "60"
        return response

    def too_large(self) -> Response:
        return self._page("Too large", "<p>One click is smaller.</p>", 413)

    def _page(self, title: str, body: str, status: int = 200) -> Response:
        return HTMLResponse(
            f'<!doctype html><html lang="{escape(self.language)}"><meta charset=utf-8><meta'
            ' name=viewport content="width=device-width"><title>'
            f"{escape(title)}</title><style>{_STYLE}</style><main><h1>{escape(title)}</h1>{body}"
            "</main></html>\n",
            status,
            _HEADERS,
        )
