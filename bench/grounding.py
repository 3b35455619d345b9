"""How well the grounding checks tell supported claims from unsupported ones, beside word overlap.

`auc` is of the checks' score, `balanced_accuracy` and `false_alarms` (the share of supported claims
that are flagged) of their verdict. The checks' thresholds and the score's weights were chosen with
the even rows (counting from 0) of the sets marked tuned in view; all rows are measured, and those
that end in `_odd` are of the odd ones alone, of which none was read.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from digest.grounding import ground, index
from digest.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


TUNED = (
    "summedits_news", "summedits_ectsum", "summedits_podcast", "summedits_sales_call", "factcc",
    "qags_cnndm", "qags_xsum", "summeval", "faithbench", "wice", "entfa_xsum", "polytope",
)  # fmt: skip
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


def measure(corpus: Path) -> dict[str, dict[str, float]]:
    """`{data set: {metric: number}}` for the labelled claims under `corpus/faithfulness`; null
    labels are left out.
    """
    folder = corpus / "faithfulness"
    texts = {row["doc_id"]: row["text"] for row in _rows(folder / "docs.jsonl")}
    sets: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(folder / "claims.jsonl"):
        if row["label"] is not None:
            sets[row["dataset"]].append(row)
    return {name: _measure_set(claims, texts, tuned=name in TUNED) for name, claims in sets.items()}


def _measure_set(
    claims: Sequence[dict[str, Any]], texts: dict[str, str], *, tuned: bool
) -> dict[str, float]:
    indexed = {
        one: index(_document(one, texts[one])) for one in {claim["doc_id"] for claim in claims}
    }
    began = perf_counter()
    found = [ground([_tidy(claim["claim"])], [indexed[claim["doc_id"]]]) for claim in claims]
    spent = perf_counter() - began
    supported = [bool(claim["label"]) for claim in claims]
    scored = list(zip(supported, (one.score for one in found), strict=True))
    overlap = [
        (good, _overlap(claim["claim"], texts[claim["doc_id"]]))
        for claim, good in zip(claims, supported, strict=True)
    ]
    flagged = [one.verdict == "flagged" for one in found]
    alarms = _share(flag for flag, good in zip(flagged, supported, strict=True) if good)
    alarms_odd = _share(
        flag for flag, good in list(zip(flagged, supported, strict=True))[1::2] if good
    )
    caught = _share(flag for flag, good in zip(flagged, supported, strict=True) if not good)
    return {
        "claims": len(claims),
        "auc": _auc(scored),
        "auc_odd": _auc(scored[1::2]),
        "auc_overlap": _auc(overlap),
        "auc_overlap_odd": _auc(overlap[1::2]),
        "balanced_accuracy": round((1 - alarms + caught) / 2, 4),
        "false_alarms": alarms,
        "false_alarms_odd": alarms_odd,
        "tuned": int(tuned),
        "ms_a_claim": round(1000 * spent / len(claims), 2),
    }


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
        "--json", action="store_true", help="print one JSON object instead of a table"
    )
    arguments = parser.parse_args()
    result = measure(arguments.corpus)
    print(json.dumps(result, indent=1) if arguments.json else table(result))


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
