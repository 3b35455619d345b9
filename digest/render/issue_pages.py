"""The pages of approved issues in the archive, with their neighbours and pictures."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.render.card_picture import card, has_card
from digest.render.made_pages import look_key
from digest.render.subject_pages import hrefs
from digest.render.web_page import Neighbours, web_page

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from jinja2 import Environment

    from digest.render.episode_pages import EpisodeView
    from digest.render.made_pages import MadePages
    from digest.render.subject_pages import SubjectView
    from digest.render.view import IssueView


@dataclass(frozen=True, slots=True)
class IssuePage:
    """What an issue's page shows."""

    view: IssueView
    themes: Mapping[str, str]
    episodes: Mapping[str, str]
    neighbours: Neighbours
    pictured: bool = False

    def html(self, env: Environment) -> str:
        """The page."""
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


def cards(
    site: Path, views: Sequence[IssueView], made: Collection[str], env: Environment
) -> Iterator[tuple[str, bytes]]:
    """The pictures of the issues whose pages were made, and of those that have none yet."""
    for view in views:
        path = f"issues/{view.id}/card.png"
        anew = f"issues/{view.id}/index.html" in made or not (site / path).exists()
        if anew and has_card(view):
            yield path, card(view, env)


def page_keys(pages: Mapping[str, IssuePage], made: MadePages, env: Environment) -> dict[str, str]:
    """The key of each page's contents, by its path; none where nothing is known of any issue."""
    if not made.issues:
        return {}
    shared = look_key(env)
    return {path: page.key(made.issues, shared) for path, page in pages.items()}


def issue_pages(
    newest_first: Sequence[IssueView],
    themes: Sequence[SubjectView],
    heard: Sequence[EpisodeView],
) -> dict[str, IssuePage]:
    """The pages of these issues by their path in the archive."""
    episodes = {episode.url: f"../../{episode.path}" for episode in heard}
    older, newer = {}, {}
    for edition in {view.edition for view in newest_first}:
        for after, before in pairwise(view for view in newest_first if view.edition == edition):
            older[after.id], newer[before.id] = before, after
    return {
        f"issues/{view.id}/index.html": IssuePage(
            view,
            hrefs(view, themes, "../../"),
            {source.url: episodes[source.url] for source in view.sources if source.url in episodes},
            Neighbours(older.get(view.id), newer.get(view.id)),
            has_card(view),
        )
        for view in newest_first
    }
