"""Past one machine, and as fast as the machine allows: `python -m bench.scale --corpus DIR [--pages
N] [--history N] [--part NAME …] [--json]`.

Each row is a ratio, or seconds of processor time, from one run side by side, three rounds, the best
kept. What each part measures stands in docs/scaling.md. `--pages` is how many pages are read where
pages are (1,000; the table of docs/scaling.md says with how many it was made), `--history` over how
many stored documents an issue is composed. Linux alone: what processes use is read from /proc.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bench import scale_cluster, scale_machine

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.scale_cluster import Metrics

PARTS: dict[str, Callable[[argparse.Namespace], Metrics]] = {
    "feeds": lambda said: scale_machine.feeds(said.corpus),
    "real_feeds": lambda said: scale_machine.real_feeds(said.corpus),
    "pages": lambda said: scale_machine.pages(said.corpus, said.pages),
    "idle": lambda said: scale_machine.idle(said.corpus),
    "grouping": lambda said: scale_machine.grouping(said.corpus),
    "compose": lambda said: scale_machine.compose(said.corpus, said.history),
    "memory": lambda said: scale_cluster.from_memory(said.corpus, said.pages),
    "cluster": lambda said: scale_cluster.over_http(said.corpus, said.pages),
}


def measure(said: argparse.Namespace) -> Metrics:
    """Every metric; each part in a process of its own."""
    found: Metrics = {}
    for part in said.part or PARTS:
        command = [
            sys.executable, "-m", "bench.scale", "--corpus", str(said.corpus), "--alone", part,
            "--pages", str(said.pages), "--history", str(said.history),
        ]  # fmt: skip
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603  # this very module
        found |= json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Print the metrics as a table, or as one JSON object with --json."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.scale", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--history", type=int, default=10_000)
    parser.add_argument("--part", choices=PARTS, action="append")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--alone", choices=PARTS, help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.alone:
        print(json.dumps(PARTS[said.alone](said)))
        return
    found = measure(said)
    if said.json:
        print(json.dumps({"all": found}, indent=2))
        return
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    print(f"{machine}, load {os.getloadavg()[1]:.1f}")
    print(*(f"  {name:32}{value:10g}" for name, value in found.items()), sep="\n")


if __name__ == "__main__":
    main()
