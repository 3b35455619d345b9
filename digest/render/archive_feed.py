"""An Atom feed (RFC 4287) of the archive: the newest issues with their full content."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from digest.render.publication import address
from digest.render.web_page import issue_body

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Environment

    from digest.config.schema import Newsletter
    from digest.model import Evidence
    from digest.render.view import IssueView
    from digest.render.withdrawn import WithdrawnIssue

ENTRIES = 30  # with full content; older issues are in the list
_ATOM = "http://www.w3.org/2005/Atom"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ApprovedIssue:
    """An issue that readers may see, and when it was approved."""

    view: IssueView
    approved_at: datetime
    cut_off: datetime | None = None  # until when its news was taken in
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)  # by insight

    @property
    def id(self) -> str:
        """The issue's."""
        return self.view.id

    @property
    def changed_at(self) -> datetime:
        """When readers last saw something new in it."""
        return max((self.approved_at, *(one.at for one in self.view.corrections)))


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An issue as feeds have it, or what is said in its place."""

    id: str
    title: str
    updated: datetime
    published: datetime
    url: str  # "" when the newsletter has no address
    path: str  # of its page in the archive
    content: str  # HTML
    summary: str = ""
    categories: tuple[str, ...] = ()


def feed_entries(
    newsletter: Newsletter,
    issues: Sequence[ApprovedIssue],
    gone: Sequence[WithdrawnIssue],
    env: Environment,
) -> tuple[FeedEntry, ...]:
    """The newest of `issues`, which are newest first, and of what was taken down. Such a one keeps
    its id, so that feed readers put the notice in place of what they had.
    """
    entries = [*(_issue(newsletter, one, env) for one in issues[:ENTRIES])]
    entries += [_notice(newsletter, one) for one in gone]
    newest = sorted(entries, key=lambda one: one.path, reverse=True)  # which begins with the day
    return tuple(newest[:ENTRIES])


def _issue(newsletter: Newsletter, issue: ApprovedIssue, env: Environment) -> FeedEntry:
    view = issue.view
    return FeedEntry(
        issue_id(newsletter, view),
        view.title,
        issue.changed_at,
        issue.cut_off or issue.approved_at,
        view.url,
        f"issues/{view.id}/",
        issue_body(view, env),
        view.preheader,
        view.categories,
    )


def _notice(newsletter: Newsletter, gone: WithdrawnIssue) -> FeedEntry:
    content = f"<p>{escape(gone.notice)}</p>"
    path = f"issues/{gone.id}/"
    return FeedEntry(
        issue_id(newsletter, gone), gone.title, gone.at, gone.at, gone.url, path, content
    )


def archive_feed(newsletter: Newsletter, entries: Sequence[FeedEntry], edition: str = "") -> str:
    """The feed of these issues, of all editions or of one. Nothing in it depends on when it is
    made, so that it changes only when they do.
    """
    home = f"{edition}/" if edition else ""
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": newsletter.language})
    _add(feed, "id", feed_id(newsletter, edition))
    _add(feed, "title", feed_title(newsletter, edition))
    if newsletter.tagline:
        _add(feed, "subtitle", newsletter.tagline)
    _add(feed, "updated", timestamp(max((one.updated for one in entries), default=_NEVER)))
    _add(_add(feed, "author"), "name", newsletter.editor or newsletter.name)
    _add(
        feed,
        "link",
        rel="self",
        type="application/atom+xml",
        href=address(newsletter, f"{home}feed.xml") or "feed.xml",
    )
    _add(feed, "link", rel="alternate", type="text/html", href=address(newsletter, home) or "./")
    for one in entries:
        _entry(feed, one, "../" if edition else "")
    ET.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def feed_id(newsletter: Newsletter, edition: str) -> str:
    """What a feed is told by, for ever: of all editions ("") or of one."""
    home = f"{edition}/" if edition else ""
    tag = tag_uri(newsletter, "2026-01-01", f"feed/{edition}" if edition else "feed")
    return address(newsletter, home) or tag


def feed_title(newsletter: Newsletter, edition: str) -> str:
    """What a feed reader shows: the newsletter's name, and the edition's where it is one's."""
    return f"{newsletter.name}: {edition}" if edition else newsletter.name


def issue_id(newsletter: Newsletter, view: IssueView | WithdrawnIssue) -> str:
    """What an issue is told by in every feed, for ever."""
    return view.url or tag_uri(newsletter, view.date.isoformat(), view.id)


def _entry(feed: ET.Element, one: FeedEntry, root: str) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", one.id)
    _add(entry, "title", one.title)
    _add(entry, "updated", timestamp(one.updated))
    _add(entry, "published", timestamp(one.published))
    href = one.url or f"{root}{one.path}"
    _add(entry, "link", rel="alternate", type="text/html", href=href)
    for category in one.categories:
        _add(entry, "category", term=category)
    if one.summary:
        _add(entry, "summary", one.summary)
    _add(entry, "content", one.content, type="html")


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    element.text = text
    return element


def timestamp(moment: datetime) -> str:
    """A moment as feeds write it (RFC 3339), in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def tag_uri(newsletter: Newsletter, day: str, name: str) -> str:
    """A tag URI (RFC 4151) for a newsletter that has no address; `.invalid` can be nobody's (RFC
    2606).
    """
    authority = re.sub(r"[^a-z0-9]+", "-", newsletter.name.casefold()).strip("-") or "digest"
    return f"tag:{authority}.invalid,{day}:{name}"
