"""`digest run`: all stages, up to a rendered draft, and for who asks so up to readers' inboxes."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digest.cli.options import AsJson, ConfigFile, Day, EditionName, Verbose, day_of, opened
from digest.errors import UsageError

if TYPE_CHECKING:
    from digest.cli.console import Console
    from digest.run.followed import Ending
    from digest.run.job import Job
    from digest.run.pipeline import RunOutcome
    from digest.run.send_if_clean import SentOrNot
    from digest.run.session import Session

DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run", help="Say what the issue would hold and cost; write none, ask no model."
    ),
]
Rewrite = Annotated[
    bool,
    typer.Option("--rewrite", help="Put a new draft beside one that was changed, as issue.new.md."),
]
Thesis = Annotated[
    str,
    typer.Option(
        "--thesis",
        metavar="TEXT|N",
        help="What the issue says; a column also takes the number of a proposed one.",
        show_default=False,
    ),
]
SendIfClean = Annotated[
    bool,
    typer.Option(
        "--send-if-clean",
        help="Approve and send the issue unseen when nothing in it is left to look at.",
    ),
]
RecordIn = Annotated[
    Path | None,
    typer.Option("--record", metavar="DIR", help="Keep in DIR what the issue was made from."),
]
ReplayFrom = Annotated[
    Path | None,
    typer.Option("--replay", metavar="DIR", help="Make the issue recorded in DIR again, offline."),
]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the run is asked for beyond its edition and day."""

    dry_run: bool
    rewrite: bool
    send: bool
    record: Path | None
    replay: Path | None
    config: Path
    day: str | None

    @property
    def today(self) -> bool:
        """Is it the issue of the day, made in earnest?"""
        return not (self.dry_run or self.replay or self.day)


def run(
    config: ConfigFile = Path("feeds.yaml"),
    edition: EditionName = "daily",
    day: Day = None,
    dry_run: DryRun = False,
    rewrite: Rewrite = False,
    thesis: Thesis = "",
    send_if_clean: SendIfClean = False,
    record: RecordIn = None,
    replay: ReplayFrom = None,
    as_json: AsJson = False,
    verbose: Verbose = 0,
) -> None:
    """All stages, up to a rendered draft."""
    from digest.cli.run_results import not_due
    from digest.editions.window import next_due
    from digest.run.job import with_thesis

    wanted = _Wanted(dry_run, rewrite, send_if_clean, record, replay, config, day)
    others = {"--thesis": thesis, "--date": day is not None, "--edition": edition != "daily"}
    _refuse_together(wanted, others)
    with opened(config, as_json, verbose, lock=True) as (session, console):
        job = with_thesis(_job(session, replay, edition, day), thesis)
        due = job.day if day or replay else next_due(job.day, job.edition.terms.days)
        if due != job.day:
            console.result(*not_due(job, due))
        elif not _make(session, console, job, wanted):
            raise typer.Exit(1)


def _job(session: Session, replay: Path | None, edition: str, day: str | None) -> Job:
    from digest.run.job import job_for
    from digest.run.replay import recorded_job

    if replay:
        return recorded_job(replay, session.config.editions)
    return job_for(session, edition, day_of(day, session))


def _make(session: Session, console: Console, job: Job, wanted: _Wanted) -> bool:
    """Make the issue and say what became of it; returns whether nothing is left to do."""
    from digest.cli.console import complain
    from digest.run.followed import Ending, followed

    ending = Ending()
    try:
        # of what is made on another day, or not at all, nobody is told
        with followed(session, job, ending) if wanted.today else nullcontext():
            _said(session, console, job, wanted, ending)
    finally:
        for why in dict.fromkeys(ending.complaints):
            complain(why)
    return not ending.code


def _said(session: Session, console: Console, job: Job, wanted: _Wanted, ending: Ending) -> None:
    """Make the issue, say what became of it, and fill in how the run ends."""
    from digest.cli.run_results import quiet_json, run_json, run_lines
    from digest.run.pipeline import QuietRun
    from digest.run.record import record_of

    sent = None
    try:
        if wanted.send:
            _ready_to_send(session)
        with record_of(session, job, wanted.record, wanted.config), console.progress():
            outcome = _outcome(session, job, wanted)
            ending.report = outcome.report
            ending.lines = list(run_lines(session, outcome))
            if wanted.send:
                sent = _send(session, outcome)
    except QuietRun as quiet:
        ending.report = quiet.report
        console.result(quiet_json(job, quiet.report), quiet.report.lines())
        raise
    value = run_json(session, outcome)
    if sent:
        value["sent"] = sent.json()
        ending.lines += sent.lines()
        ending.code = 0 if sent.over else 1
        ending.sending = sent.sending
    console.result(value, ending.lines)


def _outcome(session: Session, job: Job, wanted: _Wanted) -> RunOutcome:
    from digest.run import pipeline
    from digest.run.replay import replay

    if wanted.replay:
        return replay(session, wanted.replay)
    return pipeline.run(session, job, dry_run=wanted.dry_run, rewrite=wanted.rewrite)


def _ready_to_send(session: Session) -> None:
    from digest.run.sending_way import ready_to_send

    ready_to_send(session)


def _send(session: Session, outcome: RunOutcome) -> SentOrNot | None:
    from digest.run.send_if_clean import send_if_clean

    if outcome.state == "proposed":
        return None
    return send_if_clean(session, outcome.job.id, outcome.state)


def _refuse_together(wanted: _Wanted, others: dict[str, Any]) -> None:
    """Raise UsageError for options that contradict each other."""
    made = {"--record": wanted.record, "--dry-run": wanted.dry_run, "--rewrite": wanted.rewrite}
    given = [name for name, value in {**made, **others}.items() if value]
    if wanted.replay and given:
        raise UsageError(
            f"--replay and {given[0]} do not go together: a replay makes the recorded issue, and"
            " never over a draft"
        )
    if wanted.record and wanted.dry_run:
        raise UsageError("--dry-run makes no issue, so there is nothing to --record")
    if wanted.send and (wanted.dry_run or wanted.replay or wanted.rewrite):
        other = "--dry-run" if wanted.dry_run else "--replay" if wanted.replay else "--rewrite"
        raise UsageError(f"--send-if-clean and {other} do not go together: one of them sends none")


def register_run(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(run)
