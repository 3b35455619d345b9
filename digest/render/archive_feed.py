"""An Atom feed (RFC 4287) of the archive: the newest issues with their full content."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
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


def archive_feed(
    newsletter: Newsletter,
    newest_first: Sequence[ApprovedIssue],
    env: Environment,
    edition: str = "",
) -> str:
    """The feed of the newest issues, of all editions or of one. Nothing in it depends on when it is
    made, so that it changes only when an approval does.
    """
    issues = newest_first[:ENTRIES]
    home = f"{edition}/" if edition else ""
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": newsletter.language})
    _add(feed, "id", feed_id(newsletter, edition))
    _add(feed, "title", feed_title(newsletter, edition))
    if newsletter.tagline:
        _add(feed, "subtitle", newsletter.tagline)
    _add(feed, "updated", timestamp(max((issue.approved_at for issue in issues), default=_NEVER)))
    _add(_add(feed, "author"), "name", newsletter.editor or newsletter.name)
    _add(
        feed,
        "link",
        rel="self",
        type="application/atom+xml",
        href=address(newsletter, f"{home}feed.xml") or "feed.xml",
    )
    _add(feed, "link", rel="alternate", type="text/html", href=address(newsletter, home) or "./")
    for issue in issues:
        _entry(feed, newsletter, issue, env, "../" if edition else "")
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


def issue_id(newsletter: Newsletter, view: IssueView) -> str:
    """What an issue is told by in every feed, for ever."""
    return view.url or tag_uri(newsletter, view.date.isoformat(), view.id)


def _entry(
    feed: ET.Element, newsletter: Newsletter, issue: ApprovedIssue, env: Environment, root: str
) -> None:
    view = issue.view
    entry = _add(feed, "entry")
    _add(entry, "id", issue_id(newsletter, view))
    _add(entry, "title", view.title)
    _add(entry, "updated", timestamp(issue.approved_at))
    _add(entry, "published", timestamp(issue.cut_off or issue.approved_at))
    href = view.url or f"{root}issues/{view.id}/"
    _add(entry, "link", rel="alternate", type="text/html", href=href)
    for category in view.categories:
        _add(entry, "category", term=category)
    if view.preheader:
        _add(entry, "summary", view.preheader)
    _add(entry, "content", issue_body(view, env), type="html")


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
