"""`digest demo`: the whole pipeline on the sample newsroom, over real HTTP, with state and output
of its own.
"""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from shlex import quote
from typing import TYPE_CHECKING, Any

from digest.cli.console import own_name
from digest.cli.run_results import run_json, run_lines
from digest.config.atomic_files import write_atomic
from digest.config.loading import load
from digest.demo.newsroom import Newsroom
from digest.run.job import job_for
from digest.run.lock import locked
from digest.run.pipeline import run
from digest.run.session import Session
from digest.store import open_state

if TYPE_CHECKING:
    from pathlib import Path

    from digest.cli.console import Console

DAYS = (date(2025, 9, 22), date(2025, 9, 23), date(2025, 9, 24))
FIRST_LINES = 24


def run_demo(output: Path, console: Console) -> tuple[list[dict[str, Any]], list[str]]:
    """Make the sample's issues; returns the runs as JSON, and lines that end with how the last
    issue begins and where they are.
    """
    settings = output / "feeds.yaml"
    write_atomic(settings, files("digest.demo").joinpath("feeds.yaml").read_text("utf-8"))
    config = load(settings)
    values, lines, pages = [], [], []
    with locked(config.state), open_state(config.state) as db, Newsroom() as newsroom:
        for day in DAYS:
            session = Session(
                config, db, resolver=newsroom.resolve, step=console.step, stage=console.stage
            )
            outcome = run(session, job_for(session, "daily", day))
            values.append(run_json(session, outcome))
            lines += [*run_lines(session, outcome), ""]
            folder = session.folder(outcome.job.id)
            pages.append(folder.path / "index.html")
    first = (folder.text() or "").split("\n")[:FIRST_LINES]
    return values, [
        *lines,
        *first,
        "…",
        "",
        *(f"the issue: {page}" for page in pages),
        f"look at it: {own_name()} preview --config {quote(str(settings))}",
    ]
