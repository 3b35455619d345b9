"""The web page of an issue: one file that asks for no other."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from markupsafe import Markup

from digest.config.templates import fill_in, house_logo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

    from digest.render.view import IssueView


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The issues of the same edition before and after one in the archive, where there are any."""

    older: IssueView | None = None
    newer: IssueView | None = None


def web_page(  # noqa: PLR0913  each is one thing that a page may lead to
    view: IssueView,
    env: Environment,
    *,
    archive: str = "",
    themes: Mapping[str, str] | None = None,
    episodes: Mapping[str, str] | None = None,
    neighbours: Neighbours | None = None,
    picture: str = "",
) -> str:
    """The page in HTML.

    `archive` is the address of the list of issues, relative to the page, for a page that has one;
    `themes` are those of the pages of themes, by name, and `episodes` those of the pages of
    episodes, by the episode's own address; `picture` is that of its picture for Open Graph.
    """
    values = {
        "issue": view,
        "archive": archive,
        "themes": themes or {},
        "episodes": episodes or {},
        "neighbours": neighbours or Neighbours(),
        "picture": picture,
    }
    return fill_in(env, "web.html.j2", **values, **look(env, images=view.images))


def issue_body(view: IssueView, env: Environment) -> str:
    """What stands between the page's title and its foot, as the feed carries it."""
    return fill_in(env, "issue_body.html.j2", issue=view, themes={}, episodes={})


def look(env: Environment, *, images: bool = False) -> dict[str, str]:
    """The style sheet and the content security policy that allows it, images if there are any, and
    nothing else.
    """
    css = Markup(fill_in(env, "web.css.j2").strip())  # noqa: S704  a style sheet of ours or the user's, without outside text
    shown = "img-src https:; " if images or house_logo(env) else ""
    digest = b64encode(sha256(css.encode()).digest()).decode()
    return {
        "css": css,
        "policy": (
            f"default-src 'none'; {shown}style-src 'sha256-{digest}'; base-uri 'none'; form-action"
            " 'none'"
        ),
    }
