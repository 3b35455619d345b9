"""What the archive remembers, on the command line: figures, forecasts, search, timelines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from digest.cli.options import AsJson, ConfigFile, opened
from digest.errors import UsageError


def register_memory(app: typer.Typer) -> None:
    """Add the commands to the program's."""
    app.command()(figures)


def figures(
    owner: Annotated[
        str | None,
        typer.Argument(metavar="[OWNER]", help="Whose figures, by any name.", show_default=False),
    ] = None,
    measure: Annotated[
        str | None,
        typer.Argument(metavar="[MEASURE]", help="Part of a measure's name.", show_default=False),
    ] = None,
    told: Annotated[bool, typer.Option("--told", help="Only what issues have told.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the figures as CSV.")] = False,
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """List the figures of the ledger: whose, of what, how much, for when, and whether told.

    Example: digest figures Alphabet revenue --csv
    """
    from digest.cli.memory_results import figure_lines, figure_rows, print_csv

    if as_csv and as_json:
        raise UsageError("--csv and --json do not go together")
    with opened(config, as_json) as (session, console):
        rows = figure_rows(session, owner, measure, told=told)
        if as_csv:
            print_csv(rows)
        else:
            console.result({"figures": rows}, figure_lines(rows))
