"""The options that commands share, and what they open: configuration, state, lock, console."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digest.editions.names import NAMES as EDITIONS
from digest.errors import DigestError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.cli.console import Console
    from digest.run.session import Session

ConfigFile = Annotated[Path, typer.Option("--config", "-c", help="The configuration file.")]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print the result as JSON on stdout, and nothing else there.")
]
Verbose = Annotated[
    int,
    typer.Option(
        "--verbose",
        "-v",
        count=True,
        show_default=False,
        help="Log each step to stderr; -vv logs more.",
    ),
]

# What `Session` gets from whoever runs commands in a process that goes on: tests lend workers.
MEANS: ContextVar[Mapping[str, Any]] = ContextVar("means", default=MappingProxyType({}))
EditionName = Annotated[
    str,
    typer.Option(
        "--edition", "-e", help=f"Which edition: {', '.join(EDITIONS)}, or one of your own."
    ),
]
Day = Annotated[
    str | None,
    typer.Option(
        "--date",
        "-d",
        metavar="YYYY-MM-DD",
        help="The issue's date, or 'yesterday'; default: today.",
    ),
]


def issue_ids(ctx: typer.Context) -> list[str]:
    """The issues that a shell may complete to, newest first; none where there is no
    configuration.
    """
    from digest.config.loading import load

    try:
        output = load(ctx.params.get("config") or Path("feeds.yaml")).output
        return sorted((path.parent.name for path in output.glob("*/issue.md")), reverse=True)
    except (DigestError, OSError):
        return []


IssueId = Annotated[
    str,
    typer.Argument(
        metavar="ISSUE",
        help="An issue's id, such as 2026-02-05-daily.",
        autocompletion=issue_ids,
    ),
]
SomeIssue = Annotated[
    str | None,
    typer.Argument(
        metavar="[ISSUE]",
        help="An issue's id, in place of --edition and --date.",
        autocompletion=issue_ids,
        show_default=False,
    ),
]
_DAYS_AGO = {"today": 0, "yesterday": 1}
_ISSUE = re.compile(r"(\d{4}-\d\d-\d\d)-([a-z]+)/?")


def day_of(text: str | None, session: Session, option: str = "--date") -> date | None:
    """The day that an option names, where the newsletter lives; None where it names none. Raises
    UsageError.
    """
    if text is None:
        return None
    if text.lower() in _DAYS_AGO:
        here = session.now.astimezone(session.config.newsletter.zone).date()
        return here - timedelta(days=_DAYS_AGO[text.lower()])
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option}: '{text}' is not a day such as 2026-02-05") from None


def edition_and_day(
    issue: str | None, edition: str, day: str | None, session: Session
) -> tuple[str, str | None]:
    """The edition and the day that are meant: those of an issue's id where one is given. Raises
    UsageError.
    """
    if issue is None:
        return edition, day
    from digest.editions.registry import names

    named = _ISSUE.fullmatch(issue)
    if not named or named[2] not in names(session.config.editions):
        raise UsageError(f"'{issue}' is not an issue's id such as 2026-02-05-daily")
    if day is not None or edition not in {EDITIONS[0], named[2]}:
        raise UsageError(f"{issue} says its edition and its day; leave out --edition and --date")
    return named[2], named[1]


@contextmanager
def opened(
    path: Path, as_json: bool, verbose: int = 0, *, lock: bool = False
) -> Iterator[tuple[Session, Console]]:
    """A session on the configuration's state, with the lock held when asked for."""
    from digest.cli.console import Console
    from digest.config.loading import load
    from digest.run.cluster_choice import ChosenCrew, scheduler_address
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
        crew = stack.enter_context(
            ChosenCrew(scheduler_address(config), config.limits, console.stage)
        )
        means = {"crew": crew, **MEANS.get()}
        yield Session(config, db, step=console.step, stage=console.stage, **means), console
