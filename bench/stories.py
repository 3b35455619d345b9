"""How well grouping finds same stories: pairwise P, R and F and B-cubed F, beside single-link
TF-IDF.

Tuned: the grouping's constants were chosen on the open windows of ai_stories (2026-01-19 and
2026-04-27); between thresholds that do equally well there, allsides_roundups, uci_headlines and
fnc1 decided. No other week was used. The baseline's threshold is chosen on the same windows for
ai_stories, and for each other set on the first half of its documents.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from bench.clusters import AI_STORIES, OPEN_WINDOWS, ai_story_windows, other_sets
from digest.stories.grouping import group
from digest.stories.linkage import joined
from digest.stories.sketch import LEAD
from digest.text.vectors import cosines, tf_idf, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.clusters import Labelled, Pair

Homes = list[int]  # for each document the number of the cluster it is in
THRESHOLDS = [step / 40 for step in range(4, 29)]  # .10 to .70


@dataclass(frozen=True, slots=True)
class Scores:
    """Pairwise precision, recall and F, and B-cubed F (Bagga and Baldwin, 1998) over the judged
    pairs.
    """

    precision: float
    recall: float
    f: float
    bcubed_f: float


def measure(corpus: Path) -> dict[str, dict[str, float]]:
    """Every metric of every data set that is there."""
    windows = ai_story_windows(corpus)
    threshold = _best_threshold(
        [one for one in windows if one.name.endswith(OPEN_WINDOWS)] or windows
    )
    results = {
        AI_STORIES: _metrics(windows, threshold),
        **{one.name: _metrics([one], threshold) for one in windows},
    }
    return results | {
        other.name: _metrics([other], _best_threshold([other.first(len(other.documents) // 2)]))
        for other in other_sets(corpus)
    }


def _metrics(sets: Sequence[Labelled], threshold: float) -> dict[str, float]:
    ours = _score(sets, [_grouped(one) for one in sets])
    baseline = _score(sets, [_single_link(one, _similar(one), threshold) for one in sets])
    return {
        "documents": sum(len(one.documents) for one in sets),
        "pairwise_p": round(ours.precision, 4),
        "pairwise_r": round(ours.recall, 4),
        "pairwise_f": round(ours.f, 4),
        "bcubed_f": round(ours.bcubed_f, 4),
        "pairwise_f_tfidf": round(baseline.f, 4),
    }


# ---- clusterings


def _grouped(one: Labelled) -> Homes:
    numbers = {
        document.entry_id: number
        for number, found in enumerate(group(one.documents))
        for document in found.documents
    }
    return [numbers[document.entry_id] for document in one.documents]


def _similar(one: Labelled) -> dict[Pair, float]:
    """Plain TF-IDF of the title twice and the first 1,500 characters."""
    bags = [
        Counter(tokens(f"{document.title} {document.title} {document.text[:LEAD]}"))
        for document in one.documents
    ]
    return cosines(tf_idf(bags, rarity=1.0))


def _single_link(one: Labelled, similar: dict[Pair, float], threshold: float) -> Homes:
    clusters = joined(
        len(one.documents), (pair for pair, value in similar.items() if value >= threshold)
    )
    numbers = {item: number for number, items in clusters.items() for item in items}
    return [numbers[item] for item in range(len(one.documents))]


def _best_threshold(sets: Sequence[Labelled]) -> float:
    similar = [_similar(one) for one in sets]

    def f(threshold: float) -> float:
        return _score(
            sets,
            [
                _single_link(one, values, threshold)
                for one, values in zip(sets, similar, strict=True)
            ],
        ).f

    return max(THRESHOLDS, key=f)


# ---- scores


def _score(sets: Sequence[Labelled], clusterings: Sequence[Homes]) -> Scores:
    pairs = Counter(
        chain.from_iterable(
            _judged(one, homes) for one, homes in zip(sets, clusterings, strict=True)
        )
    )
    precision, recall = (
        _share(pairs[True, True], pairs[False, True]),
        _share(pairs[True, True], pairs[True, False]),
    )
    items = [
        item for one, homes in zip(sets, clusterings, strict=True) for item in _bcubed(one, homes)
    ]
    bcubed_p, bcubed_r = (sum(values) / len(items) for values in zip(*items, strict=True))
    return Scores(precision, recall, _f(precision, recall), _f(bcubed_p, bcubed_r))


def _judged(one: Labelled, homes: Homes) -> list[tuple[bool, bool]]:
    """For each judged pair whether it is one story, and whether the clustering says so."""
    return [(same, homes[i] == homes[j]) for (i, j), same in one.same.items()]


def _bcubed(one: Labelled, homes: Homes) -> list[tuple[float, float]]:
    """Each document's precision and recall; it is its own mate, and pairs that are not judged count
    for nothing.
    """
    both, found, gold = ([1] * len(homes) for _ in range(3))
    for (i, j), same in one.same.items():
        together = homes[i] == homes[j]
        for item in (i, j):
            found[item] += together
            gold[item] += same
            both[item] += together and same
    return [(b / f, b / g) for b, f, g in zip(both, found, gold, strict=True)]


def _share(hits: int, misses: int) -> float:
    return hits / (hits + misses) if hits + misses else 1.0


def _f(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def main() -> None:
    """Print the metrics as a table, or as one JSON object with --json."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.stories", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    results = measure(arguments.corpus)
    print(json.dumps(results, indent=2) if arguments.json else table(results))


def table(results: dict[str, dict[str, float]]) -> str:
    """One line per data set."""
    names = list(next(iter(results.values())))
    head = f"{'':24}" + "".join(f"{name:>18}" for name in names)
    return "\n".join(
        [
            head,
            *(
                f"{name:24}" + "".join(f"{values[one]:18g}" for one in names)
                for name, values in results.items()
            ),
        ]
    )


if __name__ == "__main__":
    main()
