"""Mutation fuzzing of everything that strangers write: feeds, headers, content codings, dates,
OPML, pages, feeds.yaml.

What is allowed is an honest refusal. Everything else that is raised is a crash, and what takes
longer than two seconds of CPU hangs; both are kept, and become rows of tests. The same seed makes
the same inputs.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import signal
import time
import zlib
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]  # it ships no types

from digest.config.loading import check
from digest.config.opml import read_opml
from digest.config.yaml_file import parse_yaml
from digest.errors import FetchFailed, UsageError
from digest.extract.page import read_page
from digest.feeds import discovery
from digest.feeds.dates import read_date
from digest.feeds.parser import parse_feed
from digest.net.decompress import Codings, DecodeError, zstd
from digest.net.freshness import Validators, fresh_until, lifetime, retry_after
from digest.net.urls import clean_url, host_of, origin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

SLOW = 2.0  # seconds of CPU
ENDLESS = 20.0  # seconds of CPU after which an input is given up
_NOW = datetime(2026, 2, 5, 6, 30, tzinfo=UTC)
_LARGEST = 200_000  # bytes of a seed


@dataclass(frozen=True, slots=True)
class Target:
    """Something that reads strangers' bytes; `refusals` are its honest answers."""

    name: str
    read: Callable[[bytes], object]
    refusals: tuple[type[Exception], ...]
    seeds: tuple[bytes, ...]
    words: tuple[bytes, ...]


class BrokenError(Exception):
    """Something that is always true was not."""


class _EndlessError(BaseException):
    """An input is given up. No Exception, because parsers catch those."""


def _must(holds: bool, otherwise: str) -> None:
    if not holds:
        raise BrokenError(otherwise)


def _feed(data: bytes) -> None:
    feed = parse_feed(data, "application/xml; charset=utf-8", "https://a.example/feed")
    for entry in feed.entries:
        _must(entry.guid != "", "an entry without identity")
        _must(
            entry.url == clean_url(entry.url), "a link that is cleaned differently the second time"
        )
        _must(not entry.url or host_of(entry.url) != "", "a link that leads nowhere")
        _must(entry.published is None or entry.published.tzinfo is UTC, "a date that is not UTC")
        "".join(
            (entry.title, entry.text, entry.guid, entry.author)
        ).encode()  # half a surrogate pair could not be stored


def _headers(data: bytes) -> None:
    lines = data.decode("latin-1").splitlines()
    headers = {
        name.strip().lower(): value.strip()
        for name, _, value in (line.partition(":") for line in lines)
    }
    Validators.of(headers).request_headers()
    _must(fresh_until(headers, 60, _NOW) >= _NOW, "fresh until the past")
    _must((lifetime(headers, _NOW) or timedelta(0)) >= timedelta(0), "a negative lifetime")
    _must((retry_after(headers) or 0) >= 0, "a negative wait")


def _coded(data: bytes) -> None:
    name, _, body = data.partition(b"\n")
    codings = Codings(name.decode("latin-1"))
    _must(len(codings.feed(body, 100_000)) <= 100_000, "more than there was room for")
    codings.finish()


def _text(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    read_date(text)
    origin(text)
    _must(
        clean_url(clean_url(text)) == clean_url(text),
        "a link that is cleaned differently the second time",
    )


def _page(data: bytes) -> None:
    for link in discovery.named(data, "text/html", "https://a.example/"):
        _must(host_of(link.url) != "", "a feed that is nowhere")


def _article(data: bytes) -> None:
    page = read_page(data, "text/html", "https://a.example/story/print")
    for url in (page.usual_url, page.next_url, page.canonical_url):
        _must(not url or host_of(url).endswith("a.example"), "an address on another host")
    "".join(
        (page.text, page.title, page.author, page.publisher, page.usual_url, page.next_url)
    ).encode()


def _config(data: bytes) -> None:
    path = Path("feeds.yaml")
    check(path, parse_yaml(data, path))


_RSS = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"
 xmlns:podcast="https://podcastindex.org/namespace/1.0"
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>News &amp; views</title><link>https://a.example/</link><ttl>60</ttl><item><title>
<![CDATA[One <b>two</b>]]></title>
<link>/one?utm_source=x</link><guid isPermaLink="false">1</guid><pubDate>Thu, 05 Feb 2026
05:00:00 GMT</pubDate>
<description>&lt;p&gt;Text &#8212; more&lt;/p&gt;</description><content:encoded>
<![CDATA[<p>All of it</p>]]></content:encoded>
<enclosure url="https://a.example/1.mp3" type="audio/mpeg" length="1"/>
<itunes:duration>1:02:03</itunes:duration>
<podcast:transcript url="https://a.example/1.vtt" type="text/vtt"/></item></channel></rss>"""
_ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/"><title
 type="html">N</title>
<updated>2026-02-05T05:00:00Z</updated>
<entry><id>urn:1</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">One</div></title>
<link href="one"/>
<published>2026-02-05T05:00:00+01:00</published><content type="html">&lt;p&gt;x&lt;/p&gt;</content>
</entry></feed>"""
_JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": [{"id": 1,
"url": "https://a.example/1", "title": "One",
"date_published": "2026-02-05T05:00:00Z", "content_html": "<p>x</p>", "authors": [{"name": "A"}],
"attachments": [{"url": "https://a.example/1.mp3", "mime_type": "audio/mpeg",
"duration_in_seconds": 9}]}]}"""
_OPML = b"""<opml version="2.0"><head><title>L</title></head><body><outline text="Group"><outline
 text="A" type="rss" xmlUrl="https://a.example/feed"/>
