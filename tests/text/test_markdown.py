"""Plain text becomes Markdown that says the same, and Markdown becomes HTML that does nothing."""

from __future__ import annotations

import html

import markdown
import nh3
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.model import SourceLink
from digest.text.markdown import (
    escape,
    links,
    number_links,
    one_line,
    paragraphs,
    strip_tags,
    to_html,
    to_plain,
)
from tests.examples import examples

_PIECES = [
    "<!--",
    "-->",
    "&copy;",
    "&amp",
    "**",
    "_",
    "a",
    "1.",
    " ",
    "- ",
    "# ",
    "\\",
    "`",
    "[x](y)",
    "![",
    "](",
    "<a@b.c>",
    "<http://x>",
    "&#x41;",
]
_PIECES += [
    "<script>",
    "\u202e",
    "<5%",
    "\n\n",
    "    ",
    "> ",
    "***",
    "---",
    "+ ",
    "2) ",
    "__x__",
    "\u00a0",
    "\x02",
    "[a]: b",
]
ANY_TEXT = st.one_of(
    st.text(),
    st.text(alphabet="\\`*_[](){}<>!-+#.1a &;:/@~|=\"'\n", max_size=30),
    st.lists(st.sampled_from(_PIECES)).map("".join),
)


@examples(400)
@given(ANY_TEXT)
def test_escaped_text_reads_as_the_text(text: str) -> None:
    """What `escape` returns renders as exactly the text, by us and inside an emphasis."""
    assert to_plain(escape(text)) == one_line(text)
    if one_line(text):
        assert to_plain(f"**{escape(text)}**") == one_line(text)


@examples(400)
@example("&#0")
@example("&copy 2026 AT&T")
@example("a &ltb")
@given(ANY_TEXT.filter(lambda text: bool(one_line(text))))
def test_escaped_text_is_one_paragraph_to_any_reader_of_markdown(text: str) -> None:
    """A full Markdown processor, lists and headings included, also sees one paragraph that says the
    text.
    """
    page = markdown.markdown(escape(text))
    assert page.startswith("<p>")
    assert page.count("<p>") == 1
    assert html.unescape(nh3.clean(page, tags=set()).strip()) == one_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "AT&T & Co. pays $5-$6 (yes!)",
        "snake_case, C# and 3.5%",
        "less than <5% or < 6",
        "In 2026. Then",
        "100% + 20% = 1.2x",
        "5:1 ~ 6",
    ],
)
def test_ordinary_prose_is_left_readable(text: str) -> None:
    """Only what Markdown would act on gets a backslash."""
    assert escape(text) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("- no list", r"\- no list"),
        ("# no heading", r"\# no heading"),
        ("> no quotation", r"\> no quotation"),
        ("2026. No list", r"2026\. No list"),
        ("[sic] *so*", r"\[sic\] \*so\*"),
        ("&copy; <b>", "&amp;copy; &lt;b>"),
        ("<!-- story:x -->", "&lt;!-- story:x -->"),
        ("ends in \\", "ends in \\\\"),
    ],
)
def test_what_is_escaped(text: str, escaped: str) -> None:
    """Each mark is made inert in the way that Python-Markdown and CommonMark both know."""
    assert escape(text) == escaped


def test_one_line_drops_what_reverses_or_hides_text() -> None:
    """Direction overrides and control characters go, line breaks become spaces, no-break spaces
    stay.
    """
    assert one_line("a\u202eb\u2066c\x00d\n\n e\u00a0f\ufeff") == "abcd e\u00a0f"


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("[x](javascript:alert(1)) y", "x y"),
        ("[x](JaVaScRiPt:alert) y", "x y"),
        ("[x](data:text/html;base64,AA) y", "x y"),
        ("<a href=' javascript:x'>k</a>", "k"),
        ("[rel](/relative) [frag](#x)", "rel frag"),
        ("<script>alert(1)</script>after", "after"),
        ("<img src=x onerror=alert(1)>after", "after"),
        ("![picture](https://a.example/p.png) after", "picture after"),
        ("<b onclick=alert(1) style='color:red'>t</b>", "<b>t</b>"),
        ("<!-- hidden -->shown", "shown"),
        ("# not a heading", "# not a heading"),
        ("*a* **b** `c`", "<em>a</em> <strong>b</strong> <code>c</code>"),
        (
            '[ok](https://a.example/?x=1&y=2 "tip")',
            '<a href="https://a.example/?x=1&amp;y=2" rel="noopener">ok</a>',
        ),
        ("[write](mailto:ed@a.example)", '<a href="mailto:ed@a.example" rel="noopener">write</a>'),
    ],
)
def test_html_is_sanitised(source: str, page: str) -> None:
    """Emphasis and links to the web survive; whatever could act vanishes and leaves its text."""
    assert to_html(source) == page


def test_paragraphs_are_parted_by_blank_lines() -> None:
    """Text of several paragraphs keeps them; empty ones are dropped."""
    assert paragraphs("one\n\n \n\n*two*") == ("one", "<em>two</em>")


def test_links_are_found_and_numbered() -> None:
    """Links to the web are listed in order and can be numbered in plain text; mail addresses are
    not sources.
    """
    text = "A [b](https://b.example/) and [c](mailto:c@c.example)"
    assert links(text) == (SourceLink("b", "https://b.example/"),)
    assert number_links(to_html(text), {"https://b.example/": 7}) == "A b [7] and c"


@given(ANY_TEXT)
@example("Rack & Row, 5 < 6? AT&T; R&amp;D #1 a_b *c* \\d [e](https://f.example) `g` {h}")
def test_plain_text_is_what_the_page_says(text: str) -> None:
    """Also where nothing in it is markup, and it is not converted at all."""
    assert to_plain(text) == strip_tags(to_html(text))
