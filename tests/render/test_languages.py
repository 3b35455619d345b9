"""A newsletter in another language speaks it everywhere."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from digest.config.schema import Config, Feed
from digest.render.archive import build
from digest.render.archive_feed import ApprovedIssue
from digest.render.house_style import styled
from digest.render.mail_html import email_html
from digest.render.mail_text import columns, email_text
from digest.render.view import issue_view
from digest.render.web_page import web_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from digest.config.schema import Newsletter
    from digest.model import Draft
    from digest.render.source_list import SourceFacts

NOW = datetime(2026, 2, 5, 7, 30, tzinfo=UTC)
ENGLISH = (
    "Read online", "min read", "Top Stories", "Highlights", "By the Numbers", "Written from",
    "No tracking", "Categories:", "Skip to", "edited by", "Sentences are", "newest first",
    "show notes", "February", "aria-label=\"Months",
    "This page sets", "aria-label=\"In this issue", "Thursday",
)  # fmt: skip


@pytest.mark.parametrize("language", ["de", "fr", "es", "ar"])
def test_no_page_and_no_part_of_the_mail_speaks_english(
    language: str,
    tmp_path: Path,
    draft: Draft,
    newsletter: Newsletter,
    facts: Mapping[str, SourceFacts],
) -> None:
    """Page, mail, text and every page of the archive, in the language and its direction."""
    own = replace(newsletter, language=language)
    env = styled(Config(feeds=(Feed(url="https://wire.example/feed"),), newsletter=own))
    view = issue_view(draft, own, facts)
    build(tmp_path, own, [ApprovedIssue(view, NOW)], env, searchable=True)
    made = {str(file): file.read_text() for file in tmp_path.rglob("*.html")}
    made |= {"mail": email_html(view, env), "text": email_text(view, env)}
    assert len(made) > 10
    for name, text in made.items():
        assert [word for word in ENGLISH if word in text] == [], name
        assert name == "text" or f'<html lang="{language}" dir="{view.direction}"' in text


def test_each_line_of_text_says_that_it_is_read_from_the_right(
    draft: Draft, newsletter: Newsletter, facts: Mapping[str, SourceFacts]
) -> None:
    """A line that begins with a Latin name would else be set from the left; the mark takes no
    column.
    """
    own = replace(newsletter, language="ar")
    env = styled(Config(feeds=(Feed(url="https://wire.example/feed"),), newsletter=own))
    lines = email_text(issue_view(draft, own, facts), env).splitlines()
    assert all(line.startswith("\u200f") for line in lines if line)
    assert columns("\u200fab") == 2


def test_a_figure_keeps_its_order_among_words_from_the_right(
    draft: Draft, newsletter: Newsletter, facts: Mapping[str, SourceFacts]
) -> None:
    """“$6 billion” is set by its own letters, on the page and in the mail; else its sign would stand
    behind it.
    """
    own = replace(newsletter, language="ar")
    env = styled(Config(feeds=(Feed(url="https://wire.example/feed"),), newsletter=own))
    view = issue_view(draft, own, facts)
    numbers = [section for section in view.sections if section.layout == "figures"]
    assert numbers
    for story in numbers[0].stories:
        assert f"<dt><bdi>{story.headline}</bdi></dt>" in web_page(view, env)
        assert re.search(
            rf'<span dir="auto"[^>]*>{re.escape(story.headline)}<', email_html(view, env)
        )
