"""The pages where readers join: a form that any site may send, answered the same for every address,
and behind the link in the mail a button, because programs that check links open them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qs

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from digest.deliver.attempts import HOUR, Attempts, network
from digest.deliver.mail_address import reader_address
from digest.deliver.reader import shown
from digest.deliver.requests import body_of, client_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from digest.deliver.lists_pages import Pages

FROM_A_NETWORK = 20  # requests to join in an hour
FROM_ALL = 300  # in an hour: as many mails at most go out to people who did not ask


class Joining(Protocol):
    """Who joins, as the pages need it."""

    @property
    def editions(self) -> tuple[str, ...]:
        """Those that there are."""

    def ask(self, address: str, editions: tuple[str, ...]) -> None:
        """Have a mail ask the address whether it is to get these editions, () for all."""

    def known(self, token: str) -> bool:
        """Is this a token of the list's? Asks no database."""

    def confirm(self, token: str) -> bool:
        """Make the reader who was asked one; False when the token is too old or used up."""

    def close(self) -> None:
        """The pages are served no more."""


def join_routes(pages: Pages, joining: Joining | None, wrong: Attempts) -> list[Route]:
    """Where to ask and where to confirm. `wrong` counts who tries tokens that are none."""

    def closed(_: Request) -> Response:
        return pages.closed()

    ask = closed if joining is None else _asking(pages, joining)
    confirm = closed if joining is None else _confirming(pages, joining, wrong)
    methods = ["GET", "HEAD", "POST"]
    return [
        Route("/join", ask, methods=methods),
        Route("/join/{token}", confirm, methods=methods),
    ]


def _asking(pages: Pages, joining: Joining) -> Callable[[Request], Awaitable[Response]]:
    networks, everybody = Attempts(FROM_A_NETWORK, HOUR), Attempts(FROM_ALL, HOUR)

    async def page(request: Request) -> Response:
        if request.method != "POST":
            wanted = request.query_params.get("edition", "")
            return pages.form(wanted if wanted in joining.editions else "")
        body = await body_of(request)
        if body is None:
            return pages.too_large()
        sent = parse_qs(body.decode("utf-8", "replace"))
        given = sent.get("email", [""])[0]
        editions = tuple(dict.fromkeys(sent.get("edition", ())))
        unknown = next((name for name in editions if name not in joining.editions), None)
        if unknown:
            return pages.form("", f"There is no edition '{shown(unknown)}'.", shown(given))
        if not _is_address(given):
            return pages.no_address(editions[0] if editions else "", shown(given))
        if networks.too_many(network(client_of(request))) or everybody.too_many(""):
            return pages.slow_down(int(HOUR))
        answer = pages.asked()  # before anything is looked up: it takes the same time for all
        answer.background = BackgroundTask(joining.ask, reader_address(given), editions)
        return answer

    return page


def _is_address(given: str) -> bool:
    try:
        reader_address(given)
    except ValueError:
        return False
    return True


def _confirming(
    pages: Pages, joining: Joining, wrong: Attempts
) -> Callable[[Request], Awaitable[Response]]:
    async def page(request: Request) -> Response:
        token = request.path_params["token"]
        if not joining.known(token):
            return pages.slow_down() if wrong.too_many(client_of(request)) else pages.unknown()
        if request.method != "POST":
            return pages.confirmation()
        if await body_of(request) is None:
            return pages.too_large()
        confirmed = await run_in_threadpool(joining.confirm, token)
        return pages.joined() if confirmed else pages.outdated()

    return page
