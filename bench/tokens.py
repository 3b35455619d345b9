"""Estimates of tokens beside what a real vocabulary counts, asked of a llama.cpp server (`POST
/tokenize`) that has a model loaded.

`too_low` is the share of texts whose estimate is below the count, `median` and `highest` are
estimate over count. Texts are cut after 12,000 characters. On half of the texts of the sets that
are marked `tuned` the costs of a sign and a word were chosen.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import re
import statistics
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from digest.llm.token_count import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST = 12_000
SHORTEST = 300
MOST = 150  # texts of a set
_CODE = re.compile(r"<(script|style).*?</\1>", re.DOTALL | re.IGNORECASE)

# The files of each set, as glob patterns below the corpus, and whether costs were chosen on half of
# it.
SETS = {
    "ai_news": ("ai_news/**/*.md", True),
    "newsletters": ("newsletters/**/*.md", True),
    "transcripts": ("transcripts/**/*.*t*", True),
    "feeds": ("feeds/**/*.xml", True),
    "scrapinghub": ("articles/scrapinghub/**/*.html.gz", False),
    "defuddle": ("articles/defuddle/*.md", False),
    "summaries": ("summaries/*.jsonl", False),
}


def measure(corpus: Path, count: Callable[[str], int]) -> dict[str, dict[str, float]]:
    """The metrics of each set that the corpus has."""
    found = {}
    for name, (pattern, tuned) in SETS.items():
        texts = list(_texts(sorted(corpus.glob(pattern))))
        ratios = sorted(tokens(text) / count(text) for text in texts[:: max(1, len(texts) // MOST)])
        if ratios:
            found[name] = _metrics(ratios, tuned=tuned)
    return found


def _metrics(ratios: list[float], *, tuned: bool) -> dict[str, float]:
    low = sum(ratio < 1 for ratio in ratios) / len(ratios)
    shape = {"median": statistics.median(ratios), "lowest": ratios[0], "highest": ratios[-1]}
    return {
        "texts": len(ratios),
        "too_low": round(low, 4),
        **{name: round(value, 2) for name, value in shape.items()},
        "tuned": int(tuned),
    }


def _texts(paths: list[Path]) -> Iterator[str]:
    for path in paths:
        if path.name == "README.md" or not path.is_file():
            continue
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        text = data.decode("utf-8", "replace")
        parts = (
            text.splitlines()
            if path.suffix == ".jsonl"
            else [_shown(text) if ".html" in path.suffixes else text]
        )
        yield from (part[:LONGEST] for part in parts if len(part) >= SHORTEST)


def _shown(page: str) -> str:
    """What a page shows, roughly, with its menus: signs and words in another mixture than an
    article's.
    """
    return re.sub(
        r"\s*\n\s*",
        "\n",
        re.sub(r"[ \t]+", " ", html.unescape(re.sub(r"<[^>]+>", " ", _CODE.sub("", page)))),
    )


def counter(server: str) -> Callable[[str], int]:
    """Counts tokens with the vocabulary of the model that the server has."""

    def count(text: str) -> int:
        request = urllib.request.Request(  # noqa: S310  # the user's own server
            f"{server.rstrip('/')}/tokenize",
            json.dumps({"content": text}).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310  # as above
            return max(1, len(json.load(answer)["tokens"]))

    return count


def main() -> None:
    """Print the metrics, for a person or as JSON."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--corpus", type=Path, required=True)
    options.add_argument("--server", default="http://127.0.0.1:8080", help="a llama.cpp server")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    found = measure(given.corpus, counter(given.server))
    if given.json:
        print(json.dumps(found))
        return
    print(
        f"{'data set':<14}{'texts':>7}{'too low':>9}{'median':>8}{'lowest':>8}{'highest':>9}  tuned"
    )
    for name, row in found.items():
        shape = (
            f"{row['too_low']:>9.1%}{row['median']:>8.2f}{row['lowest']:>8.2f}"
            f"{row['highest']:>9.2f}"
        )
        print(f"{name:<14}{row['texts']:>7.0f}{shape}  {'half' if row['tuned'] else 'no'}")


if __name__ == "__main__":
    main()
