"""The labelled same-story data as documents, and which of their pairs are one story."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations, zip_longest
from typing import TYPE_CHECKING, Any

from digest.model import Document, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

Row = dict[str, Any]
Pair = tuple[int, int]

OPEN_WINDOWS = (
    "2026-01-19",
    "2026-04-27",
)  # looked at while the program was written; every other week was not
AI_STORIES = "ai_stories"
LIMIT = 450  # documents of a set that are compared: the time grows with their square
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Labelled:
    """Documents, and for each pair (i < j) that is judged whether the two are one story."""

    name: str
    rows: tuple[Row, ...]
    documents: tuple[Document, ...]
    same: dict[Pair, bool]

    def first(self, size: int) -> Labelled:
        """The same with only the first `size` documents."""
        inside = {pair: same for pair, same in self.same.items() if pair[1] < size}
        return Labelled(self.name, self.rows[:size], self.documents[:size], inside)


def ai_story_windows(corpus: Path) -> list[Labelled]:
    """ai_stories week by week. What its two annotators disagree on, and what either calls a
    round-up, is not judged.
    """
    rows = _rows(corpus / "clusters" / "ai_stories.jsonl")
    windows = sorted({row["window"] for row in rows})
    return [
        _labelled(
            f"{AI_STORIES}/{window}", [row for row in rows if row["window"] == window], _agreed
        )
        for window in windows
    ]


def other_sets(corpus: Path) -> Iterator[Labelled]:
    """The sets from elsewhere that are there, the first LIMIT documents of each."""
    clusters = corpus / "clusters"
    for name in ("allsides_roundups", "uci_headlines"):
        if (clusters / f"{name}.jsonl").exists():
            yield _labelled(name, _rows(clusters / f"{name}.jsonl")[:LIMIT], _one_label)
    if (clusters / "wikiref220.jsonl").exists():
        rows = [row for row in _rows(clusters / "wikiref220.jsonl") if not row.get("noise_topic")]
        yield _labelled("wikiref220", rows[:LIMIT], _one_label)
    if (clusters / "fnc1_pairs.jsonl").exists():
        yield _fnc1(clusters)


def week(window: str) -> Window:
    """The seven days that begin on a date such as "2026-01-19"."""
    start = datetime.fromisoformat(window).replace(tzinfo=UTC)
    return Window(start, start + timedelta(days=7))


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _labelled(
    name: str, rows: Sequence[Row], judged: Callable[[Row, Row], bool | None]
) -> Labelled:
    pairs = {(i, j): judged(rows[i], rows[j]) for i, j in combinations(range(len(rows)), 2)}
    documents = tuple(_document(i, row) for i, row in enumerate(rows))
    return Labelled(
        name,
        tuple(rows),
        documents,
        {pair: same for pair, same in pairs.items() if same is not None},
    )


def _agreed(a: Row, b: Row) -> bool | None:
    if any(row["multi_story_roundup"] or row["roundup_2"] for row in (a, b)):
        return None
    strict, loose = a["story"] == b["story"], a["story_loose"] == b["story_loose"]
    return strict if strict == loose else None


def _one_label(a: Row, b: Row) -> bool | None:
    return bool(a["story"] == b["story"])


def _document(number: int, row: Row) -> Document:
    when = _when(row)
    publisher = row.get("publisher", "")
    return Document(
        entry_id=str(number),
        url=row.get("url") or f"https://example.org/{number}",
        feed_url=f"https://example.org/{publisher}",
        kind="news",
        title=row.get("title", ""),
        publisher=publisher,
        published=when,
        when=when,
        basis="article",
        text=row.get("text", ""),
    )


def _when(row: Row) -> datetime:
    if row.get("timestamp_ms"):
        return datetime.fromtimestamp(int(row["timestamp_ms"]) / 1000, UTC)
    return (
        datetime.fromisoformat(row["date"]).replace(hour=12, tzinfo=UTC)
        if row.get("date")
        else UNDATED
    )


def _fnc1(clusters: Path) -> Labelled:
    """Headlines and bodies as documents of their own; only pairs of a headline and a body are
    judged.
    """
    pairs = _rows(clusters / "fnc1_pairs.jsonl")
    bodies = {row["body_id"]: row["text"] for row in _rows(clusters / "fnc1_bodies.jsonl")}
    headlines = _first((pair["headline"] for pair in pairs), LIMIT - len(bodies))
    names = [
        name for turn in zip_longest(bodies, headlines) for name in turn if name is not None
    ]  # so that a part has both
    place = {name: i for i, name in enumerate(names)}
    rows: list[Row] = [
        {"text": bodies[name]} if name in bodies else {"title": name} for name in names
    ]
    judged = {}
    for pair in pairs:
        if pair["headline"] in place:
            i, j = sorted((place[pair["body_id"]], place[pair["headline"]]))
            judged[i, j] = bool(pair["related"])
    return Labelled(
        "fnc1", tuple(rows), tuple(_document(i, row) for i, row in enumerate(rows)), judged
    )


def _first(names: Iterable[str], count: int) -> list[str]:
    return list(dict.fromkeys(names))[: max(0, count)]
