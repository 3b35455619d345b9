"""How well ranking foresees what editors do, on a file of `digest examples export`.

Wanted is what an editor kept, moved, reworded, merged or put in; unwanted what was dropped or left.
A story that was never chosen was seen in a list at most, so `chosen_auc` looks at those alone that
stood in a draft.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.ranking import auc
from bench.stories import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Row = dict[str, Any]
UNWANTED = {"dropped", "left"}


def measure(rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    """The metrics of all rows, and of each edition's."""
    editions = defaultdict[str, list[Row]](list)
    for row in rows:
        editions[row["edition"]].append(row)
    return {"all": _metrics(rows)} | {name: _metrics(own) for name, own in sorted(editions.items())}


def _metrics(rows: Sequence[Row]) -> dict[str, float]:
    by_issue = defaultdict[str, list[Row]](list)
    for row in rows:
        by_issue[row["issue"]].append(row)
    issues = list(by_issue.values())
    return {
        "issues": len(issues),
        "stories": len(rows),
        "auc": _mean(_auc(one) for one in issues),
        "chosen_auc": _mean(_auc([row for row in one if row["what"] != "left"]) for one in issues),
        "precision": _mean(_precision(one) for one in issues),
        "order": _mean(_order(one) for one in issues),
    }


def _auc(rows: Sequence[Row]) -> float | None:
    """The chance that a wanted story of an issue outscores an unwanted one; None without both."""
    wanted = [row["score"] for row in rows if row["what"] not in UNWANTED]
    unwanted = [row["score"] for row in rows if row["what"] in UNWANTED]
    return auc(wanted, unwanted) if wanted and unwanted else None


def _precision(rows: Sequence[Row]) -> float | None:
    """Of as many first ranked stories as the issue came to tell, the share that it tells."""
    count = sum(row["what"] not in UNWANTED for row in rows)
    first = sorted(rows, key=lambda row: -row["score"])[:count]
    return sum(row["what"] not in UNWANTED for row in first) / count if count else None


def _order(rows: Sequence[Row]) -> float | None:
    """Of the pairs of stories that the issue tells, the share that ranking has in its order."""
    told = [row for row in rows if row["place_after"]]
    pairs = list(combinations(sorted(told, key=lambda row: row["place_after"]), 2))
    return (
        sum(one["score"] >= other["score"] for one, other in pairs) / len(pairs) if pairs else None
    )


def _mean(values: Iterable[float | None]) -> float:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 4) if known else 0.0


def main() -> None:
    """Print the metrics as a table, or as one JSON object with --json."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.examples", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--examples", type=Path, required=True, help="a file of JSON Lines")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    lines = arguments.examples.read_text("utf-8").splitlines()
    results = measure([json.loads(line) for line in lines if line.strip()])
    print(json.dumps(results, indent=2) if arguments.json else table(results))


if __name__ == "__main__":
    main()
