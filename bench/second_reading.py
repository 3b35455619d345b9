"""What the second reading costs: a day of the sample newsroom is made twice, with it and without,
by a scripted model whose answers are as long as a real one's.

Costs are relative, priced at four times as much for a token out as for one in. `cached` is for a
provider that bills what it has kept of a prompt's beginning at a tenth, in steps of 64 tokens;
`cached_1024` for one that keeps no beginning of less than 1,024; `uncached` for one that keeps
nothing.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib.resources import files
from itertools import takewhile
from math import inf
from pathlib import Path
from threading import Lock
from typing import Any

from digest.config.loading import load
from digest.demo.newsroom import Newsroom
from digest.llm.token_count import tokens
from digest.run import pipeline
from digest.run.job import job_for
from digest.run.session import Session
from digest.store import open_state
from tests.model_server import Asked, Sent, completion, model_server, second_reading, sums

DAY = date(2025, 9, 23)
NOW = datetime(2025, 9, 24, 6, 30, tzinfo=UTC)
INSIGHTS = 3  # of a document
OUT, KEPT = 4.0, 0.1  # the price of a token out, and of one from the cache, of one in
LEAST = {"cached": 64.0, "cached_1024": 1024.0, "uncached": inf}
STEP = 64  # tokens by which a beginning is kept


@dataclass
class Provider:
    """Counts what a provider would bill, second readings apart."""

    seen: list[str] = field(default_factory=list)
    spent: dict[bool, list[tuple[int, int, int]]] = field(
        default_factory=lambda: {False: [], True: []}
    )
    lock: Lock = field(default_factory=Lock)

    def answer(self, asked: Asked, text: str) -> Sent:
        """The answer, with its usage."""
        whole = asked.system + "\x00" + asked.prompt
        count = tokens(whole)
        with self.lock:
            kept = self._kept(whole, count)
            self.seen.append(whole)
            again = "Task: a second reading" in asked.prompt
            self.spent[again].append((count, kept, tokens(text)))
        return completion(text, tokens_in=count)

    def _kept(self, whole: str, count: int) -> int:
        """Tokens of the longest beginning that was sent before."""
        longest = max((_common(whole, one) for one in self.seen), default=0)
        return round(count * longest / len(whole)) // STEP * STEP

    def cost(self, least: float) -> float:
        """What was spent, in the price of a token in, where beginnings of at least so many tokens
        are kept.
        """
        rows = [row for part in self.spent.values() for row in part]
        return sum(
            count - (kept * (1 - KEPT) if kept >= least else 0.0) + OUT * out
            for count, kept, out in rows
        )


def _common(one: str, other: str) -> int:
    if one[:64] != other[:64]:
        return 0
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def scripted(asked: Asked) -> str:
    """Answers as long as a real model's: three insights with their evidence, stories told from
    them, and for each claim the words that decide.
    """
    if asked.is_probe:
        return sums(asked)
    if read := second_reading(asked):
        return read
    if "Return the insights" in asked.prompt:
        return json.dumps({"insights": list(map(_insight, _sentences(asked.prompt)[:INSIGHTS]))})
    if "What is wrong" in asked.prompt:
        return json.dumps({"claims": []})
    told = re.findall(r"^\s*(i\d+)(?: \[s\d+\])?[^:\n]*: (.+)$", asked.prompt, re.MULTILINE)
    if '"title_insights"' in asked.prompt:
        rows = [{"text": text, "insights": [name]} for name, text in told[:3]]
        return json.dumps({"title": "", "title_insights": [], "highlights": rows})
    return json.dumps({"headline": "", "text": " ".join(text for _, text in told[:3])})


def _sentences(prompt: str) -> list[str]:
    document = prompt.partition("Title: ")[2].partition("===== END")[0].partition("\n\n")[2]
    return re.findall(r"[A-Z][^.!?\n]{60,240}\.(?=\s)", document)


def _insight(sentence: str) -> dict[str, Any]:
    told = re.sub(r",[^,]*,", "", re.sub(r"\b(?:already|also|still|now|today)\b ", "", sentence))
    return {
        "headline": re.sub(r"\b(?:the|an?) ", "", " ".join(told.split()[:10])),
        "what_happened": told,
        "why_it_matters": "",
        "quotes": [sentence],
        "figures": [
            {"figure": one, "measures": "what it is of"}
            for one in re.findall(r"\$[\d.]+ \w+", told)
        ],
        "organisations": re.findall(r"\b[A-Z]\w+ [A-Z]\w+\b", told)[:3],
        "people": [],
        "certainty": "announced",
        "importance": 3,
    }


def made(second: str) -> Provider:
    """What the day's issue cost with this second reader ("same" or "none")."""
    provider = Provider()
    with (
        tempfile.TemporaryDirectory() as name,
        Newsroom() as newsroom,
        model_server(scripted) as server,
    ):
        home = Path(name)
        server.behave(*[provider.answer] * 5000)
        (home / "feeds.yaml").write_text(
            files("digest.demo").joinpath("feeds.yaml").read_text("utf-8")
            + f"\nllm: {{base_url: '{server.base_url}', model: m}}\n"
            + f"grounding: {{judge: {second}}}\n"
        )
        config = load(home / "feeds.yaml")
        with open_state(config.state) as db:
            session = Session(config, db, now=NOW, resolver=newsroom.resolve)
            pipeline.run(session, job_for(session, "daily", DAY))
    return provider


def measure() -> dict[str, dict[str, float]]:
    """The metrics of the sample newsroom's day."""
    without, having = made("none"), made("same")
    count, kept, out = (sum(row[i] for row in having.spent[True]) for i in range(3))
    return {
        "sample_newsroom": {
            "calls_without": sum(map(len, without.spent.values())),
            "second_readings": len(having.spent[True]),
            "tokens_in": count,
            "tokens_cached": kept,
            "tokens_out": out,
            **{
                f"costs_{name}": round(having.cost(least) / without.cost(least) - 1, 3)
                for name, least in LEAST.items()
            },
        }
    }


def main() -> None:
    """Print the metrics, for a person or as JSON."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--json", action="store_true")
    found = measure()
    if options.parse_args().json:
        print(json.dumps(found))
        return
    for name, row in found.items():
        print(name)
        for metric, value in row.items():
            print(f"  {metric:<16}{value:>10,}")


if __name__ == "__main__":
    main()
