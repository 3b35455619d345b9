"""Articles that come as plain text or Markdown."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from textwrap import fill

import pytest

from digest.extract.page_section import read_section
from digest.extract.plain_page import is_plain, read_plain
from tests.extract.pages import PARAGRAPHS, TITLE, page
from tests.extract.test_document import TEASER, Desk, desk
from tests.servers import Reply

__all__ = ["desk"]  # the fixture
URL = "https://meridian.example/capex"
MARKDOWN = "text/markdown; charset=utf-8"
ARTICLE = "\n".join(PARAGRAPHS)
FRONT = '---\ntitle: "Acme spends more"\ndate: 2026-02-05\nauthor: Ann Roe\ntags: [a, b]\n---\n'


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (MARKDOWN, f"# {TITLE}\n\n" + "\n\n".join(PARAGRAPHS)),
        ("text/x-markdown", "\n\n".join(PARAGRAPHS).replace("Acme", "**[Acme](https://a.example)**")),
        ("text/plain", "\n\n".join(fill(paragraph, 60) for paragraph in PARAGRAPHS)),
        ("text/plain; charset=utf-8", "\r\n\r\n".join(PARAGRAPHS)),
    ],
)  # fmt: skip
def test_its_paragraphs_are_the_articles(desk: Desk, kind: str, body: str) -> None:
    """Not the feed's teaser; emphasis, links and lines' ends are none of the text."""
    desk.publish("/plain", Reply(200, {"Content-Type": kind}, body.encode()))
    found = desk.read()["/plain"]
    assert (found.basis, found.text) == ("article", ARTICLE)


@pytest.mark.parametrize(
    ("kind", "url"), [(MARKDOWN, URL), ("text/plain", f"{URL}.md"), ("text/plain", f"{URL}.MD?raw=1")]
)  # fmt: skip
def test_what_stands_in_front_is_said_of_it(kind: str, url: str) -> None:
    """Title, author and date, as writers of Markdown put them there; no line of it is text."""
    found = read_plain((FRONT + "\n\n".join(PARAGRAPHS)).encode(), kind, url)
    assert (found.title, found.author, found.text) == ("Acme spends more", "Ann Roe", ARTICLE)
    assert found.published == datetime(2026, 2, 5, tzinfo=UTC)


def test_navigation_is_left_out() -> None:
    """Some servers turn the whole page into Markdown, menus included."""
    menu = "- [Home](/)\n- [AI](/ai)\n- [Chips](/chips)\n- [About](/about)\n\n"
    found = read_plain((menu + f"# {TITLE}\n\n" + "\n\n".join(PARAGRAPHS)).encode(), MARKDOWN, URL)
    assert found.text.endswith(ARTICLE)
    assert "About" not in found.text


def test_an_anchor_leads_to_its_part() -> None:
    """A changelog in Markdown holds several entries."""
    body = f"# Changes\n\n## Version 2\n\n{PARAGRAPHS[0]}\n\n## Version 1\n\n{PARAGRAPHS[1]}\n"
    part = partial(read_section, anchor="version-2", title="Version 2", only=True)
    assert read_plain(body.encode(), MARKDOWN, f"{URL}.md", part).text == PARAGRAPHS[0]


@pytest.mark.parametrize(
    ("body", "kind", "plain"),
    [
        (b"Acme will spend more.", "text/plain", True),
        (b"<p>Acme will spend more.</p>", "text/plain", False),  # a server that does not know
        (page(), "text/plain; charset=utf-8", False),
        (b"Acme will spend more.", "text/html", False),
        (b"Acme will spend more.", "", False),
    ],
)
def test_html_under_another_name_is_html(body: bytes, kind: str, plain: bool) -> None:
    """And text that is said to be HTML is that."""
    assert is_plain(body, kind) is plain


def test_a_teaser_that_says_more_stays(desk: Desk) -> None:
    """A plain text without an article is judged like a page without one."""
    desk.publish("/robots", Reply(200, {"Content-Type": "text/plain"}, b"Not found"))
    assert desk.read()["/robots"].text == TEASER
