"""The options that commands share, and what they open: configuration, state, lock, console."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digest.editions.registry import NAMES as EDITIONS
from digest.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.cli.console import Console
    from digest.run.session import Session

ConfigFile = Annotated[Path, typer.Option("--config", "-c", help="The configuration file.")]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print the result as JSON on stdout, and nothing else there.")
]
Verbose = Annotated[
    int, typer.Option("--verbose", "-v", count=True, help="Log each step to stderr; -vv logs more.")
]

# What `Session` gets from whoever runs commands in a process that goes on: tests lend workers.
MEANS: ContextVar[Mapping[str, Any]] = ContextVar("means", default=MappingProxyType({}))
EditionName = Annotated[
    str, typer.Option("--edition", "-e", help=f"Which edition: {' or '.join(EDITIONS)}.")
]
Day = Annotated[
    str | None,
    typer.Option("--date", "-d", metavar="YYYY-MM-DD", help="The issue's date; default: today."),
]


def day_of(text: str | None) -> date | None:
    """The day that --date names; None where it names none. Raises UsageError."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--date: '{text}' is not a day such as 2026-02-05") from None


@contextmanager
def opened(
    path: Path, as_json: bool, verbose: int = 0, *, lock: bool = False
) -> Iterator[tuple[Session, Console]]:
    """A session on the configuration's state, with the lock held when asked for."""
    from digest.cli.console import Console
    from digest.config.loading import load
    from digest.run.lock import locked
    from digest.run.session import Session
    from digest.store import open_state

    console = Console(as_json=as_json, verbose=verbose)
    config = load(path)
    with ExitStack() as stack:
        if config.output.exists() and not config.output.is_dir():
            raise UsageError(
                f"{config.output}: 'output' in {path} is to be a folder, and this is a file"
            )
        if config.templates and not config.templates.is_dir():
            raise UsageError(
                f"{config.templates}: there is no such folder; 'templates' in {path} names it"
            )
        if lock:
            stack.enter_context(locked(config.state))
        db = stack.enter_context(open_state(config.state))
        session = Session(config, db, step=console.step, stage=console.stage, **MEANS.get())
        yield session, console
