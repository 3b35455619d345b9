"""A request to a public page: whom it is from, and no more of its body than is meant to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request

MOST_BYTES = 4096  # of a request's body; one click has 26


def client_of(request: Request) -> str:
    """Who asks: behind a web server on this machine, whom that names last."""
    peer = request.client.host if request.client else ""
    if peer in {"127.0.0.1", "::1", ""}:
        named = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        return named[:64] or peer
    return peer


async def body_of(request: Request) -> bytes | None:
    """The request's body, None when it is larger than any that is meant."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            return None
    return body
