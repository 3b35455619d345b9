"""What an editor does to an issue.md: the story that was meant changes, and nothing else does."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from digest.errors import IssueError
from digest.issue import edits
from digest.issue.issue_md import parse, write
from digest.issue.sheet import sheet
from digest.model import Item, Part, SourceLink
from tests.examples import examples
from tests.issue.test_grammar import DRAFT, drafts

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.issue.sheet import Sheet
    from digest.model import Draft

TYPED = (
    write(DRAFT)
    .replace("- **Halden", "<!-- ask Ada\nabout this -->\n* __Halden")
    .replace("bonds:**", "bonds:__")
    .replace("## By the Numbers", "A line of our own.\n\n## By the Numbers")
)


def told(draft: Draft) -> list[Item]:
    """All items in their order."""
    return [item for part in draft.parts for item in part.items]


@pytest.mark.parametrize("text", [TYPED, TYPED.replace("\n", "\r\n"), TYPED.rstrip("\n")])
def test_no_character_is_lost_by_taking_an_issue_apart(text: str) -> None:
    """Comments, bullets of another kind, line ends of Windows and a missing last one stay."""
    assert sheet(text).text() == text


def test_a_dropped_story_goes_and_all_else_stays_as_typed() -> None:
    """The lines of the others are the same, the editor's comment and bullet included."""
    changed = edits.dropped(sheet(TYPED), 1).text()
    assert [one.id for one in told(parse(changed))] == ["1a2b3c4d", "77", "", "ff01"]
    assert set(changed.split("\n")) < set(TYPED.split("\n"))
    assert "<!-- ask Ada\nabout this -->\n* __Halden" in changed


def test_a_section_of_which_the_last_story_goes_goes_as_well() -> None:
    """There is no heading over nothing."""
    changed = edits.dropped(sheet(write(DRAFT)), 3).text()
    assert "By the Numbers" not in changed


@pytest.mark.parametrize(
    ("at", "place", "section", "order"),
    [
        (1, 1, "", ["5e6f", "1a2b3c4d", "77", "ff01"]),
        (0, 0, "", ["5e6f", "1a2b3c4d", "77", "ff01"]),
        (0, 2, "Articles Worth Reading", ["5e6f", "77", "1a2b3c4d", "ff01"]),
        (2, 1, "Top Stories", ["77", "1a2b3c4d", "5e6f", "ff01"]),
        (0, 9, "In Short", ["5e6f", "77", "ff01", "1a2b3c4d"]),
    ],
)
def test_a_story_is_moved(at: int, place: int, section: str, order: list[str]) -> None:
    """Within its section, to another one in that one's form, or to a new one."""
    moved = parse(edits.moved(sheet(write(DRAFT)), at, place, section).text())
    assert [one.id for one in told(moved)] == order
    assert {one.id: one for one in told(moved)} == {one.id: one for one in told(DRAFT)}


def test_nothing_is_moved_into_the_highlights() -> None:
    """A story there would be a paragraph."""
    with pytest.raises(IssueError, match="holds no stories"):
        edits.moved(sheet(write(DRAFT)), 0, 1, "Highlights")


def test_two_stories_become_one() -> None:
    """Both texts, each source once, the insights of both, below the first one's headline."""
    one = told(parse(edits.merged(sheet(write(DRAFT)), 0, 2).text()))[0]
    assert one.headline == "Halden sells $1.25 bn of bonds"
    assert one.text == "The sale was covered twice. One.\n\nTwo."
    assert (one.id, one.insights) == ("1a2b3c4d", ("a1", "b2", "c3"))


def test_a_story_is_not_merged_with_itself_or_a_figure() -> None:
    """Each is a clear error."""
    page = sheet(write(DRAFT))
    for first, second in ((0, 0), (0, 3)):
        with pytest.raises(IssueError):
            edits.merged(page, first, second)


LONG = replace(
    DRAFT.parts[0].items[0],
    text="Halden sold bonds. Fjord bought them. The [rate](http://r.example/a.b) is 4%. All rests.",
)
SPLIT = replace(DRAFT, parts=(Part("Top Stories", (LONG,)), *DRAFT.parts[1:]))


@pytest.mark.parametrize(
    ("sentence", "first"),
    [(2, "Halden sold bonds."), (0, "Halden sold bonds. Fjord bought them.")],
)
def test_one_story_becomes_two(sentence: int, first: str) -> None:
    """From a sentence on, or about the middle; both have the sources, and each its own marker."""
    one, other, *_ = told(parse(edits.split(sheet(write(SPLIT)), 0, sentence).text()))
    assert (one.text, one.id, one.links) == (first, LONG.id, LONG.links)
    assert f"{one.text} {other.text}" == LONG.text
    assert other.id.startswith(f"{LONG.id}-")
    assert (other.links, other.insights) == (LONG.links, LONG.insights)


@pytest.mark.parametrize(("at", "sentence"), [(0, 9), (0, 1), (2, 1)])
def test_what_cannot_be_split_is_refused(at: int, sentence: int) -> None:
    """Beyond its sentences, before its first one, or a figure."""
    with pytest.raises(IssueError):
        edits.split(sheet(write(SPLIT)), at, sentence)


def test_a_new_story_stands_as_its_section_has_them() -> None:
    """A bullet among bullets, a heading among headings."""
    new = Item("n1", "Fjord cuts prices", "By 18%.", (SourceLink("Post", "http://p.example/2"),))
    page = sheet(write(DRAFT))
    bullet = edits.inserted(page, new, "Top Stories", 2).text()
    heading = edits.inserted(page, new, "Articles Worth Reading", 0).text()
    assert "- **Fjord cuts prices:** By 18%." in bullet
    assert "### Fjord cuts prices\n\nBy 18%." in heading
    assert [one.id for one in told(parse(bullet))][1] == "n1"


@examples(150)
@given(drafts(), st.data())
def test_no_operation_touches_another_story(draft: Draft, data: st.DataObject) -> None:
    """Whatever stands in an issue: what was not meant is there afterwards as it was, or the
    operation is found out.
    """
    text = write(draft)
    page = sheet(text)
    assert page.text() == text
    assume(page.blocks)
    at = data.draw(st.integers(0, len(page.blocks) - 1))
    section = data.draw(st.sampled_from(["", "New", *(part.name for part in draft.parts)]))
    other = data.draw(st.integers(0, len(page.blocks) - 1))
    place = data.draw(st.integers(0, 5))
    operations: list[Callable[[], Sheet]] = [
        lambda: edits.dropped(page, at),
        lambda: edits.moved(page, at, place, section),
        lambda: edits.merged(page, at, other),
        lambda: edits.split(page, at),
    ]
    operation = data.draw(st.sampled_from(operations))
    try:
        changed = operation()
        parse(changed.text())
    except IssueError:
        return
    if not edits.same_items(changed, changed.text()):
        return
    meant = {page.blocks[at].item.id, page.blocks[other].item.id}
    kept = Counter(
        repr(replace(one, tag="", headline="")) for one in told(draft) if one.id not in meant
    )
    after = Counter(
        repr(replace(one, tag="", headline=""))
        for one in told(parse(changed.text()))
        if one.id not in meant
    )
    assert not kept - after
