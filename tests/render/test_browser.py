"""What a real browser makes of the page and the mail."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import pytest

from digest.render.mail_html import email_html
from digest.render.view import IssueView, issue_view
from digest.render.web_page import web_page

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment
    from playwright.sync_api import Browser

    from digest.config.schema import Newsletter
    from digest.model import Draft

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
FILES = {"index.html": (390, 1280), "email.html": (360, 600)}


@pytest.fixture
def pages(tmp_path: Path, view: IssueView, env: Environment) -> Path:
    """A folder with the sample issue's page and mail."""
    (tmp_path / "index.html").write_text(web_page(view, env), encoding="utf-8")
    (tmp_path / "email.html").write_text(email_html(view, env), encoding="utf-8")
    return tmp_path


def look(browser: Browser, address: str, width: int, scheme: Literal["light", "dark"]) -> list[str]:
    """The colours of the paper and of the title, once nothing is wider than the window and the
    browser has nothing to complain of.
    """
    complaints: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    colours = page.evaluate(
        "['body', 'h1'].map((name, i) =>"
        " getComputedStyle(document.querySelector(name))[['backgroundColor', 'color'][i]])"
    )
    page.close()
    assert complaints == []
    return [str(colour) for colour in colours]


@pytest.mark.parametrize(
    ("name", "width"), [(name, width) for name, widths in FILES.items() for width in widths]
)
def test_it_fits_its_width_and_turns_dark(
    browser: Browser, pages: Path, name: str, width: int
) -> None:
    """Nothing scrolls sideways; the dark scheme swaps paper and ink; the page's own policy lets its
    style sheet through.
    """
    seen = {scheme: look(browser, (pages / name).as_uri(), width, scheme) for scheme in SCHEMES}
    assert seen["light"][0] != seen["dark"][0]
    assert seen["light"][1] != seen["dark"][1]


def test_a_word_of_any_length_does_not_widen_the_page(
    browser: Browser, tmp_path: Path, draft: Draft, newsletter: Newsletter, env: Environment
) -> None:
    """Feeds hold hashes, file names and URLs as titles."""
    view = issue_view(replace(draft, title="x" * 400, highlights="y" * 400), newsletter, {})
    page = browser.new_page(viewport={"width": 360, "height": 800})
    for name, content in (
        ("index.html", web_page(view, env)),
        ("email.html", email_html(view, env)),
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")
        page.goto((tmp_path / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.close()
