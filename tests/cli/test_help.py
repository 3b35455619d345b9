"""Each help page is whole: nothing is cut, an example can be copied, exit codes are told, and a
shell can complete commands and issues.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest
import typer.main

from digest.cli.help_pages import EXAMPLES, exit_codes
from digest.cli.main import app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.press import Digest

ROOT = typer.main.get_command(app)


def pages(at: Any = ROOT, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that is shown, and every group, with its path."""
    yield path, at
    for name, command in getattr(at, "commands", {}).items():
        if not command.hidden:
            yield from pages(command, (*path, name))


def page(path: tuple[str, ...]) -> str:
    """The help of a command."""
    context, at = typer.Context(ROOT, info_name="digest"), ROOT
    for name in path:
        at = at.commands[name]  # type: ignore[attr-defined]
        context = typer.Context(at, parent=context, info_name=name)
    return str(at.get_help(context))


@pytest.mark.parametrize("path", [path for path, _ in pages()], ids=" ".join)
def test_a_help_page_ends_with_an_example_and_the_exit_codes(path: tuple[str, ...]) -> None:
    """Add an example to digest/cli/help_pages.py for a new command."""
    text, name = page(path), " ".join(path)
    for example in EXAMPLES[name]:
        assert f"\n  {example}\n" in text
    for code, means in exit_codes(name).items():
        assert re.search(rf"^  {code} +{re.escape(means[:40])}", text, re.MULTILINE)
    assert set(exit_codes(name)) >= {0, 1, 2}
    assert "[[" not in text
    assert "{" not in text.splitlines()[0]


@pytest.mark.parametrize("path", [path for path, _ in pages()], ids=" ".join)
def test_an_example_is_one_that_the_program_takes(path: tuple[str, ...]) -> None:
    """Each names a command that there is, with options that it has."""
    for example in (one for line in EXAMPLES[" ".join(path)] for one in line.split(" && ")):
        words = shlex.split(example)
        if words[0] == "cd":
            continue
        assert words[0] == "digest"
        at: Any = ROOT
        while words[1:] and words[1] in getattr(at, "commands", {}):
            at = at.commands[words.pop(1)]
        assert not hasattr(at, "commands"), example
        known = {name for parameter in at.params for name in getattr(parameter, "opts", ())}
        assert {word for word in words if word.startswith("-")} <= known, example


def test_no_one_line_help_is_cut() -> None:
    """In a list of commands each stands whole, on one line of 80 columns."""
    for path, group in pages():
        listed = page(path).partition("\nCommands:\n")[2].partition("\n\n")[0].splitlines()
        assert len(listed) == sum(
            not command.hidden for command in getattr(group, "commands", {}).values()
        )
        assert not [line for line in listed if "..." in line or not line.endswith(".")]


def test_a_shell_completes_commands_and_issues(digest: Digest) -> None:
    """`digest --show-completion` prints what it runs for that."""

    def completed(line: str) -> list[str]:
        at = str(len(line.split()) - 1)
        asked = {"_DIGEST_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": at}
        return digest.process(**asked).stdout.split()

    assert completed("digest app") == ["approve"]
    assert completed("digest show 2025") == []
    (digest.home / "feeds.yaml").write_text("feeds: [{url: 'https://a.example/feed'}]\n")
    draft = digest.home / "output/2025-09-22-daily/issue.md"
    draft.parent.mkdir(parents=True)
    draft.touch()
    assert completed("digest show 2025") == ["2025-09-22-daily"]
