"""`digest subscribers`: the readers, listed and changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from digest.cli.options import AsJson, ConfigFile
from digest.cli.plain_parameters import PlainTyper
from digest.cli.reader_results import import_json, import_lines, reader_json, reader_line
from digest.errors import UsageError
from digest.text.counted import counted

subscribers_app = PlainTyper(help="List and change the readers.")

Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="A mail address.")]
InState = Annotated[
    list[str] | None,
    typer.Option("--state", metavar="STATE", help="Only readers in this state; repeatable."),
]


@subscribers_app.command("add")
def add_reader(
    address: Address,
    state: Annotated[
        str, typer.Option("--state", metavar="STATE", help="confirmed or pending.")
    ] = "confirmed",
    edition: Annotated[
        list[str] | None,
        typer.Option("--edition", "-e", help="Only this edition; repeatable. Default: all."),
    ] = None,
    language: Annotated[
        str, typer.Option("--language", help="The reader's language, such as de.")
    ] = "",
    why: Annotated[
        str, typer.Option("--why", help="What it rests on that they may be written to.")
    ] = "",
    again: Annotated[
        bool,
        typer.Option("--again", help="They left, or were forgotten, and ask to come back."),
    ] = False,
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """Add one reader."""
    from digest.cli.console import Console
    from digest.config.loading import load
    from digest.deliver.reader import Entrant, shown
    from digest.run import subscribers

    settings = load(config)
    entrant = Entrant(
        subscribers.checked_address(address),
        subscribers.known_state(state),
        shown(why) or "added by the editor",
        subscribers.known_editions(tuple(edition or ()), settings.editions),
        subscribers.known_language(language),
    )
    added = subscribers.add(settings.state, entrant, again=again)
    Console(as_json=as_json).result(reader_json(added), [reader_line(added)])


@subscribers_app.command("import")
def import_readers(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.csv",
            help=(
                "A CSV file with a column 'email': an export of Substack, Ghost, Buttondown,"
                " Mailchimp, listmonk, or any other."
            ),
        ),
    ],
    state: Annotated[
        str,
        typer.Option(
            "--state",
            metavar="STATE",
            help="What readers are whom the file does not say to have left; default: as it says.",
        ),
    ] = "",
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """Add the readers of a file.

    Lines that cannot be taken are named with the reason.
    """
    from digest.cli.console import Console
    from digest.config.loading import load
    from digest.run import subscribers

    wanted = subscribers.known_state(state) if state else None
    settings = load(config)
    done = subscribers.import_file(settings.state, file, wanted, settings.editions)
    Console(as_json=as_json).result(import_json(done), import_lines(done, file))


@subscribers_app.command("export")
def export_readers(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Where to write; default: stdout.")
    ] = None,
    state: InState = None,
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """Write the readers as CSV."""
    from digest.cli.console import Console
    from digest.config.loading import load
    from digest.run import subscribers

    if as_json and file is None:
        raise UsageError("--json prints a result; name a FILE for the readers")
    states = tuple(map(subscribers.known_state, state or ()))
    count = subscribers.export_file(load(config).state, file, states)
    if file:
        Console(as_json=as_json).result(
            {"file": str(file), "readers": count}, [f"wrote {counted(count, 'reader')} to {file}"]
        )


@subscribers_app.command("list")
def list_readers(
    state: InState = None,
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """List the readers: state, since when and why."""
    from digest.cli.console import Console
    from digest.config.loading import load
    from digest.run import subscribers

    states = tuple(map(subscribers.known_state, state or ()))
    console = Console(as_json=as_json)
    with subscribers.listed(load(config).state, states) as readers:
        if as_json:
            console.result([reader_json(one) for one in readers], [])
            return
        for one in readers:
            console.say(reader_line(one))


@subscribers_app.command("remove")
def remove_reader(
    address: Annotated[
        str, typer.Argument(metavar="ADDRESS", help="A mail address.", show_default=False)
    ] = "",
    state: Annotated[
        str,
        typer.Option("--state", metavar="STATE", help="unsubscribed, bounced or complained."),
    ] = "unsubscribed",
    why: Annotated[str, typer.Option("--why", help="Kept with the state.")] = "",
    mail: Annotated[
        str,
        typer.Option(
            "--mail",
            metavar="FILE",
            help="Instead of ADDRESS: a mail that asks to leave; - for stdin.",
        ),
    ] = "",
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """Take a reader off the list.

    The address is kept, so that nobody adds it again by mistake.
    """
    from digest.cli.console import Console
    from digest.config.loading import load
    from digest.deliver.reader import shown
    from digest.run import subscribers

    console, db = Console(as_json=as_json), load(config).state
    if bool(address) == bool(mail):
        raise UsageError("digest subscribers remove takes an ADDRESS, or --mail FILE")
    if mail:
        edition = subscribers.leave_by_mail(db, None if mail == "-" else Path(mail))
        console.result({"left": edition}, [f"one reader has left {edition}"])
        return
    to, given = subscribers.known_closed(state), subscribers.checked_address(address)
    removed = subscribers.remove(db, given, to, shown(why) or "removed by the editor")
    console.result(reader_json(removed), [reader_line(removed)])


@subscribers_app.command("forget")
def forget_reader(
    address: Address, config: ConfigFile = Path("feeds.yaml"), as_json: AsJson = False
) -> None:
    """Erase an address.

    Only a salted hash is kept, so that nobody adds it again by mistake.
    """
    from digest.cli.console import Console
    from digest.config.loading import load
    from digest.run import subscribers

    was_there = subscribers.forget(load(config).state, subscribers.checked_address(address))
    Console(as_json=as_json).result(
        {"forgotten": True, "was_listed": was_there},
        ["forgotten" if was_there else "was not on the list; will not be added by any file"],
    )


@subscribers_app.command("stats")
def reader_stats(config: ConfigFile = Path("feeds.yaml"), as_json: AsJson = False) -> None:
    """Count the readers by state."""
    from digest.cli.console import Console
    from digest.config.loading import load
    from digest.run import subscribers

    counts = subscribers.stats(load(config).state)
    Console(as_json=as_json).result(
        counts, [f"{name:<13}{count}" for name, count in counts.items()]
    )
