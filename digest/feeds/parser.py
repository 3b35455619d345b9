"""The body of an answer to a feed, whatever the format and however it is labelled."""

from __future__ import annotations

import dataclasses

from digest.errors import FetchFailed
from digest.feeds.guids_and_anchors import identified
from digest.feeds.json_feed import parse_json_feed
from digest.feeds.parsed import ParsedEntry, ParsedFeed
from digest.feeds.rss_atom import parse_xml_feed
from digest.text.decoding import decoded

__all__ = ["ParsedEntry", "ParsedFeed", "parse_feed"]


def parse_feed(body: bytes, content_type: str, url: str) -> ParsedFeed:
    """Read a feed of any known format; the content decides which it is, `content_type` only helps
    with the charset.

    `url` is where the body came from, for relative links. Raises FetchFailed, whose reason says
    what the body is instead.
    """
    if not body.strip():
        raise FetchFailed(url, "empty answer")
    text, mended = decoded(body, content_type)
    text = text.lstrip("\ufeff \t\r\n\0")
    feed = parse_json_feed(text, url) if text.startswith(("{", "[")) else parse_xml_feed(text, url)
    return dataclasses.replace(
        feed,
        entries=identified(feed.entries),
        problems=feed.problems + ((mended,) if mended else ()),
    )
