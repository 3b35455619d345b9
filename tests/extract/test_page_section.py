"""A page that holds several entries: each has its own part of it."""

from __future__ import annotations

import pytest

from digest.errors import ExtractFailed
from digest.extract.page_section import read_section
from digest.extract.release_titles import is_version, project_of

URL = "https://docs.example/log"
FIRST = "The scheduler of Kelda now batches requests and cuts the cost of a token by a fifth."
SECOND = "Kelda reads checkpoints from object storage, which saves eleven minutes at every start."
NOTE = "Old flags of the command line are refused with a message that names the new ones."


def section(body: str, anchor: str, title: str = "Version 2", *, only: bool = True) -> str:
    """The text of an entry's part of a page."""
    html = f"<html lang='en'><head><title>Log</title></head><body><h1>Log</h1>{body}</body></html>"
    found = read_section(
        html.encode(), "text/html; charset=utf-8", URL, anchor=anchor, title=title, only=only
    )
    return found.text


@pytest.mark.parametrize(
    "body",
    [
        f"<h2 id=v2>Version 2</h2><p>{FIRST}</p><h3>Notes</h3><p>{NOTE}</p><h2 id=v1>1</h2><p>{SECOND}</p>",
        f"<h2><a name=v2></a>Version 2</h2><p>{FIRST}</p><p>{NOTE}</p><h2>1</h2><p>{SECOND}</p>",
        f"<a id=v2></a><h2>Version 2</h2><p>{FIRST}</p><p>{NOTE}</p><h2>1</h2><p>{SECOND}</p>",
        f"<section id=v2><h2>Version 2</h2><p>{FIRST}</p><p>{NOTE}</p></section><section><h2>1</h2><p>{SECOND}</p></section>",
        f"<div class=h><h2 id=v2>Version 2</h2></div><p>{FIRST}</p><p>{NOTE}</p><div><h2>1</h2></div><p>{SECOND}</p>",
        f"<h2>Version 2</h2><p>{FIRST}</p><p>{NOTE}</p><h2>Version 1</h2><p>{SECOND}</p>",
    ],
    ids=["heading", "mark in heading", "mark before", "enclosing", "heading in a box", "by title"],
)
def test_a_part_is_what_stands_under_its_anchor(body: str) -> None:
    """However the page is built; without an anchor, under a heading that is the entry's title."""
    text = section(body, "v2")
    assert FIRST in text
    assert NOTE in text
    assert SECOND not in text


def test_a_page_without_the_part_is_not_the_entrys() -> None:
    """Nothing of it is told for the entry; where the page is nobody else's, all of it is."""
    body = f"<h2 id=v1>Version 1</h2><p>{SECOND}</p><p>{NOTE}</p>"
    with pytest.raises(ExtractFailed, match="no part"):
        section(body, "v2")
    assert SECOND in section(body, "v2", only=False)


def test_an_anchor_of_an_only_entry_may_lead_anywhere_on_its_page() -> None:
    """Its page is its own: what stands under another heading is no part of it alone."""
    body = f"<h2>Version 2</h2><p>{FIRST}</p><h2 id=talk>Comments</h2><p>{NOTE} {NOTE}</p>"
    assert FIRST in section(body, "talk", only=False)


@pytest.mark.parametrize(
    ("title", "version"),
    [
        ("v0.14.0", True),
        ("b4567", True),
        ("2026.1", True),
        ("Release 3.2.0-rc.1", True),
        ("1.0.0beta2", True),
        ("Version 2", False),
        ("2026", False),
        ("v2 is here", False),
        ("Kelda 2.0", False),
    ],
)
def test_a_title_that_is_only_a_version(title: str, *, version: bool) -> None:
    """It names nothing."""
    assert is_version(title) is version


@pytest.mark.parametrize(
    ("feed_title", "url", "project"),
    [
        ("Release notes from kelda", "", "kelda"),
        ("Releases · ann/kelda", "", "kelda"),
        ("Recent updates for kelda", "", "kelda"),
        ("Kelda Engine Releases", "", "Kelda Engine"),
        ("Releases", "https://git.example/ann/kelda/releases/tag/v1", "kelda"),
        ("", "https://git.example/ann/kelda/-/tags/v1", "kelda"),
        ("", "https://kelda.example/blog/v1", ""),
    ],
)
def test_a_release_is_called_by_its_project(feed_title: str, url: str, project: str) -> None:
    """As its feed says, else as the address does."""
    assert project_of(feed_title, url) == project
