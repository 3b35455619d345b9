"""Figures that hold words and no picture, such as quotations with their speaker's name below (HTML
Standard, "the blockquote element"): trafilatura leaves out all but the tables in them. Pure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # it ships no types

FEWEST = 4  # words
_SHOWN = (
    "img", "picture", "video", "audio", "iframe", "svg", "canvas", "object", "embed", "table",
    "script",
)  # fmt: skip
_WORD = re.compile(r"\w+")


def keep_what_figures_say(tree: HtmlElement) -> None:
    """Make plain boxes of them, their captions paragraphs, unless the page says the same elsewhere:
    a quotation that is pulled out of the text is in it already.
    """
    speaking = [one for one in tree.iter("figure") if next(one.iter(*_SHOWN), None) is None]
    said = [(one, _words(one, caption=False)) for one in speaking]
    said = [(one, words) for one, words in said if words.count(" ") >= FEWEST - 1]
    whole = f" {_words(tree)} " if said else ""
    for figure, words in said:
        if whole.count(f" {words} ") > 1:
            continue
        figure.tag = "div"
        figure.attrib.clear()
        for caption in list(figure.iter("figcaption")):
            caption.tag = "p"
            caption.attrib.clear()


def _words(element: HtmlElement, *, caption: bool = True) -> str:
    """The words of an element in lower case, one space between them."""
    parts = element.itertext() if caption else _outside_caption(element)
    return " ".join(_WORD.findall(" ".join(parts).casefold()))


def _outside_caption(figure: HtmlElement) -> list[str]:
    return [str(text) for text in figure.xpath(".//text()[not(ancestor::figcaption)]")]
