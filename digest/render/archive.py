"""The public archive: pages for approved issues and for themes, the list of them, and an Atom feed
(RFC 4287) with full content.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from digest.config.atomic_files import write_if_changed
from digest.config.templates import fill_in
from digest.render.theme_pages import ThemeView, gathered, hrefs, theme_pages
from digest.render.view import IssueView, address, direction, month
from digest.render.web_page import issue_body, look, web_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jinja2 import Environment

    from digest.config.schema import Newsletter

_ATOM = "http://www.w3.org/2005/Atom"
_FEED_ENTRIES = 30  # with full content; older issues are in the list
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ApprovedIssue:
    """An issue that readers may see, and when it was approved."""

    view: IssueView
    approved_at: datetime


def build(
    site: Path, newsletter: Newsletter, approved: Sequence[ApprovedIssue], env: Environment
) -> tuple[Path, ...]:
    """Make the folder `site` hold these issues and no others. Writes only what changed and returns
    the files written.
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
    pages[site / "feed.xml"] = _feed(newsletter, newest_first[:_FEED_ENTRIES], env)
    written = tuple(path for path, page in pages.items() if write_if_changed(path, page))
    for folder in ("issues", "themes"):
        _remove_others(site / folder, set(pages))
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


# ---------------------------------------------------------------- the feed


def _feed(newsletter: Newsletter, issues: list[ApprovedIssue], env: Environment) -> str:
    """Nothing in it depends on when it is made, so that it changes only when an approval does."""
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": newsletter.language})
    _add(feed, "id", address(newsletter, "") or _tag(newsletter, "2026-01-01", "feed"))
    _add(feed, "title", newsletter.name)
    if newsletter.tagline:
        _add(feed, "subtitle", newsletter.tagline)
    _add(feed, "updated", _timestamp(max((issue.approved_at for issue in issues), default=_NEVER)))
    _add(_add(feed, "author"), "name", newsletter.editor or newsletter.name)
    _add(
        feed,
        "link",
        rel="self",
        type="application/atom+xml",
        href=address(newsletter, "feed.xml") or "feed.xml",
    )
    _add(feed, "link", rel="alternate", type="text/html", href=address(newsletter, "") or "./")
    for issue in issues:
        _entry(feed, newsletter, issue, env)
    ET.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def _entry(
    feed: ET.Element, newsletter: Newsletter, issue: ApprovedIssue, env: Environment
) -> None:
    view = issue.view
    entry = _add(feed, "entry")
    _add(entry, "id", view.url or _tag(newsletter, view.date.isoformat(), view.id))
    _add(entry, "title", view.title)
    _add(entry, "updated", _timestamp(issue.approved_at))
    _add(entry, "published", f"{view.date.isoformat()}T00:00:00Z")
    _add(entry, "link", rel="alternate", type="text/html", href=view.url or f"issues/{view.id}/")
    for category in view.categories:
        _add(entry, "category", term=category)
    if view.preheader:
        _add(entry, "summary", view.preheader)
    _add(entry, "content", issue_body(view, env), type="html")


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    element.text = text
    return element


def _timestamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _tag(newsletter: Newsletter, day: str, name: str) -> str:
    """A tag URI (RFC 4151) for a newsletter that has no address; `.invalid` can be nobody's (RFC
    2606).
    """
    authority = re.sub(r"[^a-z0-9]+", "-", newsletter.name.casefold()).strip("-") or "digest"
    return f"tag:{authority}.invalid,{day}:{name}"
