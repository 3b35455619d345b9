"""How quick the editor's desk is on a long issue: `python -m bench.desk [--json]`.

stories: of the issue, which is the sample newsroom's with its stories told again under other ids.
open_s: its page, from the request to the last byte, the median of the rounds; open_first_s: the
first time, imports included. keystroke_p95_ms, keystroke_median_ms: the check of what was typed in
a story, in every story, each with a number that no source has. warm_p95_ms: the same check when a
story is first entered, which is before anything is typed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from starlette.testclient import TestClient

from digest.cli.console import Console
from digest.cli.demo import run_demo
from digest.config.loading import load
from digest.desk.desk_app import desk_application
from digest.desk.workroom import Workroom
from digest.errors import DigestError
from digest.issue.sheet import sheet
from digest.store import issues, open_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from digest.issue.sheet import Block

STORIES, ROUNDS = 60, 7
ISSUE = "2025-09-23-daily"
HOME = "http://127.0.0.1:8766"


def measure(home: Path) -> dict[str, dict[str, float]]:
    """Every metric of an issue of so many stories."""
    blocks = lengthened(home)
    room = Workroom(home / "feeds.yaml")
    app = desk_application(room, frozenset({"127.0.0.1:8766"}), "", stopping=lambda: True)
    client = TestClient(app, base_url=HOME)

    def opened() -> None:
        if client.get(f"/i/{ISSUE}").text.count("data-typed") < STORIES:
            raise DigestError("the issue's page does not show its stories")

    def typed(block: Block, text: str) -> None:
        form = {"story": block.item.id, "text": f"{block.text} {text} $987.6 billion."}
        answer = client.post(f"/i/{ISSUE}/typed", data=form, headers={"Origin": HOME})
        if not answer.json()["absent"]:
            raise DigestError(f"{block.item.id}: a number of no source is not marked")

    first, *rest = (timed(opened) for _ in range(ROUNDS + 1))
    warm = [timed(partial(typed, block, "It cost")) for block in blocks]
    keys = [
        timed(partial(typed, block, f"In {n} words it cost")) for n in range(3) for block in blocks
    ]
    return {
        "sample": {
            "stories": len(blocks),
            "open_first_s": first,
            "open_s": statistics.median(rest),
            "warm_p95_ms": p95(warm) * 1000,
            "keystroke_median_ms": statistics.median(keys) * 1000,
            "keystroke_p95_ms": p95(keys) * 1000,
        }
    }


def timed(do: Callable[[], None]) -> float:
    """Seconds that it takes."""
    begin = time.perf_counter()
    do()
    return time.perf_counter() - begin


def p95(values: list[float]) -> float:
    """What 95 in 100 of them stay below."""
    return statistics.quantiles(values, n=20)[-1]


def lengthened(home: Path) -> list[Block]:
    """Make the sample issue in a folder and tell its stories again until there are enough."""
    run_demo(home, Console(as_json=True))
    config = load(home / "feeds.yaml")
    draft = config.output / ISSUE / "issue.md"
    page = sheet(draft.read_text(encoding="utf-8"))
    with open_state(config.state) as db, db:
        record = issues.get(db, ISSUE)
        facts = record.facts if record else {}
        stories = dict(facts["stories"])
        own = [block for block in page.blocks if block.item.id in stories]
        added = list(copies(own, stories, STORIES - len(own)))
        issues.keep_facts(db, ISSUE, {**facts, "stories": stories})
    draft.write_text(page.text().rstrip() + "\n\n## More\n\n" + "\n\n".join(added) + "\n", "utf-8")
    written = sheet(draft.read_text(encoding="utf-8")).blocks
    return [block for block in written if block.item.kind == "story"]


def copies(own: list[Block], stories: dict[str, dict[str, object]], count: int) -> Iterator[str]:
    """So many stories again, each known to the facts under an id of its own."""
    for number in range(count):
        block = own[number % len(own)]
        name = f"{0xFACE0000 + number:08x}"
        stories[name] = stories[block.item.id]
        links = " · ".join(f"[{link.name}]({link.url})" for link in block.item.links)
        marker = f"<!-- story:{name} insights:{','.join(block.item.insights)} -->"
        yield f"### {block.item.headline}\n\n{block.item.text}\n\n{links}\n\n{marker}"


def main() -> None:
    """Print the metrics as a table, or as one JSON object with --json."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.desk", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--corpus", help="not needed; other benches take it")
    parser.add_argument("--json", action="store_true")
    as_json = parser.parse_args().json
    with TemporaryDirectory() as folder:
        results = measure(Path(folder))
    if as_json:
        print(json.dumps(results, indent=2))
        return
    for name, metrics in results.items():
        print(name, *(f"  {metric:24}{value:10.3f}" for metric, value in metrics.items()), sep="\n")


if __name__ == "__main__":
    main()
