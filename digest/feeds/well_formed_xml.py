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

from digest.feeds.beside import called, is_beside
from digest.feeds.dates import read_date
from digest.net.urls import host_of

_ATOM = "{http://www.w3.org/2005/Atom}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_LANG = f"{_XML}lang"

# Where a text goes, by feedparser's names.
_CHANNEL = {
    **{name: name for name in ("title", "link", "language", "ttl", "id")},
    **{name: name for name in ("sy_updateperiod", "sy_updatefrequency")},
    "dc_language": "language",
}
_ITEM = {
    **{name: name for name in ("title", "link", "updated", "itunes_duration")},
    "feedburner_origlink": "feedburner_origlink",
    "pubdate": "published",
    "dc_date": "updated",
}
_AUTHORS = frozenset({"author", "dc_creator", "itunes_author"})  # the last one counts
_SUMMARIES = frozenset({"description", "itunes_summary"})
_ENTRY = {_ATOM + name: name for name in ("title", "id", "published", "updated", "summary")}
_BESIDE_FEED = frozenset({"updated", "subtitle"})
# What feedparser reads and nothing here does, and what may stand in it.
_NOTHING: frozenset[str] = frozenset()
_PERSON = frozenset({"name", "uri", "url", "email"})
_BESIDE_CHANNEL = {
    **dict.fromkeys(("description", "subtitle", "info", "feedburner_browserfriendly"), _NOTHING),
    **dict.fromkeys(("lastbuilddate", "pubdate", "updated", "dc_date"), _NOTHING),
    **dict.fromkeys(("managingeditor", "itunes_author", "dc_creator"), _NOTHING),
    "author": _PERSON,
    "image": frozenset({"url", "title", "link", "width", "height", "description"}),
}
# feedparser takes these for windows-1252, and titles with these for HTML if it knows the tags and
# entities.
_CONTROLS = re.compile("[\x80-\x9f]")
_ABSOLUTE = re.compile(r"(?:tag|urn|https?):[^\s\[\]]+$")
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
    if root not in {"rss", "feed"}:
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
        found = _rss(tree) if tree.tag == "rss" else _atom(tree)
    except (etree.XMLSyntaxError, _UnusualError, UnicodeError):
        return None
    return found if "xml:base" not in text or _is_absolute(found) else None


def _is_absolute(found: Raw) -> bool:
    """Whether no address depends on a base that the document names."""
    holders = [found.feed, *found.entries]
    links = [link.get("href", "") for holder in holders for link in holder.get("links", ())]
    keys = ("link", "id", "feedburner_origlink")
    named = (holder.get(key, "") for holder in holders for key in keys)
    return all(_ABSOLUTE.match(address) for address in (*links, *named) if address)


def _rss(root: etree._Element) -> Raw:
    if len(root) != 1 or root[0].tag != "channel":
        raise _UnusualError
    feed: dict[str, Any] = {}
    entries: list[dict[str, Any]] = []
    for child in root[0]:
        name = called(child)
        if child.tag == "item":
            entries.append(_rss_item(child))
        elif name == "link" and child.tag != "link":
            _skip_link(child)
        elif name in _CHANNEL:
            _put(feed, _CHANNEL[name], child)
        elif name in _BESIDE_CHANNEL:
            _hold_only(child, _BESIDE_CHANNEL[name])
        elif name != "itunes_summary":
            _skip(child)
    told = [name for child in root[0] if (name := called(child)) in _SUMMARIES]
    if told.count("itunes_summary") > 1 or told[:1] == ["itunes_summary"] != told:
        raise _UnusualError  # a second one is content to feedparser, and bears on what follows
    return Raw(_titled(_linked(feed)), entries)


def _rss_item(element: etree._Element) -> dict[str, Any]:
    item: dict[str, Any] = {"links": [], "content": []}
    permalink = False
    for child in element:
        if child.tag == "guid":
            permalink = child.attrib.pop("isPermaLink", "true") == "true"
            _put(item, "id", child)
        else:
            _read(item, child)
    identity = item.get("id", "")
    if permalink and not host_of(identity) and item.get("link", identity) == identity:
        raise _UnusualError
    item["link"] = item.get("link", identity if permalink else "")
    item["guidislink"] = permalink
    return _titled(item)


