"""RSS 2.0 and Atom as most publishers write them, read by lxml in a tenth of the time that
feedparser takes.

Only what is well-formed and holds nothing out of the ordinary is read here, and with the same
result; the first thing that is not on the lists below leaves the whole document to feedparser. A
test holds the two against each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from digest.feeds.dates import read_date
from digest.net.urls import host_of

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_SY = "{http://purl.org/rss/1.0/modules/syndication/}"
_ORIGINAL = "{http://rssnamespace.org/feedburner/ext/1.0}origLink"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# Where a text goes, in feedparser's names.
_CHANNEL = {
    "title": "title", "link": "link", "language": "language", "ttl": "ttl",
    f"{_SY}updatePeriod": "sy_updateperiod", f"{_SY}updateFrequency": "sy_updatefrequency",
}  # fmt: skip
_ITEM = {
    "title": "title",
    "link": "link",
    "description": "summary",
    "pubDate": "published",
    "author": "author",
    _CREATOR: "author",
    _ORIGINAL: "feedburner_origlink",
}
_ENTRY = {_ATOM + name: name for name in ("title", "id", "published", "updated", "summary")} | {
    _ORIGINAL: "feedburner_origlink"
}
# What nothing here reads.
_BESIDE_CHANNEL = frozenset(
    {
        "description", "image", "generator", "docs", "lastBuildDate", "pubDate", "copyright",
        "managingEditor", "webMaster", "category",
        "skipHours", "skipDays", "cloud", f"{_SY}updateBase",
    }
)  # fmt: skip
_PERSON = frozenset(_ATOM + name for name in ("name", "uri", "email"))
_INSIDE_IMAGE = frozenset(
    {"url", "title", "link", "width", "height", "description", "hour", "day"}
)  # and skipHours, skipDays
_BESIDE_ITEM = frozenset(
    {
        "category", "comments", "{http://wellformedweb.org/CommentAPI/}commentRss",
        "{http://wellformedweb.org/CommentAPI/}comment",
        "{http://purl.org/rss/1.0/modules/slash/}comments",
        "{com-wordpress:feed-additions:1}post-id",
        f"{_MEDIA}thumbnail", f"{_MEDIA}content", f"{_MEDIA}credit",
    }
)  # fmt: skip
_BESIDE_FEED = frozenset(
    _ATOM + name
    for name in ("subtitle", "updated", "generator", "icon", "logo", "rights", "category", "id")
)
_BESIDE_ENTRY = frozenset(_ATOM + name for name in ("category", "rights"))
# feedparser takes these for windows-1252, and titles with these for HTML if it knows the tags and
# entities.
_CONTROLS = re.compile("[\x80-\x9f]")
_ABSOLUTE = re.compile(r"(?:tag|urn|https?):\S+$")
_MARKUP = re.compile(r"</\w|&#?\w+;")


@dataclass(frozen=True, slots=True)
class Raw:
    """A feed in feedparser's terms."""

    feed: dict[str, Any]
    entries: list[dict[str, Any]]
    damaged: bool = False
    known: bool = True  # whether the document is of a kind of feed that has a name


class _UnusualError(Exception):
    """Something that only feedparser knows how to read."""


def read_wellformed(text: str, root: str) -> Raw | None:
    """The feed in `text`, which begins with the root element and holds no DTD; None when it is not
    for this reader.
    """
    if root not in {"rss", "feed"} or "xml:base" in text:
        return None
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        tree = etree.fromstring(text.encode(), parser)
        if text.count("xml:lang") > (tree.tag == f"{_ATOM}feed" and _LANG in tree.attrib):
            return None  # a language of one item's or one text's own
        return _rss(tree) if tree.tag == "rss" else _atom(tree)
    except (etree.XMLSyntaxError, _UnusualError, UnicodeError):
        return None


def _rss(root: etree._Element) -> Raw:
    if len(root) != 1 or root[0].tag != "channel":
        raise _UnusualError
    feed: dict[str, Any] = {}
    entries: list[dict[str, Any]] = []
    for child in root[0]:
        if child.tag == "item":
            entries.append(_rss_item(child))
        elif child.tag in _CHANNEL:
            _put(feed, _CHANNEL[child.tag], child)
        elif (
            child.tag == f"{_ATOM}link"
            and child.get("rel", "alternate") != "alternate"
            and child.get("href")
        ):
            continue
        elif child.tag not in _BESIDE_CHANNEL or any(
            inner.tag not in _INSIDE_IMAGE or len(inner) for inner in child
        ):
            raise _UnusualError
    return Raw(_titled(feed), entries)


