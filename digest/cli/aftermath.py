"""`digest watch`, `correct` and `unpublish`: what is to be done after an issue, or was not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.options import AsJson, ConfigFile, EditionName, IssueId, opened
from digest.errors import UsageError

if TYPE_CHECKING:
    from digest.cli.console import Console
    from digest.run.send import SendingReport
    from digest.run.session import Session


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


def correct(
    issue: IssueId,
    text: Annotated[
        str, typer.Option("--text", metavar="TEXT", help="What was wrong, and what is right.")
    ],
    story: Annotated[
        str, typer.Option("--story", metavar="STORY", help="The story, by its id in the issue.")
    ] = "",
    mail: Annotated[
        bool, typer.Option("--mail", help="Mail it to the edition's readers, each once.")
    ] = False,
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """Correct an issue that is out.

    Its page says what and when, the feeds show it, and the edition's next issue carries it. What
    was approved stays as it was, and nobody is mailed unless asked.
    """
    with opened(config, as_json, lock=True) as (session, console):
        over = _correct(session, console, (issue, story, text), mail=mail)
    if not over:
        raise typer.Exit(1)


def _correct(session: Session, console: Console, said: tuple[str, str, str], *, mail: bool) -> bool:
    """Returns whether every message that was to be sent has its final state."""
    from digest.run.correct import correct as correcting

    issue = said[0]
    if mail:
        from digest.run.mail_correction import mail_correction, ready_to_mail

        ready_to_mail(session)
    done = correcting(session, *said)
    one = done.correction
    page = session.config.output / "site" / "issues" / issue / "index.html"
    value = {
        "id": one.id, "issue": issue, "story": one.story, "headline": done.headline,
        "text": one.text, "at": one.at.isoformat(), "page": str(page),
    }  # fmt: skip
    about = f" of “{done.headline}”" if done.headline else ""
    lines = [f"{issue}: the correction{about} stands on {page}"]
    lines.append("the edition's next issue carries it")
    if not mail:
        console.result(value, [*lines, "nobody is mailed; --mail does that"])
        return True
    with console.progress():
        report = mail_correction(session, done)
    console.result({**value, "sending": report.json()}, [*lines, *report.lines()])
    _complain(session, report)
    return report.over


def _complain(session: Session, report: SendingReport) -> None:
    from digest.cli.console import complain
    from digest.run.notices import after_sending

    for why in filter(None, (report.trouble, *after_sending(session, report))):
        complain(why)


def unpublish(
    issue: IssueId,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why; readers see it.")
    ] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Put back what was taken down.")] = False,
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """Take an issue's page down.

    A notice with the reason stands in its place, the feeds say so, and lists, sitemap and search
    leave it out.
    """
    from digest.run.correct import publish_again
    from digest.run.correct import unpublish as unpublishing

    if undo == bool(reason):
        raise UsageError("unpublish: give --reason, or --undo, and not both")
    with opened(config, as_json, lock=True) as (session, console):
        if undo:
            publish_again(session, issue)
        else:
            unpublishing(session, issue, reason)
        page = session.config.output / "site" / "issues" / issue / "index.html"
        told = "is published again" if undo else "is taken down; a notice stands in its place"
        console.result(
            {"id": issue, "published": undo, "page": str(page)}, [f"{issue}: {told}: {page}"]
        )


def register_aftermath(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(correct)
    app.command()(unpublish)
    app.command()(watch)
