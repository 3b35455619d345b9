"""A user's templates win over ours, and what is wrong with one is said in one line."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from digest.config.template_copies import RECORD, Outgrown, outgrown, write_templates
from digest.config.templates import environment, folder
from digest.errors import IssueError, UsageError
from digest.render.mail_html import email_html
from digest.render.mail_text import email_text
from digest.render.web_page import web_page

if TYPE_CHECKING:
    from pathlib import Path

    from digest.render.view import IssueView


def test_a_users_template_wins_and_the_rest_stays_ours(tmp_path: Path, view: IssueView) -> None:
    """One file recolours the web page and the mail; nothing else needs copying."""
    ours = (folder() / "palette.j2").read_text()
    (tmp_path / "palette.j2").write_text(ours.replace("#97331f", "#123456"))
    env = environment(tmp_path)
    assert "#123456" in web_page(view, env)
    assert "color:#123456" in email_html(view, env)


def test_the_unsubscribe_block_can_be_filled(tmp_path: Path, view: IssueView) -> None:
    """It shows the way to leave where there is one, and may be filled in by a template that extends
    ours.
    """
    (tmp_path / "mine").mkdir()
    original = (folder() / "email.html.j2").read_text()
    assert "{% block unsubscribe %}" in original
    (tmp_path / "base.html.j2").write_text(original)
    (tmp_path / "email.html.j2").write_text(
        '{% extends "base.html.j2" %}{% block unsubscribe %}<p>Leave</p>{% endblock %}'
    )
    assert "Leave</p>" in email_html(view, environment(tmp_path))
    assert "unsubscribe" not in email_html(view, environment(None)).lower()
    own = replace(view, leave_url="https://lists.example/u/daily/KEY")
    assert '<a href="https://lists.example/u/daily/KEY"' in email_html(own, environment(None))
    assert "Unsubscribe: https://lists.example/u/daily/KEY\n" in email_text(own, environment(None))


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("line one\n{{ issue.titel }}\n", r"web\.html\.j2:2: .*'titel'"),
        ("\n\n{% if %}\n", r"web\.html\.j2:3: "),
        ("{{ 1 / 0 }}", r"web\.html\.j2:1: division by zero"),
        ("{{ issue.title + 1 }}", r"web\.html\.j2:1: "),
        ('\n{% include "nothing.j2" %}', r"web\.html\.j2:2: .*nothing\.j2"),
        ("{{ issue.title | shout }}", r"web\.html\.j2:1: .*shout"),
        ("{% for %}", r"web\.html\.j2:1: "),
    ],
)
def test_a_broken_template_is_one_line(
    tmp_path: Path, view: IssueView, template: str, message: str
) -> None:
    """The error names the user's file and the line in it."""
    (tmp_path / "web.html.j2").write_text(template)
    with pytest.raises(IssueError) as caught:
        web_page(view, environment(tmp_path))
    assert re.search(message, str(caught.value))
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_template_that_is_not_utf8_is_one_line(tmp_path: Path, view: IssueView) -> None:
    """The file is named."""
    (tmp_path / "web.html.j2").write_bytes(b"caf\xe9")
    with pytest.raises(IssueError, match=r"web\.html\.j2: .*utf-8"):
        web_page(view, environment(tmp_path))


def test_a_folder_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    """A typing error in feeds.yaml must not fall back to our templates in silence."""
    with pytest.raises(UsageError, match="there is no such folder"):
        environment(tmp_path / "missing")


def test_templates_are_copied_for_a_user_to_change(tmp_path: Path, view: IssueView) -> None:
    """What is there already is kept; the copies render as ours do."""
    (tmp_path / "palette.j2").write_text("mine")
    written = {path.relative_to(tmp_path).as_posix() for path in write_templates(tmp_path)}
    assert {
        "web.html.j2",
        "email.html.j2",
        "email.txt.j2",
        "site_index.html.j2",
        "web.css.j2",
    } <= written
    assert (tmp_path / "palette.j2").read_text() == "mine"
    (tmp_path / "palette.j2").unlink()
    write_templates(tmp_path)
    assert email_html(view, environment(tmp_path)) == email_html(view, environment(None))
    assert write_templates(tmp_path) == ()


def test_a_copy_that_ours_has_outgrown_is_known(tmp_path: Path) -> None:
    """By what it was a copy of, whether the user has changed it or not; of files that were not
    copied nobody knows.
    """
    write_templates(tmp_path)
    (tmp_path / "palette.j2").write_text("mine")
    assert outgrown(tmp_path) == ()
    record = json.loads((tmp_path / RECORD).read_bytes())
    old = {**record, "palette.j2": "an older one", "prompts/house.txt.j2": "an older one"}
    (tmp_path / RECORD).write_text(json.dumps(old))
    assert outgrown(tmp_path) == (
        Outgrown("palette.j2", changed=True),
        Outgrown("prompts/house.txt.j2", changed=True),
    )
    (tmp_path / "prompts/house.txt.j2").unlink()
    assert [one.name for one in outgrown(tmp_path)] == ["palette.j2"]
    for damage in ("[]", "{", "null"):
        (tmp_path / RECORD).write_text(damage)
        assert outgrown(tmp_path) == ()
