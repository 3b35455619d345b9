"""The grounding checks on our own text: true statements about the sample newsroom, and each with
one thing made untrue.

The statements stand in paraphrases.toml and, in the voice of a newsletter and each changed in more
ways, in newsletter.toml, tuned.toml, strangers.toml and held_out.toml, with all of which the checks
were built or mended. *Absent* are changed facts that the article has nowhere. `extracts` adds every
sentence of the newsroom's articles, changed by rule. `--independent` measures a file that others
wrote about other articles: lines `{"claim", "kind", "sources": [{"title", "text", "basis",
"published"}]}`, of which `kind` is "" for a true statement; nothing of what stands in it is
printed.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from digest.demo.material import load_publishers
from digest.grounding import ground, index
from digest.model import Document
from digest.text.reader_dates import MONTHS
from digest.transcript.formats import parse_text
from digest.transcript.turns import spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.demo.material import SampleItem
    from digest.grounding import Grounded, Indexed
    from digest.model import Basis

_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
_NEXT: dict[str, str] = dict(zip(MONTHS, [*MONTHS[2:], *MONTHS[:2]], strict=True))
_PAIRS = (
    "rose fell",
    "up_from down_from",
    "above below",
    "more_than less_than",
    "increase decrease",
)
_TURNED: dict[str, str] = {
    one.replace("_", " "): other.replace("_", " ")
    for pair in _PAIRS
    for one, other in (pair.split(), reversed(pair.split()))
}
# What the rules change in a sentence that is true as it stands.
_RULES = (
    (
        "number",
        r"(?<=\$)(\d+)(?=[\d.,]*\d* (?:billion|million))",
        lambda found: str(int(found[0]) + 17),
    ),
    ("number", r"\b(\d+)(?=(?:\.\d+)?(?:%| per ?cent))", lambda found: str(int(found[0]) + 11)),
    (
        "unit",
        r"\b(?:billion|million)\b",
        lambda found: {"billion": "million", "million": "billion"}[found[0]],
    ),
    (
        "unit",
        r"\b(?:giga|mega)(?=watt)|\b[GM](?=W\b)",
        lambda found: {"giga": "mega", "mega": "giga", "G": "M", "M": "G"}[found[0]],
    ),
    (
        "date",
        r"\b(?:January|February|April|June|July|August|October|November|December)\b",
        lambda found: _NEXT[found[0]],
    ),
    ("date", r"\b20[123]\d\b", lambda found: str(int(found[0]) + 3)),
    (
        "direction",
        r"\b(?:rose|fell|up from|down from|above|below|more than|less than|increase|decrease)\b",
        lambda found: _TURNED[found[0]],
    ),
    (
        "negation",
        r"(?i)^(?!.*(?:\b(?:no|not|never|nobody|none|neither|nothing|without|little)\b|n't\b))(.*?\b(?:is|was|are|were|will)\b)",
        lambda found: f"{found[0]} not",
    ),
    (
        "name",
        r"\b(?:Nvidia|OpenAI|Oracle|Micron|Halden|Meta|Larkfield|Huawei|Microsoft|Tidewater|SoftBank)\b",
        "Brightwater",
    ),
)
KINDS = (
    "number", "name", "unit", "direction", "negation", "date", "quote", "role", "owner", "speaker",
    "swap", "modality", "cause", "scope",
)  # fmt: skip
FACTS = frozenset({"number", "name", "unit", "date", "quote"})
_FACT_WORD = re.compile(r"\w(?:[\w.,]*\w)?")


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim about an article of the newsroom. `kind` says what was made untrue in it, and
    `changed` how that reads; both are "" when it is true.
    """

    item: str
    text: str
    kind: str
    changed: str = ""

    def absent(self, source: Indexed) -> bool:
        """Whether what was changed is a fact that the source does not have anywhere: a number,
        unit, date, quotation or name of which it lacks a word.
        """
        low = source.plain_low
        words = _FACT_WORD.findall(self.changed.lower())
        named = self.kind != "name" or self.changed != self.changed.lower()
        return (
            self.kind in FACTS
            and named
            and not all(
                re.search(rf"(?<![\w.]){re.escape(word)}(?![\w]|\.\d)", low) for word in words
            )
        )


def statements() -> tuple[Statement, ...]:
    """The true statements of paraphrases.toml, each followed by its untrue ones."""
    return _read("paraphrases.toml")


def newsletter() -> tuple[Statement, ...]:
    """Those of newsletter.toml."""
    return _read("newsletter.toml")


def tuned() -> tuple[Statement, ...]:
    """Those of tuned.toml."""
    return _read("tuned.toml")


def strangers() -> tuple[Statement, ...]:
    """Those of strangers.toml."""
    return _read("strangers.toml")


def held_out() -> tuple[Statement, ...]:
    """Those of held_out.toml."""
    return _read("held_out.toml")


def _read(name: str) -> tuple[Statement, ...]:
    rows = tomllib.loads((files("bench") / name).read_text(encoding="utf-8"))["claim"]
    found = []
    for row in rows:
        found.append(Statement(row["item"], row["text"], ""))
        for kind, there, instead in row.get("wrong", []):
            if there not in row["text"]:
                raise ValueError(f"{there!r} does not stand in {row['text']!r}")
            text = row["text"].replace(there, instead, 1)
            found.append(Statement(row["item"], text, kind, _less(instead, there)))
    return tuple(found)


