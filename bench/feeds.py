"""How feeds of every kind are read: whether anything crashes or dawdles, and how far we agree with
what other readers' tests expect.

A file agrees when everything in it that its expectation states does: the number of entries, every
title, every link, every date. Titles are compared as text, because a title is text here and markup
elsewhere; links without tracking parameters.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from lxml import html  # type: ignore[import-untyped]  # it ships no types

from bench.feed_expectations import Expectation, of_row
from digest.errors import FetchFailed
from digest.feeds.parser import ParsedFeed, parse_feed
from digest.net.urls import clean_url, host_of
from digest.text.tidy import composed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

# feedparser's tests serve their files here, and expect links that begin so
_SERVER = "http://127.0.0.1:8097"
_HEADER = re.compile(rb"^\s*Header:\s*([\w-]+):\s*(.+?)\s*$", re.MULTILINE)
_SLOW = 1.0  # seconds


@dataclass(frozen=True, slots=True)
class Reading:
    """One file as it was read; `crash` is an exception that is no honest refusal."""

    feed: ParsedFeed | None
    seconds: float
    refused: str = ""
    crash: str = ""


def measure(
    corpus: Path, say: Callable[[str], None] = lambda _: None
) -> dict[str, dict[str, float]]:
    """`{"feeds": {metric: number}}` over every file that `corpus/feeds/index.jsonl` lists; each
    disagreement is told to `say`.
    """
    folder = corpus / "feeds"
    rows = [
        json.loads(line)
        for line in (folder / "index.jsonl").read_text("utf-8").splitlines()
        if line.strip()
    ]
    counts: Counter[str] = Counter()
    for row in rows:
        reading = read(folder / row["file"], row)
        counts["files"] += 1
        counts["crashed"] += bool(reading.crash)
        counts["over_1s"] += reading.seconds > _SLOW
        if reading.crash or reading.seconds > _SLOW:
            say(f"{row['file']}: {reading.crash or f'{reading.seconds:.1f} s'}")
        expectation = of_row(row, folder)
        for metric, agrees, why in (
            judge(reading, expectation, _address(row)) if expectation else ()
        ):
            counts[f"{metric}_stated"] += 1
            counts[metric] += agrees
            if not agrees:
                say(f"{row['file']}: {metric}: {why}")
    shares = {
        f"{name}_agree": counts[name] / max(1, counts[f"{name}_stated"])
        for name in ("entries", "titles", "links", "dates")
    }
    stated = {
        f"{name}_stated": counts[f"{name}_stated"]
        for name in ("entries", "titles", "links", "dates")
    }
    return {
        "feeds": {name: counts[name] for name in ("files", "crashed", "over_1s")} | shares | stated
    }


def read(path: Path, row: dict[str, Any]) -> Reading:
    """Parse one file as if it had come from the address, and with the headers, that its test gives
    it.
    """
    body = path.read_bytes()
    headers = {
        name.decode().lower(): value.decode("latin-1")
        for name, value in _HEADER.findall(body[:2000])
    }
    url = urljoin(_address(row), headers.get("content-location", ""))
    began = time.process_time()
    try:
        feed = parse_feed(body, headers.get("content-type", ""), url)
    except FetchFailed as error:
        return Reading(None, time.process_time() - began, refused=error.reason)
    except Exception as error:  # whatever it is, it is what the bench is looking for
        return Reading(None, time.process_time() - began, crash=f"{type(error).__name__}: {error}")
    return Reading(feed, time.process_time() - began)


def _address(row: dict[str, Any]) -> str:
    return f"{_SERVER}/{row['source']['path']}"


def judge(reading: Reading, expected: Expectation, address: str) -> Iterator[tuple[str, bool, str]]:
    """For each metric that the expectation speaks of: its name, whether we agree, and how we
    differ.
    """
    entries = reading.feed.entries if reading.feed else ()
    agrees = reading.feed is not None and len(entries) == expected.count
    if expected.count is not None:
        yield "entries", agrees, f"{len(entries)}, not {expected.count} {reading.refused}"
    items = (
        expected.items if agrees or expected.count is None else ()
    )  # what cannot be paired is not counted a second time
    ours = [*entries, *[None] * len(items)]
    pairs = list(zip(items, ours, strict=False))
    titles = [(item.title, entry.title if entry else "") for item, entry in pairs]
    titles.append((expected.title, reading.feed.title if reading.feed else ""))
    links = [(item.link, entry.url if entry else "") for item, entry in pairs]
    dates = [(item.date, entry.published if entry else None) for item, entry in pairs]
    yield from _compared("titles", titles, _same_title)
    bases = [
        address,
        reading.feed.home_url if reading.feed else "",
    ]  # some readers leave it to others to resolve a relative link
    on_the_web = [
        (theirs, our) for theirs, our in links if theirs and host_of(urljoin(address, theirs))
    ]
    yield from _compared(
        "links",
        on_the_web,
        lambda theirs, our: our in {clean_url(urljoin(base, theirs)) for base in bases},
    )
    yield from _compared("dates", dates, _same_second)


def _compared(
    metric: str, pairs: list[tuple[Any, Any]], same: Callable[[Any, Any], bool]
) -> Iterator[tuple[str, bool, str]]:
    stated = [(theirs, ours) for theirs, ours in pairs if theirs is not None]
    wrong = [f"{ours!s}, not {theirs!s}" for theirs, ours in stated if not same(theirs, ours)]
    if stated:
        yield metric, not wrong, "; ".join(wrong[:3])


def _same_title(theirs: str, ours: str) -> bool:
    if "\ufffd" in theirs:
        return True  # the other reader failed to find the charset
    return _squeezed(ours) in {_squeezed(theirs), _squeezed(_text(theirs))}


def _same_second(theirs: datetime, ours: datetime | None) -> bool:
    """Dates of feeds are read to the second, as all but one dialect write them."""
    return ours is not None and theirs.replace(microsecond=0) == ours


def _squeezed(text: str) -> str:
    """The text with single spaces and composed letters: ours are, and Unicode calls them equal."""
    return composed(" ".join(text.split()))


def _text(markup: str) -> str:
    return str(html.fromstring(f"<div>{markup}</div>").text_content())


def main() -> None:
    """Print the figures, with each disagreement on stderr under `--why`."""
    parser = argparse.ArgumentParser(prog="python -m bench.feeds", description=__doc__)
    parser.add_argument(
        "--corpus", type=Path, required=True, help="a folder laid out like the shared corpus"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--why", action="store_true", help="name each disagreement on stderr")
    given = parser.parse_args()
    result = measure(
        given.corpus, (lambda line: print(line, file=sys.stderr)) if given.why else lambda _: None
    )
    if given.json:
        print(json.dumps(result))
        return
    for name, value in result["feeds"].items():
        print(f"{name:16} {value:g}")


if __name__ == "__main__":
    main()