</outline></body></opml>"""
_YAML = b"""newsletter: {name: N, timezone: Europe/Berlin}
feeds:
  - url: https://a.example/feed  # a comment
    kind: podcast
    weight: 1.5
limits: {host_gap: 1.0}
network: {allow: [10.0.0.0/8]}
editions: {daily: {min_stories: 5}}
"""
_HTML = b"""<html><head><base href="/x/"><title>Home</title><link rel="alternate"
 type="application/rss+xml" title="All" href="feed.xml">
<link rel=alternate type=application/atom+xml href=//b.example/a></head><body><a href="/rss">RSS</a>
</body></html>"""
_STORY = b"""<!doctype html><html lang="en" amp><head><meta charset="utf-8">
<title>Acme raises its spending | Meridian</title>
<link rel="canonical" href="/story"><link rel="next" href="/story/print?page=2"><meta name="author"
 content="By Ann Roe">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Acme",
"articleBody": "Acme will spend $41 billion.",
"datePublished": "2026-02-05T05:00:00Z", "author": [{"name": "Ann Roe"}]}</script></head><body><nav>
<a href="/">Home</a></nav>
<article><h1>Acme raises its spending</h1><p style="display: none">Hidden</p>
<p>Acme will spend $41 billion on data centres this year, the
company told investors on Tuesday, up from $36 billion in the year before.</p>
<p>Most of the sum goes to advanced packaging, <b>the finance
chief</b> said, and to power lines.</p><div role="dialog"><p>Sign up</p></div><a
 href="/story/2">2</a></article></body></html>"""
_HEADERS = b"""Cache-Control: max-age=600, no-cache
Expires: Thu, 05 Feb 2026 05:00:00 GMT
Date: Thu, 05 Feb 2026 04:00:00 GMT
ETag: "x"
Retry-After: 9"""

_MARKUP = (
    b"<![CDATA[", b"]]>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<!--", b"-->", b"&#0;", b"&#xD800;",
    b"&#x110000;",
    b"&amp;amp;", b"&nbsp", b"<item>",
    b"</item>", b"<entry/>", b"xmlns:a='b'",
    b"<a:b>", b"\xff\xfe", b"\0", b"\xef\xbb\xbf", b"encoding='utf-16'", b"encoding='utf-7'",
    b"<html>",
    b"http://[", b"https://\xe2\x80\xae", b"9" * 400, b"-1", b"<" * 300, b"{" * 300, b"[" * 3000,
    b"NaN", b"1e999",
    b"\\ud800", b'"', b"base64",
    b"<title type='", b"<link rel='enclosure' href='", b"xml:base='http://['",
)  # fmt: skip
_DATES = (
    b"Thu, 05 Feb 2026 05:00:00 GMT",
    b"2026-02-05T05:00:00.123+01:00",
    "5 février 2026 17h30".encode(),
    b"Feb 30, 2026 25:61",
    b"20260205T0500",
)
_NAMES = (b"gzip", b"br", b"zstd", b"deflate", b",", b"\n", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd")
_YAML_WORDS = (
    b"&a ", b"*a", b"!!python/object:os.system ", b"? ", b"- ", b": ", b"\t", b"{", b"]", b"|",
    b"<<: *a", b"2026-01-01", b".inf", b"!!binary x", b"%YAML 9\n",
)  # fmt: skip


def targets() -> tuple[Target, ...]:
    """Everything that is fuzzed."""
    squeezed = {
        b"gzip": gzip.compress(_RSS),
        b"deflate": zlib.compress(_RSS),
        b"br": brotli.compress(_RSS),
        b"zstd": zstd.compress(_RSS),
    }
    coded = tuple(name + b"\n" + body for name, body in squeezed.items())
    return (
        Target("feeds", _feed, (FetchFailed,), (_RSS, _ATOM, _JSON), (*_MARKUP, *_DATES)),
        Target(
            "headers",
            _headers,
            (),
            (_HEADERS,),
            (*_DATES, b"max-age=", b"\xe9", b"9" * 400, b"inf", b",,", b'"'),
        ),
        Target("codings", _coded, (DecodeError,), coded, _NAMES),
        Target(
            "texts",
            _text,
            (),
            (*_DATES, b"HTTPS://a.example:443/x?utm_source=1&b=2#c"),
            (*_DATES, b"://", b"@", b"[", b"%", b"?"),
        ),
        Target(
            "opml",
            lambda data: read_opml(data, "list"),
            (UsageError, FetchFailed),
            (_OPML,),
            _MARKUP,
        ),
        Target(
            "pages",
            _page,
            (),
            (_HTML,),
            (*_MARKUP, b"rel=", b"href=", b"<base href='", b"javascript:"),
        ),
        Target(
            "articles",
            _article,
            (),
            (_STORY, _HTML),
            (*_MARKUP, b"href=", b"<p>" * 200, b"<div>" * 400, b"<svg>"),
        ),
        Target("feeds.yaml", _config, (UsageError,), (_YAML,), _YAML_WORDS),
    )


def mutated(data: bytes, other: bytes, words: Sequence[bytes], chance: random.Random) -> bytes:
    """`data` after a few random changes, some of them pieces of `other` or one of `words`."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 9))):
        at, to = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
        piece = data[at : min(to, at + 400)]
        kind = chance.randrange(7)
        if kind == 0:
            data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        elif kind == 1:
            data = data[:at] + data[at + len(piece) :]
        elif kind == 2:
            data = data[:at] + piece * chance.choice((2, 2, 3, 50)) + data[at + len(piece) :]
        elif kind == 3:
            data = data[:at] + chance.choice(words) + data[at:]
        elif kind == 4:
            data = data[:at] + chance.choice(words) + data[at + len(piece) :]
        elif kind == 5:
            start = chance.randrange(len(other) + 1)
            data = data[:at] + other[start : start + chance.randrange(400)] + data[at:]
        else:
            data = data[: max(at, to)]
    return data


