"""The one client for feeds and pages: polite, bounded in time and size, and honest about what went
wrong.
"""

from __future__ import annotations

import contextlib
import http
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

import httpcore2
import httpx2

from digest import __version__
from digest.errors import FetchFailed, NotReached
from digest.net.bodies import STREAMED, Sink, pour, whole
from digest.net.decompress import ACCEPT_ENCODING, DecodeError
from digest.net.politeness import PATIENCE, AskedToWaitError, Turns, asked_wait, wait_after
from digest.net.redirect_cookies import RedirectCookies
from digest.net.redirects import PERMANENT, REDIRECTS, downgraded, over_tls, target_of
from digest.net.transport import (
    DeadlineError,
    GuardedBackend,
    Resolver,
    StepTimeoutError,
    TransportError,
    deadline,
    system_resolver,
)
from digest.net.urls import host_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import TracebackType

    from digest.config.schema import Limits
    from digest.net.address_guard import AddressGuard
    from digest.net.fence import Fence
    from digest.net.freshness import Validators

DEFAULT_USER_AGENT = f"digest/{__version__} (+newsletter digest generator)"

# seconds: servers close idle connections after five or more, and a request sent just then is lost
_IDLE = 4.0


@dataclass(frozen=True, slots=True)
class Response:
    """A whole answer with status 200, or 304 to a conditional request (then without a body)."""

    url: str  # as asked for
    final_url: str  # where the answer came from
    permanent_url: (
        str | None
    )  # where permanent redirects (301, 308) alone lead; None when the first step was not one
    status: int
    headers: Mapping[str, str]  # names in any letter case
    body: bytes  # decompressed
    seconds: float = 0.0  # of network time, redirects included, waiting for a turn not


@dataclass(frozen=True, slots=True)
class _Request:
    """What stays the same on every hop of one `get`."""

    url: str
    headers: Mapping[str, str]
    max_bytes: int = 0
    conditional: bool = False
    sink: Sink | None = None

    def with_cookie(self, value: str) -> _Request:
        """The same with a Cookie header, where there is one to send."""
        return replace(self, headers={**self.headers, "Cookie": value}) if value else self

    def satisfied(self, status: int) -> bool:
        """Whether an answer with this status is what was asked for."""
        return (
            status == 200
            or (status == 304 and self.conditional)
            or (self.sink is not None and status in STREAMED)
        )


@dataclass(slots=True)
class _Budget:
    """What one `get` may still spend, and how it got to where it is."""

    seconds: float  # of network time; waiting for a turn is free
    retries: int = 1
    upgraded: bool = False  # the last redirect led to http, and https is asked instead


@dataclass(frozen=True, slots=True)
class _Answer:
    """One hop's answer, read whole when its status is 200."""

    url: httpx2.URL
    status: int
    headers: httpx2.Headers
    body: bytes = b""


