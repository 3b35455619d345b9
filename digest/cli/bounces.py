"""`digest bounces`: what came back from mail servers, and from those who call a mail unwanted."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.options import AsJson, ConfigFile
from digest.cli.plain_parameters import PlainTyper

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from digest.deliver.mailboxes import Mailbox

bounces_app = PlainTyper(help="Take readers off who cannot be reached or complain.")


@bounces_app.callback()
def _group() -> None:
    """Take readers off who cannot be reached or complain."""


@bounces_app.command("read")
def read(
    place: Annotated[
        Path | None,
        typer.Argument(
            metavar="[MAILDIR]",
            help=(
                "A maildir, the file of one mail, or - for stdin. Default: the IMAP server that"
                " DIGEST_IMAP_HOST names."
            ),
            show_default=False,
        ),
    ] = None,
    folder: Annotated[
        str, typer.Option("--folder", metavar="NAME", help="The folder on the IMAP server.")
    ] = "INBOX",
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """Read bounces and complaints, each once.

    What is read is marked in the mailbox; what a person should see stays there unread, with a flag.
    """
    from digest.cli.console import Console
    from digest.config.loading import load
    from digest.run.bounces import read_bounces

    settings = load(config)
    with _mailbox(place, folder) as box:
        report = read_bounces(settings, box)
    Console(as_json=as_json).result(report.json(), report.lines())


def _mailbox(place: Path | None, folder: str) -> AbstractContextManager[Mailbox]:
    import os

    from digest.deliver.imap import imap_folder, imap_server_from
    from digest.deliver.mailboxes import mailbox_at

    if place is not None:
        return nullcontext(mailbox_at(place))
    return imap_folder(imap_server_from(os.environ), folder)
