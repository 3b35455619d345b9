"""What code and a second reader catch together of statements that somebody wrote on articles: true
ones that are flagged, untrue ones that are not, by kind.

A set is a folder with `statements.jsonl` (`id`, `doc`, `claim`, `supported`, `kind`) and for each
`doc` a `DOC.txt`: its title, an empty line, its text. It goes the way of `digest check --claims`:
the claims of an article are one question, in an order that says nothing of what is true, and the
reader is given the prompt and nothing else.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import sys
import tempfile
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.config.loading import load
from digest.llm.usage import SecondReadings
from digest.run.check import claims_json
from digest.run.read import second_reader
from digest.run.session import Session
from digest.store import open_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.insights.model.second_reading import SecondReader

FACTS = ("name", "number", "unit", "date", "quot")  # how the kinds of changed facts begin
AT_ONCE = 64  # articles that wait for their reader together
PLENTY = 1_000_000_000  # tokens or dollars: no cap


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody wrote of an article, and whether it is true."""

    id: str
    doc: str
    claim: str
    true: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a statement: its verdict, by code alone and after the second reading."""

    statement: Statement
    code: str
    both: str
    reasons: str


def statements(folder: Path) -> list[Statement]:
    """The statements of a set. Raises SystemExit with the line that lacks something."""
    path = folder / "statements.jsonl"
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            true = {True: True, False: False}[row["supported"]]
            kind = "true" if true else str(row["kind"])
            found.append(Statement(str(row["id"]), str(row["doc"]), row["claim"], true, kind))
        except (ValueError, KeyError, TypeError) as error:
            raise SystemExit(f"{path}, line {number}: {error!r}") from None
    return found


def _blind(claims: Iterable[Statement]) -> list[Statement]:
    """In an order that says nothing of what is true."""
    return sorted(claims, key=lambda one: hashlib.sha256(one.claim.encode()).digest())


def _lines(folder: Path, claims: Sequence[Statement]) -> bytes:
    title, _, text = (folder / f"{claims[0].doc}.txt").read_text(encoding="utf-8").partition("\n\n")
    source = {"title": title, "text": text, "basis": "article", "published": None}
    rows = ({"id": one.id, "claim": one.claim, "sources": [source]} for one in claims)
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def fates(
    folder: Path, claims: Sequence[Statement], reader: SecondReader | None, now: datetime
) -> list[Fate]:
    """What becomes of the statements on one article."""
    ordered = _blind(claims)
    lines = _lines(folder, ordered)
    code = list(claims_json(io.BytesIO(lines), None, now))
    both = list(claims_json(io.BytesIO(lines), reader, now)) if reader else code
    wrong = [row["error"] for row in (*code, *both) if "error" in row]
    if wrong:
        raise SystemExit(f"{ordered[0].doc}: {wrong[0]}")
    return [
        Fate(one, first["verdict"], second["verdict"], _reasons(second))
        for one, first, second in zip(ordered, code, both, strict=True)
    ]


def _reasons(row: dict[str, Any]) -> str:
    return "; ".join(f"{one['check']} ({one['rule']}): {one['why']}" for one in row["reasons"])


def read(
    folder: Path, wanted: Sequence[Statement], endpoint: dict[str, Any] | None
) -> tuple[list[Fate], dict[str, Any]]:
    """What becomes of the statements, and the counts of the second readings; `endpoint` is the
    `llm` section of feeds.yaml, None for code alone.
    """
    by_doc: defaultdict[str, list[Statement]] = defaultdict(list)
    for one in wanted:
        by_doc[one.doc].append(one)
    now, readings = datetime.now(UTC), SecondReadings()
    if endpoint is None:
        return [fate for some in by_doc.values() for fate in fates(folder, some, None, now)], {}
    with tempfile.TemporaryDirectory() as name:
        settings = Path(name) / "feeds.yaml"
        feed = "https://news.example/feed"  # a configuration has one; nobody asks for it
        configured = {"feeds": [{"url": feed}], "llm": endpoint}
        settings.write_text(json.dumps(configured), encoding="utf-8")
        config = load(settings)
        with open_state(config.state) as db:
            session = Session(config, db, now=now)
            with session.answerer() as answerer, ThreadPoolExecutor(AT_ONCE) as pool:
                reader = second_reader(session, answerer, readings) if answerer else None
                made = pool.map(lambda some: fates(folder, some, reader, now), by_doc.values())
                found = [fate for some in made for fate in some]
    return found, readings.counts().json()


def counted(found: Sequence[Fate]) -> dict[str, Any]:
    """How many of each kind are flagged, by code alone and with the second reading."""
    flagged: dict[str, Counter[str]] = {"code": Counter(), "both": Counter()}
    for one in found:
        for name, verdict in (("code", one.code), ("both", one.both)):
            flagged[name][one.statement.kind] += verdict == "flagged"
    kinds = Counter(one.statement.kind for one in found)

    def row(chosen: Iterable[str]) -> dict[str, int]:
        names = list(chosen)
        each = {name: sum(counts[kind] for kind in names) for name, counts in flagged.items()}
        return {**each, "of": sum(kinds[kind] for kind in names)}

    untrue = sorted(kinds.keys() - {"true"})
    return {
        "true flagged": row(["true"]),
        "untrue caught": row(untrue),
        "changed facts caught": row(kind for kind in untrue if kind.lower().startswith(FACTS)),
        **{f"  {kind}": row([kind]) for kind in untrue},
        "verdicts of true ones": dict(Counter(one.both for one in found if one.statement.true)),
        "verdicts of untrue ones": dict(
            Counter(one.both for one in found if not one.statement.true)
        ),
    }


def table(result: dict[str, Any]) -> str:
    """One line for each kind: by code, with the second reading, of how many."""
    lines = []
    for name, row in result.items():
        if "of" in row:
            share = f"{row['both'] / row['of']:7.1%}" if row["of"] else "      -"
            told = f"code {row['code']:>3}   both {row['both']:>3}   of {row['of']:>3} {share}"
        else:
            told = ", ".join(f"{count} {verdict}" for verdict, count in row.items())
        lines.append(f"{name:<26}{told}")
    return "\n".join(lines)


def _arguments() -> argparse.Namespace:
    options = argparse.ArgumentParser(
        prog="python -m bench.blind_reading",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    options.add_argument("sets", nargs="+", type=Path, help="folders of statements")
    options.add_argument("--base-url", help="an OpenAI-compatible endpoint; without, code alone")
    options.add_argument("--model", default="reader", help="its model's name")
    options.add_argument("--context", type=int, help="the model's window in tokens")
    options.add_argument("--timeout", type=float, default=3600, help="seconds for an answer")
    options.add_argument("--at-once", type=int, default=AT_ONCE, help="questions asked together")
    options.add_argument("--first", type=int, help="only the articles that come first, so many")
    options.add_argument("--kept", type=Path, help="what became of each goes into this JSON Lines")
    options.add_argument("--json", action="store_true")
    return options.parse_args()


def _endpoint(arguments: argparse.Namespace) -> dict[str, Any] | None:
    if not arguments.base_url:
        return None
    window = {"context_tokens": arguments.context} if arguments.context else {}
    return {
        "base_url": arguments.base_url, "model": arguments.model, "timeout": arguments.timeout,
        "concurrency": arguments.at_once, "fallback": [], "max_tokens_per_run": PLENTY,
        "max_tokens_per_day": PLENTY, "max_usd_per_run": PLENTY, "max_usd_per_day": PLENTY,
        **window,
    }  # fmt: skip


def _of_first_articles(claims: Sequence[Statement], count: int | None) -> list[Statement]:
    docs = list(dict.fromkeys(one.doc for one in claims))[:count]
    return [one for one in claims if one.doc in docs]


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    found: list[Fate] = []
    for folder in arguments.sets:
        wanted = _of_first_articles(statements(folder), arguments.first)
        some, readings = read(folder, wanted, _endpoint(arguments))
        found += some
        print(f"{folder.name}: second readings {json.dumps(readings)}", file=sys.stderr)
    if arguments.kept:
        rows = (
            {"id": one.statement.id, "kind": one.statement.kind, "code": one.code,
             "both": one.both, "reasons": one.reasons}
            for one in found
        )  # fmt: skip
        arguments.kept.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    result = counted(found)
    print(json.dumps(result) if arguments.json else table(result))


if __name__ == "__main__":
    main()