class Client:
    """Fetches URLs; safe to share between threads. A host sees one request at a time,
    `limits.host_gap` seconds apart.

    A client serves one run: `limits.run_deadline` seconds after it was made, what has not been
    asked yet fails with NotReached.

    Nothing is taken from the environment but the certificate store: a proxy would resolve names
    where the guard cannot see it. Cookies are kept for the redirects of one request alone, and user
    names in URLs are not sent.
    """

    def __init__(
        self,
        *,
        guard: AddressGuard,
        limits: Limits,
        resolver: Resolver = system_resolver,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        user_agent: str = DEFAULT_USER_AGENT,
    ) -> None:
        self.limits = limits
        self.fence: Fence | None = None  # of a task that has one host to ask
        self._clock = clock
        self._ends_at = clock() + limits.run_deadline
        self._user_agent = user_agent
        self.turns = Turns(limits.host_gap, clock, sleep)
        backend = GuardedBackend(guard, resolver, clock)
        self._pool = httpcore2.ConnectionPool(
            max_connections=None,
            max_keepalive_connections=64,
            keepalive_expiry=_IDLE,
            network_backend=backend,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the idle connections."""
        self._pool.close()

    @property
    def seconds_left(self) -> float:
        """What the run still has for asking."""
        return max(0.0, self._ends_at - self._clock())

    def get(
        self,
        url: str,
        *,
        accept: str = "*/*",
        validators: Validators | None = None,
        max_bytes: int,
        user_agent: str | None = None,
    ) -> Response:
        """Fetch `url`, following redirects, with at most one retry where the server's answer
        invites one.

        Raises FetchFailed with the reason for everything but a whole 200 answer of at most
        `max_bytes`, received as well as decompressed, and 304 to a request that carried
        `validators`.
        """
        headers = {
            "User-Agent": user_agent or self._user_agent,
            "Accept": accept,
            "Accept-Encoding": ACCEPT_ENCODING,
        }
        conditions = validators.request_headers() if validators else {}
        return self._fetch(
            _Request(url, {**headers, **conditions}, max_bytes, conditional=validators is not None)
        )

    def stream(
        self, url: str, sink: Sink, *, headers: Mapping[str, str], user_agent: str | None = None
    ) -> Response:
        """Fetch `url` into `sink`, as `get` does; the Response has no body. `headers` may ask for a
        part (Range, If-Range).

        Raises FetchFailed for everything but 200, 206 and 416, and for an answer that is cut short;
        what came before is in the sink.
        """
        plain = {
            "User-Agent": user_agent or self._user_agent,
            "Accept": "*/*",
            "Accept-Encoding": "identity",
        }
        return self._fetch(_Request(url, {**plain, **headers}, sink=sink))

    def _fetch(self, request: _Request) -> Response:
        budget = _Budget(self.limits.deadline)
        try:
            return self._follow(request, budget)
        except FetchFailed as error:
            if not budget.upgraded or isinstance(error, NotReached):
                raise
            raise downgraded(error) from None

    def _follow(self, request: _Request, budget: _Budget) -> Response:
        target, cookies = target_of(request.url, request.url), RedirectCookies()
        permanent_url, permanent_so_far = None, True
        seen = list[tuple[str, str]]()  # and with which cookies
        while len(seen) <= self.limits.redirects:
            seen.append((str(target), cookies.header_for(target)))
            answer = self._answer(target, request.with_cookie(seen[-1][1]), budget)
            if request.satisfied(answer.status):
                spent = self.limits.deadline - budget.seconds
                return Response(
                    request.url,
                    str(target),
                    permanent_url,
                    answer.status,
                    answer.headers,
                    answer.body,
                    spent,
                )
            if answer.status not in REDIRECTS or "location" not in answer.headers:
                raise _failure(request.url, answer)
            target, budget.upgraded = over_tls(
                target_of(answer.headers["location"], request.url, base=target), target
            )
            permanent_so_far = permanent_so_far and answer.status in PERMANENT
            permanent_url = str(target) if permanent_so_far else permanent_url
            cookies.keep(answer.url, answer.status, answer.headers)
            if (str(target), cookies.header_for(target)) in seen:
                raise FetchFailed(request.url, "redirect loop", status=answer.status)
        raise FetchFailed(request.url, f"more than {self.limits.redirects} redirects")

    def _answer(self, target: httpx2.URL, request: _Request, budget: _Budget) -> _Answer:
        """One hop's answer; one that is fenced in has it from before or asks its own host."""
        host = host_of(str(target))
        if self.fence is None:
            return self._invited(target, host, request, budget)
        before = budget.seconds
        heard = self.fence.through(
            host,
            (str(target), *sorted(request.headers.items())),
            lambda: self._invited(target, host, request, budget),
            lambda: before - budget.seconds,
        )
        budget.seconds = before - heard.seconds
        answer: _Answer = heard.answer
        return answer

    def _invited(
        self, target: httpx2.URL, host: str, request: _Request, budget: _Budget
    ) -> _Answer:
        """An answer, asked for a second time when the first one says that this would help."""
        while True:
            answer = self._ask(target, host, request, budget)
            wait = wait_after(answer.status, answer.headers)
            if wait is None:
                return answer
            self.turns.postpone(host, wait)
            if budget.retries == 0 or wait > min(PATIENCE, budget.seconds):
                return answer
            budget.retries -= 1

    def _ask(self, target: httpx2.URL, host: str, request: _Request, budget: _Budget) -> _Answer:
        self._check_run(request.url)
        try:
            with self.turns.turn(host):
                self._check_run(request.url)
                began = self._clock()
                try:
                    ends_at = min(began + budget.seconds, self._ends_at)
                    with (
                        deadline(ends_at),
                        self._explained(request.url, the_run_ends=ends_at == self._ends_at),
                    ):
                        return self._exchange(target, request)
                finally:
                    budget.seconds -= self._clock() - began
        except AskedToWaitError as error:
            raise FetchFailed(request.url, str(error), retry_after=error.seconds) from None

    def _check_run(self, url: str) -> None:
        if self.fence is not None:
            self.fence.check()
        if self._clock() >= self._ends_at:
            raise self._not_reached(url)

    def _not_reached(self, url: str) -> NotReached:
        return NotReached(url, f"not reached in time: a run has {self.limits.run_deadline:g} s")

    def _exchange(self, target: httpx2.URL, request: _Request) -> _Answer:
        headers = {"Host": target.netloc.decode("ascii"), **request.headers}
        where = httpcore2.URL(
            scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path
        )
        timeouts = dict.fromkeys(("connect", "read", "write"), self.limits.timeout)
        with self._pool.stream(
            "GET", where, headers=_encoded(headers), extensions={"timeout": timeouts}
        ) as response:
            answer = _Answer(target, response.status, httpx2.Headers(response.headers))
            if request.sink is not None and answer.status in STREAMED:
                pour(
                    response.iter_stream(), answer.status, answer.headers, request.sink, request.url
                )
            if request.sink is not None or answer.status != 200:
                return answer
            return _Answer(
                target,
                200,
                answer.headers,
                whole(response.iter_stream(), answer.headers, request.url, request.max_bytes),
            )

    @contextlib.contextmanager
    def _explained(self, url: str, *, the_run_ends: bool) -> Iterator[None]:
        """Turn what the layers below raise into FetchFailed."""
        try:
            yield
        except StepTimeoutError:
            raise FetchFailed(url, f"no answer within {self.limits.timeout:g} s") from None
        except DeadlineError:
            if the_run_ends:
                raise self._not_reached(url) from None
            raise FetchFailed(url, f"not complete within {self.limits.deadline:g} s") from None
        except TransportError as error:
            raise FetchFailed(url, str(error)) from error
        except DecodeError as error:
            raise FetchFailed(url, str(error)) from None
        except httpcore2.ProtocolError as error:
            text = str(error)
            reason = (
                "connection closed without an answer"
                if text.startswith("Server disconnected")
                else f"not valid HTTP: {text[:100]}"
            )
            raise FetchFailed(url, reason) from error


def _encoded(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [
        (name.encode("ascii"), value.encode("latin-1", "replace"))
        for name, value in headers.items()
    ]


def _failure(url: str, answer: _Answer) -> FetchFailed:
    try:
        phrase = http.HTTPStatus(answer.status).phrase
    except ValueError:
        phrase = ""
    asked = asked_wait(answer.status, answer.headers)
    return FetchFailed(
        url, f"HTTP {answer.status} {phrase}".rstrip(), status=answer.status, retry_after=asked
    )
