"""What a feed says of its episodes beyond RSS: every transcript (feedparser keeps one only), and
chapters in a file or in the feed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from digest.feeds.parsed import page_url, web_url
from digest.feeds.plain_text import plain_line
from digest.model import Chapter, Link
from digest.transcript.chapters import as_notes
from digest.transcript.html_transcripts import linked
from digest.transcript.webvtt_subrip import seconds

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINKED = ("transcript", ".vtt", ".srt")
_PODLOVE = "{http://podlove.org/simple-chapters}"


@dataclass(frozen=True, slots=True)
class PodcastFiles:
    """What one episode has beside its text."""

    transcripts: tuple[Link, ...] = ()
    chapters_url: str = ""
    chapters: str = (
        ""  # those in the feed itself (Podlove Simple Chapters), as show notes list them
    )
    people: tuple[tuple[str, str], ...] = ()  # who speaks: role and name

    def cast(self, text: str) -> str:
        """Who speaks, in a line for the show notes, less those whom `text` names: "Guest: Ann
        Roe".
        """
        unnamed = [(role, name) for role, name in self.people if name not in text]
        lines = (
            (role, [name for own, name in unnamed if own == role]) for role in ("guest", "host")
        )
        return "\n".join(
            f"{role.capitalize()}{'s' * (len(names) > 1)}: {', '.join(names)}"
            for role, names in lines
            if names
        )


def podcast_files(document: str, base: str) -> list[PodcastFiles]:
    """What each `item` of an RSS document has in the podcast namespace, in document order; a
    damaged document is read as far as it goes.

    `document` starts at its root element: no DTD, so no entities.
    """
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(document.encode("utf-8", "replace"), parser)
    try:
        return (
            []
            if root is None
            else [_files(item, base) for item in root.iter("{*}item", "{*}entry")]
        )
    except UnicodeDecodeError:  # lxml recovers from damaged names, and then cannot read them
        return []


def _files(item: etree._Element, base: str) -> PodcastFiles:
    transcripts: dict[str, Link] = {}
    chapters, listed = "", []
    people: dict[str, str] = {}
    for child in item:
        if str(child.tag).startswith(_PODLOVE):
            listed = [
                Chapter(second, one.get("title") or "")
                for one in child
                if (second := seconds(one.get("start"))) is not None
            ]
        name = _podcast_name(child)
        url = web_url(child.get("url") or "", base) if name else ""
        if name == "transcript" and url:
            transcripts.setdefault(
                url,
                Link(
                    url,
                    (child.get("type") or "").strip().lower(),
                    (child.get("language") or "").strip(),
                ),
            )
        elif name == "chapters":
            chapters = chapters or url
        elif name == "person" and (person := plain_line(child.text or "")):
            people.setdefault(person, (child.get("role") or "host").strip().lower())
    return PodcastFiles(
        tuple(transcripts.values()),
        chapters,
        as_notes(chapter for chapter in listed if chapter.title.strip()),
        tuple((role, person) for person, role in people.items()),
    )


def _podcast_name(element: etree._Element) -> str:
    """The local name of an element in any of the spellings that the namespace goes by, its prefix
    undeclared included.
    """
    namespace, _, name = str(element.tag).rpartition("}")
    if (
        "podcastindex.org" in namespace.lower()
        or "podcastindex-org" in namespace.lower()
        or name.startswith("podcast:")
    ):
        return name.removeprefix("podcast:")
    return ""


def noted_transcripts(notes: Iterable[str], base: str) -> tuple[Link, ...]:
    """The transcripts that an episode's show notes link to, each once."""
    found = (
        url
        for html in notes
        if any(sign in html.lower() for sign in _LINKED)
        for url in linked(html, base)
    )
    return tuple(Link(url) for url in dict.fromkeys(page_url(url, base) for url in found) if url)