def _read(item: dict[str, Any], child: etree._Element) -> None:
    """What a child of an RSS item says; the first that is of its kind, as feedparser has it."""
    name = called(child)
    if name == "link" and child.tag != "link":
        _skip_link(child)
    elif name in _ITEM:
        _put(item, _ITEM[name], child)
    elif name in _AUTHORS:
        _put_last(item, "author", child)
    elif name in _SUMMARIES:
        _put_summary(item, child)
    elif name == "content_encoded":
        item["content"].append({"value": _text(child)})
    elif child.tag == "source" and "source" not in item:
        item["source"] = {"title": _text(child)}
    elif child.tag == "enclosure" and not len(child):
        file = {"href": child.get("url", ""), "type": child.get("type", "")}
        item["links"].append({"rel": "enclosure", **file})
    elif name != "media_title" or "title" not in item:
        _skip(child)


def _skip(element: etree._Element) -> None:
    if not is_beside(element):
        raise _UnusualError


def _skip_link(link: etree._Element) -> None:
    """One that an Atom element names beside RSS's own."""
    if (
        link.get("rel", "alternate") in {"alternate", "enclosure"}
        or not link.get("href")
        or len(link)
    ):
        raise _UnusualError


def _hold_only(element: etree._Element, names: frozenset[str]) -> None:
    if any(called(child) not in names or len(child) for child in element):
        raise _UnusualError


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
        elif child.tag == f"{_ATOM}id":
            _put(feed, "id", child)
        elif called(child) not in _BESIDE_FEED or len(child):
            _skip(child)
    return Raw(_linked(feed), entries)


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
        elif called(child) == "feedburner_origlink":
            _put(entry, "feedburner_origlink", child)
        else:
            _skip(child)
    if "link" not in entry or not _ABSOLUTE.match(entry.get("id", "")):
        raise _UnusualError
    if language and "title_detail" in entry:
        entry["title_detail"]["language"] = language
    return entry


def _name(author: etree._Element) -> str:
    """The name of an Atom person."""
    names = [_text(child) for child in author if child.tag == f"{_ATOM}name"]
    if len(names) != 1 or not names[0]:
        raise _UnusualError
    _hold_only(author, _PERSON)
    return names[0]


def _put_link(holder: dict[str, Any], link: etree._Element) -> None:
    attributes = {
        "href": link.get("href", "").strip(),
        "type": link.get("type", "text/html").strip(),
    }
    rel = link.get("rel", "alternate")
    if len(link) or (link.text or "").strip() or not attributes["href"]:
        raise _UnusualError
    if rel == "alternate":
        if "link" in holder or attributes["type"] != "text/html":
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


def _put_summary(item: dict[str, Any], element: etree._Element) -> None:
    """A second one is content, but behind content it takes the first one's place."""
    if "summary" in item and not item["content"]:
        held: dict[str, Any] = {}
        _put(held, "value", element)
        item["content"].append(held)
    else:
        _put_last(item, "summary", element)


def _put_last(holder: dict[str, Any], key: str, element: etree._Element) -> None:
    holder.pop(key, None)
    _put(holder, key, element)


def _put(holder: dict[str, Any], key: str, element: etree._Element) -> None:
    element.attrib.pop(f"{_XML}base", None)
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


def _linked(feed: dict[str, Any]) -> dict[str, Any]:
    """A feed without a link has its id for one."""
    return {"link": feed["id"], **feed} if feed.get("id") else feed


def _titled(holder: dict[str, Any]) -> dict[str, Any]:
    """With what feedparser says of an RSS title."""
    if _MARKUP.search(holder.get("title", "")):
        raise _UnusualError
    return {**holder, "title_detail": {"type": "text/plain"}} if "title" in holder else holder
