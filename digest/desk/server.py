"""`digest preview` and `digest desk`: in a browser of the same machine, until Ctrl-C."""

from __future__ import annotations

import errno
import secrets
import socket
from typing import TYPE_CHECKING

from digest.errors import DigestError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.types import ASGIApp

    from digest.desk.shown import Shown

LOOPBACK = "127.0.0.1"


def serve(shown: Shown, port: int, *, ready: Callable[[str], None]) -> None:
    """Serve an output folder on 127.0.0.1 until Ctrl-C; `ready` gets the address once it can be
    opened. Port 0 takes any free one.

    Raises DigestError when the port is taken.
    """
    from digest.desk.preview import application  # it loads a web server

    shown.output.mkdir(parents=True, exist_ok=True)

    def made(bound: int, stopping: Callable[[], bool]) -> ASGIApp:
        return application(shown, bound, stopping=stopping)

    _run((LOOPBACK, port), made, lambda bound: ready(f"http://{LOOPBACK}:{bound}/"))


def serve_desk(settings: Path, host: str, port: int, *, ready: Callable[[str], None]) -> None:
    """Serve the desk of a configuration until Ctrl-C. Elsewhere than on this machine's own address
    only who has the token, which is in the address that `ready` gets, is let in.

    Raises DigestError when the port is taken, UsageError for a host that names no address.
    """
    from digest.config.loading import load
    from digest.desk.desk_app import desk_application  # it loads a web server
    from digest.desk.workroom import Workroom

    if host in {"", "0.0.0.0", "::"}:  # noqa: S104  refused
        raise UsageError(f"'{host}' is every address; name the one that the desk is reached by")
    load(settings).output.mkdir(parents=True, exist_ok=True)
    own = host in {LOOPBACK, "localhost"}
    token = "" if own else secrets.token_urlsafe(24)
    room = Workroom(settings)

    def made(bound: int, stopping: Callable[[], bool]) -> ASGIApp:
        names = {LOOPBACK, "localhost"} if own else {host}
        hosts = frozenset(f"{name}:{bound}" for name in names)
        return desk_application(room, hosts, token, stopping=stopping)

    shown = f"?token={token}" if token else ""
    _run((host, port), made, lambda bound: ready(f"http://{host}:{bound}/{shown}"))


def _run(
    place: tuple[str, int],
    made: Callable[[int, Callable[[], bool]], ASGIApp],
    ready: Callable[[int], None],
) -> None:
    import uvicorn  # a web server is loaded only to serve

    with _listen(*place) as listening:
        bound = listening.getsockname()[1]
        app = made(bound, lambda: server.should_exit)
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=2)
        )
        ready(bound)
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            return  # how it is meant to end


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        reason = (
            "is in use; choose another with --port"
            if error.errno == errno.EADDRINUSE
            else f"cannot be used: {error.strerror}"
        )
        raise DigestError(f"{host}:{port} {reason}") from None
    listening.listen()
    return listening
