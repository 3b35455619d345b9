"""What other feed readers' own tests say about a feed, in one shape: how many entries, and each
one's title, link and date.
"""

from __future__ import annotations

import ast
import json
import re
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Item:
    """One expected entry; None is what the expectation does not say."""

    title: str | None = None
    link: str | None = None
    date: datetime | None = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a feed should be read as. `count` is None when the number of entries is not spoken of,
    `title` when the feed's name is not.
    """

    count: int | None
    items: tuple[Item, ...]
    title: str | None = None


def of_row(row: dict[str, Any], folder: Path) -> Expectation | None:
    """The expectation that a row of the corpus index carries; None for none that speaks of entries.

    The assertions of w3c/feedvalidator name its own warnings and say nothing of what is read.
    """
    if row.get("expected"):
        return _of_file(folder / row["expected"][0])
    if "feedparser" in row["source"]["repo"] and row.get("embedded_expectation"):
        return of_assertion(row["embedded_expectation"]["expect"])
    return None


def _of_file(path: Path) -> Expectation | None:
    try:
        data = json.loads(path.read_bytes())
    except ValueError:
        return None  # one of podcastparser's expectations is not UTF-8, one of gofeed's is no JSON
    holder = data.get("feed") if isinstance(data.get("feed"), dict) else data
    listed: list[dict[str, Any]] = next(
        (
            holder[key]
            for key in ("items", "entries", "episodes")
            if isinstance(holder.get(key), list)
        ),
        [],
    )
    title = _title(holder)
    named_after_file = title is not None and path.stem.endswith(
        f"__{title}"
    )  # podcastparser's way with a show that has no title
    items = tuple(Item(_title(item), _link(item), _date(item)) for item in listed)
    return Expectation(len(listed), items, None if named_after_file else title)


def _title(item: dict[str, Any]) -> str | None:
    """gofeed, podcastparser and rss-parser give a text, feed-rs and gofeed's Atom an object that
    holds one.
    """
    title = item.get("title")
    if isinstance(title, dict):
        title = title.get("content") or title.get("value")
    return title if isinstance(title, str) and title.strip() else None


def _link(item: dict[str, Any]) -> str | None:
    link = item.get("link") or item.get("url")
    if isinstance(link, str) and link.strip():
        return link
    links = [one for one in item.get("links") or [] if isinstance(one, dict)]
    alternate = [one for one in links if one.get("rel") in {None, "", "alternate"}]
    return str(alternate[0]["href"]) if alternate and alternate[0].get("href") else None


def _date(item: dict[str, Any]) -> datetime | None:
    for key in (
        "publishedParsed",
        "pubDateParsed",
        "isoDate",
        "published",
        "updatedParsed",
        "updated",
    ):
        value = item.get(key)
        if isinstance(value, int) and value:
            return datetime.fromtimestamp(value, UTC)
        if isinstance(value, str):
            try:
                moment = datetime.fromisoformat(value)
            except ValueError:
                continue
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def of_assertion(text: str) -> Expectation | None:
    """feedparser's tests: a Python expression of comparisons such as `entries[0]['title'] == 'x'`,
    read and not run.
    """
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except SyntaxError:
        return None
    said = dict(
        filter(
            None, (_comparison(node) for node in ast.walk(tree) if isinstance(node, ast.Compare))
        )
    )
    item = Item(_string(said.get("entry title")), _string(said.get("entry link")), _moment(said))
    return Expectation(None, (item,), _string(said.get("feed title"))) if said else None


def _comparison(node: ast.Compare) -> tuple[str, Any] | None:
    """Which field of the feed or of its first entry is compared, and with what; None for anything
    else.
    """
    field = re.fullmatch(
        r"(?:(entr)ies\[0\]|(feed))(?:\['|\.)(title|link|published_parsed|updated_parsed)(?:'\])?",
        ast.unparse(node.left),
    )
    if not field or not isinstance(node.ops[0], ast.Eq):
        return None
    try:
        return f"{'entry' if field[1] else 'feed'} {field[3]}", ast.literal_eval(
            node.comparators[0]
        )
    except ValueError:
        return None


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _moment(said: dict[str, Any]) -> datetime | None:
    stamp = said.get("entry published_parsed") or said.get("entry updated_parsed")
    return datetime.fromtimestamp(timegm(stamp), UTC) if isinstance(stamp, tuple) else None
