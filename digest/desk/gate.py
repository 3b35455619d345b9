"""What the desk refuses before a page is asked: strangers' names for it, posts from other pages,
bodies too large, visitors without the token.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.responses import PlainTextResponse, RedirectResponse

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 2_000_000  # of a form; the longest issue.md is a tenth of that
COOKIE = "digest-desk"
_SAFE = ("GET", "HEAD")
_TOO_LARGE = "That is more than a form may hold."


@dataclass(frozen=True, slots=True)
class Gate:
    """The application behind it answers only what came by one of the `hosts`; where there is a
    `token`, only who has it.
    """

    app: ASGIApp
    hosts: frozenset[str]
    token: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or hand on with a limit on the body."""
        headers = _headers(scope)
        refusal = self._refusal(scope, headers)
        if refusal:
            await refusal(scope, receive, send)
            return
        body = None if scope["method"] in _SAFE else await _whole(receive)
        if body is not None and len(body) > MOST_BYTES:
            await _refused(_TOO_LARGE, 413)(scope, receive, send)
            return
        await self.app(scope, receive if body is None else _given(body, receive), send)

    def _refusal(self, scope: Scope, headers: dict[str, list[str]]) -> Response | None:
        hosts = headers.get("host", [])
        if len(hosts) != 1 or hosts[0] not in self.hosts:
            return _refused(f"The desk answers only to {' and '.join(sorted(self.hosts))}.", 421)
        if scope["method"] not in _SAFE and headers.get("origin") != [f"http://{hosts[0]}"]:
            return _refused("Only the desk's own pages may change an issue.", 403)
        length = headers.get("content-length", ["0"])[0]
        if not length.isdigit() or int(length) > MOST_BYTES:
            return _refused(_TOO_LARGE, 413)
        return self._stranger(scope, headers) if self.token else None

    def _stranger(self, scope: Scope, headers: dict[str, list[str]]) -> Response | None:
        """None for who has the token; it moves from the address into a cookie."""
        if _same(_cookie(headers), self.token):
            return None
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if scope["method"] in _SAFE and _same(given, self.token):
            welcome = RedirectResponse(scope["path"] or "/", 303)
            welcome.set_cookie(COOKIE, self.token, httponly=True, samesite="strict")
            return welcome
        return _refused("Open the desk by the address that 'digest desk' printed.", 403)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _headers(scope: Scope) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in scope.get("headers", []):
        found.setdefault(name.decode("latin-1"), []).append(value.decode("latin-1"))
    return found


def _cookie(headers: dict[str, list[str]]) -> str:
    try:
        cookies = SimpleCookie("; ".join(headers.get("cookie", [])))
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""


async def _whole(receive: Receive) -> bytes:
    """A body, no further than just past its limit: one may not say how long it is."""
    body, more = b"", True
    while more and len(body) <= MOST_BYTES:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def _given(body: bytes, receive: Receive) -> Receive:
    """What gives a body that was received already, and then goes on as before."""
    waiting = [body]

    async def again() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return again


def _refused(why: str, status: int) -> Response:
    return PlainTextResponse(f"{why}\n", status)
