"""issue.md: what is written is what is read back, and what an editor types is either understood or
refused with its line.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import IssueError
from digest.issue.folder import Folder
from digest.issue.issue_md import parse, write
from digest.model import Draft, Item, Part, SourceLink
from digest.text.markdown import escape, one_line
from tests.examples import examples

if TYPE_CHECKING:
    from pathlib import Path

    from digest.model import Form

DRAFT = Draft(
    id="2026-02-05-daily",
    edition="daily",
    date=date(2026, 2, 5),
    title='Two bonds, a "chip" deal: and more',
    parts=(
        Part(
            "Top Stories",
            (
                Item(
                    "1a2b3c4d",
                    "Halden sells $1.25 bn of bonds",
                    "The sale was covered twice.",
                    (SourceLink("Wire", "http://w.example/1"),),
                    ("a1", "b2"),
                    update="follows [A \\[first\\] bond](../2026-02-03-daily/index.html#story-1),"
                    " told on 3 February; new: $1.25 bn.",
                ),
                Item(
                    "5e6f",
                    "A headline alone",
                    "",
                    (
                        SourceLink("Wire [UK] (2)", "http://w.example/2_(x)"),
                        SourceLink("Post", "http://p.example/"),
                    ),
                ),
            ),
        ),
        Part(
            "Articles Worth Reading",
            (Item("77", "Why power is short", "One.\n\nTwo.", (), ("c3",)),),
            form="headings",
        ),
        Part(
            "By the Numbers",
            (
                Item(
                    "ff01",
                    "18%",
                    "Prices fell 18% in May.",
                    (SourceLink("Wire", "http://w.example/3"),),
                    kind="figure",
                ),
            ),
        ),
    ),
    highlights="Halden sold bonds ([Wire](http://w.example/1)). A second thing.",
    title_insights=("a1",),
    highlights_insights=("a1",),
    categories=("Deals & valuations", "Energy: grid"),
    thesis="Chips are pledged: what was bought is borrowed against.",
    thesis_stories=("1a2b3c4d", "77"),
)


def test_a_draft_is_read_back_as_it_was_written() -> None:
    """Every field survives, quotes, brackets, several paragraphs and figures included."""
    assert parse(write(DRAFT)) == DRAFT


def test_the_text_reads_as_plain_markdown() -> None:
    """A person meets front matter, sections, bullets with a bold lead, named links and one marker a
    story.
    """
    text = write(DRAFT)
    assert (
        "- **Halden sells $1.25 bn of bonds:** The sale was covered twice.\n"
        "\n  *Update: follows [A \\[first\\] bond](../2026-02-03-daily/index.html#story-1), told on"
        " 3 February; new: $1.25 bn.*\n"
        "\n  [Wire](http://w.example/1)\n  <!-- story:1a2b3c4d insights:a1,b2 -->" in text
    )
    assert "### Why power is short\n\nOne.\n\nTwo.\n\n<!-- story:77 insights:c3 -->" in text
    assert "<!-- figure:ff01 -->" in text


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=60
).map(lambda text: escape(one_line(text)))
PROSE = st.lists(WORDS.filter(bool), min_size=1, max_size=3).map("\n\n".join)
IDS = st.text("abcdef0123456789_-", min_size=1, max_size=10)
URLS = st.text("abcXYZ019/_-~.?=&%()", max_size=30).map(lambda tail: f"https://a.example/{tail}")
NAMES = (
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")),
        min_size=1,
        max_size=30,
    )
    .map(one_line)
    .filter(bool)
)
LINKS = st.lists(st.builds(SourceLink, NAMES, URLS), max_size=3).map(tuple)


FORMS: st.SearchStrategy[Form] = st.sampled_from(("bullets", "headings", "bold"))


@st.composite
def items(draw: st.DrawFn) -> Item:
    """A story as the composer makes them: escaped source text, a headline, an id."""
    return Item(
        id=draw(IDS),
        headline=draw(WORDS.filter(bool)),
        text=draw(PROSE),
        links=draw(LINKS),
        insights=tuple(draw(st.lists(IDS, max_size=3))),
        kind=draw(st.sampled_from(("story", "figure"))),
        update=draw(st.one_of(st.just(""), WORDS.filter(bool))),
    )


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """An issue of any edition, each story in one place."""
    stories = draw(st.lists(items(), max_size=6, unique_by=lambda item: (item.kind, item.id)))
    names = draw(
        st.lists(
            st.sampled_from(["Top Stories", "Compute & capex", "From the Podcasts", "Été"]),
            min_size=1,
            max_size=3,
            unique=True,
        )
    )
    cuts = [stories[i :: len(names)] for i in range(len(names))]
    forms = [draw(FORMS) for _ in names]
    return Draft(
        id="2026-02-05-daily",
        edition="daily",
        date=date(2026, 2, 5),
        title=draw(NAMES),
        parts=tuple(
            Part(name, _tagged(cut, form), form if cut else "bullets")
            for name, cut, form in zip(names, cuts, forms, strict=True)
        ),
        highlights=draw(st.one_of(st.just(""), PROSE)),
        thesis=draw(st.one_of(st.just(""), NAMES)),
        thesis_stories=tuple(draw(st.lists(IDS, max_size=2))),
        title_insights=tuple(draw(st.lists(IDS, max_size=2))),
        categories=tuple(draw(st.lists(NAMES, max_size=3))),
        summariser=draw(NAMES),
        description=draw(st.one_of(st.just(""), NAMES)),
        summary=draw(st.one_of(st.just(""), NAMES)),
        tags=tuple(draw(st.lists(NAMES, max_size=3))),
        byline=draw(st.one_of(st.just(""), NAMES)),
        unpublished=draw(st.sampled_from((None, True, False))),
    )


def _tagged(stories: list[Item], form: Form) -> tuple[Item, ...]:
    """The stories, every other one with a tag where the form has one."""
    return tuple(
        replace(one, tag="Price cut" if form == "bold" and i % 2 else "")
        for i, one in enumerate(stories)
    )


@examples(400)
@given(drafts())
def test_every_draft_survives_the_round_trip(draft: Draft) -> None:
    """Whatever sources are called and whatever they say, nothing is lost or changed by being
    written down.
    """
    assert parse(write(draft)) == draft


@examples(400)
@given(st.text(max_size=400), st.integers(0, 1200))
def test_any_typing_is_parsed_or_refused(typed: str, at: int) -> None:
    """Text typed anywhere into a draft gives a draft or an IssueError, never another error; and
    what is parsed can be written.
    """
    text = write(DRAFT)
    changed = text[:at] + typed + text[at:]
    try:
        draft = parse(changed)
    except IssueError as error:
        # both outcomes are right; each has its own promise
        assert str(error).startswith("issue.md:")  # noqa: PT017
    else:
        assert draft.id


EDITED = """\
---
id: 2026-02-05-daily
edition: daily
date: 2026-02-05
title: Mine
---

