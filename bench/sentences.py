"""Is a stored sentence the page's own? Every sentence of the text that is stored of a page is
looked up in what the page shows.

What a page shows is taken from its HTML by other means than the reader's: all text of its body, in
the page's order. Compared are letters and digits, in their composed form. A sentence that does not
stand there is counted under the first of the named reasons that explains it; what none explains is
`altered`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from lxml import html as lxml_html  # type: ignore[import-untyped]  # it ships no types

from digest.extract.page import read_page
from digest.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SENTENCE = re.compile(r"(?<=[.!?…\u3002\uff01\uff1f])[\"'”’)\]]*\s+")
_WORD = re.compile(r"\w")
SHORTEST = 20  # letters and digits; what is shorter stands anywhere
_UNSHOWN = frozenset({"script", "style", "template", "head", "title"})
_STRUCK = ("s", "del", "strike")
_HIDDEN = re.compile(r"sr-only|visually-?hidden|screen-?reader|offscreen", re.IGNORECASE)


def measure(corpus: Path) -> dict[str, dict[str, float]]:
    """The counts for each data set of articles, and for all of them."""
    folder = corpus / "articles"
    counts: dict[str, Counter[str]] = {}
    for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        path = folder / row["file"]
        body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        judged = Counter(verdict for verdict, _ in verdicts(body, row.get("url") or ""))
        counts.setdefault(row["dataset"], Counter())["pages"] += 1
        counts[row["dataset"]] += judged
    counts["all"] = sum(counts.values(), Counter[str]())
    return {name: _shares(count) for name, count in counts.items()}


def verdicts(body: bytes, url: str) -> Iterator[tuple[str, str]]:
    """Each sentence that is stored of a page, with "own" or why it is not the page's."""
    try:
        text = read_page(body, "text/html", url).text
    except Exception as error:  # what a worker would report as this page's trouble
        print(f"{url}: {error!r}", file=sys.stderr)
        return
    source = decode(body, "text/html")
    shown = _shown(source)
    for paragraph in text.split("\n"):
        for sentence in _SENTENCE.split(paragraph):
            key = _key(sentence)
            if len(key) >= SHORTEST:
                yield _verdict(key, sentence, shown), sentence


def _verdict(key: str, sentence: str, shown: Mapping[str, str]) -> str:
    if key in shown["all"]:
        return "own"
    if "|" in sentence:
        cells = [_key(cell) for cell in sentence.split("|")]
        if all(cell in shown["all"] for cell in cells if len(cell) >= SHORTEST):
            return "table"
    for reason in ("notes", "struck", "unread", "data"):
        if key in shown[reason]:
            return reason
    if re.search(r"[⁰¹²³⁴-⁹ⁿ₀-₉√∑=_^\\½¼¾]", sentence) or (
        shown["formula"] and re.search(r"\b[A-Za-z]\b", sentence)
    ):
        return "formula"
    return "altered"


def _shown(source: str) -> dict[str, str]:
    """The letters and digits of a page: `all` that it holds, without the marks of notes, without
    what is struck, without what only screen readers are told, and of its data.
    """
    try:
        root = lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", source))
    except (ValueError, lxml_html.etree.ParserError):
        return dict.fromkeys(("all", "notes", "struck", "unread", "data", "formula"), "")
    data = " ".join(
        script.text or "" for script in root.iter("script") if "json" in (script.get("type") or "")
    )
    unescaped = re.sub(
        r"<[^<>]*>", " ", lxml_html.fromstring(f"<p>{_plain(data)}</p>").text_content()
    )
    formulas = root.xpath(
        "//math | //img[contains(@class, 'latex')] | //script[contains(@type, 'tex')]"
    )
    found = {"all": _key(_text(root)), "data": _key(unescaped), "formula": "1" * bool(formulas)}
    for element in root.xpath("//sup | //a[starts-with(@href, '#')]"):
        element.drop_tree() if len(element.text_content()) < 12 else None
    found["notes"] = _key(_text(root))
    for element in root.xpath(" | ".join(f"//{tag}" for tag in _STRUCK)):
        element.drop_tree()
    found["struck"] = _key(_text(root))
    for element in root.xpath("//*[@class or @style]"):
        hidden = _HIDDEN.search(element.get("class") or "") or "clip" in (
            element.get("style") or ""
        )
        if hidden and element.getparent() is not None:
            element.drop_tree()
    found["unread"] = _key(_text(root))
    return found


def _plain(data: str) -> str:
    return re.sub(
        r"\\(?:n|r|t|/)",
        " ",
        re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), data),
    )


def _text(root: Any) -> str:
    """The text in the page's order; an explicit stack, for pages are deep."""
    parts: list[str] = []
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            parts.append(node.tail or "")
            continue
        if node is not root:
            stack.append((node, True))
        if isinstance(node.tag, str) and node.tag not in _UNSHOWN:
            parts.append(node.text or "")
            stack.extend((child, False) for child in reversed(node))
    return "".join(parts)


def _key(text: str) -> str:
    composed = normalize("NFC", text).encode("utf-8", "replace").decode()
    return "".join(_WORD.findall(composed))


def _shares(count: Counter[str]) -> dict[str, float]:
    """Numbers, and the share of sentences that are the page's own."""
    sentences = sum(number for name, number in count.items() if name != "pages")
    reasons = ("table", "notes", "struck", "unread", "data", "formula", "altered")
    return {
        "pages": count["pages"],
        "sentences": sentences,
        "own": round(count["own"] / max(sentences, 1), 5),
        **{reason: count[reason] for reason in reasons},
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.sentences", description="Stored sentences in the page's own text."
    )
    parser.add_argument(
        "--corpus", type=Path, required=True, help="a folder with articles/index.jsonl"
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object instead of a table"
    )
    parser.add_argument("--why", action="store_true", help="name every sentence that is altered")
    arguments = parser.parse_args()
    if arguments.why:
        _name(arguments.corpus)
        return
    result = measure(arguments.corpus)
    print(json.dumps(result, indent=1) if arguments.json else _table(result))


def _name(corpus: Path) -> None:
    folder = corpus / "articles"
    for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        path = folder / row["file"]
        body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for verdict, sentence in verdicts(body, row.get("url") or ""):
            if verdict in {"altered", "formula"}:
                print(f"{verdict}  {row['file']}: {sentence[:300]}")


def _table(result: Mapping[str, Mapping[str, float]]) -> str:
    return "\n".join(
        f"{name:18}" + "  ".join(f"{metric} {value:g}" for metric, value in of.items())
        for name, of in result.items()
    )


if __name__ == "__main__":
    main()
