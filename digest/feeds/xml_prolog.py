"""What stands before a document's root element, read without an XML parser so that nothing in it
can do harm.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MISC = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_DOCTYPE = re.compile(
    r"<!DOCTYPE\b(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*(?:\[(?P<subset>.*?)\]\s*)?>",
    re.DOTALL | re.IGNORECASE,
)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?P<name>[A-Za-z_][\w.-]*)")
_FEED_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?P<name>rss|rdf|feed)(?=[\s>])", re.IGNORECASE)
# General entities that refer to others or to the outside. Plain ones (`<!ENTITY nbsp "&#160;">`)
# and the
# customary parameter entities are harmless once the whole DTD is left out.
_DANGEROUS = re.compile(
    r"<!ENTITY\s+(?!%)\S+\s+(?:SYSTEM\b|PUBLIC\b|\"[^\"]*&[^#\"]|'[^']*&[^#'])", re.IGNORECASE
)
_SEARCHED = 65536  # characters: a prolog or leading junk longer than this belongs to no feed


@dataclass(frozen=True, slots=True)
class XmlDocument:
    """A document from its root element on. `root` is the element's local name in lower case, ""
    when there is none.
    """

    text: str
    root: str
    junk: bool  # something stood before the root that does not belong there
    dangerous: bool  # the DTD declares entities that expand into others or name files


def open_document(text: str) -> XmlDocument:
    """Cut the prolog off: XML declaration, comments, processing instructions, DTD and leading junk.

    No DTD ever reaches a parser, so no entity that it declares is expanded or fetched.
    """
    at = _skip(text, 0)
    doctype = _DOCTYPE.match(text, at, at + _SEARCHED)
    dangerous = bool(doctype and _DANGEROUS.search(doctype["subset"] or ""))
    at = _skip(text, doctype.end()) if doctype else at
    root, feed = _ROOT.match(text, at), _FEED_ROOT.search(text, at, at + _SEARCHED)
    start = feed or root
    if not start:
        return XmlDocument("", "", junk=True, dangerous=dangerous)
    return XmlDocument(
        text[start.start() :], start["name"].lower(), junk=start.start() > at, dangerous=dangerous
    )


def _skip(text: str, at: int) -> int:
    match = _MISC.match(text, at, at + 4 * _SEARCHED)
    return match.end() if match else at
