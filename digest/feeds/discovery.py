"""From a home page to its feeds: those that it names, else those it links to, else where feeds
usually are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from digest.errors import FetchFailed
from digest.feeds.parsed import web_url
from digest.feeds.parser import ParsedFeed, parse_feed
from digest.feeds.plain_text import clean
from digest.text.counted import counted
from digest.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from digest.model import Kind
    from digest.net.http import Client

_TYPES = re.compile(
    r"\s*(?:application|text)/(?:rss|atom|rdf|feed)\+(?:xml|json)|\s*application/json\s*$",
    re.IGNORECASE,
)
_LOOKS_LIKE_FEED = re.compile(
    r"(?:^|[/._-])(?:rss|atom|feeds?)(?:\.(?:xml|json|rss|atom|php))?/?$|\.(?:rss|atom|rdf)$",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"/comments/feed|[?&]feed=comments|\bcomments?\b.*\bfeed\b", re.IGNORECASE)
_USUAL = ("feed", "rss.xml", "feed.xml", "atom.xml", "index.xml", "rss", "feed.json")
_MOST = 10  # addresses asked for one page


@dataclass(frozen=True, slots=True)
class Named:
    """A feed as a page names it."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that was fetched and read."""

    url: str
    title: str
    kind: Kind
    entries: int
    newest: datetime | None

    def json(self) -> dict[str, Any]:
        """For `--json`."""
        newest = self.newest.isoformat() if self.newest else None
        return {
            "url": self.url,
            "title": self.title,
            "kind": self.kind,
            "entries": self.entries,
            "newest": newest,
        }

    def line(self) -> str:
        """For a person."""
        newest = f", newest {self.newest:%Y-%m-%d}" if self.newest else ""
        entries = counted(self.entries, "entry", "entries")
        return f"{self.url}  {self.title or '(no title)'}  {self.kind}, {entries}{newest}"


def discover(url: str, client: Client) -> tuple[FoundFeed, ...]:
    """The feeds at `url`: itself if it is one, else the page's; one feed in several formats counts
    once, comments do not count.

    Every feed was fetched and read. Raises FetchFailed when `url` itself cannot be had.
    """
    limit = int(client.limits.feed_mb * 1e6)
    response = client.get(
        url, accept="text/html, application/xhtml+xml, */*;q=0.8", max_bytes=limit
    )
    kind = response.headers.get("content-type", "")
    links = named(response.body, kind, response.final_url)
    itself = _parsed(response.body, kind, response.final_url)
    if itself and (itself.entries or not links):
        return (_found(url, "", itself),)
    candidates = (
        links or linked(response.body, kind, response.final_url) or usual(response.final_url)
    )
    return tuple(_distinct(_read(candidates[:_MOST], client)))


def named(body: bytes, content_type: str, url: str) -> tuple[Named, ...]:
    """The feeds that a page's head names (HTML: `<link rel=alternate>` with the type of a feed),
    comments left out. Pure.
    """
    root = _tree(body, content_type)
    base = _base(root, url)
    links = [
        Named(web_url(link.get("href") or "", base), clean(link.get("title") or "").strip())
        for link in (root.iter("link") if root is not None else ())
        if {"alternate", "feed"} & set((link.get("rel") or "").lower().split())
        and _TYPES.match(link.get("type") or "")
    ]
    return _once(link for link in links if not _COMMENTS.search(f"{link.url} {link.title}"))


def linked(body: bytes, content_type: str, url: str) -> tuple[Named, ...]:
    """What a page's text links to and looks like a feed by its address. Pure."""
    root = _tree(body, content_type)
    base = _base(root, url)
    links = (
        web_url(anchor.get("href") or "", base)
        for anchor in (root.iter("a") if root is not None else ())
    )
    return _once(
        Named(link, "")
        for link in links
        if _LOOKS_LIKE_FEED.search(link.partition("?")[0]) and not _COMMENTS.search(link)
    )


def usual(url: str) -> tuple[Named, ...]:
    """Where feeds usually are: below the page, then at the site's root. Pure."""
    below = url.partition("?")[0].rstrip("/") + "/"
    return _once(
        Named(urljoin(base, name), "") for base in (below, urljoin(url, "/")) for name in _USUAL
    )


def _once(links: Iterable[Named]) -> tuple[Named, ...]:
    first: dict[str, Named] = {}
    for link in links:
        if link.url:
            first.setdefault(link.url, link)
    return tuple(first.values())


def _tree(body: bytes, content_type: str) -> etree._Element | None:
    text = clean(decode(body, content_type))
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    return etree.fromstring(text.encode(), parser) if text.strip() else None


def _base(root: etree._Element | None, url: str) -> str:
    first = next(root.iter("base"), None) if root is not None else None
    return (web_url(first.get("href") or "", url) if first is not None else "") or url


def _read(links: Iterable[Named], client: Client) -> Iterator[tuple[FoundFeed, ParsedFeed]]:
    for link in links:
        try:
            response = client.get(link.url, max_bytes=int(client.limits.feed_mb * 1e6))
        except FetchFailed:
            continue  # named and not there: no feed
        feed = _parsed(response.body, response.headers.get("content-type", ""), response.final_url)
        if feed:
            yield _found(link.url, link.title, feed), feed


def _parsed(body: bytes, content_type: str, url: str) -> ParsedFeed | None:
    try:
        return parse_feed(body, content_type, url)
    except FetchFailed:
        return None


def _distinct(feeds: Iterable[tuple[FoundFeed, ParsedFeed]]) -> Iterator[FoundFeed]:
    """The feeds without the same entries in another format."""
    seen: set[object] = set()
    for found, feed in feeds:
        entries = frozenset(entry.url or entry.guid for entry in feed.entries)
        if not entries or entries not in seen:
            yield found
        seen.add(entries)


def _found(url: str, title: str, feed: ParsedFeed) -> FoundFeed:
    dates = [entry.published for entry in feed.entries if entry.published]
    return FoundFeed(
        url, feed.title or title, feed.kind, len(feed.entries), max(dates, default=None)
    )
