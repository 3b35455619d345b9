"""`digest worker`: this machine as a worker of a cluster."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from digest.cli.options import ConfigFile
from digest.errors import UsageError


def register_worker(app: typer.Typer) -> None:
    """Add the command to the program's."""
    app.command()(worker)


def worker(
    address: Annotated[
        str | None,
        typer.Argument(
            metavar="[ADDRESS]",
            help="The scheduler's; default: DIGEST_EXECUTOR, or what feeds.yaml names.",
            show_default=False,
        ),
    ] = None,
    threads: Annotated[
        int, typer.Option("--threads", min=1, max=256, help="How many hosts are asked at once.")
    ] = 24,
    processes: Annotated[
        int, typer.Option("--processes", min=0, max=64, help="That read pages; 0: one per core.")
    ] = 0,
    config: ConfigFile = Path("feeds.yaml"),
) -> None:
    """Ask for feeds and pages and read them, for runs elsewhere.

    It needs no feeds.yaml, keeps nothing, and ends when the scheduler does. Whoever reaches the
    scheduler can run code here: keep it on a network of your own.
    """
    from digest.cli.console import Console
    from digest.config.loading import load
    from digest.run.cluster_choice import scheduler_address
    from digest.run.dask_worker import work

    where = address or scheduler_address(load(config) if config.exists() else None)
    if not where:
        raise UsageError("which scheduler? digest worker tcp://host:8786, or DIGEST_EXECUTOR")
    if "://" not in where:
        raise UsageError(f"'{where}' is no address such as tcp://host:8786")
    work(where, threads, processes, Console(as_json=False).stage)
