"""A newsletter's own look reaches pages and mails, and can be read in both colour schemes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from digest.config.schema import Config, Feed, Look
from digest.errors import ConfigError, IssueError
from digest.render.house_style import contrast, styled
from digest.render.mail_html import email_html
from digest.render.mail_text import email_text
from digest.render.web_page import web_page

if TYPE_CHECKING:
    from pathlib import Path

    from digest.render.view import IssueView

CONFIG = Config(feeds=(Feed(url="https://token.example/feed"),))
LOGO = "https://token.example/logo.png"


def with_look(**values: str) -> Config:
    """A configuration with this look."""
    return replace(CONFIG, look=Look(**values))


def test_the_accent_is_the_newsletters_own(view: IssueView) -> None:
    """On the page and in the mail, and lighter in the dark, where nobody said how."""
    env = styled(with_look(accent="#124a8a"))
    page, mail = web_page(view, env), email_html(view, env)
    assert "#124a8a" in page
    assert "#124a8a" in mail
    assert "#97331f" not in page + mail
    assert "#eb9c82" not in page + mail


def test_a_logo_stands_for_the_name(view: IssueView) -> None:
    """With the name for those who do not see it; the page may load it, and claims nothing else."""
    env = styled(with_look(logo=LOGO, footer="Printed in Example Town."))
    page, mail, text = web_page(view, env), email_html(view, env), email_text(view, env)
    for made in (page, mail):
        assert f'src="{LOGO}" alt="{view.newsletter.name}"' in made
        assert "Printed in Example Town." in made
    assert "img-src https:" in page
    assert "no pixels" not in mail
    assert "Printed in Example Town." in text
    assert "img-src" not in web_page(view, styled(CONFIG))


@pytest.mark.parametrize(
    ("look", "key"),
    [
        ({"accent": "#eeee66"}, "look.accent"),
        ({"accent": "#124a8a", "accent_dark": "#0a1f3a"}, "look.accent_dark"),
    ],
)
def test_a_colour_that_cannot_be_read_is_refused(look: dict[str, str], key: str) -> None:
    """With what it lacks, before anything is made."""
    with pytest.raises(ConfigError, match=rf"^{key}: #\w+ cannot be read on #\w+: its contrast is"):
        styled(with_look(**look))


@pytest.mark.parametrize("accent", ["#000000", "#124a8a", "#7a0000", "#5c5c00"])
def test_the_accent_for_the_dark_is_found_for_any(accent: str) -> None:
    """It can always be read there."""
    look = styled(with_look(accent=accent)).globals["look"]
    assert isinstance(look, Look)
    assert contrast(look.accent_dark or "", "#17191c") >= 4.5


def test_a_users_own_palette_is_held_to_the_same(tmp_path: Path) -> None:
    """Text that is too faint is named; what is no template is said in one line."""
    faint = '{% set light = {"paper": "#ffffff", "ink": "#222222", "muted": "#bbbbbb"} %}'
    (tmp_path / "palette.j2").write_text(faint)
    with pytest.raises(ConfigError, match=r"palette\.j2, light\.muted"):
        styled(replace(CONFIG, templates=tmp_path))
    (tmp_path / "palette.j2").write_text("{% set %}")
    with pytest.raises(IssueError, match=r"palette\.j2:1"):
        styled(replace(CONFIG, templates=tmp_path))


def test_contrast_is_wcags() -> None:
    """Black on white is 21, a colour on itself 1, in either order."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#123456", "#123456") == 1
