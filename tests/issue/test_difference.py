"""What two issues say differently."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.issue.difference import TextPair, difference, marked_words
from digest.issue.issue_md import write
from digest.model import Draft, Item, Part, SourceLink

if TYPE_CHECKING:
    from tests.press import Digest

DAY = date(2025, 9, 22)


def story(
    identity: str, headline: str = "A headline", text: str = "A text.", url: str = ""
) -> Item:
    """A story with one source."""
    return Item(
        identity,
        headline,
        text,
        (SourceLink("Source", url or f"https://news.example/{identity or headline}"),),
    )


ONE, TWO, THREE = story("a1", "One"), story("b2", "Two"), story("c3", "Three")
FIGURE = Item(
    "f1",
    "$4 billion",
    "for a data centre",
    (SourceLink("Source", "https://news.example/a1"),),
    kind="figure",
)


def issue(*tops: Item, articles: tuple[Item, ...] = (), **fields: Any) -> Draft:
    """An issue with these top stories and articles."""
    parts = (Part("Top Stories", tops), Part("Articles", articles))
    return Draft(
        "2025-09-22-daily",
        "daily",
        DAY,
        "A title",
        tuple(part for part in parts if part.items),
        **fields,
    )


def told(a: Draft, b: Draft) -> list[str]:
    """The lines for a pipe."""
    return list(difference(a, b).lines(marked=False))


@pytest.mark.parametrize(
    ("a", "b", "lines"),
    [
        (issue(ONE, TWO), issue(ONE, TWO), ["no difference"]),
        (issue(ONE), replace(issue(ONE), title="Another"), ["title", "  - A title", "  + Another"]),
        (issue(ONE), issue(ONE, highlights="New."), ["highlights", "  + New."]),
        (issue(ONE, categories=("Chips",)), issue(ONE), ["categories", "  - Chips"]),
        (issue(ONE), issue(ONE, summariser="small"), ["summariser", "  - embedded", "  + small"]),
        (issue(ONE, TWO), issue(TWO), ["only in A: Top Stories 1: One"]),
        (issue(ONE), issue(ONE, articles=(TWO,)), ["only in B: Articles 1: Two"]),
        (
            issue(ONE),
            issue(replace(ONE, text="Else.")),
            ["changed: Top Stories 1: One", "  - A text.", "  + Else."],
        ),
        (
            issue(ONE),
            issue(replace(ONE, headline="Uno")),
            ["changed: Top Stories 1: Uno", "  - One", "  + Uno"],
        ),
        (
            issue(ONE),
            issue(replace(ONE, links=())),
            ["changed: Top Stories 1: One", "  - https://news.example/a1"],
        ),
        (issue(ONE, TWO), issue(ONE, articles=(TWO,)), ["moved: Two: Top Stories 2 -> Articles 1"]),
        (
            issue(ONE, TWO, THREE),
            issue(THREE, ONE, TWO),
            ["moved: Three: Top Stories 3 -> Top Stories 1"],
        ),
        (
            issue(FIGURE),
            issue(replace(FIGURE, text="a year")),
            ["changed: Top Stories 1: $4 billion", "  - for a data centre", "  + a year"],
        ),
        # the same story under another id, because another of its documents came first: it is known
        # by its first source
        (issue(ONE), issue(replace(ONE, id="z9")), ["no difference"]),
        # an editor's own words have no id: the headline tells
        (
            issue(story("", "Mine", url="https://a.example/1")),
            issue(story("", "Mine", url="https://a.example/2")),
            ["changed: Top Stories 1: Mine", "  - https://a.example/1", "  + https://a.example/2"],
        ),
        # a story dropped before it moves nobody
        (issue(ONE, TWO, THREE), issue(TWO, THREE), ["only in A: Top Stories 1: One"]),
        # nothing in a draft acts on the terminal that shows it
        (
            issue(ONE),
            replace(issue(ONE), title="\x1b[31mred"),
            ["title", "  - A title", "  +  [31mred"],
        ),
    ],
)
def test_a_difference_is_told_story_by_story(a: Draft, b: Draft, lines: list[str]) -> None:
    """One fact, one line; texts as they were and as they are."""
    assert told(a, b) == lines


def test_words_are_marked_on_a_terminal() -> None:
    """What went is struck out, what came is underlined, the rest stands once."""
    marked = marked_words(
        TextPair("It rose by 12 percent in May.", "It rose by 15 percent in May.")
    )
    assert marked == "It rose by \x1b[31;9m12\x1b[0m\x1b[32;4m15\x1b[0m percent in May."


@given(st.text(), st.text())
def test_marked_words_hold_both_texts(a: str, b: str) -> None:
    """Without what is underlined it is the first text, without what is struck out the second."""
    clean = ["".join(char if char.isprintable() else " " for char in text) for text in (a, b)]
    marked = marked_words(TextPair(a, b))
    first = re.sub(r"\x1b\[32;4m[^\x1b]*\x1b\[0m", "", marked)
    second = re.sub(r"\x1b\[31;9m[^\x1b]*\x1b\[0m", "", marked)
    assert [re.sub(r"\x1b\[[0-9;]*m", "", text) for text in (first, second)] == clean


items = st.lists(
    st.sampled_from([ONE, TWO, THREE, FIGURE, replace(TWO, text="Else."), story("", "Mine")]),
    unique_by=lambda item: item.id,
)


@given(items, items, items, items)
def test_every_item_is_told_of_at_most_once_and_none_is_lost(
    a1: list[Item], a2: list[Item], b1: list[Item], b2: list[Item]
) -> None:
    """Only in one, or in both; and an issue does not differ from itself."""
    a, b = issue(*a1, articles=tuple(a2)), issue(*b1, articles=tuple(b2))
    found = difference(a, b)
    assert len(a1) + len(a2) - len(found.only_a) == len(b1) + len(b2) - len(found.only_b)
    assert not difference(a, a)


def test_json_has_the_same_as_values() -> None:
    """Everything that the lines tell, for a machine."""
    value = difference(
        issue(ONE, TWO), replace(issue(THREE, replace(ONE, text="Else.")), title="Another")
    ).json()
    assert value["same"] is False
    assert value["title"] == {"a": "A title", "b": "Another"}
    assert value["highlights"] is None
    assert [one["headline"] for one in value["only_a"]] == ["Two"]
    assert [one["headline"] for one in value["only_b"]] == ["Three"]
    assert value["changed"] == [
        {
            "id": "a1",
            "kind": "story",
            "section": "Top Stories",
            "headline": None,
            "text": {"a": "A text.", "b": "Else."},
            "links": {"only_a": [], "only_b": []},
        }
    ]
    assert value["moved"] == []


# ---------------------------------------------------------------- the command


def put(digest: Digest, draft: Draft, folder: str) -> None:
    """An issue in a folder."""
    path = digest.home / folder / "issue.md"
    path.parent.mkdir(parents=True)
    path.write_text(write(draft))


def test_issues_are_named_by_id_folder_or_file(digest: Digest) -> None:
    """An id needs the configuration, a path does not; equal or not, the exit code is 0."""
    put(digest, issue(ONE), "output/2025-09-22-daily")
    put(digest, issue(TWO), "elsewhere")
    assert digest("diff", "elsewhere", "elsewhere/issue.md").stdout == "no difference\n"
    (digest.home / "feeds.yaml").write_text("feeds: []\n")
    done = digest("diff", "2025-09-22-daily", "elsewhere")
    assert (done.returncode, done.stdout) == (
        0,
        "only in A: Top Stories 1: One\nonly in B: Top Stories 1: Two\n",
    )
    assert (
        json.loads(digest("diff", "2025-09-22-daily", "2025-09-22-daily", "--json").stdout)["same"]
        is True
    )


@pytest.mark.parametrize(
    ("a", "code", "words"),
    [
        ("2025-01-01-daily", 1, "there is no such draft"),
        ("nowhere/issue.md", 1, "nowhere/issue.md: cannot be read: No such file or directory"),
        ("binary.md", 1, "binary.md: is not UTF-8 text"),
        ("broken.md", 1, "broken.md:1: must begin with front matter"),
        ("empty", 1, "empty/issue.md: cannot be read"),
    ],
)
def test_what_cannot_be_compared_is_one_line(digest: Digest, a: str, code: int, words: str) -> None:
    """Missing, unreadable or malformed: the line names the file."""
    (digest.home / "feeds.yaml").write_text("feeds: []\n")
    (digest.home / "binary.md").write_bytes(b"\xff\xfe")
    (digest.home / "broken.md").write_text("no front matter")
    (digest.home / "empty").mkdir()
    done = digest("diff", a, a)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
