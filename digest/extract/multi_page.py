"""Articles in several parts: which link on a page leads to the next one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from digest.net.urls import clean_url, host_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # it ships no types

MAX_PARTS = 5
_NUMBER = re.compile(
    r"^(?P<stem>.*?)(?:/(?:page|p|seite|part)?[/-]?|[?&](?:page|p|pg|seite|part)=|[-_](?:page|p|seite)?-?)"
    r"(?P<number>\d{1,2})/?(?:\.html?)?$"
)


def next_part(tree: HtmlElement, url: str) -> str:
    """The address of the part after this one; "" when there is none. It is on the same host, and
    its path is this one's with a number.
    """
    stated = [
        link.get("href")
        for link in tree.xpath("//link[@rel] | //a[@rel]")
        if "next" in link.get("rel").lower().split()
    ]
    numbered = tree.xpath("//a[normalize-space() = $number]/@href", number=str(_part(url)[1] + 1))
    for href in (*stated, *numbered):
        address = _absolute(url, href or "")
        if address and _follows(url, address):
            return address
    return ""


def _absolute(url: str, href: str) -> str:
    try:
        return clean_url(urljoin(url, href.strip()))
    except ValueError:
        return ""


def _follows(url: str, address: str) -> bool:
    """Whether the second address is the first one's next part: a rel=next of a blog leads to
    another article.
    """
    (stem, number), (other_stem, other_number) = _part(url), _part(address)
    return host_of(url) == host_of(address) and stem == other_stem and other_number == number + 1


def _part(url: str) -> tuple[str, int]:
    """An address without its part's number, and the number; the first part has none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url, 1
    whole = parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    match = _NUMBER.match(whole)
    if match and 1 <= int(match["number"]) <= 20:
        return _stem(match["stem"]), int(match["number"])
    return _stem(whole), 1


def _stem(path: str) -> str:
    return re.sub(r"\.html?$", "", path.rstrip("/"))
