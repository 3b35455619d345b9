"""The command line: each command parses, calls and prints. What a command needs is imported when it
runs, so that --help stays quick.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from digest import __version__
from digest.cli.aftermath import register_aftermath
from digest.cli.bounces import bounces_app
from digest.cli.check import check
from digest.cli.console import complain, spare_the_terminal
from digest.cli.desk import register as register_desk
from digest.cli.editing import register_editing
from digest.cli.examples import examples_app
from digest.cli.feeds import feeds_app
from digest.cli.memory import register_memory
from digest.cli.options import (
    MEANS,
    AsJson,
    ConfigFile,
    IssueId,
    SomeIssue,
    Verbose,
    issue_ids,
    opened,
)
from digest.cli.plain_parameters import PlainTyper
from digest.cli.run import register_run
from digest.cli.schedule import schedule_app
from digest.cli.sending import register as register_sending
from digest.cli.site import site_app
from digest.cli.stages import stages
from digest.cli.subscribers import subscribers_app
from digest.cli.worker import register_worker
from digest.errors import DigestError, UsageError

app = PlainTyper(
    name="digest",
    help=(
        "Reads news and podcast feeds and drafts a newsletter in which every sentence is traceable"
        " to its source."
    ),
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    invoke_without_command=True,
    context_settings={"help_option_names": ["--help", "-h"]},
)
app.add_typer(feeds_app, name="feeds")
app.add_typer(subscribers_app, name="subscribers")
app.add_typer(bounces_app, name="bounces")
app.add_typer(site_app, name="site")
app.add_typer(examples_app, name="examples")
app.add_typer(schedule_app, name="schedule")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001  # its callback has done it
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Reads news and podcast feeds and drafts a newsletter in which every sentence is traceable to
    its source.
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("help", hidden=True)
def help_(
    context: typer.Context,
    command: Annotated[list[str] | None, typer.Argument(metavar="[COMMAND]...")] = None,
) -> None:
    """Show the help, or that of a command."""
    at: Any = context.parent
    for name in command or ():
        commands = getattr(at.command, "commands", {})
        if name not in commands:
            raise UsageError(f"there is no command '{name}' (digest --help)")
        at = typer.Context(commands[name], parent=at, info_name=name)
    typer.echo(at.get_help())


@app.command()
def init(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where to begin; made if need be.")
    ],
    empty: Annotated[
        bool, typer.Option("--empty", help="Without the subscriptions that come along.")
    ] = False,
    templates: Annotated[
        bool, typer.Option("--templates", help="Copy the templates, too, to change them.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write a feeds.yaml to start from."""
    from shlex import quote

    from digest.cli.console import Console, own_name
    from digest.config.starter import init as begin

    written = begin(directory, empty=empty, templates=templates)
    first = "feeds add URL" if empty else "run"
    Console(as_json=as_json).result(
        {"written": [str(path) for path in written]},
        [
            *(f"wrote {quote(str(path))}" for path in written),
            f"next: cd {quote(str(directory))} && {own_name(directory)} {first}",
        ],
    )


register_run(app)
stages(app)


@app.command()
def issues(config: ConfigFile = Path("feeds.yaml"), as_json: AsJson = False) -> None:
    """List the issues there are, newest first."""
    from digest.cli.issue_results import issue_rows

    with opened(config, as_json) as (session, console):
        rows = issue_rows(session)
        console.result(
            rows,
            [f"{row['id']}  {row['status']:<9} {row['title']}" for row in rows]
            or ["no issues yet; make one with: digest run"],
        )


