"""The public archive: pages for approved issues and for themes, the list of them, and their
feed.
"""

from __future__ import annotations

import shutil
from itertools import groupby
from typing import TYPE_CHECKING

from digest.config.atomic_files import write_if_changed
from digest.config.templates import fill_in
from digest.render.archive_feed import archive_feed
from digest.render.publication import address, direction
from digest.render.reader_dates import month
from digest.render.theme_pages import ThemeView, gathered, hrefs, theme_pages
from digest.render.web_page import look, web_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jinja2 import Environment

    from digest.config.schema import Newsletter
    from digest.render.archive_feed import ApprovedIssue
    from digest.render.view import IssueView


def build(
    site: Path, newsletter: Newsletter, approved: Sequence[ApprovedIssue], env: Environment
) -> tuple[Path, ...]:
    """Bring the folder `site` up to these issues; a page of another issue that is published stays.
    Writes only what changed and returns the files written.
    """
    newest_first = sorted(
        approved, key=lambda issue: (issue.view.date, issue.view.id), reverse=True
    )
    views = [issue.view for issue in newest_first]
    themes = gathered(views)
    pages: dict[Path, str] = {
        site / "issues" / view.id / "index.html": web_page(
            view, env, archive="../../", themes=hrefs(view, themes, "../../")
        )
        for view in views
    }
    pages |= {site / path: page for path, page in theme_pages(newsletter, themes, env).items()}
    pages[site / "index.html"] = _index(newsletter, views, themes, env)
    pages[site / "feed.xml"] = archive_feed(newsletter, newest_first, env)
    written = tuple(path for path, page in pages.items() if write_if_changed(path, page))
    if all(page in pages for page in (site / "issues").glob("*/index.html")):
        _remove_others(site / "themes", set(pages))  # else a page that stays may lead there
    return written


def _remove_others(folder: Path, kept: set[Path]) -> None:
    """Remove every page below the folder that is not one of these, and what it leaves empty."""
    for page in folder.rglob("index.html"):
        if page not in kept:
            page.unlink()
    for inside in sorted(folder.rglob("*/"), reverse=True):
        if not any(path.is_relative_to(inside) for path in kept):
            shutil.rmtree(inside)


def _index(
    newsletter: Newsletter, views: list[IssueView], themes: Sequence[ThemeView], env: Environment
) -> str:
    months = [
        {
            "name": month(first.date, newsletter.language),
            "anchor": f"{first.date:%Y-%m}",
            "issues": [first, *rest],
        }
        for _, (first, *rest) in groupby(views, key=lambda view: (view.date.year, view.date.month))
    ]
    values = {
        "newsletter": newsletter,
        "direction": direction(newsletter),
        "url": address(newsletter, ""),
        "months": months,
        "themes": themes,
    }
    return fill_in(env, "site_index.html.j2", **values, **look(env))
