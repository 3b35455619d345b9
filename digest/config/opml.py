"""Subscription lists as OPML 2.0, read and written. Pure."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from digest.config.schema import Feed
from digest.config.typed_mapping import UnfitError, fitted
from digest.errors import UsageError
from digest.text.decoding import decode
from digest.text.tidy import composed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_BYTES = 10_000_000
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_opml(data: bytes, name: str) -> tuple[tuple[Feed, ...], tuple[str, ...]]:
    """The feeds of an OPML file, and a line for each outline that names no usable feed. `name` is
    how errors call the file.

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
    try:
        # no document type, so no entities; expat bounds the rest
        root = ET.fromstring(text)  # noqa: S314
    except (ET.ParseError, ValueError, LookupError) as error:
        raise UsageError(f"{name}: is not OPML: {error}") from None
    if root.tag.lower() != "opml":
        raise UsageError(f"{name}: is not OPML: its root is <{root.tag[:40]}>")
    feeds: list[Feed] = []
    trouble: list[str] = []
    for outline in _outlines(root):
        try:
            feeds.append(_feed(outline))
        except UnfitError as error:
            trouble.append(f"{name}: skipped {outline.get('xmlUrl', '')[:200]!r}: {error}")
    return tuple(feeds), tuple(trouble)


def _outlines(root: ET.Element) -> Iterator[ET.Element]:
    return (
        outline
        for outline in root.iter()
        if outline.tag.lower() == "outline" and outline.get("xmlUrl") is not None
    )


def _feed(outline: ET.Element) -> Feed:
    title = "".join(
        c if c.isprintable() else " " for c in outline.get("title") or outline.get("text") or ""
    )
    about = f"{outline.get('category', '')} {outline.get('type', '')}".lower()
    return fitted(
        Feed,
        {
            "url": outline.get("xmlUrl", ""),
            "title": composed(" ".join(title.split())),
            "kind": "podcast" if "podcast" in about else "news",
        },
    )


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
