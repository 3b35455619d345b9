"""The newsroom's texts: publishers.yaml and the items below ``items/``, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class SampleItem:
    """One article or episode: its text as paragraphs, its transcript as WebVTT, and how its page
    behaves when asked for.
    """

    publisher: str
    title: str
    published: datetime
    author: str
    path: str
    paragraphs: tuple[str, ...]
    summary: str
    audio_seconds: int = 0
    behaviour: str = ""
    link: str = ""
    syndicated_from: str = ""
    transcript: str = ""

    @property
    def words(self) -> int:
        """How many words the body has."""
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Publisher:
    """One host of the newsroom, with its feed's format and what its site says on every page."""

    slug: str
    name: str
    host: str
    kind: str
    format: str
    tagline: str
    language: str
    text: str
    promo: str
    sections: tuple[str, ...]
    behaviour: str
    tracked: bool
    ttl: int
    items: tuple[SampleItem, ...]

    @property
    def base(self) -> str:
        """The site's address, without a trailing slash."""
        return f"http://{self.host}"

    @property
    def feed_url(self) -> str:
        """Where the feed is."""
        return f"{self.base}/feed"

    def page_url(self, item: SampleItem) -> str:
        """The address a reader ends at: no tracking, and on this host unless the item leads
        away.
        """
        return item.link or f"{self.base}{item.path}"

    def transcript_url(self, item: SampleItem) -> str:
        """Where the transcript of an episode that has one is."""
        return f"{self.base}/transcripts{item.path}.vtt"

    def feed_link(self, item: SampleItem) -> str:
        """The address the feed gives for the item, tracking parameters and all."""
        campaign = f"?utm_source=feed&utm_medium=rss&utm_campaign={self.slug}"
        return self.page_url(item) + (campaign if self.tracked and not item.link else "")


@cache
def load_publishers() -> tuple[Publisher, ...]:
    """Every publisher in the order of publishers.yaml, its items newest first."""
    here = files("digest.demo")
    listed = _yaml(here.joinpath("publishers.yaml").read_text(encoding="utf-8"))
    return tuple(_publisher(row, here.joinpath("items", row["slug"])) for row in listed)


def _publisher(row: Mapping[str, Any], folder: Traversable) -> Publisher:
    return Publisher(
        slug=row["slug"],
        name=row["name"],
        host=row["host"],
        kind=row["kind"],
        format=row["format"],
        tagline=row["tagline"],
        language=row.get("language", "en"),
        text=row.get("text", "lead"),
        promo=row["promo"],
        sections=tuple(row["sections"]),
        behaviour=row.get("behaviour", ""),
        tracked=bool(row.get("tracked", False)),
        ttl=int(row.get("ttl", 0)),
        items=tuple(sorted(_items(row["slug"], folder), key=lambda i: i.published, reverse=True)),
    )


def _items(slug: str, folder: Traversable) -> Iterator[SampleItem]:
    if folder.is_dir():
        for file in folder.iterdir():
            if file.name.endswith(".md"):
                yield _item(slug, folder, file.read_text(encoding="utf-8"))


def _item(slug: str, folder: Traversable, text: str) -> SampleItem:
    _, head, body = text.split("---\n", 2)
    front = _yaml(head)
    paragraphs = tuple(block.strip() for block in body.split("\n\n") if block.strip())
    transcript = front.get("transcript", "")
    published = datetime.fromisoformat(str(front["published"]))
    return SampleItem(
        publisher=slug,
        title=front["title"],
        published=published,
        author=front["author"],
        path=f"/{published:%Y/%m/%d}/{front['path']}",
        paragraphs=paragraphs,
        summary=" ".join(front.get("summary", paragraphs[0]).split()),
        audio_seconds=int(front.get("audio_seconds", 0)),
        behaviour=front.get("behaviour", ""),
        link=front.get("link", ""),
        syndicated_from=front.get("syndicated_from", ""),
        transcript=folder.joinpath(transcript).read_text(encoding="utf-8") if transcript else "",
    )


def _yaml(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)
