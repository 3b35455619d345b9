"""What a killed run costs: `python -m bench.crash [--kills 30] [--seed 1] [--json]`.

A run over four publishers on loopback addresses is killed (SIGKILL) at a random moment; the next
one has to complete, give what an undisturbed run gives (every file of the issue, every row of the
state but its times), ask for no page that was stored, and find none of the killed run's processes
alive. Feeds that were stored are asked conditionally.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import uuid4

from tests.press import DAY, Digest, publishing

if TYPE_CHECKING:
    from tests.press import Press

RUN = ("run", "--date", DAY)
ISSUE = f"{DAY}-daily"
MARK = "CRASH_MARK"  # in the environment of a run and of every process that it starts
# What a run stores, without the times at which it did so.
STORED = {
    "feeds": "url, title, etag",
    "entries": "id, feed_url, url, title, published, text",
    "documents": "entry_id, title, publisher, basis, text, note",
    "insights": "entry_id, position, value",
    "groups": "edition, date, story_id, entries",
}


@dataclass(frozen=True, slots=True)
class Trial:
    """One kill and what became of it."""

    seconds: float  # from the start of the run to its end
    documents: int  # that were stored by then
    exit_code: int  # of the run after it
    equal: bool
    asked_twice: int
    orphans: int


def started(home: Path, mark: str, **options: Any) -> subprocess.Popen[str]:
    """A run in the background, in a session of its own, as a terminal or cron would have it."""
    command = [*options.pop("prefix", ()), sys.executable, "-m", "digest", *RUN]
    environment = {**os.environ, MARK: mark}
    return subprocess.Popen(  # noqa: S603  # our own program
        command,
        cwd=home,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        **options,
    )


def alive(mark: str) -> list[int]:
    """The processes that bear the mark, read from /proc; this needs Linux."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if f"{MARK}={mark}".encode() in (place / "environ").read_bytes().split(b"\0"):
                found.append(int(place.name))
        except OSError:
            continue  # it ended while we looked, or is not ours
    return found


def orphans(mark: str, patience: float = 30.0) -> list[int]:
    """What is alive of a run after it has had the time to end."""
    until = time.monotonic() + patience
    while alive(mark) and time.monotonic() < until:
        time.sleep(0.05)
    return alive(mark)


def result(home: Path) -> dict[str, Any]:
    """What a run made, in files and in the state."""
    folder = home / "output" / ISSUE
    files = {
        path.name: path.read_bytes() for path in sorted(folder.glob("*")) if path.suffix != ".json"
    }
    issue = json.loads((folder / "issue.json").read_text())
    issue.pop("run")  # how many feeds were unchanged is of the run, not of the issue
    return {"files": files, "issue": issue, "state": stored(home)}


def stored(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of the state, read from a copy: opening the state itself would tidy up after a
    crash.
    """
    with TemporaryDirectory() as place:
        for path in home.glob("digest.sqlite3*"):
            shutil.copy(path, place)
        with closing(sqlite3.connect(Path(place) / "digest.sqlite3")) as db:
            there = {row[0] for row in db.execute("SELECT name FROM sqlite_schema")}
            return {
                # our own text
                table: sorted(db.execute(f"SELECT {columns} FROM {table}"), key=repr)  # noqa: S608
                for table, columns in STORED.items()
                if table in there
            }


def read_pages(home: Path) -> set[str]:
    """The paths of the pages whose documents are stored."""
    state = stored(home)
    urls = {row[0]: row[2] for row in state.get("entries", [])}
    return {urlsplit(urls[row[0]]).path for row in state.get("documents", [])}


def try_kill(press: Press, home: Path, seconds: float, undisturbed: dict[str, Any]) -> Trial:
    """Kill a run after so many seconds, run again, compare."""
    (home / "feeds.yaml").write_text(press.config)
    mark = uuid4().hex
    with started(home, mark) as run:
        time.sleep(seconds)
        run.send_signal(signal.SIGKILL)
    left = orphans(mark)
    pages, feeds = read_pages(home), {row[0] for row in stored(home).get("feeds", [])}
    before = [len(server.seen) for server in press.servers]
    again = Digest(home).process(*RUN)
    asked = [
        (server.url, seen)
        for server, count in zip(press.servers, before, strict=True)
        for seen in server.seen[count:]
    ]
    twice = sum(
        seen.path in pages or (url + seen.path in feeds and "If-None-Match" not in seen.headers)
        for url, seen in asked
    )
    equal = again.returncode == 0 and result(home) == undisturbed
    return Trial(round(seconds, 2), len(pages), again.returncode, equal, twice, len(left))


def measure(kills: int, seed: int) -> list[Trial]:
    """Kill so many runs, each at a moment drawn from the time that an undisturbed run takes."""
    draw = random.Random(seed)  # noqa: S311  # a moment, not a secret
    with ExitStack() as stack:
        press = publishing(stack)
        place = Path(stack.enter_context(TemporaryDirectory()))
        whole, took = undisturbed_run(press, place / "whole")
        trials = []
        for i in range(kills):
            (home := place / str(i)).mkdir()
            trials.append(try_kill(press, home, draw.uniform(0, took), whole))
    return trials


def undisturbed_run(press: Press, home: Path) -> tuple[dict[str, Any], float]:
    """The result of a run that nobody disturbs, and the seconds that it takes."""
    home.mkdir()
    (home / "feeds.yaml").write_text(press.config)
    began = time.monotonic()
    done = Digest(home).process(*RUN)
    took = time.monotonic() - began
    if done.returncode:
        raise SystemExit(done.stderr)
    return result(home), took


def main() -> None:
    """Print a line for each kill, or the counts as one JSON object with --json."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.crash", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    trials = measure(arguments.kills, arguments.seed)
    counts = {
        "kills": len(trials),
        "completed": sum(trial.exit_code == 0 for trial in trials),
        "equal": sum(trial.equal for trial in trials),
        "asked_twice": sum(trial.asked_twice for trial in trials),
        "orphans": sum(trial.orphans for trial in trials),
    }
    if arguments.json:
        print(json.dumps({"crash": counts}, indent=2))
        return
    print("".join(f"{name:>12}" for name in Trial.__slots__))
    for trial in sorted(trials, key=lambda trial: trial.seconds):
        print("".join(f"{value!s:>12}" for value in asdict(trial).values()))
    print(", ".join(f"{value} {name}" for name, value in counts.items()))


if __name__ == "__main__":
    main()
