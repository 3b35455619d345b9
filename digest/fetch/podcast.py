"""The podcast namespace of a feed: every transcript and the chapters of each item (feedparser keeps one transcript only)."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from digest.fetch.parsed import web_url
from digest.model import Link


@dataclass(frozen=True, slots=True)
class PodcastFiles:
    """The files beside one episode."""

    transcripts: tuple[Link, ...] = ()
    chapters_url: str = ""


def podcast_files(document: str, base: str) -> list[PodcastFiles]:
    """What each `item` of an RSS document has in the podcast namespace, in document order; a damaged document is read as far as it goes.

    `document` starts at its root element: no DTD, so no entities.
    """
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(document.encode("utf-8", "replace"), parser)
    try:
        return [] if root is None else [_files(item, base) for item in root.iter("{*}item", "{*}entry")]
    except UnicodeDecodeError:  # lxml recovers from damaged names, and then cannot read them
        return []


def _files(item: etree._Element, base: str) -> PodcastFiles:
    transcripts: dict[str, Link] = {}
    chapters = ""
    for child in item:
        name = _podcast_name(child)
        url = web_url(child.get("url") or "", base) if name else ""
        if name == "transcript" and url:
            transcripts.setdefault(url, Link(url, (child.get("type") or "").strip().lower(), (child.get("language") or "").strip()))
        elif name == "chapters":
            chapters = chapters or url
    return PodcastFiles(tuple(transcripts.values()), chapters)


def _podcast_name(element: etree._Element) -> str:
    """The local name of an element in any of the spellings that the namespace goes by, its prefix undeclared included."""
    namespace, _, name = str(element.tag).rpartition("}")
    if "podcastindex.org" in namespace.lower() or "podcastindex-org" in namespace.lower() or name.startswith("podcast:"):
        return name.removeprefix("podcast:")
    return ""
