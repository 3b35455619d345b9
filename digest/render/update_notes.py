"""The line that says what a story is an update of, as web and mail show it: its link leads from one
issue's page to another's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from digest.render.publication import address
from digest.text import markdown

if TYPE_CHECKING:
    from digest.config.schema import Newsletter

_SIBLING = re.compile(r"\]\(\.\./([\w-]+)/index\.html(#[\w-]+)?\)")
# Stands for the folder of issues while the line is made safe, which no relative address outlives.
_FOLDER = "https://issues.invalid/"
_LINK = re.compile(rf'<a href="{_FOLDER}([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class UpdateNote:
    """The line for the web and for the mail, where an address without a host leads nowhere; and the
    address of what was told, "" where the newsletter has none.
    """

    web: Markup
    mail: Markup
    url: str


def update_note(update: str, newsletter: Newsletter) -> UpdateNote | None:
    """The note of a line of inline Markdown; None where there is none."""
    if not update:
        return None
    found = _SIBLING.search(update)
    url = address(newsletter, f"issues/{found[1]}/{found[2] or ''}") if found else ""
    html = str(markdown.to_html(_SIBLING.sub(rf"]({_FOLDER}\1/index.html\2)", update)))
    if url:
        linked = Markup(_LINK.sub(rf'<a href="{url}" rel="noopener">\2</a>', html))  # noqa: S704  both parts are safe
        return UpdateNote(linked, linked, url)
    web = Markup(_LINK.sub(r'<a href="../\1" rel="noopener">\2</a>', html))  # noqa: S704  as it was
    return UpdateNote(web, Markup(_LINK.sub(r"\2", html)), "")  # noqa: S704  as it was
