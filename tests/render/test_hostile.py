"""Text from outside, and what a careless or malicious editor's file holds, does nothing in any
output.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from digest.model import Draft, Item, Part, SourceLink
from digest.render.archive import build
from digest.render.archive_feed import ApprovedIssue
from digest.render.mail_html import email_html
from digest.render.mail_text import columns, email_text
from digest.render.source_list import SourceFacts
from digest.render.view import IssueView, issue_view
from digest.render.web_page import web_page
from digest.text.markdown import escape, one_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jinja2 import Environment

    from digest.config.schema import Newsletter

URL = "https://source.example/a?b=1&c='\">"
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "](https://evil.example) [",
    "<!-- story:x --> --> <!--[if mso]><b>x</b><![endif]-->",
    "</title></style></script></td></table><h1>x</h1>",
    "{{ 7 * 7 }} {% include 'x' %}",
    "\u202egnp.exe \u2066x\x00\x0b\ufeff\ufffe",
    "a" * 10_000,
    "日" * 5_000,
    "&lt;script&gt; &#60;b&#62; &copy;",
    "]]> <![CDATA[ x",
    "**_`\\`_** \\",
]


def hostile_view(text: str, newsletter: Newsletter, draft: Draft, *, raw: bool) -> IssueView:
    """An issue with the text wherever text can stand; `raw` as an editor may type it, else as the
    program writes it.
    """
    prose = text if raw else escape(text)
    item = Item("a", prose, prose, (SourceLink(text, URL),))
    whole = replace(
        draft,
        title=text,
        highlights=prose,
        categories=(text,),
        parts=(Part(text, (item,)), Part(text, (item,), form="headings")),
    )
    return issue_view(whole, newsletter, {URL: SourceFacts(URL, text, text, None, "article")})


@pytest.mark.parametrize("raw", [False, True], ids=["escaped", "typed"])
@pytest.mark.parametrize(
    "text", HOSTILE, ids=lambda text: text[:20].encode("ascii", "replace").decode()
)
def test_nothing_acts_in_html(
    text: str,
    raw: bool,
    newsletter: Newsletter,
    draft: Draft,
    env: Environment,
    elements: Callable[[str], list[Any]],
) -> None:
    """No element, handler, address or comment gets in that our own template did not put there."""
    view = hostile_view(text, newsletter, draft, raw=raw)
    ours = hostile_view("plain", newsletter, draft, raw=raw)
    for render in (web_page, email_html):
        if render is email_html and len(text) > 1000:
            continue  # refused for its size: see test_email
        page = render(view, env)
        found, expected = elements(page), elements(render(ours, env))
        extra = {e.tag for e in found} - {e.tag for e in expected}
        assert extra <= ({"b", "em", "strong", "code", "a"} if raw else set())
        assert not [name for e in found for name in e.attrs if name.startswith("on")]
        hrefs = {e.attrs["href"] for e in found if "href" in e.attrs} - {
            e.attrs["href"] for e in expected if "href" in e.attrs
        }
        assert all(re.match(r"https://|#", href) for href in hrefs)
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b]", page)
        assert page.count("<!--") == render(ours, env).count("<!--")


@pytest.mark.parametrize(
    "text", HOSTILE, ids=lambda text: text[:20].encode("ascii", "replace").decode()
)
def test_readers_see_the_text_itself(
    text: str,
    newsletter: Newsletter,
    draft: Draft,
    env: Environment,
    elements: Callable[[str], list[Any]],
) -> None:
    """Nothing is eaten either: the title and the story say exactly what the source said."""
    found = elements(web_page(hostile_view(text, newsletter, draft, raw=False), env))
    assert [e.text for e in found if e.tag in {"h1", "h3"}] == [one_line(text)] * 3


@pytest.mark.parametrize(
    "text", HOSTILE, ids=lambda text: text[:20].encode("ascii", "replace").decode()
)
def test_text_keeps_its_width(
    text: str, newsletter: Newsletter, draft: Draft, env: Environment
) -> None:
    """Words of any length are broken into lines."""
    plain = email_text(hostile_view(text, newsletter, draft, raw=False), env)
    assert [
        line for line in plain.splitlines() if columns(line) > 78 and "https://" not in line
    ] == []


@pytest.mark.parametrize(
    "text", HOSTILE, ids=lambda text: text[:20].encode("ascii", "replace").decode()
)
def test_the_feed_stays_well_formed(
    text: str, newsletter: Newsletter, draft: Draft, env: Environment, tmp_path: Path
) -> None:
    """XML 1.0 forbids characters that text from the web holds; none reach it."""
    view = hostile_view(text, newsletter, draft, raw=False)
    build(
        tmp_path, newsletter, [ApprovedIssue(view, datetime.combine(draft.date, time(7), UTC))], env
    )
    feed = ET.fromstring((tmp_path / "feed.xml").read_bytes())  # noqa: S314  # our own file
    assert feed.findtext("{*}entry/{*}title") == one_line(text)
