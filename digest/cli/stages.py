"""The commands that run one stage for an edition's day."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from digest.cli.options import (
    AsJson,
    ConfigFile,
    Day,
    EditionName,
    SomeIssue,
    Verbose,
    day_of,
    edition_and_day,
    opened,
)


def stages(app: typer.Typer) -> None:
    """Add a command for each stage."""
    for name, what in {
        "fetch": "Ask every feed for what is new.",
        "extract": "Read the articles that the window's entries lead to.",
        "summarise": "Group documents into stories and read each into insights.",
        "compose": "Choose the stories and write the draft.",
    }.items():
        app.command(name, help=what)(_stage(name))
    app.command("render")(_render)


def _stage(name: str) -> Any:
    """A command that runs one stage for an edition's day."""

    def command(
        issue: SomeIssue = None,
        config: ConfigFile = Path("feeds.yaml"),
        edition: EditionName = "daily",
        day: Day = None,
        as_json: AsJson = False,
        verbose: Verbose = 0,
    ) -> None:
        from digest.cli.run_results import stage_json, stage_lines
        from digest.run.job import job_for
        from digest.run.single_stage import STAGES

        with opened(config, as_json, verbose, lock=True) as (session, console):
            which, when = edition_and_day(issue, edition, day, session)
            job = job_for(session, which, day_of(when, session))
            with console.progress():
                report = STAGES[name](session, job)
            console.result(stage_json(job, name, report), stage_lines(session, job, name, report))

    return command


def _render(
    issue: SomeIssue = None,
    config: ConfigFile = Path("feeds.yaml"),
    edition: EditionName = "daily",
    day: Day = None,
    read: Annotated[
        bool,
        typer.Option(
            "--read", help="Have the model read the meaning of what is merely checked, first."
        ),
    ] = False,
    as_json: AsJson = False,
    verbose: Verbose = 0,
) -> None:
    """Make web page, mail, text and JSON from the draft as it stands."""
    from digest.cli.run_results import stage_json, stage_lines
    from digest.run.job import job_for
    from digest.run.single_stage import render_draft

    with opened(config, as_json, verbose, lock=True) as (session, console):
        which, when = edition_and_day(issue, edition, day, session)
        job = job_for(session, which, day_of(when, session))
        with console.progress():
            report = render_draft(session, job, read=read)
        console.result(
            stage_json(job, "render", report), stage_lines(session, job, "render", report)
        )
