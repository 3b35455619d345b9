"""RSS 0.9x to 2.0, RSS 1.0 and Atom: what is plain by lxml, all else by feedparser, which is given
clean text and never fetches.
"""

from __future__ import annotations

import html
import re
import time
from datetime import UTC, date, datetime
from typing import Any

from digest.errors import FetchFailed
from digest.feeds.dates import EARLIEST, read_date, read_day
from digest.feeds.media_captions import without_captions
from digest.feeds.parsed import (
    ParsedEntry,
    ParsedFeed,
    entry_url,
    page_url,
    title_of,
    web_url,
)
from digest.feeds.plain_text import clean, legal_references, plain_line, plain_text
from digest.feeds.podcast_tags import PodcastFiles, noted_transcripts, podcast_files
from digest.feeds.well_formed_xml import Raw, read_wellformed
from digest.feeds.xml_prolog import XmlDocument, open_document
from digest.model import Link
from digest.net.urls import host_of
from digest.transcript.chapters import chapters_in

_LONGEST_EPISODE = 7 * 24 * 3600
_PODCAST = (
    "<podcast:transcript",
    "<podcast:chapters",
    "podcastindex.org",
    "podlove.org/simple-chapters",
)
_SKIP_DAYS = re.compile(r"<skipDays>(.{0,1000}?)</skipDays>", re.DOTALL)
_DAY = re.compile(r"<day>\s*(\w+)\s*</day>")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NEW_ADDRESS = re.compile(r"<itunes:new-feed-url>\s*(?:<!\[CDATA\[)?\s*([^\s<>\]]+)")
_MAIL = re.compile(r"[<(]?[^\s<>()@]+@[^\s<>()@]+[>)]?")
_ITEM_TAG = re.compile(r"<(/?)(?:\w+:)?(?:item|entry)(?=[\s>])")
# feedparser's time grows with the square of an element's attributes; no feed has a tenth of these.
_MANY_ATTRIBUTES = re.compile(
    r"<[A-Za-z][\w:.-]*+(?:\s++[\w:.-]++\s*+=\s*+(?:\"[^\"<]*+\"|'[^'<]*+')){300}"
)
# Namespaces that nothing here reads and in which feedparser stumbles over stray tags.
_UNREAD = re.compile(r"</?(?:media|georss|gml|geo|psc|cc|creativecommons):[^<>]*>", re.IGNORECASE)
# What feedparser raises when markup that no author meant meets an assumption of its own.
_STUMBLES = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_LINKS = ("feedburner_origlink", "pheedo_origlink", "link")
_PAGE_ROOTS = frozenset({"html", "head", "body"})


def parse_xml_feed(text: str, url: str) -> ParsedFeed:
    """The feed in `text`; `url` is where it came from. Raises FetchFailed for what is no feed or
    has a DTD that would do harm.
    """
    document = open_document(legal_references(clean(text)))
    if document.dangerous:
        raise FetchFailed(
            url, "refused: its DTD declares entities that expand into others or name files"
        )
    if document.root in _PAGE_ROOTS or (not document.root and "<html" in text[:2000].lower()):
        raise FetchFailed(url, "not a feed: a web page")
    if _MANY_ATTRIBUTES.search(document.text):
        raise FetchFailed(url, "refused: an element with hundreds of attributes")
    parsed = read_wellformed(document.text, document.root) or _feedparser(document, url)
    if not parsed.known and not parsed.entries:
        raise FetchFailed(
            url,
            (
                f"not a feed: XML with the root '{document.root[:40]}'"
                if document.root
                else "not a feed"
            ),
        )
    home = page_url(_get(parsed.feed, "link"), url)
    base = url if document.root == "feed" else home or url
    damage = ["damaged XML, read as far as it goes"] if parsed.damaged else []
    return ParsedFeed(
        title=_title(parsed.feed),
        home_url=home,
        ttl_minutes=_ttl(parsed.feed),
        language=_get(parsed.feed, "language"),
        entries=_entries(document, parsed, base),
        problems=(*(["text before the feed"] if document.junk else []), *damage),
        rest_days=_rest_days(document.text),
        new_url=_new_address(document.text, url),
    )


