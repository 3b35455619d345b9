"""JSON Feed, versions 1.0 and 1.1 (jsonfeed.org/version/1.1), forgiving about types."""

from __future__ import annotations

import json
import math
from typing import Any

from digest.errors import FetchFailed
from digest.feeds.dates import read_date, read_day
from digest.feeds.parsed import ParsedEntry, ParsedFeed, entry_url, page_url, title_of, web_url
from digest.feeds.plain_text import clean, plain_line, plain_text, without_markdown
from digest.feeds.podcast_tags import noted_transcripts
from digest.model import Link
from digest.net.urls import host_of
from digest.text.tidy import composed

_LONGEST_EPISODE = 7 * 24 * 3600


def parse_json_feed(text: str, url: str) -> ParsedFeed:
    """The feed in `text`; `url` is where it came from. Raises FetchFailed for what is no JSON
    Feed.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise FetchFailed(url, "not a feed: damaged JSON") from None
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        raise FetchFailed(url, "not a feed: JSON without items")
    home = page_url(_text(data, "home_page_url"), url)
    items = [item for item in data["items"] if isinstance(item, dict)]
    return ParsedFeed(
        title=plain_line(_text(data, "title"), markup=False),
        home_url=home,
        ttl_minutes=None,
        language=_text(data, "language"),
        entries=tuple(_entry(item, home or url, _author(data)) for item in items),
        problems=() if "jsonfeed.org" in _text(data, "version") else ("no JSON Feed version",),
    )


def _entry(item: dict[str, Any], base: str, feed_author: str) -> ParsedEntry:
    link = entry_url(_text(item, "url") or _text(item, "external_url") or _web_id(item), base)
    dates = (_text(item, "date_published"), _text(item, "date_modified"))
    dated = next((text for text in dates if read_date(text)), "")
    content = (
        plain_text(_text(item, "content_html")),
        composed(without_markdown(_text(item, "content_text").strip())),
        plain_text(_text(item, "summary")),
    )
    text = max(content, key=len)
    enclosure, seconds = _enclosure(item, base)
    title = title_of(
        plain_line(_text(item, "title"), markup=False), text, enclosure.url if enclosure else link
    )
    return ParsedEntry(
        guid=_text(item, "id"),
        url=link,
        title=title,
        published=read_date(dated),
        author=_author(item) or feed_author,
        language=_text(item, "language"),
        text="\n".join(
            line for line in (" ".join(line.split()) for line in text.splitlines()) if line
        ),
        enclosure=enclosure,
        transcripts=(
            noted_transcripts([_text(item, "content_html")], link or base) if enclosure else ()
        ),
        seconds=seconds,
        day=read_day(dated),
    )


def _web_id(item: dict[str, Any]) -> str:
    """The item's id where that is a URL, as the format asks for."""
    return identity if host_of(identity := _text(item, "id").strip()) else ""


def _enclosure(item: dict[str, Any], base: str) -> tuple[Link | None, int | None]:
    """The first audio or video attachment and its length."""
    attachments = item.get("attachments")
    for attachment in attachments if isinstance(attachments, list) else []:
        kind = _text(attachment, "mime_type").lower() if isinstance(attachment, dict) else ""
        url = (
            web_url(_text(attachment, "url"), base) if kind.startswith(("audio/", "video/")) else ""
        )
        if url:
            return Link(url, kind), _seconds(attachment.get("duration_in_seconds"))
    return None, None


def _seconds(value: object) -> int | None:
    return (
        int(value)
        if isinstance(value, int | float) and math.isfinite(value) and 0 < value < _LONGEST_EPISODE
        else None
    )


def _author(holder: dict[str, Any]) -> str:
    """Names of the authors: `authors` of version 1.1 or `author` of version 1."""
    authors = holder.get("authors")
    listed = authors if isinstance(authors, list) else [holder.get("author")]
    return ", ".join(
        name
        for author in listed
        if isinstance(author, dict) and (name := plain_line(_text(author, "name"), markup=False))
    )


def _text(holder: dict[str, Any], key: str) -> str:
    """A text, or a number written as one (ids often are); "" for anything else."""
    value = holder.get(key)
    if isinstance(value, str):
        return clean(value)
    return (
        str(value)
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e18
        else ""
    )
