"""Makes sure that a line of a page stays whole: what trafilatura would take out of the middle of a
sentence becomes plain text before it sees it.

In version 2.3 an empty element goes with the words behind it (in its precise mode), `time`,
`output` and `label` go, and so does whatever is called "caption", "share" or "hidden".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.text.markup_tree import INLINE, before, behind, drop, replace_with, text_of, unwrap

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # it ships no types

# These keep their tags: links because their density tells navigation, the others as emphasis.
_KEPT = frozenset({"a", "b", "code", "del", "em", "i", "q", "s", "strong", "sub", "sup", "u"})
_EMPTY = INLINE | {
    "button",
    "embed",
    "iframe",
    "input",
    "object",
    "script",
    "style",
    "noscript",
    "template",
}
_SAYS_NOTHING = frozenset({"script", "style", "template", "noscript", "svg", "select", "iframe"})
_WORD = re.compile(r"\w")
_BREAK = re.compile(r"(?:^|\s)(?:br|line-?break|break)(?:\s|$)")
_CELL = 2000  # characters; a cell with more is a page laid out in a table
_LINES = ("li", "p", "div", "br", "dd", "dt")


def keep_lines_whole(tree: _Element) -> None:
    """Change a page so that its lines come through whole."""
    for element in list(tree.iter("*")):
        if "-" in element.tag:
            _name(element)
    for element in list(tree.iter(*_EMPTY)):
        if element.getparent() is not None and _is_in_a_line(element):
            _settle(element)
    for cell in list(tree.iter("td", "th")):
        _put_into_lines(cell)


def _name(element: _Element) -> None:
    """An element of the site's own making, by what it is: a part of a line, a paragraph or a box."""
    if _is_in_a_line(element):
        element.tag = "span"
    else:
        boxes = any(child.tag not in INLINE for child in element.iterdescendants("*"))
        element.tag = "div" if boxes or not text_of(element).strip() else "p"


def _settle(element: _Element) -> None:
    """An element of a line: nothing where it says nothing, its text where only its tag or name
    would cost it.
    """
    if element.tag == "embed":
        unwrap(element)  # the parser takes what follows for its content
    elif _BREAK.search(element.get("class") or "") and not text_of(element).strip():
        element.tag = "br"
    elif element.tag in _SAYS_NOTHING or not text_of(element).strip():
        _empty(element)
    elif element.tag in _KEPT:
        address = element.get("href")
        element.attrib.clear()
        if address:
            element.set("href", address)
    elif element.tag == "button" and not (before(element).strip() and behind(element).strip()):
        return  # to be pressed, not read
    elif element.tag in INLINE | {"button"} and all(
        child.tag in INLINE for child in element.iterdescendants("*")
    ):
        unwrap(element)


def _empty(element: _Element) -> None:
    """Take an element that says nothing away; a break in it stays one."""
    if element.tag not in _SAYS_NOTHING and element.find(".//br") is not None:
        unwrap(element)
    else:
        replace_with(element, text_of(element) if element.tag not in _SAYS_NOTHING else "")


def _is_in_a_line(element: _Element) -> bool:
    """Whether words stand beside the element, in the same line."""
    return bool(_WORD.search(before(element)) or _WORD.search(behind(element)))


def _put_into_lines(cell: _Element) -> None:
    """A table's cell as one line: lists and paragraphs in it are lost otherwise."""
    if len(cell) == 0 or next(cell.iter("table"), None) is not None or len(text_of(cell)) > _CELL:
        return
    for inner in list(cell.iter(*_LINES)):
        inner.tail = (
            f"; {inner.tail or ''}"
            if inner.tag == "li" and _has_next(inner)
            else f" {inner.tail or ''}"
        )
        if inner.tag == "br":
            drop(inner)
        else:
            unwrap(inner)
    for listed in list(cell.iter("ul", "ol", "dl")):
        unwrap(listed)


def _has_next(item: _Element) -> bool:
    return next(item.itersiblings("li"), None) is not None
