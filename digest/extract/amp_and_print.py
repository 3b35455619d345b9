"""AMP and print versions of a page: at which address it stands as everybody sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from digest.net.urls import clean_url

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # it ships no types

_AMP = frozenset({"amp", "\u26a1"})  # attributes of <html> that make a document AMP
_FOR_PRINT = re.compile(
    r"(?<![a-z])print(?:able|er|ing|out|version)?(?![a-z])[^/]*/?$", re.IGNORECASE
)


def usual_version(tree: HtmlElement, url: str, canonical: str) -> str:
    """Where the article of an AMP or print version is to be read, by its `canonical` address; ""
    for a page that is the usual one.

    Whoever was asked over https is not asked over http.
    """
    usual = clean_url(canonical)
    if url.startswith("https:"):
        usual = usual.replace("http:", "https:", 1) if usual.startswith("http:") else usual
    if not usual or usual == clean_url(url):
        return ""
    return usual if _is_amp(tree, url) or _is_for_print(tree, url) else ""


def _is_amp(tree: HtmlElement, url: str) -> bool:
    return bool(_AMP & set(tree.keys())) or _is_own(
        url, tree.xpath("//link[@rel = 'amphtml']/@href")
    )


def _is_for_print(tree: HtmlElement, url: str) -> bool:
    return bool(_FOR_PRINT.search(url)) or _is_own(
        url, tree.xpath("//link[@rel = 'alternate'][@media = 'print']/@href")
    )


def _is_own(url: str, links: list[str]) -> bool:
    """Whether one of these links leads to the page itself."""
    for href in links:
        try:
            if clean_url(urljoin(url, href.strip())) == clean_url(url):
                return True
        except ValueError:
            continue
    return False
