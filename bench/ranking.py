"""How well stories are ranked: relevance of what is about the economics of AI against what is not,
and the first ten.

Tuned: the lexicon's classes and weights come from knowledge of the field; of the labelled weeks
only the open windows (2026-01-19 and 2026-04-27) were looked at. Scored is what both annotators
rate 2 or both rate 0.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from bench.clusters import AI_STORIES, ai_story_windows, week
from bench.stories import table
from digest.config.schema import Config
from digest.stories.grouping import group
from digest.stories.ranking import rank
from digest.stories.relevance import relevance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.clusters import Labelled

FIRST = 10


def measure(corpus: Path) -> dict[str, dict[str, float]]:
    """The metrics pooled over the windows and for each."""
    windows = ai_story_windows(corpus)
    return {AI_STORIES: _metrics(windows)} | {one.name: _metrics([one]) for one in windows}


def _metrics(windows: Sequence[Labelled]) -> dict[str, float]:
    scored = [
        (relevance(document).score, rating)
        for one in windows
        for document, rating in zip(one.documents, _ratings(one), strict=True)
        if rating is not None
    ]
    precisions = [_precision(one) for one in windows]
    return {
        "stories": len(scored),
        "auc": round(
            auc(
                [score for score, rating in scored if rating],
                [score for score, rating in scored if not rating],
            ),
            4,
        ),
        "precision_at_10": round(sum(precisions) / len(precisions), 4),
    }


def _ratings(one: Labelled) -> list[bool | None]:
    """True where both annotators say 2, False where both say 0, None where the document is not
    scored.
    """
    pairs = [{row["ai_econ_relevance"], row["ai_econ_relevance_2"]} for row in one.rows]
    return [True if pair == {2} else False if pair == {0} else None for pair in pairs]


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that one of the first outscores one of the second; a tie is half a chance."""
    wins = sum((p > n) + (p == n) / 2 for p in positive for n in negative)
    return wins / (len(positive) * len(negative)) if positive and negative else 0.0


def _precision(one: Labelled) -> float:
    """Of the first ten ranked stories whose best source is scored, the share that is about the
    economics of AI.
    """
    ratings = _ratings(one)
    window = week(one.name.rpartition("/")[2])
    ranked = rank(group(one.documents), themes=Config(feeds=()).themes, weights={}, window=window)
    found = [ratings[int(story.group.documents[0].entry_id)] for story in ranked]
    first = [rating for rating in found if rating is not None][:FIRST]
    return sum(first) / len(first) if first else 0.0


def main() -> None:
    """Print the metrics as a table, or as one JSON object with --json."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.ranking", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    results = measure(arguments.corpus)
    print(json.dumps(results, indent=2) if arguments.json else table(results))


if __name__ == "__main__":
    main()
