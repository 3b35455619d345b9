"""Theme pages: everything that approved issues have told of a theme, newest first, from all
editions and all shows.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from digest.config.templates import fill_in
from digest.render.publication import address, direction
from digest.render.web_page import look
from digest.stories.themes import OTHER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jinja2 import Environment

    from digest.config.schema import Newsletter
    from digest.render.story_views import StoryView
    from digest.render.view import IssueView

_PLAIN = re.compile(r"[a-z0-9]+(?:(?: | & )[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class TellingView:
    """A story of a theme, as the issue tells it that tells most of it, and every issue that tells
    it, newest first.
    """

    story: StoryView
    issues: tuple[IssueView, ...]


@dataclass(frozen=True, slots=True)
class ThemeView:
    """A theme with all that was told of it, newest first. `slug` names its folder and follows from
    its name alone.
    """

    name: str
    slug: str
    tellings: tuple[TellingView, ...]

    @property
    def count(self) -> int:
        """How much was told."""
        return len(self.tellings)


def gathered(newest_first: Sequence[IssueView]) -> tuple[ThemeView, ...]:
    """The themes of these issues by name. Names that differ in letter case only are one theme,
    called as its newest issue calls it.
    """
    names: dict[str, str] = {}
    told: dict[str, list[TellingView]] = {}
    for issue, story in _stories(newest_first):
        names.setdefault(story.theme.casefold(), story.theme)
        _tell(told.setdefault(story.theme.casefold(), []), issue, story)
    return tuple(ThemeView(names[key], slug(key), tuple(told[key])) for key in sorted(told))


def _stories(issues: Sequence[IssueView]) -> Iterator[tuple[IssueView, StoryView]]:
    for issue in issues:
        for section in issue.sections:
            yield from (
                (issue, story)
                for story in section.stories
                if story.theme not in {"", OTHER} and not story.figure
            )


def _tell(told: list[TellingView], issue: IssueView, story: StoryView) -> None:
    """Add a story, or where one of the two says all of the other the issue to the fuller one:
    another edition tells the same insights.
    """
    for i, other in enumerate(told):
        if (
            not story.insights
            or not other.story.insights
            or issue.id in {one.id for one in other.issues}
        ):
            continue
        if story.insights <= other.story.insights or other.story.insights <= story.insights:
            fuller = other.story if story.insights <= other.story.insights else story
            told[i] = TellingView(fuller, (*other.issues, issue))
            return
    told.append(TellingView(story, (issue,)))


def slug(name: str) -> str:
    """A folder's name for a theme: its words, and where they do not tell it from every other name a
    digest of it as well.
    """
    key = name.casefold()
    words = "-".join(re.findall(r"[a-z0-9]+", key.replace("&", "and")))[:60]
    if _PLAIN.fullmatch(key) and " and " not in f" {key} " and len(key) <= 40:
        return words
    return f"{words or 'theme'}-{hashlib.blake2s(key.encode(), digest_size=4).hexdigest()}"


def hrefs(view: IssueView, themes: Sequence[ThemeView], root: str) -> Mapping[str, str]:
    """Where those names in an issue lead that are a theme's, by name; `root` leads from the page to
    the archive's folder.
    """
    slugs = {theme.name.casefold(): theme.slug for theme in themes}
    named = {*view.categories, *(section.name for section in view.sections)}
    return {
        name: f"{root}themes/{slugs[name.casefold()]}/"
        for name in named
        if name.casefold() in slugs
    }


def theme_pages(
    newsletter: Newsletter, themes: Sequence[ThemeView], env: Environment
) -> dict[str, str]:
    """Each theme's pages by their path in the archive: one for the newest year, and one for every
    year before it, which stays as it is.
    """
    pages: dict[str, str] = {}
    for theme in themes:
        years = [
            (year, tuple(group))
            for year, group in groupby(
                theme.tellings, key=lambda telling: telling.issues[0].date.year
            )
        ]
        for i, (year, tellings) in enumerate(years):
            path = f"themes/{theme.slug}/{f'{year}/' if i else ''}"
            root = "../../../" if i else "../../"
            listed = [
                (other, f"{root}themes/{theme.slug}/{f'{other}/' if j else ''}")
                for j, (other, _) in enumerate(years)
            ]
            values = {
                "newsletter": newsletter, "direction": direction(newsletter),
                "url": address(newsletter, path), "root": root, "theme": theme,
                "tellings": tellings, "year": year, "years": listed if len(listed) > 1 else [],
            }  # fmt: skip
            pages[f"{path}index.html"] = fill_in(env, "site_theme.html.j2", **values, **look(env))
    return pages
