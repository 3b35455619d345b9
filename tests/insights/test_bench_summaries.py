"""The summary bench: ROUGE and how the sets are read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bench import rouge, summaries

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "Acme will spend $9 billion on servers in Norway. Bolt sold 9,000 chips to Cog in May. Cog has"
    " closed its plant in Chad."
)


def write(corpus: Path, rows: dict[str, dict[str, Any]]) -> None:
    """A corpus of four equal rows a set."""
    (corpus / "summaries").mkdir()
    for name in summaries.SETS:
        lines = [json.dumps({"id": str(i), **rows[name]}) for i in range(4)]
        (corpus / "summaries" / f"{name}.jsonl").write_text(
            "\n".join(lines) + "\n", encoding="utf-8"
        )


ROWS: dict[str, dict[str, Any]] = {
    "news_writer_multiref": {"text": TEXT, "references": ["Nothing alike.", TEXT]},
    "cnndm_highlights": {"text": TEXT, "references": ["Acme will spend $9 billion."]},
    "bbc_extractive": {
        "sentences": ["Chips", "", *TEXT.split(". ")],
        "reference_sentences": ["Bolt sold 9,000 chips to Cog in May"],
    },
    "allsides_multidoc": {
        "docs": [
            {"title": "Chips", "text": TEXT},
            {"title": "Cog", "text": "Cog has left Chad for good, it says."},
        ],
        "references": [TEXT],
    },
}


def test_the_result_has_every_set_and_metric(tmp_path: Path) -> None:
    """Half of each set is measured, with the lead beside the extracts."""
    write(tmp_path, ROWS)
    result = summaries.measure(tmp_path)
    metrics = {"documents", *rouge.NAMES, *(f"{name}_lead3" for name in rouge.NAMES)}
    assert set(result) == set(summaries.SETS)
    assert all(set(scores) == metrics for scores in result.values())
    assert all(scores["documents"] == 2 for scores in result.values())
    assert result["news_writer_multiref"]["rouge1_lead3"] == 1.0


@pytest.mark.parametrize(
    ("summary", "references", "expected"),
    [
        ("the cat sat", ["the cat sat"], (1.0, 1.0, 1.0)),
        ("The cat, sat!", ["the cat sat"], (1.0, 1.0, 1.0)),
        ("the cat", ["the cat sat"], (0.8, 2 / 3, 0.8)),
        ("sat cat the", ["the cat sat"], (1.0, 0.0, 1 / 3)),
        ("the the the", ["the cat"], (0.4, 0.0, 0.4)),
        ("a dog", ["the cat sat", "a dog"], (1.0, 1.0, 1.0)),
        ("", ["the cat"], (0.0, 0.0, 0.0)),
    ],
)
def test_rouge_counts_what_is_shared(
    summary: str, references: list[str], expected: tuple[float, ...]
) -> None:
    """F1 over single words, pairs and the longest common subsequence; the best reference counts."""
    assert tuple(rouge.best(summary, references).values()) == pytest.approx(expected)
