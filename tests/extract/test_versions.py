"""AMP and print versions of a page: which there are, and what is read in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.extract.page import read_page
from tests.extract.pages import PARAGRAPHS, page
from tests.extract.test_document import HTML, Desk, desk
from tests.servers import Reply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.model import Document

__all__ = ["desk"]  # the fixture

CANONICAL = '<link rel="canonical" href="/story">'
SHORT = [
    paragraph.partition(",")[0] + ", as the version for telephones has it in fewer words."
    for paragraph in PARAGRAPHS
]


def amp(*paragraphs: str, canonical: str = "/story") -> bytes:
    """An AMP document."""
    head = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return page(*paragraphs or SHORT, head=head).replace(b"<html", "<html ⚡".encode())


@pytest.mark.parametrize(
    ("url", "head", "attribute", "usual"),
    [
        ("https://a.example/story/amp", CANONICAL, "amp", "https://a.example/story"),
        ("https://a.example/story/amp", CANONICAL, "⚡", "https://a.example/story"),
        (
            "https://a.example/story?m=1",
            CANONICAL + '<link rel="amphtml" href="/story?m=1">',
            "",
            "https://a.example/story",
        ),
        ("https://a.example/story/print", CANONICAL, "", "https://a.example/story"),
        ("https://a.example/story?view=print", CANONICAL, "", "https://a.example/story"),
        (
            "https://a.example/x",
            CANONICAL + '<link rel="alternate" media="print" href="/x">',
            "",
            "https://a.example/story",
        ),
        (
            "https://amp.a.example/story",
            '<link rel="canonical" href="https://www.a.example/story">',
            "amp",
            "https://www.a.example/story",
        ),
        # no downgrade
        (
            "https://a.example/amp",
            '<link rel="canonical" href="http://a.example/story">',
            "amp",
            "https://a.example/story",
        ),
        # has one, is none
        ("https://a.example/story", CANONICAL + '<link rel="amphtml" href="/story/amp">', "", ""),
        (
            "https://a.example/story",
            CANONICAL + '<link rel="alternate" media="print" href="/story/print">',
            "",
            "",
        ),
        ("https://a.example/story", CANONICAL, "amp", ""),  # all that there is
        ("https://a.example/story?id=1", CANONICAL, "", ""),  # another spelling, no other version
        ("https://a.example/sprint", CANONICAL, "", ""),
        # a page could name any address
        (
            "https://a.example/amp",
            '<link rel="canonical" href="https://b.example/story">',
            "amp",
            "",
        ),
        ("https://a.example/amp", '<link rel="canonical" href="javascript:alert(1)">', "amp", ""),
        ("https://a.example/amp", '<link rel="canonical" href="http://[broken">', "amp", ""),
        ("https://a.example/amp", '<link rel="amphtml" href="http://[broken">', "", ""),
        ("https://a.example/amp", "", "amp", ""),
    ],
)
def test_a_version_says_where_the_usual_page_is(
    url: str, head: str, attribute: str, usual: str
) -> None:
    """Only a page that is an AMP or print version, and only an address on its own host."""
    body = page(head=head).replace(b"<html", f"<html {attribute}".encode())
    assert read_page(body, "text/html", url).usual_url == usual


@pytest.mark.parametrize(
    ("usual", "text", "asked"),
    [
        ({"/story": Reply(200, HTML, page())}, PARAGRAPHS, ["/amp", "/story"]),
        (
            {"/story": Reply(200, HTML, amp(canonical="/amp"))},
            SHORT,
            ["/amp", "/story"],
        ),  # two that name each other
        ({"/story": Reply(404, HTML, b"gone")}, SHORT, ["/amp", "/story"]),
        ({"/story": Reply(200, HTML, page("Please log in."))}, SHORT, ["/amp", "/story"]),
        (
            {
                "/story": Reply(200, HTML, page()),
                "/robots.txt": Reply(200, {}, b"User-agent: *\nDisallow: /story"),
            },
            SHORT,
            ["/amp"],
        ),
    ],
)
def test_the_usual_page_is_read_in_its_place(
    desk: Desk, usual: Mapping[str, Reply], text: list[str], asked: list[str]
) -> None:
    """Once, and by the same rules as any page; where it cannot be had, what was asked for stays."""
    desk.publish("/amp", Reply(200, HTML, amp()))
    desk.server.routes |= usual
    document = desk.read()["/amp"]
    assert (document.basis, article(document)) == ("article", "\n".join(text))
    assert [seen.path for seen in desk.server.seen if seen.path != "/robots.txt"] == asked


def test_a_version_elsewhere_is_not_followed(desk: Desk) -> None:
    """A page may name any address as its own; only its host is asked."""
    desk.publish("/amp", Reply(200, HTML, amp(canonical="http://127.0.0.1:9/story")))
    assert article(desk.read()["/amp"]) == "\n".join(SHORT)


def article(document: Document) -> str:
    """The text without the publisher's own words about it at its head."""
    return document.text.removeprefix(f"{document.dek}\n")