def _less(text: str, other: str) -> str:
    """The words of the text that the other one does not have."""
    words = set(_FACT_WORD.findall(other.lower()))
    return " ".join(word for word in _FACT_WORD.findall(text) if word.lower() not in words)


def articles() -> dict[str, Indexed]:
    """The newsroom's articles, and what is said in its episodes, by the last part of their path."""
    return {
        item.path.rpartition("/")[2]: index(
            _document(publisher.name, publisher.page_url(item), item)
        )
        for publisher in load_publishers()
        for item in publisher.items
        if publisher.language == "en"
    }


def extracts(found: dict[str, Indexed]) -> tuple[Statement, ...]:
    """Every sentence of the articles with one thing changed by rule, wherever the rule applies."""
    return tuple(
        Statement(path, text, kind, _less(text, sentence.text))
        for path, article in found.items()
        for sentence in article.sentences
        if not sentence.title
        for kind, pattern, instead in _RULES
        if (text := re.sub(pattern, instead, sentence.text, count=1)) != sentence.text
    )


def measure() -> dict[str, dict[str, float]]:
    """For each set: how many statements it has, the share of the untrue that is flagged, by kind
    too, and of the true.
    """
    found = articles()
    return {name: _shares(listed, found) for name, listed in _sets(found).items()}


def _sets(found: dict[str, Indexed]) -> dict[str, tuple[Statement, ...]]:
    return {
        "paraphrases": statements(),
        "newsletter": newsletter(),
        "tuned": tuned(),
        "strangers": strangers(),
        "held_out": held_out(),
        "extracts": extracts(found),
    }


def judged(statement: Statement, found: dict[str, Indexed]) -> Grounded:
    """What the checks say of a statement."""
    return ground([statement.text], [found[statement.item]])


def _shares(listed: Sequence[Statement], found: dict[str, Indexed]) -> dict[str, float]:
    number, flagged = Counter[str](), Counter[str]()
    for statement in listed:
        absent = statement.absent(found[statement.item])
        for kind in (statement.kind, *(["absent", f"absent_{statement.kind}"] if absent else [])):
            number[kind] += 1
            flagged[kind] += judged(statement, found).verdict == "flagged"
    untrue = sum(number[kind] for kind in KINDS)
    shares = {
        f"caught_{kind}": round(flagged[kind] / number[kind], 4)
        for kind in (*KINDS, "absent", *(f"absent_{one}" for one in sorted(FACTS)))
        if number[kind]
    }
    overall = {"untrue": untrue, "caught": round(sum(flagged[kind] for kind in KINDS) / untrue, 4)}
    return (
        overall
        | shares
        | (
            {"true": number[""], "flagged": round(flagged[""] / number[""], 4)}
            if number[""]
            else {}
        )
    )


def independent(path: Path) -> dict[str, float]:
    """The shares of the statements in a file that others wrote, each against its own sources."""
    number, flagged = Counter[str](), Counter[str]()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        sources = [index(_source(i, source)) for i, source in enumerate(row["sources"])]
        number[row["kind"]] += 1
        flagged[row["kind"]] += ground([row["claim"]], sources).verdict == "flagged"
    untrue = sum(number.values()) - number[""]
    caught = sum(flagged.values()) - flagged[""]
    shares = {f"caught_{kind}": flagged[kind] / number[kind] for kind in sorted(number) if kind}
    return {
        "untrue": untrue,
        "caught": round(caught / (untrue or 1), 4),
        **{kind: round(share, 4) for kind, share in shares.items()},
        "true": number[""],
        "flagged": round(flagged[""] / (number[""] or 1), 4),
    }


def _source(number: int, row: dict[str, str | None]) -> Document:
    published = row.get("published")
    when = datetime.fromisoformat(published) if published else None
    url = f"https://source.example/{number}"
    basis: Basis = "transcript" if row.get("basis") == "transcript" else "article"
    return Document(
        url,
        url,
        "",
        "news",
        row.get("title") or "",
        "",
        when,
        when or _NEVER,
        basis,
        row["text"] or "",
    )


def _document(publisher: str, url: str, item: SampleItem) -> Document:
    when = item.published
    if item.transcript:
        said = spoken(parse_text(item.transcript))
        return Document(
            item.path,
            url,
            "",
            "podcast",
            item.title,
            publisher,
            when,
            when,
            "transcript",
            said.text,
            author=item.author,
            marks=said.marks,
        )
    text = "\n".join(item.paragraphs)
    return Document(
        item.path,
        url,
        "",
        "news",
        item.title,
        publisher,
        when,
        when,
        "article",
        text,
        author=item.author,
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.mutations", description=__doc__.partition("\n")[0]
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object instead of lines"
    )
    parser.add_argument(
        "--misses",
        action="store_true",
        help="print what is judged wrongly instead, but nothing of held_out.toml",
    )
    parser.add_argument(
        "--independent", type=Path, metavar="FILE", help="measure a file that others wrote instead"
    )
    arguments = parser.parse_args()
    if arguments.independent:
        print(json.dumps(independent(arguments.independent), indent=1))
        return
    if arguments.misses:
        found = articles()
        for statement in (*statements(), *newsletter(), *tuned(), *strangers(), *extracts(found)):
            grounded = judged(statement, found)
            if (grounded.verdict == "flagged") != bool(statement.kind):
                print(f"{statement.kind or 'true'} | {statement.text} | {grounded.why}")
        return
    result = measure()
    print(
        json.dumps(result, indent=1)
        if arguments.json
        else "\n".join(f"{name}: {values}" for name, values in result.items())
    )


if __name__ == "__main__":
    main()
