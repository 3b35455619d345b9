"""What becomes of whole newsroom days that a first-class model wrote: its true sentences, and the
untruths planted among them, by the checks and with a second reading's answers as they were given.

The statements stand in newsroom_days.toml, each with the documents that it cites and the answer of
the reader, whose deciding words are named by their place. No text of a corpus stands there.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.newsroom_weeks import documents_of
from digest.grounding import index
from digest.grounding.meaning import NOT_SHOWN, Opinion, opinion, read_again, worth_reading
from digest.grounding.verdicts import why_no_reading
from digest.insights.model.claims import examined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from digest.grounding import Indexed

STATEMENTS = Path(__file__).with_name("newsroom_days.toml")
TRUE = "true"
THESIS = "thesis"
IF_READ = Opinion("supported")


@dataclass(frozen=True, slots=True)
class Statement:
    """A text of an issue, what is wrong with it ("true" where nothing is), the documents that it
    cites, and what the second reader said: its answer, and where its words stand.
    """

    week: str
    part: str
    kind: str
    text: str
    documents: tuple[str, ...]
    says: str
    words: tuple[int, int, int] | tuple[()]  # which document, from, to
    whole: bool  # whether the reader had the documents whole


def statements() -> tuple[Statement, ...]:
    """All of them, in the order in which they were written."""
    rows = tomllib.loads(STATEMENTS.read_text(encoding="utf-8"))["statement"]
    return tuple(
        Statement(
            **{**row, "documents": tuple(row["documents"]), "words": tuple(row.get("words", ()))}
        )
        for row in rows
    )


def verdicts(one: Statement, cited: list[Indexed]) -> tuple[str, str]:
    """How the statement stands by code alone, and with what its reader said."""
    grounded = examined(one.text, cited)
    said = _said(one, cited)
    if one.part == THESIS:
        code = why_no_reading(grounded, ("s1", "s2"), IF_READ)
        read = why_no_reading(grounded, ("s1", "s2"), said if isinstance(said, Opinion) else None)
        return ("flagged" if code else "reading"), ("flagged" if read else "reading")
    if not worth_reading(grounded.checks, grounded.verdict):
        return grounded.verdict, grounded.verdict
    return grounded.verdict, read_again(grounded, said).verdict


def _said(one: Statement, cited: list[Indexed]) -> Opinion | str:
    words = ""
    if one.words:
        which, start, end = one.words
        words = cited[which].document.text[start:end]
    said = opinion(one.says, words, "", cited, whole=one.whole)
    return Opinion("not_said") if said == NOT_SHOWN and one.part == THESIS else said


def measured(corpus: Path) -> dict[str, dict[str, int]]:
    """Counts of the true statements and of the planted ones."""
    found = statements()
    read = {week: documents_of(corpus, week) for week in {one.week for one in found}}
    indexed: dict[str, Indexed] = {}
    true: list[tuple[str, str]] = []
    planted: list[tuple[str, str]] = []
    for one in found:
        cited = [indexed.setdefault(name, index(read[one.week][name])) for name in one.documents]
        (true if one.kind == TRUE else planted).append(verdicts(one, cited))
    return {"true": _lost(true), "planted": _through(planted)}


def _lost(found: list[tuple[str, str]]) -> dict[str, int]:
    return {
        "statements": len(found),
        "flagged_by_code": sum(code == "flagged" for code, _ in found),
        "lost": sum(read == "flagged" for _, read in found),
        **_counts(read for _, read in found),
    }


def _through(found: list[tuple[str, str]]) -> dict[str, int]:
    return {
        "statements": len(found),
        "caught_by_code": sum(code == "flagged" for code, _ in found),
        "caught": sum(read == "flagged" for _, read in found),
        **_counts(read for _, read in found),
    }


def _counts(verdicts_: Iterable[str]) -> dict[str, int]:
    counts = Counter(verdicts_)
    return {name: counts[name] for name in ("grounded", "checked", "reading")}


def main(arguments: list[str] | None = None) -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(prog="bench.newsroom_days", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    found: Mapping[str, Mapping[str, int]] = measured(options.corpus)
    if options.json:
        print(json.dumps(found))
        return
    for name, counts in found.items():
        print(f"{name}: " + ", ".join(f"{key} {value}" for key, value in counts.items()))


if __name__ == "__main__":
    main()
