"""The HTML part of the mail: tables and inlined styles, and a watch on its size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.config.templates import fill_in
from digest.errors import IssueError

if TYPE_CHECKING:
    from jinja2 import Environment

    from digest.render.view import IssueView

# Gmail shows about 102 KB of a message and hides the rest behind a link.
MAX_BYTES = 80_000
WARN_BYTES = 60_000


def email_html(view: IssueView, env: Environment) -> str:
    """The mail in HTML. Raises IssueError when it is larger than Gmail reliably shows whole."""
    page = _inlined(fill_in(env, "email.html.j2", issue=view))
    size = len(page.encode())
    if size > MAX_BYTES:
        raise IssueError(
            f"{view.id}: the mail has {_kb(size)}, more than {_kb(MAX_BYTES)}; Gmail would cut it:"
            " drop stories or shorten them"
        )
    return page


def email_warnings(html: str) -> list[str]:
    """What is not wrong yet but near it, one line each."""
    size = len(html.encode())
    return (
        [f"the mail has {_kb(size)}; at {_kb(MAX_BYTES)} it is refused, because Gmail would cut it"]
        if size > WARN_BYTES
        else []
    )


def _inlined(page: str) -> str:
    import css_inline  # loaded only when a mail is made

    inliner = css_inline.CSSInliner(
        keep_style_tags=True,  # what cannot be inlined: the media queries
        remove_inlined_selectors=True,
        load_remote_stylesheets=False,
        minify_css=True,
    )
    return inliner.inline(page)


def _kb(size: int) -> str:
    return f"{size / 1000:.1f} KB"