@app.command()
def show(
    what: Annotated[
        str,
        typer.Argument(
            metavar="ISSUE|ENTRY|URL",
            help="An issue's id, or the entry or the address of a stored document.",
            autocompletion=issue_ids,
        ),
    ],
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """Show one issue with its checks, or one stored document.

    A document is shown with its text, what it was read from and where it came from.
    """
    from digest.cli.document_results import document_json, document_lines, is_entry
    from digest.cli.issue_results import issue_lines, issue_value

    with opened(config, as_json) as (session, console):
        if "://" in what or is_entry(session, what):
            value = document_json(session, what)
            console.result(value, document_lines(value))
        else:
            value = issue_value(session, what)
            console.result(value, issue_lines(value))


@app.command()
def diff(
    a: Annotated[
        str, typer.Argument(metavar="A", help="An issue's id, its folder, or an issue.md.")
    ],
    b: Annotated[str, typer.Argument(metavar="B", help="The one that it is compared with.")],
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """Show what two issues say differently, story by story."""
    from digest.cli.console import Console
    from digest.cli.issue_results import draft_named
    from digest.issue.difference import difference

    found = difference(draft_named(a, config), draft_named(b, config))
    Console(as_json=as_json).result(
        {"a": a, "b": b, **found.json()}, found.lines(marked=sys.stdout.isatty())
    )


app.command()(check)
register_memory(app)


@app.command()
def preview(
    issue: SomeIssue = None,
    config: ConfigFile = Path("feeds.yaml"),
    port: Annotated[
        int, typer.Option("--port", "-p", min=1, max=65535, help="The port on 127.0.0.1.")
    ] = 8765,
) -> None:
    """Show output/ in a browser.

    On 127.0.0.1, until Ctrl-C; a draft that changes is rendered, and pages reload.
    """
    from digest.desk.rendering import previewed
    from digest.desk.server import serve

    shown = previewed(config)
    if issue is not None and not (shown.output / issue).is_dir():
        raise UsageError(
            f"{issue}: there is no such issue in {shown.output}; 'digest issues' lists them"
        )
    page = f"{issue}/" if issue else ""
    serve(shown, port, ready=lambda url: typer.echo(f"preview: {url}{page} (Ctrl-C ends it)"))


@app.command()
def approve(
    issue: IssueId,
    accept: Annotated[
        list[str] | None,
        typer.Option(
            "--accept", metavar="STORY", help="Let this flagged story go out as it is; repeatable."
        ),
    ] = None,
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """Approve an issue as it stands.

    Its content's hash is kept, and it joins the archive in output/site/. With a model, what the
    editor typed is read for its meaning first.
    """
    from digest.cli.issue_results import approval_json, approval_lines
    from digest.run.approval import approve as approving

    with opened(config, as_json, lock=True) as (session, console):
        with console.progress():
            approved = approving(session, issue, tuple(accept or ()))
        console.result(approval_json(session, approved), approval_lines(session, approved))


register_desk(app)
register_editing(app)
register_sending(app)
register_worker(app)
register_aftermath(app)


@app.command()
def doctor(config: ConfigFile = Path("feeds.yaml"), as_json: AsJson = False) -> None:
    """Say what works and what does not.

    Configuration, state, output, templates, mail, models, speech recognition and feeds are looked
    at; every model and every feed is asked.
    """
    from digest.cli.console import Console
    from digest.run.doctor import examine, verdict

    console = Console(as_json=as_json)
    with console.progress():
        findings = examine(config, console.step)
    console.result(
        [finding.json() for finding in findings],
        [*(finding.line() for finding in findings), verdict(findings)],
    )
    if any(finding.broken for finding in findings):
        raise typer.Exit(1)


@app.command()
def demo(
    output: Annotated[
        Path, typer.Option("--output", help="Where the demo keeps its state and its issues.")
    ] = Path("output/demo"),
    as_json: AsJson = False,
    verbose: Verbose = 0,
) -> None:
    """Run the whole thing on a sample newsroom.

    It is served right here: no network, no key.
    """
    from digest.cli.console import Console
    from digest.cli.demo import run_demo

    console = Console(as_json=as_json, verbose=verbose)
    with console.progress():
        value, lines = run_demo(output, console)
    console.result(value, lines)


INTERRUPTED = 130  # 128 + SIGINT, as shells have it


def main() -> None:
    """Run the command line in a process of its own, and end that with the command's exit code."""
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # to be asked to end is to be interrupted
    spare_the_terminal()
    code = exit_code()
    if code == INTERRUPTED:
        os._exit(
            INTERRUPTED
            # threads may still wait for a server; nobody wants its answer, and Python would wait
            # with them
        )
    sys.exit(code)


def exit_code(**means: Any) -> int:
    """Run the command line that sys.argv holds; every error that a user can meet is one line on
    stderr and an exit code. `means` are of `Session`.
    """
    MEANS.set(means)
    try:
        code = app(standalone_mode=False, prog_name="digest")
    except DigestError as error:
        complain(str(error))
        code = error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        code = 0  # the reader of our output has had enough
        sys.stderr.close()
    except OSError as error:
        complain(
            f"{error.filename or 'system'}: {error.strerror or error}; what was stored before is"
            " kept"
        )
        code = 1
    except typer.TyperException as error:
        complain(f"{error.format_message()} (digest --help)")
        code = error.exit_code
    if code == INTERRUPTED:  # what typer, too, makes of Ctrl-C
        complain("interrupted; what was stored is kept, and the next run goes on from there")
    return code if isinstance(code, int) else 0
