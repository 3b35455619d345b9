"""What the archive remembers, on the command line: figures, forecasts, search, timelines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from digest.cli.options import AsJson, ConfigFile, day_of, opened
from digest.errors import UsageError


def register_memory(app: typer.Typer) -> None:
    """Add the commands to the program's."""
    app.command()(figures)
    app.command()(forecasts)
    app.command()(search)
    app.command()(timeline)


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
    """List the ledger's figures, told or only read."""
    from digest.cli.memory_results import figure_lines, figure_rows, print_csv

    if as_csv and as_json:
        raise UsageError("--csv and --json do not go together")
    with opened(config, as_json) as (session, console):
        rows = figure_rows(session, owner, measure, told=told)
        if as_csv:
            print_csv(rows)
        else:
            console.result({"figures": rows}, figure_lines(rows))


def forecasts(
    who: Annotated[
        str | None,
        typer.Argument(metavar="[WHO]", help="Whose, by any name.", show_default=False),
    ] = None,
    due: Annotated[
        bool, typer.Option("--due", help="Only those that came due in the last 120 days.")
    ] = False,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="YYYY-MM-DD", help="Only those due by this day."),
    ] = None,
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """List who said what will happen by when."""
    from digest.cli.memory_results import forecast_lines, forecast_rows

    with opened(config, as_json) as (session, console):
        last = day_of(until, session, "--until")
        rows = forecast_rows(session, who, last, due=due)
        console.result({"forecasts": rows}, forecast_lines(rows))


def search(
    query: Annotated[
        list[str],
        typer.Argument(metavar="QUERY", help='Words, "a phrase", or the beginning of one: chip*.'),
    ],
    theme: Annotated[str, typer.Option("--theme", help="Only of this theme.")] = "",
    publisher: Annotated[str, typer.Option("--publisher", help="Only from this publisher.")] = "",
    show: Annotated[str, typer.Option("--show", help="Only from this podcast.")] = "",
    since: Annotated[
        str | None, typer.Option("--since", metavar="YYYY-MM-DD", help="Not before this day.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="YYYY-MM-DD", help="Not after this day.")
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, max=1000, help="How many at most.")
    ] = 20,
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """Search insights and issues, the best match first."""
    from digest.cli.memory_results import hit_lines, hit_rows
    from digest.run.recall import found
    from digest.store.passages import Filters

    with opened(config, as_json) as (session, console):
        first, last = day_of(since, session, "--since"), day_of(until, session, "--until")
        filters = Filters(theme, publisher, show, first, last)
        rows = hit_rows(found(session, " ".join(query), filters, limit))
        console.result({"hits": rows}, hit_lines(rows))


def timeline(
    name: Annotated[list[str], typer.Argument(metavar="NAME", help="A company or a person.")],
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """Show what was told of somebody, in order, with figures."""
    from digest.cli.memory_results import event_lines, event_rows
    from digest.run.recall import timeline as told

    with opened(config, as_json) as (session, console):
        rows = event_rows(session, told(session, " ".join(name)))
        console.result({"events": rows}, event_lines(rows))
