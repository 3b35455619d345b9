"""How well page text, titles and dates are read, beside trafilatura with its defaults on the same
decoded HTML.

f: token 4-gram F against full-text gold, precision and recall averaged over pages as in Zyte's
article extraction benchmark (`trafilatura_eval` has no full text: F over the strings that must and
must not occur). Settings were chosen on the even rows of each set (counting from 0); the figures
are of the odd rows unless --rows says otherwise.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.extract.page import Page, read_page
from digest.text.decoding import decode
from digest.text.tidy import composed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

ROWS = {"odd": slice(1, None, 2), "even": slice(0, None, 2), "all": slice(None)}
NGRAM = 4
_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Gold:
    """What a row says its page holds. Strings are "" and tuples empty where it does not say."""

    text: str = ""
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    title: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What an extractor made of a page."""

    text: str
    title: str
    published: datetime | None


def measure(corpus: Path, rows: str = "odd") -> dict[str, dict[str, float]]:
    """`{data set: {metric: number}}` over the chosen rows of each set in
    `corpus/articles/index.jsonl`.
    """
    folder = corpus / "articles"
    sets: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        sets[row["dataset"]].append(row)
    return {name: _measure_set(folder, name, of_set[ROWS[rows]]) for name, of_set in sets.items()}


def _measure_set(folder: Path, name: str, rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    golds = [gold(folder, row) for row in rows]
    bodies = [_bytes(folder / row["file"]) for row in rows]
    ours = [_ours(body, row.get("url") or "") for body, row in zip(bodies, rows, strict=True)]
    theirs = [_trafilatura(body) for body in bodies]
    scores: dict[str, float] = {
        "pages": len(rows),
        "f": round(text_f([found.text for found in ours], golds), 4),
        "f_trafilatura": round(text_f([found.text for found in theirs], golds), 4),
    }
    if name == "fundus":  # the one set that gives every page's title and date
        for metric, right in (("title", title_right), ("date", date_right)):
            scores[metric] = _share(
                right(found, one) for found, one in zip(ours, golds, strict=True)
            )
            scores[f"{metric}_trafilatura"] = _share(
                right(found, one) for found, one in zip(theirs, golds, strict=True)
            )
    return scores


def _ours(body: bytes, url: str) -> Found:
    try:
        page = read_page(body, "text/html", url)
    except Exception as error:  # what a worker would report as this page's trouble
        print(f"{url}: {error!r}", file=sys.stderr)
        page = Page(text="")
    return Found(page.text, page.title, page.published)


def _trafilatura(body: bytes) -> Found:
    from trafilatura import extract, extract_metadata

    html = decode(body, "text/html")
    metadata: Any = extract_metadata(html)
    return Found(
        extract(html) or "",
        (metadata and metadata.title) or "",
        _moment(metadata and metadata.date),
    )


# ---------------------------------------------------------------- scores


def text_f(texts: Sequence[str], golds: Sequence[Gold]) -> float:
    """F over the strings of golds that name strings, else the 4-gram F."""
    pairs = list(zip(texts, golds, strict=True))
    if any(one.must for _, one in pairs):
        kept = sum(string in text for text, one in pairs for string in one.must)
        missed = sum(string not in text for text, one in pairs for string in one.must)
        wrong = sum(string in text for text, one in pairs for string in one.must_not)
        return 2 * kept / (2 * kept + missed + wrong) if kept else 0.0
    both = [_precision_recall(shingles(text), shingles(one.text)) for text, one in pairs]
    precision, recall = (sum(values) / len(values) for values in zip(*both, strict=True))
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _precision_recall(
    found: Counter[tuple[str, ...]], wanted: Counter[tuple[str, ...]]
) -> tuple[float, float]:
    shared = (found & wanted).total()
    if not shared:
        nothing = float(not found and not wanted)
        return nothing, nothing
    return shared / found.total(), shared / wanted.total()


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Every run of four tokens, letters and their accents being one; a text with fewer is one
    run.
    """
    tokens = _TOKEN.findall(composed(text))
    return (
        Counter(tuple(tokens[i : i + NGRAM]) for i in range(max(1, len(tokens) - NGRAM + 1)))
        if tokens
        else Counter()
    )


def title_right(found: Found, one: Gold) -> bool:
    """The same words, whatever the case and the dashes and quotes between them."""
    return _TOKEN.findall(found.title.casefold()) == _TOKEN.findall(one.title.casefold())


def date_right(found: Found, one: Gold) -> bool:
    """The same day where the publisher is; a page without a date must yield none."""
    if found.published is None or one.published is None:
        return found.published == one.published
    local = (
        found.published.astimezone(one.published.tzinfo)
        if _has_time(found.published)
        else found.published
    )
    return local.date() == one.published.date()


def _has_time(moment: datetime) -> bool:
    return moment.tzinfo is not None and (moment.hour, moment.minute, moment.second) != (0, 0, 0)


def _share(judgements: Iterable[bool]) -> float:
    listed = list(judgements)
    return round(sum(listed) / len(listed), 4) if listed else 0.0


# ---------------------------------------------------------------- what the sets hold


def gold(folder: Path, row: dict[str, Any]) -> Gold:
    """A row's gold, however its set lays it out."""
    path, _, key = row["gold"].partition("#")
    return _GOLD[row["dataset"]](folder / path, key, row)


def _scrapinghub(path: Path, key: str, _: dict[str, Any]) -> Gold:
    return Gold(text=_json(path)[key]["articleBody"])


def _trafilatura_eval(path: Path, key: str, _: dict[str, Any]) -> Gold:
    one = _json(path)[key]
    return Gold(
        must=tuple(string.strip() for string in one["with"]),
        must_not=tuple(string.strip() for string in one["without"]),
    )


def _fundus(path: Path, _: str, row: dict[str, Any]) -> Gold:
    """A publisher's file holds the gold of several pages: this page's is the one published nearest
    to when it was saved.
    """
    saved = datetime.strptime(row["date"], "%Y_%m_%d").astimezone(UTC)
    moments = {version: _moment(one.get("publishing_date")) for version, one in _json(path).items()}
    nearest = min(
        moments, key=lambda version: abs((moments[version] or _LONG_AGO).astimezone(UTC) - saved)
    )
    one = _json(path)[nearest]
    body = one.get("body") or {}
    lines = [*body.get("summary", ())]
    for section in body.get("sections", ()):
        lines += [*section["headline"], *section["paragraphs"]]
    return Gold(
        text="\n".join(lines),
        title=one.get("title") or "",
        published=_moment(one.get("publishing_date")),
    )


def _readability(path: Path, _: str, __: dict[str, Any]) -> Gold:
    from lxml.html import document_fromstring  # type: ignore[import-untyped]  # it ships no types

    return Gold(text="\n".join(document_fromstring(_bytes(path).decode("utf-8")).itertext()))


def _defuddle(path: Path, _: str, __: dict[str, Any]) -> Gold:
    """Markdown below a block of metadata: images, link targets, the marks of footnotes and others
    are no words of the text.
    """
    text = path.read_text(encoding="utf-8").partition("\n```")[2]
    text = re.sub(r"\[\^[^\]]*\]:?", " ", text)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", " ", text)
    return Gold(text=re.sub(r"\]\([^)]*\)|<[^>]+>", " ", text))


def _goose3(path: Path, _: str, __: dict[str, Any]) -> Gold:
    return Gold(text=_json(path)["expected"].get("cleaned_text") or "")


def _newspaper4k(path: Path, _: str, __: dict[str, Any]) -> Gold:
    return Gold(text=path.read_text(encoding="utf-8"))


_GOLD: dict[str, Callable[[Path, str, dict[str, Any]], Gold]] = {
    "scrapinghub": _scrapinghub,
    "trafilatura_eval": _trafilatura_eval,
    "fundus": _fundus,
    "readability": _readability,
    "defuddle": _defuddle,
    "goose3": _goose3,
    "newspaper4k": _newspaper4k,
}


@cache
def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _bytes(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def _moment(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return None


# ---------------------------------------------------------------- output


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.extraction", description="Page text beside plain trafilatura."
    )
    parser.add_argument(
        "--corpus", type=Path, required=True, help="a folder that has articles/index.jsonl"
    )
    parser.add_argument(
        "--rows",
        choices=sorted(ROWS),
        default="odd",
        help="the even rows are those that settings were chosen on",
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object instead of a table"
    )
    arguments = parser.parse_args()
    result = measure(arguments.corpus, arguments.rows)
    print(json.dumps(result, indent=1) if arguments.json else _table(result))


def _table(result: dict[str, dict[str, float]]) -> str:
    return "\n".join(
        f"{name:18}"
        + "  ".join(
            f"{metric} {value:.0f}" if metric == "pages" else f"{metric} {value:.4f}"
            for metric, value in of.items()
        )
        for name, of in result.items()
    )


if __name__ == "__main__":
    main()
