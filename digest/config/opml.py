"""Subscription lists as OPML 2.0, read and written. Pure."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from html.entities import html5
from typing import TYPE_CHECKING

from digest.config.schema import Feed
from digest.config.typed_mapping import UnfitError, fitted
from digest.errors import UsageError
from digest.text.decoding import decode
from digest.text.tidy import composed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_BYTES = 10_000_000
_SCHEMES = re.compile(r"(feed|itpc|pcast|podcast)\s*:\s*(?://|(?=https?://))", re.IGNORECASE)
_VALUE = re.compile(r"""(?<==)\s*(?:"[^"]*"|'[^']*')""")
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(\w{1,30};)?")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class OpmlList:
    """The feeds of a list, those of which it does not say whether they are podcasts, and a line for
    each outline that names no usable feed.
    """

    feeds: tuple[Feed, ...]
    unsaid: frozenset[str]  # addresses
    trouble: tuple[str, ...]


def read_opml(data: bytes, name: str) -> OpmlList:
    """What an OPML file holds. `name` is how errors call the file.

    Raises UsageError for what is no OPML. A document type is refused: OPML has none, and entities
    are how XML is made to explode.
    """
    if len(data) > MAX_BYTES:
        raise UsageError(
            f"{name}: larger than {MAX_BYTES // 1_000_000} MB; this is no subscription list"
        )
    text = decode(data).replace("\0", "")
    if re.search(r"<!\s*(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise UsageError(f"{name}: holds a document type declaration; an OPML file has none")
    root = _root(text, name)
    if root.tag.lower() != "opml":
        raise UsageError(f"{name}: is not OPML: its root is <{root.tag[:40]}>")
    feeds: list[Feed] = []
    trouble: list[str] = []
    unsaid: set[str] = set()
    for outline in _outlines(root):
        try:
            feeds.append(_feed(outline))
            if feeds[-1].kind not in _about(outline):
                unsaid.add(feeds[-1].url)
        except UnfitError as error:
            trouble.append(f"{name}: skipped {outline['xmlurl'][:200]!r}: {error}")
    return OpmlList(tuple(feeds), frozenset(unsaid), tuple(trouble))


def _root(text: str, name: str) -> ET.Element:
    """The document, read strictly or, failing that, with the slips put right that programs make
    which write XML by hand. There is no document type, so no entities; expat bounds the rest.
    """
    try:
        return ET.fromstring(text)  # noqa: S314
    except (ET.ParseError, ValueError, LookupError) as error:
        try:
            return ET.fromstring(_mended(text))  # noqa: S314
        except (ET.ParseError, ValueError, LookupError):
            raise UsageError(f"{name}: is not OPML: {error}") from None


def _mended(text: str) -> str:
    """A bare & stands for itself, HTML's entities for their characters, a bracket in an attribute
    for itself; what no XML holds goes.
    """
    plain = _AMPERSAND.sub(_spelt_out, _NOT_XML.sub("", text))
    return _VALUE.sub(lambda match: match[0].replace("<", "&lt;"), plain)


def _spelt_out(match: re.Match[str]) -> str:
    character = html5.get(match[1]) if match[1] else None
    return "".join(f"&#{ord(c)};" for c in character) if character else f"&amp;{match[1] or ''}"


def _outlines(root: ET.Element) -> Iterator[dict[str, str]]:
    """The attributes of each outline that is a feed, names in small letters: programs write xmlUrl
    in every way.
    """
    for outline in root.iter():
        if outline.tag.lower() == "outline":
            attributes = {name.lower(): value for name, value in outline.attrib.items()}
            if "xmlurl" in attributes:
                yield attributes


def web_address(url: str) -> str:
    """The address behind one in a scheme that only means "subscribe to this": feed:https://…,
    feed://… and those of podcast programs.
    """
    scheme = _SCHEMES.match(url.strip())
    if not scheme:
        return url
    rest = url.strip()[scheme.end() :]
    return rest if re.match("https?://", rest, re.IGNORECASE) else f"http://{rest}"


def _feed(outline: dict[str, str]) -> Feed:
    title = "".join(
        c if c.isprintable() else " " for c in outline.get("title") or outline.get("text") or ""
    )
    return fitted(
        Feed,
        {
            "url": web_address(outline["xmlurl"]),
            "title": composed(" ".join(title.split())),
            "kind": "podcast" if "podcast" in _about(outline) else "news",
        },
    )


def _about(outline: dict[str, str]) -> str:
    """What says of an outline which kind it is; only podcast programs have schemes of their own."""
    scheme = outline["xmlurl"].partition(":")[0].lower()
    spoken = "podcast" if scheme in {"itpc", "pcast", "podcast"} else ""
    return f"{outline.get('category', '')} {outline.get('type', '')} {spoken}".lower()


def write_opml(feeds: Iterable[Feed], title: str) -> bytes:
    """Feeds as an OPML file; `category` carries the kind, so that an import gives the same
    subscription.
    """
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = _NOT_XML.sub("", title)
    body = ET.SubElement(root, "body")
    for feed in feeds:
        name = _NOT_XML.sub("", feed.title or feed.url)
        ET.SubElement(
            body, "outline", type="rss", text=name, title=name, xmlUrl=feed.url, category=feed.kind
        )
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"
