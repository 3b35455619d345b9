"""`digest desk`: the editor's pages, in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from digest.cli.options import ConfigFile  # noqa: TC001  typer reads it


def desk(
    config: ConfigFile = Path("feeds.yaml"),
    host: Annotated[
        str,
        typer.Option("--host", help="The address to listen on; any but 127.0.0.1 needs the token."),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", "-p", min=0, max=65535, help="The port; 0 takes any free one.")
    ] = 8766,
) -> None:
    """Edit, check and approve issues in a browser, until Ctrl-C.

    What it does, 'digest edit', 'accept' and 'approve' do as well.
    """
    from digest.desk.server import serve_desk

    serve_desk(config, host, port, ready=lambda url: typer.echo(f"desk: {url} (Ctrl-C ends it)"))


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(desk)
