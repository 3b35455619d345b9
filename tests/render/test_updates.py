"""A story that was told before says so, and leads back to where."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from digest.render.mail_html import email_html
from digest.render.mail_text import email_text
from digest.render.story_views import Beside
from digest.render.told_views import earlier_views
from digest.render.view import issue_view
from digest.render.web_page import web_page

if TYPE_CHECKING:
    from jinja2 import Environment

    from digest.config.schema import Newsletter
    from digest.model import Draft
    from digest.render.view import IssueView

LINE = "follows [A <b>bond</b>](../2026-02-03-daily/index.html#story-aa), told on 3 February; new: $2 bn."


@pytest.fixture
def updated(draft: Draft) -> Draft:
    """An issue whose first story is an update."""
    first, *others = draft.parts
    story, *rest = first.items
    items = (replace(story, update=LINE), *rest)
    return replace(draft, parts=(replace(first, items=items), *others))


def view(draft: Draft, newsletter: Newsletter) -> IssueView:
    """The issue, of whose sources nothing is known."""
    return issue_view(draft, newsletter, {})


def test_with_an_address_every_format_leads_to_the_archive(
    updated: Draft, newsletter: Newsletter, env: Environment
) -> None:
    """To the story on the page of the issue that told it."""
    found = view(updated, newsletter)
    link = "https://token.example/news/issues/2026-02-03-daily/#story-aa"
    assert f'<a href="{link}" rel="noopener">A <b>bond</b></a>' in web_page(found, env)
    assert f'href="{link}"' in email_html(found, env)
    text = " ".join(email_text(found, env).split())
    assert f"Update: follows A bond, told on 3 February; new: $2 bn. {link}" in text


def test_without_one_only_the_page_does(
    updated: Draft, newsletter: Newsletter, env: Environment
) -> None:
    """Its folder stands beside the other issue's; a mail stands beside nothing."""
    found = view(updated, replace(newsletter, url=""))
    assert '<a href="../2026-02-03-daily/index.html#story-aa" rel="noopener">' in web_page(
        found, env
    )
    mail = email_html(found, env)
    assert "told on 3 February" in mail
    assert "2026-02-03-daily" not in mail + email_text(found, env)


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "../../etc/index.html", '../x"y/index.html', "//evil.example/"],
)
def test_no_other_address_without_a_host_is_followed(
    updated: Draft, newsletter: Newsletter, env: Environment, target: str
) -> None:
    """What an editor, or somebody else, typed there."""
    first, *others = updated.parts
    story = replace(first.items[0], update=f"follows [it]({target}).")
    typed = replace(updated, parts=(replace(first, items=(story,)), *others))
    page = web_page(view(typed, newsletter), env)
    assert "<strong>Update:</strong> follows it." in page
    assert target not in page


def test_earlier_stories_stand_below_a_story_on_the_web(
    draft: Draft, newsletter: Newsletter, env: Environment
) -> None:
    """By their headlines, with their days, leading to where they were told; never as markup."""
    row = {
        "issue": "2026-02-03-daily",
        "edition": "daily",
        "story": "aa",
        "headline": "A <b>bond</b>",
        "date": "2026-02-03",
    }
    first = draft.parts[0].items[0].id
    beside = {first: Beside(earlier=earlier_views([row], newsletter))}
    page = web_page(issue_view(draft, newsletter, {}, beside=beside), env)
    link = "https://token.example/news/issues/2026-02-03-daily/#story-aa"
    assert f'Earlier: <a href="{link}">A &lt;b&gt;bond&lt;/b&gt; (3 February 2026)</a>' in page