## Highlights

A first line
and its second.

## Top Stories

- **Theirs:** As written.
  [Wire](http://w.example/1)
  <!-- story:aa insights:x -->
- A note of mine, without a headline
  over two lines.

### A heading of mine

Words, then a [link](http://x.example/).

[Post](http://p.example/) · [Wire](http://w.example/1)
<!-- a comment for myself -->
"""


def test_what_an_editor_adds_is_new_text() -> None:
    """Bullets and headings without a marker are stories without an id; soft line breaks join; own
    comments are ignored.
    """
    draft = parse(EDITED)
    first, note, heading = draft.parts[0].items
    assert draft.highlights == "A first line and its second."
    assert (first.id, first.insights) == ("aa", ("x",))
    assert note == Item("", "", "A note of mine, without a headline over two lines.")
    assert heading == Item(
        "",
        "A heading of mine",
        "Words, then a [link](http://x.example/).",
        (SourceLink("Post", "http://p.example/"), SourceLink("Wire", "http://w.example/1")),
    )


AS_WRITTEN = """
- **Rents rise in the north:** They rose by a tenth.
  [Wire](http://w.example/1) · [Post](http://p.example/2)
  <!-- story:aa insights:x -->
- **18%:** Prices fell 18% in May.
  [Wire](http://w.example/3)
  <!-- figure:bb -->
"""
REFILLED = {
    "links moved up": """
- **Rents rise in the north:** They rose by a tenth. [Wire](http://w.example/1) · [Post](http://p.example/2)
  <!-- story:aa insights:x -->
- **18%:** Prices fell 18% in May. [Wire](http://w.example/3)
  <!-- figure:bb -->
""",
    "narrow": """
- **Rents rise
  in the north:** They rose
  by a tenth.
  [Wire](http://w.example/1) ·
  [Post](http://p.example/2)
  <!-- story:aa insights:x -->
- **18%:** Prices
  fell 18% in May.
  [Wire](http://w.example/3)
  <!-- figure:bb -->
""",
    "wide, with the marks behind": """
- **Rents rise in the north:** They rose by a tenth. [Wire](http://w.example/1) · [Post](http://p.example/2) <!-- story:aa insights:x -->
- **18%:** Prices fell 18% in May. [Wire](http://w.example/3) <!-- figure:bb -->
""",
    "broken among the links": """
- **Rents rise in the north:** They rose by a tenth. [Wire](http://w.example/1)
  · [Post](http://p.example/2)
  <!-- story:aa insights:x -->
- **18%:** Prices fell 18% in May. [Wire](http://w.example/3)
  <!-- figure:bb -->
""",
}


@pytest.mark.parametrize("how", REFILLED)
def test_lines_filled_anew_lose_nothing(how: str) -> None:
    """Formatters join and break lines; headline, text, sources and marks are what they were."""
    front = EDITED.partition("\n## Highlights")[0] + "\n## Top Stories\n"
    assert parse(front + REFILLED[how]) == parse(front + AS_WRITTEN)


UPDATED = """
- **Rents rise in the north:** They rose by a tenth.

  *Update: follows [Rents rise](../2026-02-03-daily/index.html#story-cc), told on 3 February; new: 10%.*

  [Wire](http://w.example/1) · [Post](http://p.example/2)
  <!-- story:aa insights:x -->
"""


@pytest.mark.parametrize(
    "typed",
    [
        UPDATED,
        UPDATED.replace("*", "_").replace(
            "__Rents rise in the north:__", "**Rents rise in the north:**"
        ),
        UPDATED.replace("), told", "),\n  told"),
        UPDATED.replace(".*\n\n  [Wire]", ".* [Wire]"),
    ],
    ids=["as written", "underscores", "narrow", "links moved up"],
)
def test_an_update_is_told_from_the_text(typed: str) -> None:
    """However it is typed: the text stays what it is without it, and the sources stay sources."""
    front = EDITED.partition("\n## Highlights")[0] + "\n## Top Stories\n"
    (item,) = parse(front + typed).parts[0].items
    plain = parse(front + AS_WRITTEN).parts[0].items[0]
    told = "[Rents rise](../2026-02-03-daily/index.html#story-cc), told on 3 February"
    assert item.update == f"follows {told}; new: 10%."
    assert replace(item, update="") == plain


TYPED = {
    "stars": AS_WRITTEN.replace("\n- ", "\n* "),
    "plus signs": AS_WRITTEN.replace("\n- ", "\n+ "),
    "numbers": AS_WRITTEN.replace("\n- ", "\n1. ", 1).replace("\n- ", "\n2. "),
    "numbers with brackets": AS_WRITTEN.replace("\n- ", "\n1) ", 1).replace("\n- ", "\n2) "),
    "more space": AS_WRITTEN.replace("\n- ", "\n-   "),
    "underscores": AS_WRITTEN.replace("- **", "- __").replace(":** ", ":__ "),
    "the colon outside": AS_WRITTEN.replace(":** ", "**: "),
    "the colon outside, with underscores": AS_WRITTEN.replace("- **", "- __").replace(
        ":** ", "__: "
    ),
    "the colon outside, on the next line": AS_WRITTEN.replace(
        "in the north:** ", "\n  in the north**: "
    ),
    "a rule between": AS_WRITTEN.replace("\n- **18", "\n\n* * *\n\n- **18"),
}


@pytest.mark.parametrize("how", TYPED)
def test_markdown_is_read_as_people_and_programs_write_it(how: str) -> None:
    """Bullets, numbers and bold leads of every kind are the grammar's own."""
    front = EDITED.partition("\n## Highlights")[0] + "\n## Top Stories\n"
    assert parse(front + TYPED[how]) == parse(front + AS_WRITTEN)


def test_an_underlined_heading_is_one() -> None:
    """As some programs write them when they save."""
    assert parse(EDITED.replace("## Top Stories", "Top Stories\n---")) == parse(EDITED)
    with pytest.raises(IssueError, match="title is in the front matter"):
        parse(EDITED.replace("## Top Stories", "Top Stories\n==="))


@pytest.mark.parametrize(
    "text",
    [
        "They met on\n12. May in the north.",
        "It fell by 3.\n4) was the last.",
        "A rate of\n2. It fell.",
    ],
)
def test_a_number_within_a_paragraph_begins_no_story(text: str) -> None:
    """A formatter breaks lines where it likes."""
    draft = parse(EDITED.replace("As written.", text))
    assert draft.parts[0].items[0].text == text.replace("\n", " ")


def test_an_image_is_refused_and_not_lost() -> None:
    """Nothing that an editor writes is left out without a word."""
    with pytest.raises(IssueError, match=r"issue\.md:16: an image"):
        parse(
            EDITED.replace("  [Wire]", "  ![a chart](https://w.example/c.png)\n  [Wire]"),
            images=False,
        )


@pytest.mark.parametrize(
    ("picture", "refusal"),
    [
        ("![](https://w.example/c.png)", "an image is written"),
        ("![a chart](http://w.example/c.png)", "an image is written"),
        ("![a chart](c.png)", "an image is written"),
        ("![a chart][1]", "an image is written"),
        ('<img src="https://w.example/c.png" alt="x">', "<img…> cannot be sent"),
        ("<video src=x>", "<video…> cannot be sent"),
        ("![a chart](https://w.example/c.png)", ""),
        ('![a chart](<https://w.example/c.png> "a title")', ""),
        ("Wow! [a link](http://w.example/) and \\![no image](x) and ![sic]", ""),
    ],
)
def test_an_image_that_is_allowed_is_had_safely_and_says_what_it_shows(
    picture: str, refusal: str
) -> None:
    """Else it is refused with its line; HTML that shows something always is."""
    text = EDITED.replace("  [Wire]", f"  {picture}\n  [Wire]")
    if refusal:
        with pytest.raises(IssueError, match=rf"issue\.md:16: {re.escape(refusal)}"):
            parse(text)
    else:
        assert picture in parse(text).parts[0].items[0].text


POINTS = "As written:\n\n• One.\n\n• Two."


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("As written:\n  - One.\n  - Two.", POINTS),
        ("As written:\n\n    * One.\n    * Two.\n", POINTS),
        ("As written:\n\t+ One.\n\t+ Two.", POINTS),
        ("As written:\n  - One.\n    - Two.", POINTS),
        ("As written:\n  • One.\n  • Two.", POINTS),
        ("As written:\n  1. One.\n  2) Two.", "As written:\n\n1\\. One.\n\n2\\. Two."),
        ("As written:\n\n  3. One.\n  4. Two.", "As written:\n\n3\\. One.\n\n4\\. Two."),
        ("As written on\n  14. May.", "As written on 14. May."),
        ("As written on\n  14\\. May.", "As written on 14\\. May."),
    ],
)
def test_a_list_inside_a_story_keeps_its_points(typed: str, text: str) -> None:
    """Each is a paragraph with its bullet or number, and the sources stay the story's."""
    draft = parse(EDITED.replace("As written.", typed))
    story = draft.parts[0].items[0]
    assert (story.id, story.text, [link.name for link in story.links]) == ("aa", text, ["Wire"])
    assert len(draft.parts[0].items) == len(parse(EDITED).parts[0].items)


def test_a_list_below_a_headed_story_is_its_own() -> None:
    """A bullet with a bold lead begins a story there, too."""
    text = EDITED.partition("## Top Stories")[0] + (
        "## Pieces\n\n### Why\n\nThree reasons:\n\n* one\n* two\n  and more\n\n[W](http://w.example/1)\n\n"
        "<!-- story:bb -->\n\n### Mine\n\nText.\n\n- **Another:** story.\n"
    )
    why, mine, another = parse(text).parts[0].items
    assert (why.id, why.text) == ("bb", "Three reasons:\n\n• one\n\n• two and more")
    assert [link.name for link in why.links] == ["W"]
    assert (mine.headline, another.headline) == ("Mine", "Another")


def test_a_list_that_is_indented_as_a_whole_is_a_list_of_stories() -> None:
    """Some programs indent every item."""
    text = EDITED.partition("## Top Stories")[0] + (
        "## Top Stories\n\n  * **A:** one\n    and more\n    - a point\n  * **B:** two\n"
    )
    first, second = parse(text).parts[0].items
    assert (first.headline, first.text) == ("A", "one and more\n\n• a point")
    assert (second.headline, second.text) == ("B", "two")


def test_a_list_in_the_greeting_is_part_of_it() -> None:
    """Stories stand in sections, and begin with a bold lead."""
    draft = parse(EDITED.replace("## Highlights", "Hello:\n- one\n- two\n\n## Highlights", 1))
    assert draft.greeting == "Hello:\n\n• one\n\n• two"


def test_one_story_made_of_two_has_one_marker() -> None:
    """Which to delete is said."""
    text = EDITED.replace("insights:x -->", "insights:x -->\n  <!-- story:ab insights:y -->")
    with pytest.raises(IssueError, match=r"issue\.md:18: .* delete the marker story:ab$"):
        parse(text)


def test_text_behind_a_marker_is_told_where_to_go() -> None:
    """A marker ends its story."""
    text = EDITED.replace("insights:x -->", "insights:x --> More of it.")
    with pytest.raises(IssueError, match=r"issue\.md:17: .* goes above it$"):
        parse(text)


def test_a_comment_over_several_lines_is_not_shown() -> None:
    """One that a marker stands in is refused: a story would lose it."""
    plain = parse(EDITED)
    assert parse(EDITED.replace("  [Wire]", "  <!-- ask\n  about this -->\n  [Wire]")) == plain
    with pytest.raises(IssueError, match="damaged"):
        parse(EDITED.replace("  <!-- story:aa", "  <!-- ask\n  story:aa"))


def test_a_closed_heading_is_a_heading() -> None:
    """Signs behind it are none of its words."""
    assert parse(EDITED.replace("## Top Stories", "## Top Stories ##")) == parse(EDITED)


def test_a_list_in_the_highlights_keeps_its_bold_words() -> None:
    """They are no headlines there."""
    draft = parse(EDITED.replace("A first line\nand its second.", "* **Rents**: up.\n* Rates."))
    assert draft.highlights == "**Rents:** up.\n\nRates."


def test_an_emptied_section_is_none(tmp_path: Path) -> None:
    """Its heading alone would say nothing."""
    folder = Folder(tmp_path / "2026-02-05-daily")
    folder.path.mkdir()
    folder.markdown.write_text(f"{EDITED}\n## From the Podcasts\n\n<!-- none today -->\n")
    assert [part.name for part in folder.draft().parts] == ["Top Stories"]


def test_letters_taken_apart_are_composed(tmp_path: Path) -> None:
    """An editor's system may write é as e and an accent; the page's é is one."""
    folder = Folder(tmp_path / "2026-02-05-daily")
    folder.path.mkdir()
    folder.markdown.write_text(EDITED.replace("As written.", "Zu\u0308rich wa\u0308hlt, ne\u0301."))
    assert folder.draft() == parse(EDITED.replace("As written.", "Zürich wählt, né."))


def test_windows_line_ends_and_a_byte_order_mark_are_no_matter() -> None:
    """A file saved by another editor reads the same."""
    assert parse("\ufeff" + EDITED.replace("\n", "\r\n")) == parse(EDITED)


def test_a_deleted_story_is_gone_and_the_rest_stays() -> None:
    """Cutting a story's lines leaves a valid draft."""
    text = write(DRAFT)
    start, end = text.index("- **Halden"), text.index("- **A headline alone")
    assert parse(text[:start] + text[end:]).parts[0].items == DRAFT.parts[0].items[1:]


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("---\nid", "id"), 1, "front matter"),
        (("title: Mine", "title: Mine: and yours"), 5, "in quotes"),
        (("title: Mine", "titel: Mine"), 5, "unknown key 'titel'"),
        (("title: Mine\n", ""), 1, "lacks 'title'"),
        (("date: 2026-02-05", "date: soon"), 1, "is not a day"),
        (("## Highlights", "- **Hello:** you\n\n## Highlights"), 8, "before the first"),
        (("## Highlights", "# Highlights"), 8, "before the first"),
        (("## Top Stories", "# Top Stories"), 13, "title is in the front matter"),
        (("<!-- story:aa insights:x -->", "<!-- story:aa insight:x -->"), 17, "damaged"),
        (("<!-- story:aa insights:x -->", "<!-- story:aa"), 17, "damaged"),
        (("<!-- a comment for myself -->", "<!-- story:aa -->"), 21, "already at line 15"),
        (("## Top Stories", "## Highlights\n\n## Top Stories"), 13, "already"),
    ],
)
def test_a_mistake_is_named_with_its_line(change: tuple[str, str], line: int, says: str) -> None:
    """The first thing wrong is one line that names file and line."""
    text = EDITED.replace(*change)
    assert text != EDITED
    with pytest.raises(IssueError, match=says) as error:
        parse(text)
    assert str(error.value).startswith(f"issue.md:{line}:")
    assert "\n" not in str(error.value)


def test_a_draft_that_the_grammar_cannot_hold_is_not_written() -> None:
    """A line break inside a headline would come back as something else: the writer refuses."""
    with pytest.raises(ValueError, match="cannot hold"):
        write(replace(DRAFT, parts=(Part("A", (Item("a", "two\nlines", "x"),)),)))


def test_the_editor_speaks_before_the_first_section_and_in_any() -> None:
    """The greeting is kept as paragraphs; a paragraph that states nothing is a note where it stands,
    one that states a fact is text like any other.
    """
    greeting = "Good morning.\n\nA day of landlords, and of those who lend to them."
    spoken = Item("", "", "The rest of the day was quiet.", kind="note")
    first, *others = DRAFT.parts
    voiced = replace(
        DRAFT, greeting=greeting, parts=(replace(first, items=(spoken, *first.items)), *others)
    )
    assert parse(write(voiced)) == voiced
    for stated in (
        "Halden was not among them.".replace("Halden", "Nobody but Halden"),
        "It cost 9 percent.",
        "They said \u201cno\u201d.",
        "It happened on Tuesday.",
        "Look [here](http://w.example/1).",
    ):
        text = write(voiced).replace(spoken.text, stated)
        assert parse(text).parts[0].items[0].kind == "story", stated


@pytest.mark.parametrize(
    "typed", ["[Wire](http://w .example/1)", "[sic](really)", "so [they](say what they like) said"]
)
def test_no_word_is_lost_in_an_address(typed: str) -> None:
    """What no browser could open would not be shown; a bracket that is text is escaped."""
    text = write(DRAFT)
    with pytest.raises(IssueError, match=r"issue\.md:\d+: .* is no link"):
        parse(text.replace("The sale was covered twice.", f"The sale was covered. {typed}"))
    escaped = typed.replace("[", "\\[")
    assert parse(text.replace("The sale was covered twice.", escaped)).parts


@pytest.mark.parametrize(
    "typed", ['[Wire](http://w.example/1 "The Wire")', "[up](../index.html)", "[a](#b)"]
)
def test_an_address_of_any_kind_is_one(typed: str) -> None:
    """With a title, relative, or within the page."""
    assert parse(write(DRAFT).replace("The sale was covered twice.", typed))
