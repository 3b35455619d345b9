"""The public archive: pages for approved issues, for themes, publishers and shows, the lists of
them, feeds and a sitemap.
"""

from __future__ import annotations

import shutil
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.config.atomic_files import write_if_changed
from digest.config.templates import fill_in
from digest.render.archive_feed import archive_feed
from digest.render.archive_lists import list_pages
from digest.render.episode_pages import Transcripts, episode_pages, episode_views
from digest.render.json_feed import json_feed
from digest.render.sitemap import sitemap
from digest.render.subject_pages import KINDS, gathered, hrefs, subject_pages
from digest.render.web_page import Neighbours, web_page
from digest.text.own_words import named

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jinja2 import Environment

    from digest.config.schema import Newsletter
    from digest.render.archive_feed import ApprovedIssue
    from digest.render.episode_pages import EpisodeView
    from digest.render.subject_pages import SubjectView
    from digest.render.view import IssueView


def build(
    site: Path,
    newsletter: Newsletter,
    approved: Sequence[ApprovedIssue],
    env: Environment,
    *,
    searchable: bool = False,
    transcripts: Transcripts | None = None,
) -> tuple[Path, ...]:
    """Bring the folder `site` up to these issues; a page of another issue that is published stays.
    Writes only what changed and returns the files written. `searchable` adds a page to search, for
    whose index the caller cares. `transcripts` are of the episodes that may be shown whole.
    """
    transcripts = transcripts or Transcripts()
    newest_first = sorted(
        approved, key=lambda issue: (issue.view.date, issue.view.id), reverse=True
    )
    views = [issue.view for issue in newest_first]
    subjects = {kind: gathered(kind, views) for kind in KINDS}
    lists = list_pages(newsletter, views, subjects, env, searchable=searchable)
    for kind in KINDS:
        lists |= subject_pages(newsletter, subjects[kind], env)
    heard = episode_views(transcripts.shown, newest_first, newsletter)
    lists |= episode_pages(newsletter, heard, env)
    pages = {
        **_issue_pages(views, subjects["themes"], heard, env),
        **lists,
        **_feeds(newsletter, newest_first, env),
        "sitemap.xml": sitemap(
            newsletter, newest_first, [path.removesuffix("index.html") for path in lists]
        ),
    }
    if searchable:
        pages["search/search.js"] = _search_script(newsletter, views, env)
    files = {site / path: page for path, page in pages.items()}
    written = tuple(path for path, page in files.items() if write_if_changed(path, page))
    if all(page in files for page in (site / "issues").glob("*/index.html")):
        kept = {site / "episodes" / entry / "index.html" for entry in transcripts.unknown}
        for folder in (*KINDS, "episodes"):
            _remove_others(site / folder, kept | set(files))  # else one that stays may lead there
    return written


def _search_script(newsletter: Newsletter, views: Sequence[IssueView], env: Environment) -> str:
    language = newsletter.language
    names = sorted({view.edition for view in views})
    editions = {name: named(name.capitalize(), language) for name in names}
    return fill_in(env, "site_search.js.j2", language=language, editions=editions)


def _issue_pages(
    newest_first: Sequence[IssueView],
    themes: Sequence[SubjectView],
    heard: Sequence[EpisodeView],
    env: Environment,
) -> dict[str, str]:
    episodes = {episode.url: f"../../{episode.path}" for episode in heard}
    older, newer = {}, {}
    for edition in {view.edition for view in newest_first}:
        for after, before in pairwise(view for view in newest_first if view.edition == edition):
            older[after.id], newer[before.id] = before, after
    return {
        f"issues/{view.id}/index.html": web_page(
            view,
            env,
            archive="../../",
            themes=hrefs(view, themes, "../../"),
            episodes=episodes,
            neighbours=Neighbours(older.get(view.id), newer.get(view.id)),
        )
        for view in newest_first
    }


def _feeds(
    newsletter: Newsletter, newest_first: Sequence[ApprovedIssue], env: Environment
) -> dict[str, str]:
    """The feeds of all editions, and of each."""
    feeds = {}
    for edition in ("", *sorted({issue.view.edition for issue in newest_first})):
        issues = [issue for issue in newest_first if edition in {"", issue.view.edition}]
        home = f"{edition}/" if edition else ""
        feeds[f"{home}feed.xml"] = archive_feed(newsletter, issues, env, edition)
        feeds[f"{home}feed.json"] = json_feed(newsletter, issues, env, edition)
    return feeds


def _remove_others(folder: Path, kept: set[Path]) -> None:
    """Remove every page below the folder that is not one of these, and what it leaves empty."""
    for page in folder.rglob("index.html"):
        if page not in kept:
            page.unlink()
    for inside in sorted(folder.rglob("*/"), reverse=True):
        if not any(path.is_relative_to(inside) for path in kept):
            shutil.rmtree(inside)
