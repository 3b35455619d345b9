"""Which addresses that an issue links to cannot be opened now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.errors import FetchFailed
from digest.run.publish import load
from digest.text.markdown import links

if TYPE_CHECKING:
    from digest.net.http import Client
    from digest.run.session import Session

_MOST_BYTES = 8_000_000


def dead_links(session: Session, identity: str) -> tuple[int, list[tuple[str, str]]]:
    """How many addresses were asked, and those that did not answer well, with why. Raises
    IssueError.
    """
    draft = load(session, identity).draft
    told = [link.url for part in draft.parts for item in part.items for link in item.links]
    voiced = [link.url for text in (draft.greeting, draft.highlights) for link in links(text)]
    urls = list(dict.fromkeys([*voiced, *told]))
    with session.client() as client, session.pool() as pool:
        answers = list(pool.map(lambda url: _trouble(client, url), urls))
    return len(urls), [(url, why) for url, why in zip(urls, answers, strict=True) if why]


def _trouble(client: Client, url: str) -> str:
    try:
        client.get(url, max_bytes=_MOST_BYTES)
    except FetchFailed as failed:
        return failed.reason
    return ""
