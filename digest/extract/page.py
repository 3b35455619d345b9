"""One web page into text and metadata. Pure, and run in worker processes: pages are hostile, and
nothing else is as heavy.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from digest.extract.amp_and_print import usual_version
from digest.extract.main_text import main_text
from digest.extract.metadata import Metadata, read_metadata
from digest.extract.multi_page import next_part
from digest.extract.page_labels import without_labels
from digest.net.refresh_and_wrapped_links import refresh_of
from digest.text.decoding import decode
from digest.text.inline_markup import say_inline

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

SHELL = 100  # characters; a page with scripts and less text than this waits for them
SENDS_ON = 400  # characters; "You are being redirected, click here if nothing happens"
MAX_TEXT = 400_000  # characters; a longer "article" is a dump of something else


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says. Strings are "" when it does not say; `text` has one newline between
    paragraphs.
    """

    text: str
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: datetime | None = None  # UTC; midnight when the page gives a day
    language: str = ""
    canonical_url: str = ""  # on the host where the page was found, or ""
    usual_url: str = (
        ""  # where this article is to be read, when the page is its AMP or print version
    )
    sends_to: str = ""  # where a page that says next to nothing sends those who open it
    next_url: str = ""  # the next part of an article in several
    free: bool = True  # False when it says that only subscribers may read it whole
    asks: str = ""  # what it asks for before it shows anything ("a password"); "" when nothing
    url: str = ""  # where it was found
    descriptions: tuple[str, ...] = ()  # what it says of its article in a sentence or two


def read_page(body: bytes, content_type: str, url: str) -> Page:
    """The article on a page, `text` "" when there is none. `content_type` is the header as it came,
    `url` where the page was found.
    """
    logging.getLogger("trafilatura").setLevel(
        logging.CRITICAL
    )  # what it says of strangers' pages is for nobody
    html = decode(body, content_type)
    tree = _parsed(html)
    if tree is None:
        return Page(text="", sends_to=refresh_of(html, url, by_script=True), url=url)
    metadata = read_metadata(tree, url)
    following, usual, password = (
        next_part(tree, url),
        usual_version(tree, url, metadata.canonical_url),
        _wants_password(tree),
    )
    text = without_labels(main_text(tree, lambda: _parsed(html), metadata, url), metadata)
    asks = (
        "a password"
        if password
        else "scripts to be run"
        if len(text) < SHELL and "<script" in html
        else ""
    )
    onward = refresh_of(html, url, by_script=True) if len(text) < SENDS_ON else ""
    found = _page(
        text[:MAX_TEXT], metadata, asks=asks, usual_url=usual, next_url=following, url=url
    )
    return replace(found, sends_to=onward)


def _page(
    text: str, metadata: Metadata, *, asks: str, usual_url: str, next_url: str, url: str
) -> Page:
    return Page(
        text=text,
        title=metadata.title,
        publisher=metadata.publisher,
        author=metadata.author,
        published=metadata.published,
        language=metadata.language,
        canonical_url=metadata.canonical_url,
        usual_url=usual_url,
        next_url=next_url,
        free=metadata.free,
        asks=asks,
        url=url,
        descriptions=metadata.descriptions,
    )


def _wants_password(tree: Any) -> bool:
    return any((field.get("type") or "").lower() == "password" for field in tree.iter("input"))


@cache
def _loader() -> Callable[[str], Any]:
    """trafilatura's own, whose parser makes elements without asking Python for the class of each:
    we need no forms, and a page has them looked up five thousand times.
    """
    from lxml.etree import ElementDefaultClassLookup  # type: ignore[import-untyped]
    from lxml.html import (  # type: ignore[import-untyped]  # they ship no types
        HtmlComment,
        HtmlElement,
        HtmlEntity,
        HtmlProcessingInstruction,
    )
    from trafilatura.utils import HTML_PARSER, load_html

    HTML_PARSER.set_element_class_lookup(
        ElementDefaultClassLookup(HtmlElement, HtmlComment, HtmlProcessingInstruction, HtmlEntity)
    )
    loader: Callable[[str], Any] = load_html
    return loader


def _parsed(html: str) -> Any:
    try:
        tree = _loader()(html)
        if tree is not None:
            say_inline(tree)
    except (ValueError, AssertionError):  # lxml on an empty or a broken document
        return None
    return tree
