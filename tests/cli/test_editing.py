"""`digest edit` and `digest accept` as an editor types them."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.press import Digest

ISSUE = "2025-09-22-daily"


@pytest.fixture
def day(digest: Digest, made_day: Path) -> Digest:
    """The command in a folder with an issue."""
    shutil.copytree(made_day, digest.home, dirs_exist_ok=True)
    return digest


def stories(day: Digest) -> list[dict[str, Any]]:
    """The issue's stories as `show` has them."""
    value = json.loads(day("show", ISSUE, "--json").stdout)
    return [story for section in value["sections"] for story in section["stories"]]


def test_an_editor_s_morning(day: Digest) -> None:
    """A story dropped by words of its headline, one moved, a flag accepted by name, approved; then
    undone, and each file is as it was.
    """
    first, second, third, *_ = stories(day)
    assert day("edit", ISSUE, "--drop", second["headline"][:30]).returncode == 0
    assert day("edit", ISSUE, "--move", f"{third['id']}:1").returncode == 0
    assert [one["id"] for one in stories(day)[:2]] == [third["id"], first["id"]]
    draft = day.home / ISSUE / "issue.md"
    draft.write_text(draft.read_text().replace(third["headline"], "Prices fell by 97%", 1))
    said = day("accept", ISSUE, third["id"], "--by", "Ada", "--note", "by phone").stdout
    assert f"accepted by Ada: {third['id']}: 97% is not" in said
    assert "(by phone)" in day("approve", ISSUE).stdout
    undone = day("edit", ISSUE, "--undo").stdout
    assert "undone: a change in the file" in undone
    assert "it is a draft again" in undone
    redone = day("edit", ISSUE, "--redo", "--json")
    assert any("is approved" in line for line in json.loads(redone.stdout)["said"])
    assert " approved " in day("issues").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "say one thing"),
        (("--drop", "a", "--undo"), 2, "say one thing"),
        (("--drop", "a", "--section", "B"), 2, "--section goes with --move"),
        (("--drop", "a", "--place", "2"), 2, "--place goes with --take"),
        (("--undo", "--how", "lead"), 2, "--how goes with --reword"),
        (("--merge", "a"), 2, "no '+'"),
        (("--theme", "a"), 2, "no '='"),
        (("--move", "a"), 2, "STORY:PLACE"),
        (("--drop", "nowhere"), 1, "there is no story 'nowhere'"),
        (("--undo",), 1, "nothing to undo"),
        (("--reword", "nowhere"), 1, "there is no story"),
    ],
)
def test_a_mistake_is_one_line_and_changes_nothing(
    day: Digest, arguments: tuple[str, ...], code: int, words: str
) -> None:
    """It says what to do instead."""
    draft = day.home / ISSUE / "issue.md"
    before = draft.read_bytes()
    done = day("edit", ISSUE, *arguments)
    assert (done.returncode, done.stderr.count("\n")) == (code, 1)
    assert words in done.stderr
    assert draft.read_bytes() == before
