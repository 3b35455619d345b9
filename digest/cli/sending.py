"""`digest send`, `serve-lists`, `backup` and `restore`: an issue to its readers, and what keeps
them safe.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.options import AsJson, ConfigFile, IssueId, Verbose, opened
from digest.errors import UsageError
from digest.text.counted import counted

if TYPE_CHECKING:
    from digest.cli.console import Console
    from digest.run.session import Session


To = Annotated[
    list[str] | None,
    typer.Option(
        "--to", metavar="ADDRESS", help="Only a copy marked [TEST], to this address; repeatable."
    ),
]
WriteOnly = Annotated[
    bool, typer.Option("--dry-run", help="Write each message as an .eml file; send none.")
]
ResendUncertain = Annotated[
    bool,
    typer.Option(
        "--resend-uncertain",
        help="Send again where nobody knows whether it went out, at the risk of twice.",
    ),
]


def send(
    issue: IssueId,
    to: To = None,
    dry_run: WriteOnly = False,
    resend_uncertain: ResendUncertain = False,
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
    verbose: Verbose = 0,
) -> None:
    """Send an approved issue to its readers, each once.

    Called again it goes on where it was.
    """
    if to is not None and (dry_run or resend_uncertain):
        raise UsageError("--to sends a copy marked [TEST]; it goes with no other option")
    with opened(config, as_json, verbose) as (session, console):
        if to is not None:
            done = _send_tests(session, console, issue, to)
        elif dry_run:
            done = _write_messages(session, console, issue)
        else:
            done = _send(session, console, issue, again=resend_uncertain)
    if not done:
        raise typer.Exit(1)


def _send(session: Session, console: Console, issue: str, *, again: bool) -> bool:
    """Returns whether every message has its final state, as do those below."""
    from digest.cli.console import complain
    from digest.run.notices import after_sending
    from digest.run.sending_way import send_issue as sending

    with console.progress():
        report = sending(session, issue, resend_uncertain=again)
    console.result(report.json(), report.lines())
    if report.trouble:
        complain(report.trouble)
    for why in after_sending(session, report):
        complain(why)
    return report.over


def _write_messages(session: Session, console: Console, issue: str) -> bool:
    from digest.run.sending_way import write_messages

    target = session.config.output / "mail" / issue
    count = write_messages(session, issue, target)
    console.result(
        {"id": issue, "written": count, "folder": str(target)},
        [f"{issue}: {counted(count, 'message')} written to {target}, none sent"],
    )
    return True


def _send_tests(session: Session, console: Console, issue: str, addresses: list[str]) -> bool:
    from digest.run.send_test_copy import send_tests

    sent = send_tests(session, issue, addresses)
    value = [one.json() for one in sent]
    console.result(value[0] if len(value) == 1 else value, [one.line() for one in sent])
    return not any(one.refused for one in sent)


def serve_lists(
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", "-p", min=0, max=65535, help="The port; 0 takes any free one.")
    ] = 8787,
    config: ConfigFile = Path("feeds.yaml"),
) -> None:
    """Serve the pages where readers join and leave, until Ctrl-C."""
    from digest.config.loading import load
    from digest.run.join import closed_because
    from digest.run.serve_lists import serve

    settings = load(config)

    def say(url: str) -> None:
        typer.echo(f"lists: {url} (Ctrl-C ends it)")
        closed = closed_because(settings)
        typer.echo(closed or f"joining: {url}join")

    serve(settings, host, port, ready=say)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.")],
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """Copy all state into one file, also while a run goes on."""
    from datetime import UTC, datetime

    from digest.cli.console import Console
    from digest.config.loading import load
    from digest.store.backups import backup as backing_up

    held = backing_up(load(config).state, file, datetime.now(UTC))
    Console(as_json=as_json).result(
        {"file": str(file), "holds": held}, [f"{file}: holds {' and '.join(held)}"]
    )


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What 'digest backup' wrote.")],
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """Lay a back-up's state down where there is none.

    Nothing that was on its way is sent by itself.
    """
    from datetime import UTC, datetime

    from digest.cli.console import Console
    from digest.config.loading import load
    from digest.run.lock import locked
    from digest.store.backups import restore as restoring

    state = load(config).state
    with locked(state):
        made_at = restoring(file, state, datetime.now(UTC))
    Console(as_json=as_json).result(
        {"state": str(state), "made_at": made_at.isoformat()},
        [f"{state}: restored as it was on {made_at:%Y-%m-%d %H:%M} UTC"],
    )


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    for name, command in (
        ("send", send),
        ("serve-lists", serve_lists),
        ("backup", backup),
        ("restore", restore),
    ):
        app.command(name)(command)
