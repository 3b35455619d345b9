"""`digest edit` and `digest accept`: what an editor does to a draft, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest.cli.options import AsJson, ConfigFile, IssueId, Verbose, opened
from digest.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from digest.run.edit import Edited
    from digest.run.session import Session


def edit(
    issue: IssueId,
    drop: Annotated[str, typer.Option("--drop", metavar="STORY", help="Take a story out.")] = "",
    move: Annotated[
        str,
        typer.Option(
            "--move", metavar="STORY[:PLACE]", help="Put a story at a place, from 1; else last."
        ),
    ] = "",
    theme: Annotated[
        str, typer.Option("--theme", metavar="STORY=THEME", help="Give a story another theme.")
    ] = "",
    merge: Annotated[
        str,
        typer.Option("--merge", metavar="A+B", help="Make one story of two, headed as the first."),
    ] = "",
    split: Annotated[
        str,
        typer.Option(
            "--split",
            metavar="STORY[:SENTENCE]",
            help="Make two stories of one, the second from a sentence on; else in the middle.",
        ),
    ] = "",
    take: Annotated[
        str,
        typer.Option(
            "--take", metavar="OUT", help="Put in what was left out: an entry or address."
        ),
    ] = "",
    add: Annotated[
        str, typer.Option("--add", metavar="URL", help="Write a story from a page, and put it in.")
    ] = "",
    reword: Annotated[
        str, typer.Option("--reword", metavar="STORY", help="Have the model tell it otherwise.")
    ] = "",
    undo: Annotated[
        bool, typer.Option("--undo", help="Take the last change back, whoever made it.")
    ] = False,
    redo: Annotated[bool, typer.Option("--redo", help="Make it again.")] = False,
    history: Annotated[bool, typer.Option("--history", help="List the changes.")] = False,
    section: Annotated[
        str,
        typer.Option(
            "--section", metavar="NAME", help="With --move, --take, --add: which section."
        ),
    ] = "",
    place: Annotated[
        int,
        typer.Option(
            "--place", min=0, show_default=False, help="With --take, --add: from 1; else last."
        ),
    ] = 0,
    how: Annotated[
        str,
        typer.Option("--how", metavar="HOW", help="With --reword: shorter, sharper or lead."),
    ] = "sharper",
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
    verbose: Verbose = 0,
) -> None:
    """Change a draft, one operation a call.

    STORY is an id as 'digest show' lists them, or words of the headline. issue.md stays plain
    Markdown: any editor will do as well.
    """
    from digest.cli.editing_results import history_json, history_lines
    from digest.run import edit as editing
    from digest.run import put_in
    from digest.run.draft_history import history as changes
    from digest.run.reword import reword as rewording

    wanted: Mapping[str, tuple[bool | str, Callable[[Session], Edited]]] = {
        "--drop": (drop, lambda session: editing.drop(session, issue, drop)),
        "--move": (move, lambda session: _move(session, issue, move, section)),
        "--theme": (
            theme,
            lambda session: editing.set_theme(session, issue, *_two("--theme", theme, "=")),
        ),
        "--merge": (
            merge,
            lambda session: editing.merge(session, issue, *_two("--merge", merge, "+")),
        ),
        "--split": (split, lambda session: editing.split(session, issue, *_numbered(split))),
        "--take": (take, lambda session: put_in.take(session, issue, take, section, place)),
        "--add": (add, lambda session: put_in.add(session, issue, add, section, place)),
        "--reword": (reword, lambda session: rewording(session, issue, reword, how)),
        "--undo": (undo, lambda session: editing.undo(session, issue)),
        "--redo": (redo, lambda session: editing.redo(session, issue)),
    }
    chosen = [name for name, (given, _) in wanted.items() if given]
    if len(chosen) + history != 1:
        raise UsageError("say one thing to do, such as --drop STORY (digest edit --help)")
    _refuse_unfit(
        chosen, {"--section": bool(section), "--place": bool(place), "--how": how != "sharper"}
    )
    with opened(config, as_json, verbose) as (session, console):
        if history:
            kept = changes(session, issue)
            console.result(history_json(kept), history_lines(kept))
            return
        with console.progress():
            done = wanted[chosen[0]][1](session)
            said = [*done.said, *_rendered(session, issue)]
        console.result({**done.json(), "said": said}, said)


_GO_WITH = {
    "--section": ("--move", "--take", "--add"),
    "--place": ("--take", "--add"),
    "--how": ("--reword",),
}


def _refuse_unfit(chosen: list[str], given: dict[str, bool]) -> None:
    for option, fitting in _GO_WITH.items():
        if given[option] and not set(fitting) & set(chosen):
            raise UsageError(f"{option} goes with {' or '.join(fitting)}")


def _move(session: Session, issue: str, move: str, section: str) -> Edited:
    from digest.run.edit import move as moving

    story, place = _numbered(move)
    if not (place or section):
        raise UsageError("--move STORY:PLACE, such as s1a2b3c4d5:1, or --section NAME beside it")
    return moving(session, issue, story, place, section)


def _numbered(text: str) -> tuple[str, int]:
    """A story, and the number behind its last colon; 0 where there is none."""
    story, colon, number = text.rpartition(":")
    if colon and number.strip().isdigit() and story.strip():
        return story.strip(), int(number)
    return text.strip(), 0


def _two(option: str, text: str, sign: str) -> tuple[str, str]:
    first, _, second = text.partition(sign)
    if not (first.strip() and second.strip()):
        raise UsageError(f"{option}: '{text}' has no '{sign}' between two names")
    return first.strip(), second.strip()


def _rendered(session: Session, issue: str) -> list[str]:
    """The issue's files made anew; why they could not be, where they could not."""
    from digest.errors import DigestError
    from digest.run.publish import render

    try:
        render(session, issue)
    except DigestError as error:
        return [f"the draft is changed, but its files could not be made: {error}"]
    return []


def accept(
    issue: IssueId,
    name: Annotated[
        str, typer.Argument(metavar="FLAG", help="What is flagged, as 'digest show' calls it.")
    ],
    by: Annotated[
        str, typer.Option("--by", metavar="NAME", help="Who accepts it; else newsletter.editor.")
    ] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="Why it may go out.")] = "",
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
) -> None:
    """Let a flagged text go out as it is.

    Who accepted it and why is kept and shown at approval. It holds for the words that stand there:
    changed ones are flagged again.
    """
    from digest.cli.editing_results import acceptance_lines
    from digest.run.acceptance import accept as accepting

    with opened(config, as_json) as (session, console):
        found = accepting(session, issue, name, by, note)
        waiting = {flag: why for flag, (why, _) in found.unaccepted().items()}
        console.result(
            {"id": issue, "acceptances": found.acceptances, "flagged": waiting},
            acceptance_lines(found),
        )


def register_editing(app: typer.Typer) -> None:
    """Add these commands to the program's."""
    app.command()(edit)
    app.command()(accept)
