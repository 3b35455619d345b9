"""A publisher's feed in its own format: RSS 2.0, Atom, RSS 1.0 (RDF) or JSON Feed 1.1."""

from __future__ import annotations

import json
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from digest.demo.material import Publisher, SampleItem

MEDIA_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "rdf": "application/rdf+xml",
    "json": "application/feed+json",
}
TEASER_CHARACTERS = 150
BYTES_PER_SECOND = 16_000  # the bit rate a spoken-word episode usually has, 128 kbit/s

_RSS_NAMESPACES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:podcast="https://podcastindex.org/namespace/1.0"'
)
_RDF_NAMESPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_XML = '<?xml version="1.0" encoding="utf-8"?>\n'


def write_feed(publisher: Publisher) -> bytes:
    """The feed as bytes, UTF-8, newest item first."""
    writers = {"rss": _rss, "atom": _atom, "rdf": _rdf, "json": _json}
    return writers[publisher.format](publisher).encode()


def newest(publisher: Publisher) -> datetime | None:
    """When the feed last changed, or None for a feed without items."""
    return max((item.published for item in publisher.items), default=None)


def body_html(publisher: Publisher, item: SampleItem) -> str:
    """The item's paragraphs as HTML, their line breaks kept; show notes end with the show's own
    line.
    """
    closing = (publisher.promo,) if publisher.kind == "podcast" else ()
    return "\n".join(
        f"<p>{escape(text, False)}</p>".replace("\n", "<br>\n")
        for text in item.paragraphs + closing
    )


def audio_url(publisher: Publisher, item: SampleItem) -> str:
    """Where an episode's recording would be; the newsroom has no recordings."""
    return f"{publisher.base}/audio/{item.path.rsplit('/', 1)[-1]}.mp3"


def _teaser(publisher: Publisher, item: SampleItem) -> str:
    if publisher.text != "teaser" or len(item.summary) <= TEASER_CHARACTERS:
        return item.summary
    return item.summary[:TEASER_CHARACTERS].rsplit(" ", 1)[0] + " […]"


def _date(published: datetime) -> str:
    return published.strftime("%Y-%m-%dT%H:%M:%SZ")


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(text, False)}</{name}>"


def _rss(publisher: Publisher) -> str:
    show = publisher.kind == "podcast"
    head = [
        _tag("title", publisher.name),
        _tag("link", publisher.base + "/"),
        _tag("description", publisher.tagline),
        _tag("language", publisher.language),
        f'<atom:link href="{publisher.feed_url}" rel="self" type="application/rss+xml"/>',
        _tag("ttl", str(publisher.ttl)) if publisher.ttl else "",
        _tag("itunes:author", publisher.name) if show else "",
    ]
    body = [_rss_item(publisher, item) for item in publisher.items]
    channel = "\n".join(line for line in head + body if line)
    return f'{_XML}<rss version="2.0" {_RSS_NAMESPACES}><channel>\n{channel}\n</channel></rss>\n'


def _rss_item(publisher: Publisher, item: SampleItem) -> str:
    parts = [
        _tag("title", item.title),
        _tag("link", publisher.feed_link(item)),
        f'<guid isPermaLink="false">{publisher.slug}:{item.path}</guid>',
        _tag("pubDate", format_datetime(item.published)),
        _tag("dc:creator", item.author),
        _tag("description", _teaser(publisher, item)),
    ]
    if publisher.text == "full":
        parts.append(f"<content:encoded><![CDATA[{body_html(publisher, item)}]]></content:encoded>")
    if item.audio_seconds:
        size = item.audio_seconds * BYTES_PER_SECOND
        audio = audio_url(publisher, item)
        parts.append(f'<enclosure url="{audio}" length="{size}" type="audio/mpeg"/>')
        parts.append(_tag("itunes:duration", str(item.audio_seconds)))
    if item.transcript:
        parts.append(
            f'<podcast:transcript url="{publisher.transcript_url(item)}" type="text/vtt"/>'
        )
    return "<item>\n" + "\n".join(parts) + "\n</item>"


def _atom(publisher: Publisher) -> str:
    changed = newest(publisher)
    head = [
        _tag("id", publisher.base + "/"),
        _tag("title", publisher.name),
        _tag("subtitle", publisher.tagline),
        f'<link rel="self" href="{publisher.feed_url}"/>',
        f'<link rel="alternate" type="text/html" href="{publisher.base}/"/>',
        _tag("updated", _date(changed)) if changed else "",
    ]
    body = [_atom_entry(publisher, item) for item in publisher.items]
    inner = "\n".join(line for line in head + body if line)
    language = publisher.language
    namespace = "http://www.w3.org/2005/Atom"
    return f'{_XML}<feed xmlns="{namespace}" xml:lang="{language}">\n{inner}\n</feed>\n'


def _atom_entry(publisher: Publisher, item: SampleItem) -> str:
    link = escape(publisher.feed_link(item))
    parts = [
        _tag("id", f"tag:{publisher.host},2025:{item.path}"),
        _tag("title", item.title),
        f'<link rel="alternate" type="text/html" href="{link}"/>',
        _tag("published", _date(item.published)),
        _tag("updated", _date(item.published)),
        f"<author>{_tag('name', item.author)}</author>",
        f'<summary type="text">{escape(_teaser(publisher, item), False)}</summary>',
    ]
    return "<entry>\n" + "\n".join(parts) + "\n</entry>"


def _rdf(publisher: Publisher) -> str:
    links = "".join(
        f'<rdf:li rdf:resource="{escape(publisher.feed_link(i))}"/>' for i in publisher.items
    )
    channel = (
        f'<channel rdf:about="{publisher.feed_url}">{_tag("title", publisher.name)}'
        f"{_tag('link', publisher.base + '/')}{_tag('description', publisher.tagline)}"
        f"<items><rdf:Seq>{links}</rdf:Seq></items></channel>"
    )
    body = "\n".join(_rdf_item(publisher, item) for item in publisher.items)
    return f"{_XML}<rdf:RDF {_RDF_NAMESPACES}>\n{channel}\n{body}\n</rdf:RDF>\n"


def _rdf_item(publisher: Publisher, item: SampleItem) -> str:
    link = publisher.feed_link(item)
    return (
        f'<item rdf:about="{escape(link)}">{_tag("title", item.title)}{_tag("link", link)}'
        f"{_tag('dc:date', _date(item.published))}{_tag('dc:creator', item.author)}"
        f"{_tag('description', _teaser(publisher, item))}</item>"
    )


def _json(publisher: Publisher) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": publisher.name,
        "description": publisher.tagline,
        "home_page_url": publisher.base + "/",
        "feed_url": publisher.feed_url,
        "language": publisher.language,
        "items": [_json_item(publisher, item) for item in publisher.items],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


def _json_item(publisher: Publisher, item: SampleItem) -> dict[str, object]:
    return {
        "id": f"{publisher.slug}:{item.path}",
        "url": publisher.feed_link(item),
        "title": item.title,
        "date_published": _date(item.published),
        "authors": [{"name": item.author}],
        "content_text": _teaser(publisher, item),
    }
