"""The web page is one file that is readable by people and machines and asks for nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from digest.config.schema import Newsletter
from digest.render.view import IssueView, issue_view
from digest.render.web_page import web_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2 import Environment

    from digest.model import Draft
    from digest.render.source_list import SourceFacts


@pytest.fixture
def page(view: IssueView, env: Environment) -> str:
    """The sample issue as a web page."""
    return web_page(view, env)


@pytest.fixture
def parsed(page: str, elements: Callable[[str], list[Any]]) -> list[Any]:
    """Its elements."""
    return elements(page)


def test_headings_descend_in_order_from_one_h1(parsed: list[Any]) -> None:
    """The outline has no gap."""
    levels = [int(e.tag[1]) for e in parsed if re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_story_has_an_address_and_every_in_page_link_an_end(
    parsed: list[Any], view: IssueView
) -> None:
    """Ids are unique, each story has one, and the skip link and the contents lead to ids that are
    there.
    """
    ids = [e.attrs["id"] for e in parsed if "id" in e.attrs]
    assert len(ids) == len(set(ids))
    assert {story.anchor for section in view.sections for story in section.stories} <= set(ids)
    inside = [
        e.attrs["href"][1:] for e in parsed if e.tag == "a" and e.attrs["href"].startswith("#")
    ]
    assert inside[0] == "content"
    assert set(inside) <= set(ids)


def test_the_policy_allows_the_style_sheet_and_nothing_else(page: str, parsed: list[Any]) -> None:
    """The page asks for no other file; its policy names the hash of its own style sheet."""
    # absent is a failure
    css = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]  # type: ignore[index]
    policy = next(
        e.attrs["content"] for e in parsed if e.attrs.get("http-equiv") == "Content-Security-Policy"
    )
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert not {e.tag for e in parsed} & {"script", "img", "iframe", "object", "form"}
    assert not [e for e in parsed if "style" in e.attrs or "src" in e.attrs]
    assert "url(" not in css
    assert "@import" not in css


def test_language_direction_and_landmarks(parsed: list[Any]) -> None:
    """One main, a labelled navigation, the language on html."""
    tags = [e.tag for e in parsed]
    assert tags.count("main") == 1
    assert {"header", "nav", "footer"} <= set(tags)
    assert next(e.attrs for e in parsed if e.tag == "html") == {"lang": "en", "dir": "ltr"}


def test_canonical_and_feed_links_need_an_address(
    page: str, draft: Draft, env: Environment
) -> None:
    """A newsletter without a URL has nothing to call canonical."""
    assert (
        '<link rel="canonical" href="https://token.example/news/issues/2026-02-05-daily/">' in page
    )
    assert 'href="https://token.example/news/feed.xml"' in page
    assert "<link" not in web_page(issue_view(draft, Newsletter(), {}), env)


def test_episodes_open_at_the_minute(parsed: list[Any]) -> None:
    """A link into the recording says which episode it opens, and where."""
    minutes = {
        e.text: (e.attrs["href"], e.attrs["aria-label"])
        for e in parsed
        if e.tag == "a" and e.text.startswith("at ")
    }
    assert {text: href for text, (href, _) in minutes.items()} == {
        "at 12:34": "https://audio.example/lease.mp3#t=754",
        "at 45:10": "https://audio.example/lease.mp3#t=2710",
    }
    assert all(label.endswith(f", {text}") for text, (_, label) in minutes.items())


def test_figures_are_a_list_of_terms(parsed: list[Any]) -> None:
    """A figure and its sentence belong together for a screen reader too."""
    assert [e.text for e in parsed if e.tag == "dt"] == [
        "$88 billion",
        "40%",
        "75 MW",
        "$1,400 a server",
    ]


def test_an_issue_of_next_to_nothing_still_renders(
    draft: Draft, env: Environment, facts: Mapping[str, SourceFacts]
) -> None:
    """No highlights, categories, tagline, editor or stories."""
    page = web_page(
        issue_view(replace(draft, parts=(), highlights="", categories=()), Newsletter(), facts), env
    )
    assert draft.title in page
