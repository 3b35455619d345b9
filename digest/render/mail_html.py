"""The HTML part of the mail: tables and inlined styles, and no more of an issue than mail programs
show.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.config.templates import fill_in
from digest.errors import IssueError
from digest.text.counted import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

    from digest.render.story_views import SectionView
    from digest.render.view import IssueView

# Gmail shows about 102 KB of a message and hides the rest behind a link.
MAX_BYTES = 80_000
WARN_BYTES = 60_000


@dataclass(frozen=True, slots=True)
class HtmlMail:
    """The mail in HTML. `behind` counts the stories that it has no room for: the last ones, which
    are read online.
    """

    html: str
    behind: int
    online: bool  # whether the mail leads to the whole issue

    @property
    def notice(self) -> str:
        """What an editor should know of it, "" for nothing."""
        if self.behind:
            unread = (
                "" if self.online else ", and newsletter.url, where it would be read, is not set"
            )
            return f"the mail ends {_stories(self.behind)} early{unread}: {_FULL}"
        size = len(self.html.encode())
        near = f"the mail has {_kb(size)}, and beyond {_kb(MAX_BYTES)} it ends early"
        return near if size > WARN_BYTES else ""


def html_mail(view: IssueView, env: Environment) -> HtmlMail:
    """The mail with as many of the stories, from the first, as Gmail reliably shows. Raises
    IssueError when there is no room for any.
    """
    page = _page(view, env)
    if _fits(page):
        return HtmlMail(page, 0, bool(view.url))
    items = sum(len(section.stories) for section in view.sections)
    most = _most_that_fit(view, env, items)
    if most < 0:
        raise IssueError(
            f"{view.id}: the mail has more than {_kb(MAX_BYTES)} before its first story; Gmail"
            " would cut it: shorten greeting and highlights"
        )
    short = _of_the_first(view, most)
    return HtmlMail(_page(short, env), short.behind, bool(view.url))


def email_html(view: IssueView, env: Environment) -> str:
    """The HTML of the mail. Raises what `html_mail` does."""
    return html_mail(view, env).html


def _most_that_fit(view: IssueView, env: Environment, items: int) -> int:
    """How many of its items an issue's mail has room for, -1 when it is too large without any."""
    fitting, too_many = -1, items
    while too_many - fitting > 1:
        tried = (fitting + too_many) // 2
        if _fits(_page(_of_the_first(view, tried), env)):
            fitting = tried
        else:
            too_many = tried
    return fitting


def _of_the_first(view: IssueView, items: int) -> IssueView:
    """The issue with so many of its items, and the count of the stories that it lacks."""
    kept = tuple(_sections(view.sections, items))
    return replace(view, sections=kept, behind=_count(view.sections) - _count(kept))


def _sections(sections: tuple[SectionView, ...], items: int) -> Iterator[SectionView]:
    for section in sections:
        if items > 0:
            yield replace(section, stories=section.stories[:items])
        items -= len(section.stories)


def _count(sections: tuple[SectionView, ...]) -> int:
    """How many stories there are; an editor's note is none."""
    return sum(bool(story.headline or story.links) for one in sections for story in one.stories)


def _fits(page: str) -> bool:
    return len(page.encode()) <= MAX_BYTES


def _page(view: IssueView, env: Environment) -> str:
    import css_inline  # loaded only when a mail is made

    inliner = css_inline.CSSInliner(
        keep_style_tags=True,  # what cannot be inlined: the media queries
        remove_inlined_selectors=True,
        load_remote_stylesheets=False,
        minify_css=True,
    )
    return inliner.inline(fill_in(env, "email.html.j2", issue=view))


def _stories(count: int) -> str:
    return counted(count, "story", "stories")


def _kb(size: int) -> str:
    return f"{size / 1000:.1f} KB"


_FULL = f"Gmail would cut what is more than {_kb(MAX_BYTES)}; fewer or shorter stories go out whole"
