"""What each host of the newsroom answers: request in, response out, no sockets."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from digest.demo.pages import article_page, cookie_wall, front_page, payment_page
from digest.demo.syndication import MEDIA_TYPES, newest, write_feed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.demo.material import Publisher, SampleItem

ROBOTS = "User-agent: *\nDisallow: /account/\n"


@dataclass(frozen=True, slots=True)
class CannedResponse:
    """A status, its headers and the body before any content coding."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def answer(
    publisher: Publisher, path: str, request: Mapping[str, str], asked_before: bool
) -> CannedResponse:
    """The publisher's response to a GET.

    `path` is without its query. `request` holds the header fields, looked up by lower-cased name.
    `asked_before` says whether this host's feed was asked for earlier, for the one that is busy
    once.
    """
    if path == "/robots.txt":
        return _text(HTTPStatus.OK, ROBOTS, "text/plain")
    if path == "/feed":
        return _feed(publisher, request, asked_before)
    if path == "/":
        return _text(HTTPStatus.OK, front_page(publisher))
    for item in publisher.items:
        if item.transcript and publisher.transcript_url(item) == publisher.base + path:
            return _text(HTTPStatus.OK, item.transcript, "text/vtt")
        if item.path == path and not item.link:
            return _page(publisher, item)
    return _text(HTTPStatus.NOT_FOUND, "<h1>Not found</h1>")


def _page(publisher: Publisher, item: SampleItem) -> CannedResponse:
    if publisher.behaviour == "cookie-wall":
        return _text(HTTPStatus.OK, cookie_wall(publisher))
    if item.behaviour == "payment":
        return _text(HTTPStatus.PAYMENT_REQUIRED, payment_page(publisher, item))
    return _text(HTTPStatus.OK, article_page(publisher, item))


def _feed(publisher: Publisher, request: Mapping[str, str], asked_before: bool) -> CannedResponse:
    if publisher.behaviour == "error":
        return _text(HTTPStatus.INTERNAL_SERVER_ERROR, "<h1>Internal Server Error</h1>")
    if publisher.behaviour == "gone":
        return _text(HTTPStatus.NOT_FOUND, "<h1>Not found</h1>")
    if publisher.behaviour == "busy-once" and not asked_before:
        busy = _text(HTTPStatus.SERVICE_UNAVAILABLE, "<h1>Back in a moment</h1>")
        return CannedResponse(busy.status, busy.body, {**busy.headers, "Retry-After": "1"})
    body = write_feed(publisher)
    # Weak, because the same tag goes out with and without gzip (RFC 9110, 8.8.1).
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'
    changed = newest(publisher)
    headers = {"Cache-Control": "max-age=300", "ETag": etag}
    if changed:
        headers["Last-Modified"] = format_datetime(changed, usegmt=True)
    if _unchanged(request, etag, changed):
        return CannedResponse(HTTPStatus.NOT_MODIFIED, headers=headers)
    kind = f"{MEDIA_TYPES[publisher.format]}; charset=utf-8"
    return CannedResponse(HTTPStatus.OK, body, {**headers, "Content-Type": kind})


def _unchanged(request: Mapping[str, str], etag: str, changed: datetime | None) -> bool:
    """RFC 9110, 13.2.2: If-None-Match decides alone where it is present."""
    if "if-none-match" in request:
        tags = {tag.strip().removeprefix("W/") for tag in request["if-none-match"].split(",")}
        return bool(tags & {etag.removeprefix("W/"), "*"})
    if changed is None or "if-modified-since" not in request:
        return False
    try:
        since = parsedate_to_datetime(request["if-modified-since"])
    except ValueError:
        return False
    return changed <= (since if since.tzinfo else since.replace(tzinfo=UTC))


def _text(status: int, body: str, kind: str = "text/html") -> CannedResponse:
    return CannedResponse(status, body.encode(), {"Content-Type": f"{kind}; charset=utf-8"})