def _rest_days(text: str) -> frozenset[int]:
    """The days of the week that RSS's skipDays names."""
    found = _SKIP_DAYS.search(text)
    named = _DAY.findall(found[1].lower()) if found else []
    return frozenset(_DAYS.index(day) for day in named if day in _DAYS)


def _new_address(text: str, url: str) -> str:
    """Where a podcast's feed says that it has gone; "" when it stays."""
    found = _NEW_ADDRESS.search(text)
    named = web_url(html.unescape(found[1]), url) if found else ""
    return "" if not named or page_url(named, url) == page_url(url, url) else named


def _feedparser(document: XmlDocument, url: str) -> Raw:
    """What feedparser makes of the text, which is UTF-8 now whatever it was. Raises FetchFailed.

    Atom's relative links are resolved by it, RSS's later and against the home page, as their
    authors mean them.
    """
    import feedparser  # type: ignore[import-untyped]  # it ships no types

    headers = {"content-type": "application/xml; charset=utf-8"} | (
        {"content-location": url} if document.root == "feed" else {}
    )
    stumble: Exception | None = None
    plain = without_captions(document.text)
    lenient = "&\n" + _UNREAD.sub(
        "", plain
    )  # no XML begins like this, so feedparser takes its parser for tag soup
    for text in (plain, lenient):
        try:
            found = feedparser.parse(
                text.encode(),
                response_headers=headers,
                resolve_relative_uris=False,
                sanitize_html=False,
            )
            return Raw(
                found.feed, found.entries, bool(found.get("bozo")), bool(found.get("version"))
            )
        except _STUMBLES as error:
            stumble = error
    raise FetchFailed(
        url, f"not a feed that can be read: its XML is too damaged ({type(stumble).__name__})"
    ) from stumble


def _entries(document: XmlDocument, parsed: Raw, base: str) -> tuple[ParsedEntry, ...]:
    """The items, without a last one that the damaged document breaks off in."""
    items = parsed.entries
    lower = document.text.lower()
    files = podcast_files(document.text, base) if any(sign in lower for sign in _PODCAST) else []
    if len(files) != len(items):
        files = [PodcastFiles()] * len(items)
    entries = [_entry(item, base, beside) for item, beside in zip(items, files, strict=True)]
    tags = _ITEM_TAG.findall(document.text) if parsed.damaged else []
    return tuple(entries[:-1] if tags and tags[-1] == "" else entries)


def _entry(item: Any, base: str, beside: PodcastFiles) -> ParsedEntry:
    link = entry_url(_link(item), base)
    published, day = _published(item)
    text = _text(item)
    enclosure = _enclosure(item, base)
    title = title_of(_title(item), text, enclosure.url if enclosure else link)
    return ParsedEntry(
        guid=_get(item, "id"),
        url=link,
        title=title,
        published=published,
        author=_author(item),
        language=_get(item, "language") or _get(item.get("title_detail"), "language"),
        text=_with_notes(text, beside),
        enclosure=enclosure,
        transcripts=beside.transcripts
        or (noted_transcripts(_offered(item), link or base) if enclosure else ()),
        chapters_url=beside.chapters_url,
        seconds=_seconds(_get(item, "itunes_duration")),
        day=day,
        publisher=plain_line(_get(dict.get(item, "source"), "title"), markup=True),
    )


def _with_notes(text: str, beside: PodcastFiles) -> str:
    """The item's text with who speaks and the chapters, where it does not say them itself."""
    chapters = "" if beside.chapters and chapters_in(text) else beside.chapters
    return "\n".join(part for part in (text, beside.cast(text), chapters) if part)


