"""How close the embedded summariser's extracts come to human summaries, beside the first three
sentences.

Its weights were chosen on the even rows of each set (counting from 0); the figures are of the odd
rows only. Both summaries have up to three sentences. Of a set with several documents to a summary,
the extracts are one sentence of each of the first three documents, and the lead is the first
sentence of each.
"""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import rouge
from digest.insights.embedded import pick
from digest.model import Document
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SETS = ("news_writer_multiref", "cnndm_highlights", "bbc_extractive", "allsides_multidoc")
SENTENCES = 3
_NO_WORD_LIMIT = 10_000
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def measure(corpus: Path, *, rows: slice = slice(1, None, 2)) -> dict[str, dict[str, float]]:
    """`{data set: {metric: number}}` over the chosen rows of each set under `corpus/summaries`."""
    return {
        name: _measure_set(_read(corpus / "summaries" / f"{name}.jsonl")[rows]) for name in SETS
    }


def _measure_set(rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    made = [(documents(row), references(row)) for row in rows]
    ours = [rouge.best(extracts(docs), wanted) for docs, wanted in made]
    lead = [rouge.best(lead3(docs), wanted) for docs, wanted in made]
    return {
        "documents": len(rows),
        **{name: _mean(scores[name] for scores in ours) for name in rouge.NAMES},
        **{f"{name}_lead3": _mean(scores[name] for scores in lead) for name in rouge.NAMES},
    }


def documents(row: dict[str, Any]) -> list[Document]:
    """The row's documents, however its set lays them out."""
    if "docs" in row:
        return [
            _document(f"{row['id']}-{i}", doc["title"], doc["text"])
            for i, doc in enumerate(row["docs"])
        ]
    if "sentences" in row:
        title, *body = (line for line in row["sentences"] if line)
        return [_document(row["id"], title, "\n".join(body))]
    return [_document(row["id"], "", row["text"])]


def references(row: dict[str, Any]) -> list[str]:
    """The summaries by people that the row comes with."""
    return (
        list(row["references"]) if "references" in row else [" ".join(row["reference_sentences"])]
    )


def extracts(docs: Sequence[Document]) -> str:
    """What the embedded summariser takes: three sentences of one document, or one of each."""
    told: list[str] = []
    for i, document in enumerate(docs[:SENTENCES]):
        wanted = (
            SENTENCES if len(docs) == 1 else i + 1 - len(told)
        )  # what one document lacks the next may give
        told += (
            span.text
            for span in pick(
                document,
                theme_words=frozenset(),
                wanted=wanted,
                max_words=_NO_WORD_LIMIT,
                avoid=told,
            )
        )
    return " ".join(told)


def lead3(docs: Sequence[Document]) -> str:
    """The first three sentences of one document, or the first of each."""
    each = SENTENCES if len(docs) == 1 else 1
    return " ".join(
        span.text for document in docs[:SENTENCES] for span in sentences(document.text)[:each]
    )


def _document(key: str, title: str, text: str) -> Document:
    body = "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())
    return Document(key, key, "", "news", title, "", None, _NEVER, "article", body)


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return round(sum(listed) / len(listed), 4) if listed else 0.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.summaries",
        description="The embedded summariser beside the first three sentences.",
    )
    parser.add_argument(
        "--corpus", type=Path, required=True, help="a folder that has summaries/*.jsonl"
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object instead of a table"
    )
    arguments = parser.parse_args()
    result = measure(arguments.corpus)
    print(json.dumps(result, indent=1) if arguments.json else _table(result))


def _table(result: dict[str, dict[str, float]]) -> str:
    head = f"{'set':24}{'documents':>10}" + "".join(
        f"{name:>9}{'lead-3':>9}" for name in rouge.NAMES
    )
    rows = (
        f"{name:24}{scores['documents']:>10.0f}"
        + "".join(f"{scores[m]:>9.3f}{scores[f'{m}_lead3']:>9.3f}" for m in rouge.NAMES)
        for name, scores in result.items()
    )
    return "\n".join((head, *rows))


if __name__ == "__main__":
    main()
