"""How well the grounding checks tell supported claims from unsupported ones, beside word overlap.

`auc` is of the checks' score, `balanced_accuracy` and `false_alarms` (the share of supported claims
that are flagged) of their verdict. The checks were chosen with the even half of the documents in
view, by the SHA-1 of their id; of the odd half nothing was read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any, Literal

from digest.grounding import ground, index
from digest.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.grounding import Indexed


Half = Literal["even", "odd", "all"]
Scored = tuple[bool, float]  # whether a claim is supported, and its score
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
_WORD = re.compile(r"\w+")
_PREFACE = re.compile(
    r"\A[^\n]*\b(?:summary|passage)\b[^\n]*:\s*\n+"
)  # "Here is a concise summary of the passage:"
_MONTHS = "january|february|april|june|july|august|september|october|november|december"
# Some of the sets come as their tokenisers left them, in lower case and with "#" for the pound:
# "10, 000", "it 's", "# 1. 5 million".
_TOKENS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"``|''"), '"'),
    (re.compile(r"`"), "'"),
    (re.compile(r"(?<!\w)#\s(?=\d)"), "£"),
    (
        re.compile(r"(?<=\b\d),\s(?=\d{3}\b)|(?<=\b\d\d),\s(?=\d{3}\b)|(?<=\b\d{3}),\s(?=\d{3}\b)"),
        ",",
    ),
    (re.compile(r"(?<=\w)\s-\s(?=(?:year|month|week|day|hour|minute|old)\b)"), "-"),
    (re.compile(r"(?<=\d)\.\s(?=\d+ (?:million|billion|trillion)\b)"), "."),
    (re.compile(r"\s(?=[,.;:!?)](?:\s|$)|'(?:s|m|d|re|ll|ve)\b|n't\b)|(?<=[$£€(])\s(?=\w)"), ""),
)
_OPENING = re.compile(r"(?:\A|\s[.!?]\s+)(?:['\"`]+\s?)?[a-z]")  # of a sentence in lower case
_MONTH = re.compile(rf"\b(?:{_MONTHS}|(?:march|may)(?= \d)|(?<=\d )(?:march|may))\b")
_HEADER = re.compile(
    r"\A(?:\(meta data\) [A-Z ]+: .*\n)+"
)  # how wice's pages begin: what a feed or a page's head says
_FIELD = re.compile(r"^\(meta data\) ([A-Z ]+): (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled claim and what the checks say of it."""

    dataset: str
    supported: bool
    score: float
    overlap: float
    rules: frozenset[str]  # by which it fails
    seconds: float


def judged(corpus: Path, half: Half) -> list[Judged]:
    """The labelled claims under `corpus/faithfulness`, judged; null labels are left out."""
    folder = corpus / "faithfulness"
    texts = {row["doc_id"]: row["text"] for row in _rows(folder / "docs.jsonl")}
    rows = [
        row
        for row in _rows(folder / "claims.jsonl")
        if row["label"] is not None and half in {"all", _half(row["doc_id"])}
    ]
    indexed = {one: index(_document(one, texts[one])) for one in {row["doc_id"] for row in rows}}
    return [_judged(row, indexed[row["doc_id"]]) for row in rows]


def _half(key: str) -> Half:
    return "odd" if hashlib.sha1(key.encode(), usedforsecurity=False).digest()[-1] % 2 else "even"


def _judged(row: dict[str, Any], source: Indexed) -> Judged:
    began = process_time()
    found = ground([_tidy(row["claim"])], [source])
    spent = process_time() - began
    rules = {name for _, check in found.checks for name in check.rule.split()}
    text = f"{source.document.title} {source.document.text}"
    return Judged(
        row["dataset"],
        bool(row["label"]),
        found.score,
        _overlap(row["claim"], text),
        frozenset(rules),
        spent,
    )


def measure(claims: Sequence[Judged], without: str = "") -> dict[str, dict[str, float]]:
    """`{data set: {metric: number}}`, as if the rule of this name were not there."""
    sets: defaultdict[str, list[Judged]] = defaultdict(list)
    for claim in claims:
        sets[claim.dataset].append(claim)
    return {name: _measure_set(found, without) for name, found in sets.items()}


