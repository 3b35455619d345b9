"""The text part says what the mail says, in lines that fit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Draft, Item, Part
from digest.render.mail_text import WIDTH, columns, email_text, fill
from digest.render.view import IssueView, issue_view
from digest.text.markdown import one_line, to_plain

if TYPE_CHECKING:
    from jinja2 import Environment

    from digest.config.schema import Newsletter


@pytest.fixture
def text(view: IssueView, env: Environment) -> str:
    """The sample issue as text."""
    return email_text(view, env)


def test_every_headline_and_address_is_there(text: str, draft: Draft, view: IssueView) -> None:
    """Nothing is lost on the way; a reference's number is the source's."""
    flowing = one_line(text)
    assert all(to_plain(item.headline) in flowing for part in draft.parts for item in part.items)
    assert all(f"[{source.number}] {source.url}" in text for source in view.sources)


def test_episodes_say_the_minute(text: str) -> None:
    """Behind what the words rest on."""
    assert "(transcript, at 12:34, at 45:10)" in one_line(text)


def test_lines_fit(text: str) -> None:
    """No line is longer than 72 columns, except for a URL on its own."""
    assert [
        line for line in text.splitlines() if columns(line) > WIDTH and "https://" not in line
    ] == []


def test_sections_are_underlined_to_their_length(text: str) -> None:
    """The title by =, sections by -."""
    lines = text.splitlines()
    for name, mark in (
        ("Borrowed Servers, Cheaper Tokens and a Bill for the Grid", "="),
        ("Top Stories", "-"),
        ("Links", "-"),
    ):
        assert lines[lines.index(name) + 1] == mark * len(name)


def test_links_inside_prose_become_numbers(text: str) -> None:
    """A reader of plain text finds the link in the list of addresses."""
    assert "$88 billion this year [1]" in text


def test_html_is_not_escaped_in_text(
    draft: Draft, newsletter: Newsletter, env: Environment
) -> None:
    """What is harmless in plain text stays as it was written."""
    view = issue_view(
        replace(
            draft, title="AT&T < B", parts=(Part("Q&A", (Item("a", "R&D", "1 < 2 & so on"),)),)
        ),
        newsletter,
        {},
    )
    text = email_text(view, env)
    assert all(words in text for words in ("AT&T < B", "Q&A", "* R&D", "1 < 2 & so on"))
    assert "&amp;" not in text


@given(st.text(), st.sampled_from(["", "  ", "[12] "]))
def test_filling_keeps_every_character_and_the_width(text: str, lead: str) -> None:
    """Words move to the next line, wide characters count double, and words too long are broken,
    never lost.
    """
    filled = fill(text, lead)
    assert "".join(filled.removeprefix(lead).split()) == "".join(one_line(text).split())
    assert all(columns(line) <= WIDTH for line in filled.split("\n") if "://" not in line)


def test_a_url_is_never_broken() -> None:
    """A broken URL is a dead one."""
    url = "https://a.example/" + "x" * 200
    assert url in fill(f"see {url} there").splitlines()
