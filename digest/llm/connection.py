"""The connection under the model's client: one deadline for a call, a limit on the answer's size,
no header that nobody configured.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import httpcore2
import httpx2

from digest import __version__
from digest.llm.call_errors import Broke, TimedOut, Unreachable
from digest.net.address_guard import AddressGuard
from digest.net.decompress import Codings, DecodeError
from digest.net.transport import (
    DeadlineError,
    GuardedBackend,
    Resolver,
    StepTimeoutError,
    TransportError,
    deadline,
    system_resolver,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MOST_BYTES = 4_000_000  # of an answer; the longest that is of use has a hundredth of that
CONNECT_SECONDS = 10.0  # a host that is down must not cost what a long answer may
# seconds: servers close idle connections after five or more, and a request sent just then is lost
_IDLE = 4.0
_OF_THE_TRANSFER = frozenset(
    {"content-encoding", "content-length", "transfer-encoding"}
)  # undone by the time the SDK sees the body
_EVERYWHERE = ("0.0.0.0/0", "::/0")  # the endpoint is the user's own, wherever it is


class Connection(httpx2.BaseTransport):
    """Sends requests to the configured endpoint; follows no redirect, uses no proxy, and reads an
    answer whole.

    `key` is the only credential that is ever sent. Of the headers that the SDK would add, from its
    environment variables (OPENAI_ORG_ID, OPENAI_CUSTOM_HEADERS …) or about this machine, none goes
    out.
    """

    def __init__(
        self,
        key: str,
        seconds: float,
        resolver: Resolver = system_resolver,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._headers = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": f"digest/{__version__}",
        }
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._seconds, self._connecting = seconds, min(CONNECT_SECONDS, seconds)
        self._clock = clock
        backend = GuardedBackend(AddressGuard(_EVERYWHERE), resolver, clock)
        self._pool = httpcore2.ConnectionPool(
            max_connections=None,
            max_keepalive_connections=64,
            keepalive_expiry=_IDLE,
            network_backend=backend,
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """One exchange. Raises Unreachable, Broke and TimedOut."""
        try:
            with deadline(self._clock() + self._seconds):
                return self._exchanged(request)
        except StepTimeoutError:  # only connecting is a step with a time of its own
            raise Unreachable(f"no connection within {self._connecting:g} s") from None
        except DeadlineError:
            raise TimedOut(f"no answer within {self._seconds:g} s") from None
        except TransportError as error:
            raise (Broke if "reset" in str(error) else Unreachable)(str(error)) from None
        except DecodeError as error:
            raise Broke(str(error)) from None
        except httpcore2.ProtocolError:
            raise Broke("the connection broke off") from None

    def _exchanged(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        where = httpcore2.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        body = request.read()
        kind = {
            name: request.headers[name] for name in ("Content-Type",) if name in request.headers
        }
        headers = {
            "Host": url.netloc.decode("ascii"),
            **self._headers,
            **kind,
            "Content-Length": str(len(body)),
        }
        timeouts = {"connect": self._connecting}
        with self._pool.stream(
            request.method,
            where,
            headers=_encoded(headers),
            content=body,
            extensions={"timeout": timeouts},
        ) as answer:
            received = httpx2.Headers(answer.headers)
            content = _whole(answer.iter_stream(), Codings(received.get("content-encoding", "")))
            kept = {name: value for name, value in received.items() if name not in _OF_THE_TRANSFER}
            return httpx2.Response(answer.status, headers=kept, content=content)

    def close(self) -> None:
        """Close the idle connections."""
        self._pool.close()


def _encoded(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers.items()]


def _whole(chunks: Iterable[bytes], codings: Codings) -> bytes:
    """The body decoded, within MOST_BYTES: some servers compress although they were asked not
    to.
    """
    body, received = bytearray(), 0
    for chunk in chunks:
        received += len(chunk)
        body += codings.feed(chunk, MOST_BYTES - len(body) + 1)
        if max(received, len(body)) > MOST_BYTES:
            raise Broke(f"the answer is larger than {MOST_BYTES / 1e6:g} MB")
    codings.finish()
    return bytes(body)
