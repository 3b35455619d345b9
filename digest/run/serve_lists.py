"""`digest serve-lists`: the list of readers behind the pages where they leave and join."""

from __future__ import annotations

import logging
import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digest.config.loading import load
from digest.errors import DigestError
from digest.store import readers
from digest.store.readers_file import open_readers, tokens_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp

    from digest.config.schema import Config
    from digest.deliver.leave_tokens import Tokens

CONNECTIONS = 200  # at once; more are told to come again
IDLE = 5  # seconds that a connection is kept without a request


@dataclass(frozen=True, slots=True)
class ReadersLeaving:
    """Readers leave the list of this state."""

    state: Path
    tokens: Tokens

    def known(self, edition: str, token: str) -> bool:
        """Is this a token of the list's?"""
        return self.tokens.reader(token, edition) is not None

    def leave(self, edition: str, token: str, *, altogether: bool) -> tuple[str, ...]:
        """Let the token's reader go, and say which editions are left; one who is not there any more
        has left already.
        """
        number = self.tokens.reader(token, edition) or 0
        with open_readers(self.state, whole=False) as db:
            with db:
                left = "" if altogether else edition
                readers.leave(db, number, left, "left by one click", datetime.now(UTC))
            reader = readers.by_number(db, number)
        return reader.editions if reader and reader.state == "confirmed" else ()


def lists_application(config: Config) -> ASGIApp:
    """The ASGI application of a newsletter's list."""
    from digest.deliver.lists_app import application
    from digest.run.join import readers_joining

    with open_readers(config.state) as db:
        tokens = tokens_of(db)
    newsletter, leaving = config.newsletter, ReadersLeaving(config.state, tokens)
    return application(newsletter.name, newsletter.language, leaving, readers_joining(config))


def app() -> ASGIApp:
    """For any ASGI server: `uvicorn --factory digest.run.serve_lists:app`, with DIGEST_CONFIG
    naming feeds.yaml unless it is in the current folder.
    """
    return lists_application(load(Path(os.environ.get("DIGEST_CONFIG", "feeds.yaml"))))


def serve(config: Config, host: str, port: int, *, ready: Callable[[str], None]) -> None:
    """Serve until Ctrl-C; `ready` gets the address. Raises DigestError when it cannot be listened
    on.
    """
    import uvicorn  # a web server is loaded only to serve

    application = lists_application(config)
    logging.basicConfig(format="%(message)s")  # a confirmation that did not go out is told
    with _listening(host, port) as listening:
        bound = listening.getsockname()[1]
        server = uvicorn.Server(
            uvicorn.Config(
                application,
                log_level="warning",
                lifespan="on",
                proxy_headers=False,  # whom to believe is the application's to say
                server_header=False,
                limit_concurrency=CONNECTIONS,
                timeout_keep_alive=IDLE,
                timeout_graceful_shutdown=2,
            )
        )
        ready(f"http://{f'[{host}]' if ':' in host else host}:{bound}/")
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            return  # how it is meant to end


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = error.strerror or error
        raise DigestError(
            f"{host}:{port} cannot be listened on: {reason}; choose another with --host and --port"
        ) from None
