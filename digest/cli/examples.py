"""`digest examples`: what editors did, for measuring how stories are ranked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from digest.cli.options import AsJson, ConfigFile, opened
from digest.cli.plain_parameters import PlainTyper

examples_app = PlainTyper(help="What editors did to issues.")


@examples_app.callback()
def _examples() -> None:
    """What editors did to issues."""


@examples_app.command("export")
def export(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="Where to; else stdout.", show_default=False),
    ] = None,
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """Write what editors kept, moved, reworded, dropped, put in and left.

    One story a line, as JSON, with what ranking knew of it; of issues that were approved or
    changed.
    """
    from digest.config.atomic_files import write_atomic
    from digest.run.examples import examples

    with opened(config, as_json) as (session, console):
        lines = [json.dumps(row, ensure_ascii=False) for row in examples(session)]
        if file is None:
            console.result([json.loads(line) for line in lines], lines)
            return
        write_atomic(file, "".join(f"{line}\n" for line in lines))
        count = len(lines)
        console.result(
            {"file": str(file), "examples": count},
            [f"{file}: {count} stories" if count != 1 else f"{file}: 1 story"],
        )
