"""Small changes to a parsed document that leave the text around them where it is, and what stands
beside an element.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]  # it ships no types

# HTML's phrasing content (section 3.2.5.2.5): what stands inside a line.
INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "math",
        "meter",
        "nobr",
        "output",
        "q",
        "rb",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "slot",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "svg",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)


def drop(element: _Element) -> None:
    """Take an element out; the text behind it stays."""
    replace_with(element, "")


def replace_with(element: _Element, text: str) -> None:
    """Put a text where an element was."""
    parent = element.getparent()
    if parent is None:
        return
    _add_before(element, text + (element.tail or ""))
    element.tail = None
    parent.remove(element)


def unwrap(element: _Element) -> None:
    """Take an element's tags away; what is in it stays."""
    parent = element.getparent()
    if parent is None:
        return
    _add_before(element, element.text or "")
    at = parent.index(element)
    children = list(element)
    tail = element.tail or ""
    parent[at : at + 1] = children
    if children:
        children[-1].tail = (children[-1].tail or "") + tail
    elif at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


def put_behind_block(element: _Element) -> None:
    """Make an element of a line a paragraph of its own, behind the block that it stands in."""
    block = next((above for above in element.iterancestors() if above.tag not in INLINE), None)
    above = None if block is None else block.getparent()
    if block is None or above is None:
        return
    drop(element)
    element.tag = "p"
    element.tail, block.tail = block.tail, None
    above.insert(above.index(block) + 1, element)


def text_of(element: _Element) -> str:
    """All text in an element, comments aside."""
    return "".join(element.itertext("*")) if isinstance(element.tag, str) else ""


def before(element: _Element) -> str:
    """What stands before an element in its line, up to the next element with words; "" or white
    space at the beginning of a block.
    """
    node, space = element, ""
    while True:
        previous, parent = node.getprevious(), node.getparent()
        if previous is not None:
            found = previous.tail or ""
            if not found.strip() and previous.tag in INLINE:
                found = text_of(previous) + found
            if found.strip() or previous.tag not in INLINE:
                return found + space
            node = previous
        else:
            found = (parent.text or "") if parent is not None else ""
            if parent is None or found.strip() or parent.tag not in INLINE:
                return found + space
            node = parent
        space = found + space


def behind(element: _Element) -> str:
    """What stands behind an element in its line, up to the next element with words; "" or white
    space at the end of a block.
    """
    node, space = element, ""
    while not (node.tail or "").strip():
        space += node.tail or ""
        following, parent = node.getnext(), node.getparent()
        if following is not None:
            found = text_of(following) if following.tag in INLINE else ""
            if found.strip() or following.tag not in INLINE:
                return space + found
            node = following
        elif parent is None or parent.tag not in INLINE:
            return space
        else:
            node = parent
    return f"{space}{node.tail}"


def _add_before(element: _Element, text: str) -> None:
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text
