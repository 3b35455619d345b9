"""The public archive: pages for approved issues, for themes, publishers and shows, the lists of
them, feeds and a sitemap.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.config.atomic_files import write_if_changed
from digest.config.templates import fill_in
from digest.render.archive_feed import archive_feed, feed_entries
from digest.render.archive_lists import list_pages
from digest.render.card_picture import card, has_card
from digest.render.episode_pages import Transcripts, episode_pages, episode_views
from digest.render.json_feed import json_feed
from digest.render.made_pages import MadePages, look_key
from digest.render.sitemap import sitemap
from digest.render.subject_pages import KINDS, gathered, hrefs, subject_pages
from digest.render.web_page import Neighbours, web_page
from digest.render.withdrawn import GONE, WithdrawnIssue, withdrawn_pages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from jinja2 import Environment

    from digest.config.schema import Newsletter
    from digest.render.archive_feed import ApprovedIssue
    from digest.render.episode_pages import EpisodeView
    from digest.render.subject_pages import SubjectView
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
    approved = [one for one in issues if not isinstance(one, WithdrawnIssue)]
    gone = [one for one in issues if isinstance(one, WithdrawnIssue)]
    newest_first = sorted(
        approved, key=lambda issue: (issue.view.date, issue.view.id), reverse=True
    )
    views = [issue.view for issue in newest_first]
    subjects = {kind: gathered(kind, views, owners) for kind in KINDS}
    lists = list_pages(newsletter, views, subjects, env, searchable=searchable)
    for kind in KINDS:
        lists |= subject_pages(newsletter, subjects[kind], env)
    heard = episode_views(transcripts.shown, newest_first, newsletter)
    lists |= episode_pages(newsletter, heard, env)
    sources = _issue_pages(views, subjects["themes"], heard)
    keys = _keys(sources, made, env)
    stand = {path for path, key in keys.items() if made.stands(site, path, key)}
    pages = {
        **{path: page.html(env) for path, page in sources.items() if path not in stand},
        **lists,
        **withdrawn_pages(gone, newsletter, env),
        **_feeds(newsletter, newest_first, gone, env),
        "sitemap.xml": sitemap(
            newsletter, newest_first, [path.removesuffix("index.html") for path in lists]
        ),
    }
    if searchable:
        pages["search/search.js"] = fill_in(env, "site_search.js.j2", language=newsletter.language)
    files: dict[Path, str | bytes] = {site / path: page for path, page in pages.items()}
    files |= {site / path: one for path, one in _cards(site, views, set(pages), env)}
    written = tuple(path for path, page in files.items() if write_if_changed(path, page))
    for path, key in keys.items():
        made.keep(site, path, key)
    _remove_emptied(site, gone, set(files))
    known = {site / path for path in sources} | set(files)
    if all(page in known for page in (site / "issues").glob("*/index.html")):
        kept = {site / "episodes" / entry / "index.html" for entry in transcripts.unknown}
        for folder in (*KINDS, "episodes"):
            _remove_others(site / folder, kept | set(files))  # else one that stays may lead there
    return written


@dataclass(frozen=True, slots=True)
class _IssuePage:
    """What an issue's page shows."""

    view: IssueView
    themes: Mapping[str, str]
    episodes: Mapping[str, str]
    neighbours: Neighbours
    pictured: bool = False

    def html(self, env: Environment) -> str:
        return web_page(
            self.view,
            env,
            archive="../../",
            themes=self.themes,
            episodes=self.episodes,
            neighbours=self.neighbours,
            picture=f"{self.view.url}card.png" if self.pictured else "",
        )

    def key(self, issues: Mapping[str, str], env_key: str) -> str:
        """Of all that it shows; "" where nothing is known of its issue."""
        beside = [
            (one.id, one.title, one.date, one.newsletter.language) if one else None
            for one in (self.neighbours.older, self.neighbours.newer)
        ]
        shown = (issues.get(self.view.id), env_key, beside, sorted(self.themes.items()))
        told = repr((*shown, self.pictured, sorted(self.episodes.items())))
        digest = blake2b(told.encode(), digest_size=16).hexdigest()
        return digest if self.view.id in issues else ""


def _cards(
    site: Path, views: Sequence[IssueView], made: Collection[str], env: Environment
) -> Iterator[tuple[str, bytes]]:
    """The pictures of the issues whose pages were made, and of those that have none yet."""
    for view in views:
        path = f"issues/{view.id}/card.png"
        anew = f"issues/{view.id}/index.html" in made or not (site / path).exists()
        if anew and has_card(view):
            yield path, card(view, env)


def _keys(pages: Mapping[str, _IssuePage], made: MadePages, env: Environment) -> dict[str, str]:
    if not made.issues:
        return {}
    shared = look_key(env)
    return {path: page.key(made.issues, shared) for path, page in pages.items()}


def _issue_pages(
    newest_first: Sequence[IssueView],
    themes: Sequence[SubjectView],
    heard: Sequence[EpisodeView],
) -> dict[str, _IssuePage]:
    episodes = {episode.url: f"../../{episode.path}" for episode in heard}
    older, newer = {}, {}
    for edition in {view.edition for view in newest_first}:
        for after, before in pairwise(view for view in newest_first if view.edition == edition):
            older[after.id], newer[before.id] = before, after
    return {
        f"issues/{view.id}/index.html": _IssuePage(
            view,
            hrefs(view, themes, "../../"),
            {source.url: episodes[source.url] for source in view.sources if source.url in episodes},
            Neighbours(older.get(view.id), newer.get(view.id)),
            has_card(view),
        )
        for view in newest_first
    }


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