def fuzz(
    seconds: float,
    seed: int,
    extra: Sequence[bytes],
    keep: Path | None,
    chosen: Sequence[Target] = (),
) -> dict[str, dict[str, float]]:
    """`{target: {tried, refused, crashed, slow}}` after that much time; `extra` are more feeds to
    begin with, `chosen` what is fuzzed.
    """
    chance = random.Random(seed)  # noqa: S311  a fuzzer must be repeatable, not secret
    chosen = chosen or targets()
    counts: dict[str, Counter[str]] = {target.name: Counter() for target in chosen}
    for target in chosen:
        _try(target, target.seeds[0])  # what the first call loads is nobody's time
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        target = chance.choice(chosen)
        seeds = (*target.seeds, *extra) if target.name == "feeds" else target.seeds
        data = mutated(chance.choice(seeds), chance.choice(seeds), target.words, chance)
        verdict = _try(target, data)
        counts[target.name].update(["tried", verdict.partition(" ")[0]])
        if keep and verdict.startswith(("crashed", "slow")):
            keep.mkdir(parents=True, exist_ok=True)
            name = f"{target.name}-{hashlib.sha256(data).hexdigest()[:12]}"
            (keep / name).write_bytes(data)
            print(f"{name}: {verdict}", flush=True)
    return {
        name: {what: found[what] for what in ("tried", "refused", "crashed", "slow")}
        for name, found in counts.items()
    }


def _try(target: Target, data: bytes) -> str:
    began = time.process_time()
    verdict = "read"
    before = signal.signal(signal.SIGVTALRM, _given_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, ENDLESS)
    try:
        target.read(data)
    except target.refusals:
        verdict = "refused"
    except _EndlessError:
        pass
    except Exception as error:  # the crash that is looked for
        verdict = f"crashed {type(error).__name__}: {error}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    spent = time.process_time() - began
    return f"slow {spent:.1f} s" if verdict[0] == "r" and spent > SLOW else verdict


def _given_up(_signum: int, _frame: FrameType | None) -> None:
    raise _EndlessError


def main() -> None:
    """Fuzz for a while and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--corpus", type=Path, help="begin with its feeds too")
    parser.add_argument("--keep", type=Path, help="a folder for inputs that crash or hang")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    files = sorted((given.corpus / "feeds").glob("*/*")) if given.corpus else []
    extra = [
        path.read_bytes()
        for path in files
        if path.stat().st_size < _LARGEST and path.suffix != ".json"
    ]
    result = fuzz(given.seconds, given.seed, extra, given.keep)
    for name, found in {} if given.json else result.items():
        print(f"{name:11} " + ", ".join(f"{count} {what}" for what, count in found.items()))
    if given.json:
        print(json.dumps(result))


if __name__ == "__main__":
    main()
