"""The public archive: pages for approved issues, for themes, publishers and shows, the lists of
them, feeds and a sitemap.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.config.atomic_files import write_if_changed
from digest.config.templates import fill_in
from digest.render.archive_feed import archive_feed, feed_entries
from digest.render.archive_lists import list_pages
from digest.render.episode_pages import Transcripts, episode_pages, episode_views
from digest.render.issue_pages import cards, issue_pages, page_keys
from digest.render.json_feed import json_feed
from digest.render.made_pages import MadePages
from digest.render.sitemap import sitemap
from digest.render.subject_pages import KINDS, gathered, subject_pages
from digest.render.withdrawn import GONE, WithdrawnIssue, withdrawn_pages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from jinja2 import Environment

    from digest.config.schema import Newsletter
    from digest.render.archive_feed import ApprovedIssue
    from digest.render.episode_pages import EpisodeView
    from digest.render.subject_pages import Kind, SubjectView
    from digest.render.view import IssueView
    from digest.stories.ledger.owners import Owners


def build(  # noqa: PLR0913  each is one thing that an archive may have
    site: Path,
    newsletter: Newsletter,
    issues: Sequence[ApprovedIssue | WithdrawnIssue],
    env: Environment,
    *,
    searchable: bool = False,
    transcripts: Transcripts | None = None,
    made: MadePages | None = None,
    owners: Owners | None = None,
) -> tuple[Path, ...]:
    """Bring the folder `site` up to these issues; a page of another issue that is published stays.
    Writes only what changed and returns the files written. `searchable` adds a page to search, for
    whose index the caller cares. `transcripts` are of the episodes that may be shown whole. Pages
    of issues that were `made` from the same before are left alone. `owners` are companies by their
    names.
    """
    made = made or MadePages()
    transcripts = transcripts or Transcripts()
    there = _there(newsletter, issues, transcripts, owners)
    sources = issue_pages(there.views, there.subjects["themes"], there.heard)
    keys = page_keys(sources, made, env)
    stand = {path for path, key in keys.items() if made.stands(site, path, key)}
    pages = {path: page.html(env) for path, page in sources.items() if path not in stand}
    pages |= _beside(there, env, searchable=searchable)
    files: dict[Path, str | bytes] = {site / path: page for path, page in pages.items()}
    files |= {site / path: one for path, one in cards(site, there.views, set(pages), env)}
    written = tuple(path for path, page in files.items() if write_if_changed(path, page))
    for path, key in keys.items():
        made.keep(site, path, key)
    _remove_emptied(site, there.gone, set(files))
    known = {site / path for path in sources} | set(files)
    if all(page in known for page in (site / "issues").glob("*/index.html")):
        kept = {site / "episodes" / entry / "index.html" for entry in transcripts.unknown}
        for folder in (*KINDS, "episodes"):
            _remove_others(site / folder, kept | set(files))  # else one that stays may lead there
    return written


@dataclass(frozen=True, slots=True)
class _There:
    """What an archive holds; `approved` and `views` are newest first."""

    newsletter: Newsletter
    approved: Sequence[ApprovedIssue]
    views: Sequence[IssueView]
    gone: Sequence[WithdrawnIssue]
    subjects: Mapping[Kind, Sequence[SubjectView]]
    heard: Sequence[EpisodeView]


def _there(
    newsletter: Newsletter,
    issues: Sequence[ApprovedIssue | WithdrawnIssue],
    transcripts: Transcripts,
    owners: Owners | None,
) -> _There:
    approved = [one for one in issues if not isinstance(one, WithdrawnIssue)]
    approved.sort(key=lambda issue: (issue.view.date, issue.view.id), reverse=True)
    views = [issue.view for issue in approved]
    return _There(
        newsletter,
        approved,
        views,
        [one for one in issues if isinstance(one, WithdrawnIssue)],
        {kind: gathered(kind, views, owners) for kind in KINDS},
        episode_views(transcripts.shown, approved, newsletter),
    )


def _beside(there: _There, env: Environment, *, searchable: bool) -> dict[str, str]:
    """All that leads to the issues' pages, by its path."""
    newsletter = there.newsletter
    lists = list_pages(newsletter, there.views, there.subjects, env, searchable=searchable)
    for kind in KINDS:
        lists |= subject_pages(newsletter, there.subjects[kind], env)
    lists |= episode_pages(newsletter, there.heard, env)
    listed = [path.removesuffix("index.html") for path in lists]
    found = {
        **lists,
        **withdrawn_pages(there.gone, newsletter, env),
        **_feeds(newsletter, there.approved, there.gone, env),
        "sitemap.xml": sitemap(newsletter, there.approved, listed),
    }
    if searchable:
        found["search/search.js"] = fill_in(env, "site_search.js.j2", language=newsletter.language)
    return found


def _feeds(
    newsletter: Newsletter,
    newest_first: Sequence[ApprovedIssue],
    gone: Sequence[WithdrawnIssue],
    env: Environment,
) -> dict[str, str]:
    """The feeds of all editions, and of each."""
    feeds = {}
    editions = {*(one.view.edition for one in newest_first), *(one.edition for one in gone)}
    for edition in ("", *sorted(editions)):
        issues = [one for one in newest_first if edition in {"", one.view.edition}]
        notices = [one for one in gone if edition in {"", one.edition}]
        entries = feed_entries(newsletter, issues, notices, env)
        home = f"{edition}/" if edition else ""
        feeds[f"{home}feed.xml"] = archive_feed(newsletter, entries, edition)
        feeds[f"{home}feed.json"] = json_feed(newsletter, entries, edition)
    return feeds


def _remove_emptied(site: Path, gone: Sequence[WithdrawnIssue], kept: set[Path]) -> None:
    """Remove the lists in which only issues stood that were taken down, and what says that there
    are such.
    """
    lists = {f"{one.edition}/index.html" for one in gone}
    lists |= {f"months/{one.date:%Y-%m}/index.html" for one in gone}
    for path in {site / name for name in (*lists, GONE)} - kept:
        path.unlink(missing_ok=True)


def _remove_others(folder: Path, kept: set[Path]) -> None:
    """Remove every page below the folder that is not one of these, and what it leaves empty."""
    for page in folder.rglob("index.html"):
        if page not in kept:
            page.unlink()
    for inside in sorted(folder.rglob("*/"), reverse=True):
        if not any(path.is_relative_to(inside) for path in kept):
            shutil.rmtree(inside)
