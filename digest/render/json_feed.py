"""A JSON Feed (version 1.1) of the archive: what its Atom feed says, for readers of JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from digest.render.archive_feed import feed_title, timestamp
from digest.render.publication import address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.config.schema import Newsletter
    from digest.render.archive_feed import FeedEntry

_VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(newsletter: Newsletter, entries: Sequence[FeedEntry], edition: str = "") -> str:
    """The feed of these issues, of all editions or of one. It changes only when they do."""
    home = f"{edition}/" if edition else ""
    feed = {
        "version": _VERSION,
        "title": feed_title(newsletter, edition),
        "description": newsletter.tagline,
        "home_page_url": address(newsletter, home),
        "feed_url": address(newsletter, f"{home}feed.json"),
        "language": newsletter.language,
        "authors": [{"name": newsletter.editor or newsletter.name}],
    }
    items = [_item(one) for one in entries]
    said = {key: value for key, value in feed.items() if value}
    return f"{json.dumps(said | {'items': items}, ensure_ascii=False, indent=1)}\n"


def _item(one: FeedEntry) -> dict[str, Any]:
    item = {
        "id": one.id,
        "url": one.url,
        "title": one.title,
        "summary": one.summary,
        "content_html": one.content,
        "date_published": timestamp(one.published),
        "date_modified": timestamp(one.updated),
        "tags": list(one.categories),
    }
    return {key: value for key, value in item.items() if value}
