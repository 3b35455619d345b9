"""Stories below a bold line: tag and headline, as the program writes them and as people do."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
import yaml

from digest.issue.issue_md import parse, write
from digest.model import Draft, Item, Part, SourceLink
from digest.text.markdown import escape, to_plain

LINKS = (SourceLink("Wire", "http://w.example/1"), SourceLink("Post", "http://p.example/2"))
RENTS = Item("aa", "Rents rise in the north", "They rose by a tenth.", LINKS, ("x",), tag="Price")
BONDS = Item("bb", "Halden: a bond for chips", "It sold bonds.", LINKS[:1], ("y",))
WEEKLY = Draft(
    id="2026-02-08-weekly",
    edition="weekly",
    date=date(2026, 2, 8),
    title="Rents rise",
    parts=(Part("Compute & capex", (RENTS, BONDS), "bold"),),
    description="Two stories.",
    summary="Rents rise; Halden sells.",
    tags=("ai", "Compute & capex"),
    unpublished=True,
)


def test_a_story_stands_below_its_bold_line() -> None:
    """The tag before the headline, the text, where to read more, the marker; a headline that only
    looks tagged is told from one that is.
    """
    text = write(WEEKLY)
    assert (
        "**Price: Rents rise in the north**\n\nThey rose by a tenth.\n\nRead more:"
        " [Wire](http://w.example/1) · [Post](http://p.example/2)\n\n<!-- story:aa insights:x -->"
        in text
    )
    assert "**Halden\\: a bond for chips**" in text
    assert parse(text) == WEEKLY


TYPED = {
    "underscores": ("**Price: Rents rise in the north**", "__Price: Rents rise in the north__"),
    "a colon behind": ("north**", "north**:"),
    "broken in two": ("Rents rise in", "Rents rise\nin"),
    "text close below": ("north**\n\n", "north**\n"),
    "links moved up": ("tenth.\n\nRead", "tenth. Read"),
    "no words before the links": ("Read more: [Wire]", "[Wire]"),
    "a rule between": ("**Halden", "---\n\n**Halden"),
}


@pytest.mark.parametrize("how", TYPED)
def test_it_is_read_as_people_and_programs_write_it(how: str) -> None:
    """The same issue comes of it."""
    old, new = TYPED[how]
    text = write(WEEKLY)
    assert old in text
    assert parse(text.replace(old, new, 1)) == WEEKLY


def test_what_an_editor_adds_in_bold() -> None:
    """With facts it is a story of the editor's own; without any it is a note; within a story under
    a heading it is text.
    """
    text = write(WEEKLY) + "\n**Deal: Orrin buys 400 chips**\n\nIt paid $2 million.\n"
    text += "\n## Last\n\n**Thanks**\n\nSee you next week.\n"
    text += "\n## More\n\n### A heading\n\n**In bold**\n\nWords.\n"
    compute, last, more = parse(text).parts
    assert compute.items[2] == Item("", "Orrin buys 400 chips", "It paid $2 million.", tag="Deal")
    assert last.items == (Item("", "", "**Thanks**\n\nSee you next week.", kind="note"),)
    assert more.items == (Item("", "A heading", "**In bold**\n\nWords."),)


def test_the_front_matter_is_what_static_sites_read() -> None:
    """By a YAML reader: a title in one line, a date, whether it is a draft, texts, a list of tags;
    and nothing in the body that a generator would fill in.
    """
    braces = replace(RENTS, text=escape("It printed {{ name }} and {% raw %} and {{< figure >}}."))
    text = write(replace(WEEKLY, parts=(Part("Compute & capex", (braces,), "bold"),)))
    front = yaml.safe_load(text.split("---\n")[1])
    assert (front["title"], front["date"], front["draft"]) == ("Rents rise", date(2026, 2, 8), True)
    assert front["tags"] == ["ai", "Compute & capex"]
    assert (front["description"], front["summary"]) == (WEEKLY.description, WEEKLY.summary)
    body = text.split("---\n")[2]
    assert not re.search(r"(?<!\\)\{(?=[{%])", body)
    assert to_plain(braces.text) == "It printed {{ name }} and {% raw %} and {{< figure >}}."
