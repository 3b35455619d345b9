"""One entry's own part of a page that holds several: what stands under its anchor, or under its title.
Pure, and run in worker processes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from digest.errors import ExtractFailed
from digest.extract.page import read_page
from digest.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # it ships no types

    from digest.extract.page import Page

FEWEST = 5  # words; with fewer an anchor leads to nothing of its own
_LEVEL = re.compile(r"h([1-6])")


def read_section(
    body: bytes, content_type: str, url: str, *, anchor: str, title: str, only: bool
) -> Page:
    """What a page says under `anchor`, else under a heading that is `title`.

    Where there is neither, or only the page's beginning: the whole page, but with `only` nothing of
    it is the entry's. Raises ExtractFailed then.
    """
    import lxml.html  # type: ignore[import-untyped]  # it ships no types

    html = decode(body, content_type)
    try:
        tree = lxml.html.fromstring(html)
    except (ValueError, AssertionError, lxml.html.etree.ParserError):
        raise ExtractFailed(url, "the page cannot be parsed") from None
    for start in (_anchored(tree, unquote(anchor)), _titled(tree, title)):
        part = _part(start) if start is not None else []
        heading = _heading_of(start) if start is not None else None
        own = only or (heading is not None and _same(heading, title))
        if own and len(" ".join(_text(element) for element in part).split()) >= FEWEST:
            return _page_of(tree, part, title, url)
    if only:
        raise ExtractFailed(url, "the page holds several entries, and no part that is this one's")
    return read_page(body, content_type, url)


def _anchored(tree: HtmlElement, anchor: str) -> HtmlElement | None:
    """What an anchor names; of a mark without text what stands behind it."""
    if not anchor:
        return None
    found = next(iter(tree.xpath("//*[@id=$name or @name=$name]", name=anchor)), None)
    if found is None or found.tag in {"html", "body", "main"}:
        return None
    inside = next((one for one in found.iterancestors() if _level(one)), None)
    if inside is not None:
        return inside
    if _text(found):
        return found
    behind = next(iter(found.xpath("following::*[normalize-space()][1]")), None)
    return behind if behind is not None and found.tag != "section" else None


def _titled(tree: HtmlElement, title: str) -> HtmlElement | None:
    """The heading that is the title."""
    return next((one for one in tree.iter() if _level(one) and _same(one, title)), None)


def _part(start: HtmlElement) -> list[HtmlElement]:
    """What belongs to a place: a heading's own text, all of what encloses it, or of any other
    element itself and what follows until the next heading.
    """
    first = _heading_of(start)
    if first is not None and first is not start:
        return [start]
    return [start, *_following(start, _level(start) or 6)]


def _following(start: HtmlElement, level: int) -> Iterator[HtmlElement]:
    """What stands behind an element until a heading of its level or above."""
    place = start
    while place.getnext() is None and place.getparent() is not None and place.tag != "body":
        place = place.getparent()  # a heading in a box of its own
    for element in place.itersiblings():
        if any(0 < _level(one) <= level for one in element.iter()):
            return
        yield element


def _heading_of(start: HtmlElement) -> HtmlElement | None:
    return next((one for one in start.iter() if _level(one)), None)


def _level(element: HtmlElement) -> int:
    """1 to 6 of a heading, else 0."""
    match = _LEVEL.fullmatch(element.tag) if isinstance(element.tag, str) else None
    return int(match[1]) if match else 0


def _same(heading: HtmlElement, title: str) -> bool:
    return _words(_text(heading)) == _words(title) != []


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _text(element: HtmlElement) -> str:
    if not isinstance(element.tag, str):
        return ""
    return " ".join("".join(element.itertext()).split())


def _page_of(tree: HtmlElement, part: Iterable[HtmlElement], title: str, url: str) -> Page:
    """The part as a page of its own, with what the whole page says of its site."""
    import lxml.html

    # it ships no types
    from lxml.html.builder import ARTICLE, BODY, H1, HEAD, HTML  # type: ignore[import-untyped]

    heads = [one for one in tree.iter("meta") if "title" not in _name(one)]
    page = HTML(HEAD(*heads), BODY(ARTICLE(H1(title), *part)), lang=tree.get("lang") or "")
    body: bytes = lxml.html.tostring(page, encoding="utf-8", doctype="<!doctype html>")
    found = read_page(body, "text/html; charset=utf-8", url)
    return replace(found, canonical_url="", usual_url="", next_url="")


def _name(meta: HtmlElement) -> str:
    return (meta.get("property") or meta.get("name") or "").lower()
