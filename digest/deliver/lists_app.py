"""The web application where readers leave (RFC 8058) and join: pages that change nothing, and a
POST that acts at once, each time it comes, with no redirect and no cookie.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from digest.deliver.attempts import MINUTE, Attempts
from digest.deliver.join_routes import join_routes
from digest.deliver.leave_tokens import PLACEHOLDER
from digest.deliver.lists_pages import Pages
from digest.deliver.requests import body_of, client_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response

    from digest.deliver.join_routes import Joining

WRONG_KEYS = 20  # that one address may try in a minute
# Right ones are never counted: mail services ask for many readers from few addresses.


class Leaving(Protocol):
    """The list, as the pages need it."""

    def known(self, edition: str, token: str) -> bool:
        """Is this a token of the list's? Asks no database."""

    def leave(self, edition: str, token: str, *, altogether: bool) -> tuple[str, ...]:
        """Let a reader go, of an edition or altogether; returns the editions that are left."""


def application(
    name: str, language: str, leaving: Leaving, joining: Joining | None = None
) -> Starlette:
    """The pages of the newsletter `name`; nobody can join where `joining` is None."""
    pages, wrong = Pages(name, language), Attempts(WRONG_KEYS, MINUTE)

    async def page(request: Request) -> Response:
        edition, token = request.path_params["edition"], request.path_params["token"]
        if token == PLACEHOLDER:
            return pages.draft()
        if not leaving.known(edition, token):
            return pages.slow_down() if wrong.too_many(client_of(request)) else pages.unknown()
        if request.method != "POST":
            return pages.question(edition)
        body = await body_of(request)
        if body is None:
            return pages.too_large()
        altogether = parse_qs(body).get(b"all") == [b"1"]
        rest = await run_in_threadpool(leaving.leave, edition, token, altogether=altogether)
        return pages.left(edition, rest)

    routes = [Route("/u/{edition}/{token}", page, methods=["GET", "HEAD", "POST"])]

    @asynccontextmanager
    async def served(_: Starlette) -> AsyncIterator[None]:
        yield
        if joining:
            joining.close()

    return Starlette(routes=[*routes, *join_routes(pages, joining, wrong)], lifespan=served)
