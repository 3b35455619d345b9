"""`digest schedule`: runs at a time of the day in the newsletter's zone, by systemd or cron."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digest.cli.options import AsJson, ConfigFile, EditionName
from digest.cli.plain_parameters import PlainTyper
from digest.errors import UsageError

if TYPE_CHECKING:
    from digest.config.schema import Config
    from digest.run.schedule import Laid, Means
    from digest.run.schedule_plan import SchedulePlan

schedule_app = PlainTyper(help="Runs at a time of the day, by systemd or cron.")

At = Annotated[
    str,
    typer.Option("--at", metavar="HH:MM", help="The time of the day, in the newsletter's zone."),
]
Days = Annotated[
    str,
    typer.Option(
        "--days", metavar="DAYS", help="Days of the week: mon,thu or mon-fri.", show_default=False
    ),
]
With = Annotated[
    str,
    typer.Option("--with", help="systemd or cron; what this machine has.", show_default=False),
]


@schedule_app.callback()
def _schedule() -> None:
    """Runs at a time of the day, by systemd or cron."""


@schedule_app.command()
def install(
    config: ConfigFile = Path("feeds.yaml"),
    edition: EditionName = "daily",
    at: At = "06:30",
    days: Days = "",
    with_: With = "",
    send_if_clean: Annotated[
        bool, typer.Option("--send-if-clean", help="Let each run send what is clean.")
    ] = False,
    only_print: Annotated[
        bool, typer.Option("--print", help="Say what would be written; write nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Put an edition's run on schedule.

    And where notify.deadline is set a look at that time whether the issue is there. What is written
    is said; the same again changes nothing.
    """
    from digest.cli.console import Console
    from digest.run.schedule import install as installing
    from digest.run.schedule import laid

    plan = _plan(config, edition, at, days, send=send_if_clean)
    means = _means(with_, only_print=only_print)
    done = laid(plan, means) if only_print else installing(plan, means)
    Console(as_json=as_json).result(_json(done), [*done.lines(), *_notes(plan, done, only_print)])


def _plan(path: Path, edition: str, at: str, days: str, *, send: bool) -> SchedulePlan:
    from digest.config.loading import load
    from digest.editions.registry import edition_named
    from digest.run.schedule_plan import SchedulePlan
    from digest.run.schedule_times import clock_time, days_named

    config = load(path)
    terms = edition_named(edition, config.editions).terms
    weekly = ("mon",) if terms.window > 1 and not terms.days else tuple(terms.days)
    return SchedulePlan(
        _program(),
        path.absolute(),
        edition,
        clock_time(at),
        days_named(days) if days else weekly,
        config.newsletter.timezone,
        send,
        _deadline(config, at),
    )


def _deadline(config: Config, at: str) -> Any:
    by = config.notify.by
    if by is not None and f"{by:%H:%M}" <= at:
        raise UsageError(
            f"notify.deadline is {by:%H:%M}, and the run at {at} is not before it; set a later one"
        )
    return by


def _program() -> tuple[str, ...]:
    """How this program is called by whoever has no shell: by its full path."""
    beside = Path(sys.executable).with_name("digest")
    return (str(beside),) if beside.is_file() else (sys.executable, "-m", "digest")


def _means(chosen: str, *, only_print: bool) -> Means:
    from digest.run.schedule import MEANS, means_here

    if not chosen:
        try:
            return means_here()
        except UsageError:
            if only_print:
                return "systemd"
            raise
    found = next((one for one in MEANS if one == chosen), None)
    if found is None:
        raise UsageError(f"--with: '{chosen}' is neither systemd nor cron")
    return found


def _json(done: Laid) -> dict[str, Any]:
    return {"with": done.means, "files": done.texts}


def _notes(plan: SchedulePlan, done: Laid, only_print: bool) -> list[str]:
    from datetime import UTC, datetime

    from digest.run.schedule_plan import ENVIRONMENT
    from digest.run.schedule_times import next_time

    first = next_time(datetime.now(UTC), plan.at, plan.zone, plan.days)
    notes = ["nothing was written" if only_print else f"next run: {first:%a %Y-%m-%d %H:%M %Z}"]
    secrets = plan.config.parent / ENVIRONMENT
    notes.append(f"passwords and keys, if it needs any, stand in {secrets}: a line NAME=value each")
    if done.means == "systemd":
        notes.append("to have it run while you are not logged in: loginctl enable-linger")
    if plan.deadline is None:
        notes.append("nobody looks whether the issue is there: no notify.deadline in feeds.yaml")
    return notes


@schedule_app.command()
def show(config: ConfigFile = Path("feeds.yaml"), as_json: AsJson = False) -> None:
    """Show what of this newsletter is on schedule."""
    from digest.cli.console import Console
    from digest.run.schedule import installed

    found = installed(config.absolute())
    lines = [line for one in found for line in (f"by {one.means}", *one.lines())]
    Console(as_json=as_json).result(
        [_json(one) for one in found],
        lines or ["nothing is on schedule; put it there with: digest schedule install --at 06:30"],
    )


@schedule_app.command()
def remove(
    config: ConfigFile = Path("feeds.yaml"),
    edition: Annotated[
        str | None,
        typer.Option("--edition", "-e", help="Only this edition's.", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take it off, leaving nothing behind."""
    from digest.cli.console import Console
    from digest.run.schedule import remove as removing

    gone = removing(config.absolute(), edition)
    Console(as_json=as_json).result(
        {"removed": gone}, [f"removed {name}" for name in gone] or ["nothing was on schedule"]
    )


@schedule_app.command()
def due(config: ConfigFile = Path("feeds.yaml"), at: At = "06:30", days: Days = "") -> None:
    """Say whether it is this time where the newsletter lives.

    Within the last half hour. It is what a line of cron asks when it wakes.
    """
    from datetime import UTC, datetime

    from digest.config.loading import load
    from digest.run.schedule_times import clock_time, days_named
    from digest.run.schedule_times import due as is_due

    zone = load(config).newsletter.zone
    now = datetime.now(UTC)
    yes = is_due(now, clock_time(at), zone, days_named(days))
    typer.echo(f"{'due' if yes else 'not due'}: it is {now.astimezone(zone):%a %H:%M %Z}")
    if not yes:
        raise typer.Exit(1)
