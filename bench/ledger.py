"""Whether the ledger joins figures into series as a reader does: of the pairs that it joins the
share that is one series (precision), and of those that are one series the share that it joins
(recall).

`series_labels.json` names the series of figures by document and place, "" for a figure of none;
null is not labelled yet. Tuned: the working half (documents with an even number) was labelled by
the one who wrote the rules, who looked at it while writing them; the kept half was not looked at.
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from bench.stories import table
from digest.stories.ledger.owners import owners
from digest.stories.ledger.reading import recorded
from digest.stories.ledger.series import series_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LABELS = Path(__file__).with_name("series_labels.json")
AROUND = 240  # characters on either side that a reader is shown
Place = tuple[str, int, int]


def measure(corpus: Path) -> dict[str, dict[str, float]]:
    """The metrics of each half that is labelled, and of both."""
    labels: dict[str, dict[str, str | None]] = json.loads(LABELS.read_text("utf-8"))
    halves = {name: _labelled(rows) for name, rows in labels.items()}
    texts = dict(_documents(corpus))
    joined = _joined(texts, {place[0] for half in halves.values() for place in half})
    found = {f"ledger/{name}": _metrics(half, joined) for name, half in halves.items() if half}
    whole = {place: label for half in halves.values() for place, label in half.items()}
    return {"ledger": _metrics(whole, joined), **found}


def _labelled(rows: Mapping[str, str | None]) -> dict[Place, str]:
    return {_place(name): label for name, label in rows.items() if label is not None}


def _place(name: str) -> Place:
    document, _, span = name.rpartition(":")
    start, _, end = span.partition("-")
    return document, int(start), int(end)


def _documents(corpus: Path) -> Iterator[tuple[str, tuple[str, date, str]]]:
    """Each document's title, day and text."""
    for line in (corpus / "clusters" / "ai_stories.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield row["id"], (row["title"], date.fromisoformat(row["date"][:10]), row["text"])


def _joined(
    texts: Mapping[str, tuple[str, date, str]], wanted: set[str]
) -> dict[Place, tuple[str, ...]]:
    """The series of every figure that the ledger has one for."""
    known, found = owners(), dict[Place, tuple[str, ...]]()
    for name in sorted(wanted & set(texts)):
        title, day, text = texts[name]
        for one in recorded(text, day, known, title):
            series = series_of(one)
            if series:
                found[name, one.start, one.end] = (known.key(one.owner), *series)
    return found


def _metrics(
    labels: Mapping[Place, str], joined: Mapping[Place, tuple[str, ...]]
) -> dict[str, float]:
    mine = _pairs({place: joined[place] for place in labels if place in joined})
    theirs = _pairs({place: label for place, label in labels.items() if label})
    both = len(mine & theirs)
    return {
        "figures": len(labels),
        "series_precision": both / len(mine) if mine else 1.0,
        "series_recall": both / len(theirs) if theirs else 1.0,
    }


def _pairs(series: Mapping[Place, object]) -> set[tuple[Place, Place]]:
    return {(a, b) for a, b in combinations(sorted(series), 2) if series[a] == series[b]}


def sheet(corpus: Path, half: str) -> Iterator[str]:
    """What a reader labels: a line for each figure of a half, its place, its words and what stands
    around it, parted by tabs.
    """
    labels: dict[str, dict[str, str | None]] = json.loads(LABELS.read_text("utf-8"))
    texts = dict(_documents(corpus))
    for name in labels[half]:
        document, start, end = _place(name)
        title, day, text = texts[document]
        around = text[max(0, start - AROUND) : end + AROUND]
        yield "\t".join(
            " ".join(one.split()) for one in (name, text[start:end], str(day), title, around)
        )


def main() -> None:
    """Print the metrics as a table, or as one JSON object with --json."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.ledger", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--sheet", metavar="HALF", help="print a half to be labelled: working, kept"
    )
    arguments = parser.parse_args()
    if arguments.sheet:
        print("\n".join(sheet(arguments.corpus, arguments.sheet)))
        return
    results = measure(arguments.corpus)
    print(json.dumps(results, indent=2) if arguments.json else table(results))


if __name__ == "__main__":
    main()