def _measure_set(claims: Sequence[Judged], without: str) -> dict[str, float]:
    alarms, caught = (
        _share(bool(one.rules - {without}) for one in claims if one.supported == supported)
        for supported in (True, False)
    )
    return {
        "claims": len(claims),
        "auc": _auc([(one.supported, one.score) for one in claims]),
        "auc_overlap": _auc([(one.supported, one.overlap) for one in claims]),
        "balanced_accuracy": round((1 - alarms + caught) / 2, 4),
        "false_alarms": alarms,
        "caught": caught,
        "ms_a_claim": round(1000 * median(one.seconds for one in claims), 2),
    }


def earned(claims: Sequence[Judged]) -> dict[str, dict[str, float]]:
    """`{rule: {...}}`: how many untrue claims each rule catches, how many true ones it flags and of
    both those that it alone does.
    """
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        kind = "false" if claim.supported else "caught"
        for rule in claim.rules:
            found[rule][kind] += 1
            found[rule][f"{kind}_alone"] += len(claim.rules) == 1
    columns = ("caught", "caught_alone", "false", "false_alone")
    rows = sorted(found.items(), key=lambda row: -row[1]["caught_alone"])
    return {rule: {name: counts[name] for name in columns} for rule, counts in rows}


def _document(key: str, text: str) -> Document:
    header = _HEADER.match(text)
    fields = dict(_FIELD.findall(header[0])) if header else {}
    plain = _tidy(text[header.end() :] if header else text)
    title, author, published = (
        fields.get("TITLE", ""),
        fields.get("AUTHOR", ""),
        _moment(fields.get("PUBLISHED DATETIME", "")),
    )
    return Document(
        key,
        key,
        "",
        "news",
        title,
        "",
        published,
        published or _NEVER,
        "article",
        plain,
        author=author,
    )


def _moment(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _tidy(text: str) -> str:
    text = _PREFACE.sub("", text)
    if " . " in f"{text} ":
        text = _OPENING.sub(lambda opening: opening[0].lstrip().upper(), text)
    for pattern, instead in _TOKENS:
        text = pattern.sub(instead, text)
    return _MONTH.sub(lambda month: month[0].capitalize(), text)


def _overlap(claim: str, text: str) -> float:
    """The share of the claim's distinct words that occur in the document."""
    words = set(_WORD.findall(claim.lower()))
    return len(words & set(_WORD.findall(text.lower()))) / max(len(words), 1)


def _auc(scored: Sequence[Scored]) -> float:
    """The chance that a supported claim scores higher than an unsupported one; a tie counts
    half.
    """
    good = [score for supported, score in scored if supported]
    bad = [score for supported, score in scored if not supported]
    won = sum((one > other) + 0.5 * (one == other) for one in good for other in bad)
    return round(won / (len(good) * len(bad)), 4) if good and bad else 0.5


def _share(flags: Iterable[bool]) -> float:
    listed = list(flags)
    return round(sum(listed) / len(listed), 4) if listed else 0.0


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.grounding", description=__doc__.partition("\n")[0]
    )
    parser.add_argument(
        "--corpus",
        type=Path,
        required=True,
        help="a folder that has faithfulness/claims.jsonl and docs.jsonl",
    )
    parser.add_argument(
        "--half",
        choices=("even", "odd", "all"),
        default="all",
        help="the documents whose id has an even or an odd SHA-1",
    )
    parser.add_argument(
        "--rules", action="store_true", help="print what each rule catches, and what it alone does"
    )
    parser.add_argument("--without", metavar="RULE", default="", help="leave this rule out")
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object instead of a table"
    )
    arguments = parser.parse_args()
    claims = judged(arguments.corpus, arguments.half)
    rows = earned(claims)
    if arguments.without and arguments.without not in rows:
        parser.error(f"no claim fails by {arguments.without}; there are {', '.join(rows)}")
    if arguments.without:
        rows = {arguments.without: rows[arguments.without]}
    parts = [rows] if arguments.rules else [measure(claims, arguments.without)]
    if arguments.without and not arguments.rules:
        parts.append(rows)
    print("\n\n".join(json.dumps(one, indent=1) if arguments.json else table(one) for one in parts))


def table(result: dict[str, dict[str, float]]) -> str:
    """One line per data set."""
    names = list(next(iter(result.values())))
    head = f"{'set':22}" + "".join(f"{name:>19}" for name in names)
    return "\n".join(
        [
            head,
            *(
                f"{name:22}" + "".join(f"{values[one]:19g}" for one in names)
                for name, values in result.items()
            ),
        ]
    )


if __name__ == "__main__":
    main()
