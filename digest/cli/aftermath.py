"""`digest watch`: is what should have happened done?"""

from __future__ import annotations

from pathlib import Path

import typer

from digest.cli.options import AsJson, ConfigFile, EditionName, opened


def watch(
    config: ConfigFile = Path("feeds.yaml"),
    edition: EditionName = "daily",
    as_json: AsJson = False,
) -> None:
    """Give notice when the deadline has passed without an issue.

    And of issues whose sending stands still; each once. To be run at the deadline, as `digest
    schedule` has it.
    """
    from digest.cli.console import complain
    from digest.run.watch import watch as watching

    with opened(config, as_json) as (session, console):
        found = watching(session, edition)
        lines = [one.text for one in found.troubles if one.text != found.line]
        console.result(found.json(), [*lines, found.line])
    for why in found.complaints:
        complain(why)
    if found.code:
        raise typer.Exit(found.code)


def register_aftermath(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(watch)
