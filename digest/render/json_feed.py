"""A JSON Feed (version 1.1) of the archive: what its Atom feed says, for readers of JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from digest.render.archive_feed import ENTRIES, feed_title, issue_id, timestamp
from digest.render.publication import address
from digest.render.web_page import issue_body

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment

    from digest.config.schema import Newsletter
    from digest.render.archive_feed import ApprovedIssue

_VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(
    newsletter: Newsletter,
    newest_first: Sequence[ApprovedIssue],
    env: Environment,
    edition: str = "",
) -> str:
    """The feed of the newest issues, of all editions or of one. It changes only when an approval
    does.
    """
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
    items = [_item(newsletter, issue, env) for issue in newest_first[:ENTRIES]]
    said = {key: value for key, value in feed.items() if value}
    return f"{json.dumps(said | {'items': items}, ensure_ascii=False, indent=1)}\n"


def _item(newsletter: Newsletter, issue: ApprovedIssue, env: Environment) -> dict[str, Any]:
    view = issue.view
    item = {
        "id": issue_id(newsletter, view),
        "url": view.url,
        "title": view.title,
        "summary": view.preheader,
        "content_html": issue_body(view, env),
        "date_published": timestamp(issue.cut_off or issue.approved_at),
        "date_modified": timestamp(issue.approved_at),
        "tags": list(view.categories),
    }
    return {key: value for key, value in item.items() if value}
