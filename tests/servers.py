"""A web server on loopback that does what a script says, good or bad, and remembers what it was
asked.
"""

from __future__ import annotations

import contextlib
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Reply:
    """One answer. A body that is no bytes is sent piece by piece and ends with the connection."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | Iterable[bytes] = b""


@dataclass
class Seen:
    """One request that came in, with the times on the monotonic clock."""

    path: str
    headers: Mapping[str, str]
    start: float
    end: float = float("inf")  # until the answer is out
    body: bytes = b""  # of a POST


Raw = Callable[[BaseHTTPRequestHandler], None]
Route = bytes | Reply | Callable[[Mapping[str, str]], Reply]


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_args: object) -> None:
        """Clients that go away in the middle are what some tests are about; what matters is what
        the client says.
        """


class ScriptedServer:
    """Answers by path: bytes are a 200, a Reply is sent as it is, a function makes one from the
    request's headers; the rest is 404.
    """

    def __init__(
        self, routes: Mapping[str, Route], address: str, raw: Raw | None, tls: Path | None
    ) -> None:
        self.routes = dict(routes)
        self.seen: list[Seen] = []
        self.stopped = threading.Event()
        self._server = _Quiet((address, 0), _handler(self, raw))
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(tls)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.address, self.port = address, self._server.server_address[1]
        self.url = f"http://{address}:{self.port}"

    def start(self) -> None:
        """Serve from a thread of its own."""
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Stop serving; hanging and dripping answers end."""
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()

    def hang(self, _headers: Mapping[str, str]) -> Reply:
        """A route that never answers."""
        self.stopped.wait(120)
        return Reply(500)

    def drip(self, _headers: Mapping[str, str]) -> Reply:
        """A route that sends a byte every twentieth of a second and never ends."""
        return Reply(body=(b" " for _ in range(600) if not self.stopped.wait(0.05)))


def _handler(server: ScriptedServer, raw: Raw | None) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.do_GET(self.rfile.read(int(self.headers.get("Content-Length", 0))))

        def do_GET(self, body: bytes = b"") -> None:
            seen = Seen(self.path, dict(self.headers), time.monotonic(), body=body)
            server.seen.append(seen)
            try:
                if raw:
                    raw(self)
                    self.close_connection = True
                else:
                    self._send(_reply(server.routes.get(self.path, Reply(404)), seen.headers))
            except OSError:
                self.close_connection = True  # the client has gone, as some tests want it to
            finally:
                seen.end = time.monotonic()

        def _send(self, reply: Reply) -> None:
            whole = isinstance(reply.body, bytes)
            headers = (
                {"Content-Length": str(len(reply.body))}
                if isinstance(reply.body, bytes)
                else {"Connection": "close"}
            )
            self.send_response(reply.status)
            for name, value in {**headers, **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            for piece in [reply.body] if isinstance(reply.body, bytes) else reply.body:
                self.wfile.write(piece)
            self.close_connection = not whole or "Content-Length" in reply.headers

        def log_message(self, *_args: object) -> None:
            pass

    return Handler


def _reply(route: Route, headers: Mapping[str, str]) -> Reply:
    if isinstance(route, bytes):
        return Reply(body=route)
    return route if isinstance(route, Reply) else route(headers)


@contextlib.contextmanager
def serving(
    routes: Mapping[str, Route],
    address: str = "127.0.0.1",
    *,
    raw: Raw | None = None,
    tls: Path | None = None,
) -> Iterator[ScriptedServer]:
    """A running server for the length of a block. `raw` writes every answer itself; `tls` is a file
    with key and certificate.
    """
    server = ScriptedServer(routes, address, raw, tls)
    server.start()
    try:
        yield server
    finally:
        server.stop()
