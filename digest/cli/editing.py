"""`digest edit` and `digest accept`: what an editor does to a draft, from the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digest.cli.options import AsJson, ConfigFile, IssueId, Verbose, opened
from digest.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from digest.run.edit import Edited
    from digest.run.session import Session


Drop = Annotated[str, typer.Option("--drop", metavar="STORY", help="Take a story out.")]
Move = Annotated[
    str,
    typer.Option(
        "--move", metavar="STORY[:PLACE]", help="Put a story at a place, from 1; else last."
    ),
]
NewTheme = Annotated[
    str, typer.Option("--theme", metavar="STORY=THEME", help="Give a story another theme.")
]
Merge = Annotated[
    str, typer.Option("--merge", metavar="A+B", help="Make one story of two, headed as the first.")
]
Split = Annotated[
    str,
    typer.Option(
        "--split",
        metavar="STORY[:SENTENCE]",
        help="Make two stories of one, the second from a sentence on; else in the middle.",
    ),
]
Take = Annotated[
    str,
    typer.Option("--take", metavar="OUT", help="Put in what was left out: an entry or address."),
]
Add = Annotated[
    str, typer.Option("--add", metavar="URL", help="Write a story from a page, and put it in.")
]
Reword = Annotated[
    str, typer.Option("--reword", metavar="STORY", help="Have the model tell it otherwise.")
]
Undo = Annotated[bool, typer.Option("--undo", help="Take the last change back, whoever made it.")]
Redo = Annotated[bool, typer.Option("--redo", help="Make it again.")]
History = Annotated[bool, typer.Option("--history", help="List the changes.")]
InSection = Annotated[
    str,
    typer.Option("--section", metavar="NAME", help="With --move, --take, --add: which section."),
]
AtPlace = Annotated[
    int,
    typer.Option(
        "--place", min=0, show_default=False, help="With --take, --add: from 1; else last."
    ),
]
HOW = "sharper"
How = Annotated[
    str, typer.Option("--how", metavar="HOW", help="With --reword: shorter, sharper or lead.")
]


def edit(
    issue: IssueId,
    drop: Drop = "",
    move: Move = "",
    theme: NewTheme = "",
    merge: Merge = "",
    split: Split = "",
    take: Take = "",
    add: Add = "",
    reword: Reword = "",
    undo: Undo = False,
    redo: Redo = False,
    history: History = False,
    section: InSection = "",
    place: AtPlace = 0,
    how: How = HOW,
    config: ConfigFile = Path("feeds.yaml"),
    as_json: AsJson = False,
    verbose: Verbose = 0,
) -> None:
    """Change a draft, one operation a call.

    STORY is an id as 'digest show' lists them, or words of the headline. issue.md stays plain
    Markdown: any editor will do as well.
    """
    named = {
        "--drop": drop, "--move": move, "--theme": theme, "--merge": merge, "--split": split,
        "--take": take, "--add": add, "--reword": reword,
        "--undo": undo, "--redo": redo, "--history": history,
    }  # fmt: skip
    chosen = [(option, str(given)) for option, given in named.items() if given]
    if len(chosen) != 1:
        raise UsageError("say one thing to do, such as --drop STORY (digest edit --help)")
    ((option, said),) = chosen
    _refuse_unfit(option, {"--section": section, "--place": place, "--how": how != HOW})
    with opened(config, as_json, verbose) as (session, console):
        if history:
            console.result(*_changes(session, issue))
            return
        with console.progress():
            done = _done(session, issue, option, said, _Where(section, place, how))
            lines = [*done.said, *_rendered(session, issue)]
        console.result({**done.json(), "said": lines}, lines)


@dataclass(frozen=True, slots=True)
class _Where:
    """What goes with an operation."""

    section: str
    place: int
    how: str


def _done(session: Session, issue: str, option: str, said: str, where: _Where) -> Edited:
    """The operation that an option names, on what is said behind it."""
    from digest.run import edit as editing
    from digest.run import put_in
    from digest.run.reword import reword

    at = (where.section, where.place)
    doing: Mapping[str, Callable[[], Edited]] = {
        "--drop": lambda: editing.drop(session, issue, said),
        "--move": lambda: _move(session, issue, said, where.section),
        "--theme": lambda: editing.set_theme(session, issue, *_two(option, said, "=")),
        "--merge": lambda: editing.merge(session, issue, *_two(option, said, "+")),
        "--split": lambda: editing.split(session, issue, *_numbered(said)),
        "--take": lambda: put_in.take(session, issue, said, *at),
        "--add": lambda: put_in.add(session, issue, said, *at),
        "--reword": lambda: reword(session, issue, said, where.how),
        "--undo": lambda: editing.undo(session, issue),
        "--redo": lambda: editing.redo(session, issue),
    }
    return doing[option]()


def _changes(session: Session, issue: str) -> tuple[Any, Iterator[str]]:
    from digest.cli.editing_results import history_json, history_lines
    from digest.run.draft_history import history

    kept = history(session, issue)
    return history_json(kept), history_lines(kept)


_GO_WITH = {
    "--section": ("--move", "--take", "--add"),
    "--place": ("--take", "--add"),
    "--how": ("--reword",),
}


def _refuse_unfit(chosen: str, given: Mapping[str, object]) -> None:
    for option, fitting in _GO_WITH.items():
        if given[option] and chosen not in fitting:
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
