"""`digest watch`, `correct` and `unpublish`: what is to be done after an issue, or was not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from digest.cli.options import AsJson, ConfigFile, EditionName, IssueId, opened
from digest.errors import UsageError


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
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """Correct an issue that is out.

    Its page says what and when, the feeds show it, and the edition's next issue carries it. What
    was approved stays as it was, and nobody is mailed.
    """
    from digest.run.correct import correct as correcting

    with opened(config, as_json, lock=True) as (session, console):
        done = correcting(session, issue, story, text)
        one = done.correction
        page = session.config.output / "site" / "issues" / issue / "index.html"
        value = {
            "id": one.id, "issue": issue, "story": one.story, "headline": done.headline,
            "text": one.text, "at": one.at.isoformat(), "page": str(page),
        }  # fmt: skip
        about = f" of “{done.headline}”" if done.headline else ""
        console.result(
            value,
            [
                f"{issue}: the correction{about} stands on {page}",
                "the edition's next issue carries it; nobody is mailed",
            ],
        )


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