def _rss_item(element: etree._Element) -> dict[str, Any]:
    item: dict[str, Any] = {"links": [], "content": []}
    permalink = False
    for child in element:
        if child.tag in _ITEM:
            _put(item, _ITEM[child.tag], child)
        elif child.tag == _CONTENT:
            item["content"].append({"value": _text(child)})
        elif child.tag == "guid":
            permalink = child.attrib.pop("isPermaLink", "true") == "true"
            _put(item, "id", child)
        elif child.tag == "source" and "source" not in item:
            item["source"] = {"title": _text(child)}
        elif child.tag == "enclosure" and not len(child):
            item["links"].append(
                {"rel": "enclosure", "href": child.get("url", ""), "type": child.get("type", "")}
            )
        elif child.tag not in _BESIDE_ITEM or len(child):
            raise _UnusualError
    identity = item.get("id", "")
    if permalink and not host_of(identity) and item.get("link", identity) == identity:
        raise _UnusualError
    item["link"] = item.get("link", identity if permalink else "")
    item["guidislink"] = permalink
    return _titled(item)


def _atom(root: etree._Element) -> Raw:
    if root.tag != f"{_ATOM}feed":
        raise _UnusualError
    language = root.get(_LANG, "").replace("_", "-")
    feed: dict[str, Any] = {"language": language} if language else {}
    entries = []
    for child in root:
        if child.tag == f"{_ATOM}entry":
            entries.append(_atom_entry(child, language))
        elif child.tag == f"{_ATOM}title":
            _put_typed(feed, "title", child)
        elif child.tag == f"{_ATOM}link":
            _put_link(feed, child)
        elif child.tag == f"{_ATOM}author":
            _name(child)
        elif child.tag not in _BESIDE_FEED or len(child):
            raise _UnusualError
    return Raw(feed, entries)


def _atom_entry(element: etree._Element, language: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"links": [], "content": []}
    for child in element:
        if child.tag in _ENTRY:
            _put_typed(entry, _ENTRY[child.tag], child)
        elif child.tag == f"{_ATOM}content":
            held: dict[str, Any] = {}
            _put_typed(held, "value", child)
            entry["content"].append(held)
        elif child.tag == f"{_ATOM}link":
            _put_link(entry, child)
        elif child.tag == f"{_ATOM}author" and "author" not in entry:
            entry["author"] = _name(child)
        elif child.tag not in _BESIDE_ENTRY or len(child):
            raise _UnusualError
    if "link" not in entry or not _ABSOLUTE.match(entry.get("id", "")):
        raise _UnusualError
    if language and "title_detail" in entry:
        entry["title_detail"]["language"] = language
    return entry


def _name(author: etree._Element) -> str:
    """The name of an Atom person."""
    names = [_text(child) for child in author if child.tag == f"{_ATOM}name"]
    if len(names) != 1 or not names[0] or any(child.tag not in _PERSON for child in author):
        raise _UnusualError
    return names[0]


def _put_link(holder: dict[str, Any], link: etree._Element) -> None:
    attributes = {name: link.get(name, "").strip() for name in ("href", "type")}
    rel = link.get("rel", "alternate")
    if len(link) or (link.text or "").strip() or not attributes["href"]:
        raise _UnusualError
    if rel == "alternate":
        if "link" in holder or attributes["type"] not in {"", "text/html"}:
            raise _UnusualError
        holder["link"] = attributes["href"]
    elif rel == "enclosure":
        holder.setdefault("links", []).append({"rel": rel, **attributes})
    elif rel not in {"self", "hub", "next", "replies", "edit"}:
        raise _UnusualError


def _put_typed(holder: dict[str, Any], key: str, element: etree._Element) -> None:
    """An Atom text construct: plain or escaped HTML (RFC 4287, section 3.1)."""
    kind = element.attrib.pop("type", "text")
    if kind not in {"text", "html", "text/html"}:
        raise _UnusualError
    _put(holder, key, element)
    if key == "title":
        holder["title_detail"] = {"type": "text/plain" if kind == "text" else "text/html"}


def _put(holder: dict[str, Any], key: str, element: etree._Element) -> None:
    if key in holder or element.attrib:
        raise _UnusualError
    holder[key] = _text(element)
    if key in {"published", "updated"} and read_date(holder[key]) is None:
        raise _UnusualError  # one of feedparser's rarer dialects, perhaps


def _text(element: etree._Element) -> str:
    text = (element.text or "").strip()
    if len(element) or (
        not text.isascii() and (_CONTROLS.search(text) or not _is_no_mojibake(text))
    ):
        raise _UnusualError
    return text


def _is_no_mojibake(text: str) -> bool:
    """Whether this is not UTF-8 that somebody took for Latin-1, which feedparser mends."""
    try:
        text.encode("latin-1").decode()
    except UnicodeError:
        return True
    return False


def _titled(holder: dict[str, Any]) -> dict[str, Any]:
    """With what feedparser says of an RSS title."""
    if _MARKUP.search(holder.get("title", "")):
        raise _UnusualError
    return {**holder, "title_detail": {"type": "text/plain"}} if "title" in holder else holder