def _get(holder: Any, key: str) -> str:
    """A text field. dict.get, because feedparser's own answers some keys with another's value and a
    warning.
    """
    value = dict.get(holder, key) if isinstance(holder, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _link(item: Any) -> str:
    """The item's link: the one that a feed service put its own in place of, the link, else an id
    that is a URL and was not said to be no link.
    """
    identity = _get(item, "id")
    link = next((link for key in _LINKS if (link := _get(item, key))), "")
    permalink = dict.get(item, "guidislink")
    if not link and permalink is not False and host_of(identity):
        return identity  # an Atom id, or what an RSS 1.0 item is about
    return "" if permalink and link == identity and not host_of(link) else link


def _title(holder: Any) -> str:
    detail = dict.get(holder, "title_detail")
    return plain_line(_get(holder, "title"), markup=_get(detail, "type") != "text/plain")


def _published(item: Any) -> tuple[datetime | None, date | None]:
    """The first readable date: published, else updated, else created; and its day where it has no
    time.
    """
    for key in ("published", "updated", "created"):
        moment = read_date(_get(item, key)) or _from_struct(dict.get(item, f"{key}_parsed"))
        if moment:
            return moment, read_day(_get(item, key))
    return None, None


def _from_struct(value: object) -> datetime | None:
    """A date in one of feedparser's rarer dialects, which it gives in UTC."""
    if not isinstance(value, time.struct_time) or value.tm_year < EARLIEST:
        return None
    try:
        return datetime(*value[:6], tzinfo=UTC)
    except ValueError:
        return None


def _text(item: Any) -> str:
    """The longest of what the item offers as its text."""
    return max((plain_text(text) for text in _offered(item)), key=len)


def _offered(item: Any) -> list[str]:
    return [
        *(_get(content, "value") for content in dict.get(item, "content") or []),
        _get(item, "summary"),
    ]


def _author(item: Any) -> str:
    """The author's name without the mail address: "ann@example.org (Ann)", "Ann (ann@example.org)",
    "Ann <ann@example.org>".
    """
    text = plain_line(_get(item, "author"), markup=False)
    name = _MAIL.sub("", text).strip()
    return name[1:-1] if name != text and name.startswith("(") and name.endswith(")") else name


def _enclosure(item: Any, base: str) -> Link | None:
    """The first audio file, else the first video, else the first other file; pictures are none."""
    links = [link for link in dict.get(item, "links") or [] if _get(link, "rel") == "enclosure"]
    found = [
        Link(url, _get(link, "type").lower())
        for link in links
        if (url := web_url(_get(link, "href"), base))
    ]
    ranked = sorted(
        (link for link in found if not link.type.startswith("image/")),
        key=lambda link: _RANK.get(link.type.partition("/")[0], 2),
    )
    return ranked[0] if ranked else None


_RANK = {"audio": 0, "video": 1}


def _seconds(text: str) -> int | None:
    """A length as podcasts write it: seconds, or minutes and hours parted by colons."""
    if not re.fullmatch(r"(?:\d{1,5}:){0,2}\d{1,7}(?:\.\d+)?", text):
        return None
    total = 0.0
    for part in text.split(":"):
        total = total * 60 + float(part)
    return int(total) if 0 < total < _LONGEST_EPISODE else None


# RSS 1.0's syndication module, which most feeds of WordPress carry.
_PERIODS = {
    "hourly": 60,
    "daily": 1440,
    "weekly": 7 * 1440,
    "monthly": 30 * 1440,
    "yearly": 365 * 1440,
}


def _ttl(feed: Any) -> int | None:
    """Minutes for which the feed calls itself current: `ttl`, or `sy:updatePeriod` divided by
    `sy:updateFrequency`; the longer one.
    """
    period = _PERIODS.get(_get(feed, "sy_updateperiod").lower())
    updated = period // max(1, _number(_get(feed, "sy_updatefrequency")) or 1) if period else None
    stated = [minutes for minutes in (_number(_get(feed, "ttl")), updated) if minutes is not None]
    return max(stated, default=None)


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None
