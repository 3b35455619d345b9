"""Changing the subscriptions in feeds.yaml; everything else in the file, comments included, stays
as the user wrote it.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from digest.config.atomic_files import write_atomic
from digest.config.loading import check
from digest.config.opml import MAX_BYTES
from digest.config.schema import Config, Feed, feed_key
from digest.config.typed_mapping import UnfitError, fitted
from digest.config.yaml_file import parse_yaml, read_yaml, yaml
from digest.errors import ConfigError, DigestError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from digest.config.opml import OpmlList
    from digest.feeds.discovery import FoundFeed
    from digest.model import Kind
    from digest.net.http import Client


def feed_from(**given: str) -> Feed:
    """A feed from what was typed on the command line. Raises UsageError."""
    try:
        return fitted(Feed, {key: value for key, value in given.items() if value})
    except UnfitError as error:
        first = error.mistakes[0]
        raise UsageError(f"{'.'.join(str(part) for part in first.place)}: {first.says}") from None


def opml_bytes(source: str, config: Config) -> bytes:
    """A subscription list from a file or, through the one guarded client, from a URL. Raises
    UsageError, FetchFailed.
    """
    if "://" in source:
        with _client(config) as client:
            return client.get(
                source, accept="text/x-opml,text/xml,*/*;q=0.1", max_bytes=MAX_BYTES
            ).body
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise UsageError(f"{source}: cannot be read: {error.strerror}") from None


def find(url: str, config: Config) -> tuple[FoundFeed, ...]:
    """The feeds at an address: itself, or what a home page has. Raises FetchFailed when it cannot
    be had, DigestError when it has none.
    """
    from digest.feeds.discovery import discover

    with _client(config) as client:
        found = discover(url, client)
    if not found:
        raise DigestError(f"{url}: is no feed and names none, and none is where feeds usually are")
    return found


def kinds_asked(found: OpmlList, path: Path, step: Callable[[str], None]) -> tuple[Feed, ...]:
    """The feeds of a list that the file does not have, each of the kind that it says, or that its
    items have when it is asked. One that cannot be had just now stays what it was taken for.
    """
    from concurrent.futures import ThreadPoolExecutor

    from digest.feeds.fetch import fetch_feeds

    config = as_it_stands(path)
    known = {feed_key(feed.url) for feed in config.feeds}
    asked = [
        feed for feed in found.feeds if feed.url in found.unsaid and feed_key(feed.url) not in known
    ]
    kinds: dict[str, Kind] = {}
    with _client(config) as client, ThreadPoolExecutor(config.limits.concurrency) as pool:
        for together in fetch_feeds(asked, {}, client, pool, datetime.now(UTC)):
            for fetched in together:
                step(f"feed {fetched.feed.url}")
                kinds[fetched.feed.url] = fetched.kind or fetched.feed.kind
    return tuple(replace(feed, kind=kinds.get(feed.url, feed.kind)) for feed in found.feeds)


def _client(config: Config) -> Client:
    from digest.net.address_guard import AddressGuard
    from digest.net.http import Client

    return Client(guard=AddressGuard(config.network.allow), limits=config.limits)


def has(path: Path, url: str) -> bool:
    """Whether the file has a feed with this address. Raises ConfigError."""
    return feed_key(url) in {feed_key(feed.url) for feed in as_it_stands(path).feeds}


def as_it_stands(path: Path) -> Config:
    """The configuration before a feed is added: a list that is missing, or holds nothing, is an
    empty one. Raises ConfigError.
    """
    return check(path, _with_list(read_yaml(path)))


def _with_list(raw: CommentedMap) -> CommentedMap:
    if raw.get("feeds") is None:
        raw["feeds"] = CommentedSeq()
    return raw


def add(path: Path, feeds: Iterable[Feed]) -> tuple[Feed, ...]:
    """Append the feeds that the file does not have yet; returns those. Raises ConfigError."""
    raw = _with_list(read_yaml(path))
    config = check(path, raw)
    known = {feed_key(feed.url) for feed in config.feeds}
    new: list[Feed] = []
    for feed in feeds:
        if feed_key(feed.url) not in known:
            known.add(feed_key(feed.url))
            new.append(feed)
    if new:
        rows = raw["feeds"]
        text = (
            _in_brackets(path.read_text("utf-8-sig"), new)
            if rows and rows.fa.flow_style()
            else _in_lines(raw, new)
        )
        _save(path, text, config, (*config.feeds, *new))
    return tuple(new)


def _in_brackets(text: str, new: list[Feed]) -> str:
    """The text with feeds put before the bracket that closes the list; written anew, the list would
    change the user's own items.
    """
    rows = next((value for key, value in yaml().compose(text).value if key.value == "feeds"), None)
    if rows is None:  # merged in from elsewhere: nothing to add to, as saving will say
        return text
    end = rows.end_mark.index - 1
    return (
        text[:end]
        + "".join(f", {json.dumps(_row(feed), ensure_ascii=False)}" for feed in new)
        + text[end:]
    )


def _in_lines(raw: CommentedMap, new: list[Feed]) -> str:
    if not raw["feeds"]:
        raw["feeds"] = CommentedSeq()  # an empty one in brackets would stay in brackets
    raw["feeds"].extend(_row(feed) for feed in new)
    out = StringIO()
    yaml().dump(raw, out)
    return out.getvalue()


def remove(path: Path, url: str) -> Feed:
    """Take a feed out of the file; returns it. Raises ConfigError, UsageError when no feed has this
    address.
    """
    raw = read_yaml(path)
    config = check(path, raw)
    place = next(
        (i for i, feed in enumerate(config.feeds) if feed_key(feed.url) == feed_key(url)), None
    )
    if place is None:
        raise UsageError(f"{path}: no feed has the address {url}; 'digest feeds list' shows them")
    text = _without(path.read_text("utf-8-sig"), raw["feeds"], place)
    _save(path, text, config, (*config.feeds[:place], *config.feeds[place + 1 :]))
    return config.feeds[place]


def _without(text: str, rows: CommentedSeq, place: int) -> str:
    """The text without the lines of one list item; comments and blank lines after it belong to what
    follows, and stay.
    """
    lines = text.split("\n")
    start, dash = rows.lc.item(place)[0], lines[rows.lc.item(place)[0]].find("-")
    stop = start + 1
    while stop < len(lines) and (
        not lines[stop].strip()
        or lines[stop].lstrip().startswith("#")
        or _indent(lines[stop]) > dash
    ):
        stop += 1
    while not lines[stop - 1].strip() or lines[stop - 1].lstrip().startswith("#"):
        stop -= 1
    left = lines[:start] + lines[stop:]
    if len(rows) == 1:
        left = [re.sub(r"^feeds:(\s*(#.*)?)$", r"feeds: []\1", line) for line in left]
    return "\n".join(left)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _row(feed: Feed) -> CommentedMap:
    given = {field.name: getattr(feed, field.name) for field in fields(feed)}
    bare = Feed(url=feed.url)
    return CommentedMap(
        {key: value for key, value in given.items() if key == "url" or value != getattr(bare, key)}
    )


def _save(path: Path, text: str, before: Config, feeds: tuple[Feed, ...]) -> None:
    """Write the file only if what would be written reads back as what was meant: these feeds, and
    nothing else changed.
    """
    try:
        found = check(path, parse_yaml(text.encode(), path))
    except ConfigError:
        found = None
    if found != replace(before, feeds=feeds):
        raise UsageError(
            f"{path}: its 'feeds' are laid out in a way that cannot be changed safely; change the"
            " file by hand"
        )
    write_atomic(path.resolve(), text)
