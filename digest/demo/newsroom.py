"""The newsroom's server: every publisher is a virtual host of one loopback socket."""

from __future__ import annotations

import gzip
import socket
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.demo.material import Publisher, load_publishers
from digest.demo.site import CannedResponse, answer

if TYPE_CHECKING:
    from types import TracebackType

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class DemoFeed:
    """A feed of the newsroom, as a subscription names it."""

    url: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request that was answered, with its conditional header fields ("" when absent)."""

    method: str
    host: str
    path: str
    status: int
    if_none_match: str = ""
    if_modified_since: str = ""


class Newsroom:
    """The sample newsroom while it is open; a context manager.

    Its addresses have no port (``http://meridian.example/feed``): give `resolve` to the client.
    """

    def __init__(self) -> None:
        self.publishers: tuple[Publisher, ...] = load_publishers()
        self.feeds = tuple(DemoFeed(p.feed_url, p.kind, p.name) for p in self.publishers)
        self.requests: list[RequestLine] = []
        self._hosts = {publisher.host: publisher for publisher in self.publishers}
        self._lock = threading.Lock()
        self._server: ThreadingHTTPServer | None = None

    def __enter__(self) -> Newsroom:
        newsroom = self

        class Handler(_Handler):
            room = newsroom

        self._server = _Server((LOOPBACK, 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def port(self) -> int:
        """The port that the server listens on. Raises RuntimeError when it is not open."""
        if self._server is None:
            raise RuntimeError("the newsroom is closed: use it as a context manager")
        return self._server.server_port

    def resolve(self, host: str, port: int) -> list[tuple[str, int]]:
        """Socket addresses for one of the newsroom's hosts, whatever the port asked for; an IP
        address stands for itself.

        Raises socket.gaierror (an OSError) for every other name.
        """
        with suppress(ValueError):
            return [(str(ip_address(host)), port)]
        if host.lower() not in self._hosts:
            raise socket.gaierror(socket.EAI_NONAME, f"{host}:{port} is not in the demo newsroom")
        return [(LOOPBACK, self.port)]

    def respond(self, host: str, target: str, headers: dict[str, str]) -> CannedResponse:
        """The response of one host to a GET of `target`, which is a path with its query."""
        publisher = self._hosts.get(host)
        path = urlsplit(target).path
        if publisher is None:
            return CannedResponse(HTTPStatus.MISDIRECTED_REQUEST)
        with self._lock:
            asked_before = any(line.host == host and line.path == path for line in self.requests)
        return answer(publisher, path, headers, asked_before)

    def record(self, line: RequestLine) -> None:
        """Add one answered request to `requests`."""
        with self._lock:
            self.requests.append(line)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news; anything else is a bug of ours and is shown."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            # the stub names a private type
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    """Names the host, asks the newsroom, writes what it says."""

    room: Newsroom
    protocol_version = "HTTP/1.1"
    server_version = "DemoNewsroom"

    def do_GET(self) -> None:
        fields = {name.lower(): value for name, value in self.headers.items()}
        host = fields.get("host", "").rsplit(":", 1)[0].lower()
        response = self.room.respond(host, self.path, fields)
        conditions = fields.get("if-none-match", ""), fields.get("if-modified-since", "")
        self.room.record(
            RequestLine(self.command, host, urlsplit(self.path).path, response.status, *conditions)
        )
        self._write(response, "gzip" in fields.get("accept-encoding", ""))

    do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

    def _write(self, response: CannedResponse, gzipped: bool) -> None:
        body = gzip.compress(response.body, mtime=0) if gzipped and response.body else response.body
        self.send_response_only(response.status)
        self.send_header("Date", formatdate(usegmt=True))
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Vary", "Accept-Encoding")
            self.send_header("Content-Length", str(len(body)))
            if body is not response.body:
                self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Requests are kept in `Newsroom.requests`, not printed."""
