"""`digest preview`: output/ in a browser of the same machine, until Ctrl-C."""

from __future__ import annotations

import errno
import socket
from typing import TYPE_CHECKING

from digest.errors import DigestError

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.desk.shown import Shown


def serve(shown: Shown, port: int, *, ready: Callable[[str], None]) -> None:
    """Serve an output folder on 127.0.0.1 until Ctrl-C; `ready` gets the address once it can be
    opened. Port 0 takes any free one.

    Raises DigestError when the port is taken.
    """
    import uvicorn  # a web server is loaded only to serve

    from digest.desk.preview import application  # it loads one too

    shown.output.mkdir(parents=True, exist_ok=True)
    with _listen(port) as listening:
        bound = listening.getsockname()[1]
        app = application(shown, bound, stopping=lambda: server.should_exit)
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=2)
        )
        ready(f"http://127.0.0.1:{bound}/")
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            return  # how it is meant to end


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError as error:
        listening.close()
        reason = (
            "is in use; choose another with --port"
            if error.errno == errno.EADDRINUSE
            else f"cannot be used: {error.strerror}"
        )
        raise DigestError(f"127.0.0.1:{port} {reason}") from None
    listening.listen()
    return listening
