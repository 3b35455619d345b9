"""How fast it is and how much memory it takes: `python -m bench.speed --corpus DIR [--peers]
[--json]`.

pages_per_s, ratio_to_trafilatura: the corpus's pages through the pipeline's workers, beside a bare
loop over `trafilatura.extract` with the same number of processes, both warm, the better of the
rounds of each, taken in turn. feeds_300_s, ratio_to_latency: 300 feeds of twenty entries on 300
addresses that answer after 100 ms, fetched and stored, and that time over what latency and the same
concurrency allow; `real_full_feed` is the same with the corpus's own full feeds. idle_run_s: a
whole `digest run` of four publishers and 300 feeds with nothing new. help_ratio: `digest --help`
over an empty Typer program. help_cpu_s: its processor time; issues_ratio, show_ratio, feeds_ratio,
approve_ratio: that of the other commands over it; idle_fetch_cpu_s: that of `digest fetch` with
nothing new on twenty feeds, less that of `--help`; the least of several runs, taken in turn.
peak_mb: the largest process of all this. --peers reads the same feeds with `reader` and
`newswatcher`, which are installed into an environment that is thrown away.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.feed_server import feeds_served
from bench.peers import peer_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FEEDS, LATENCY = 300, 0.1
ROUNDS = 3
LOT = 92  # pages
HELPS = 11
EMPTY = "import typer\napp = typer.Typer()\n@app.command()\ndef main() -> None:\n    pass\napp()\n"

Metrics = dict[str, float]
Pages = list[tuple[bytes, str]]


def measure(corpus: Path, *, peers: bool) -> dict[str, Metrics]:
    """Every metric; each part in a process of its own, so that memory is its own too."""
    parts = [_part(name, corpus) for name in PARTS]
    peak = max(part.pop("peak_mb") for part in parts)
    merged = {name: value for part in parts for name, value in part.items()}
    real = {
        name.removeprefix("real_"): merged.pop(name)
        for name in list(merged)
        if name.startswith("real_")
    }
    results = {
        "all": {**merged, "help_ratio": help_ratio(), "peak_mb": peak},
        "real_full_feed": real,
    }
    if peers:
        for name, folder in (("all", None), ("real_full_feed", corpus)):
            with feeds_served(FEEDS, LATENCY, folder) as urls:
                results[name] |= peer_seconds(urls)
    return results


def _part(name: str, corpus: Path) -> Metrics:
    command = [sys.executable, "-m", "bench.speed", "--corpus", str(corpus), "--part", name]
    # this very module
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    metrics: Metrics = json.loads(done.stdout)
    return metrics


# ---------------------------------------------------------------- pages


def pages(corpus: Path) -> Metrics:
    """Our extraction, and the bare loop over trafilatura."""
    from digest.config.schema import Limits
    from digest.extract.page_workers import Extractor
    from digest.net.workers import processes

    loaded = list(load_pages(corpus))
    count = os.cpu_count() or 1
    with (
        Extractor(lambda: processes(count)) as extractor,
        ThreadPoolExecutor(Limits().concurrency) as threads,
        processes(count) as bare,
    ):

        def ours(page: tuple[bytes, str]) -> None:
            extractor.read(page[0], "text/html", page[1])

        ours_s, bare_s = _best_of(
            lambda some: list(threads.map(ours, some)),
            lambda some: list(bare.map(_bare, [body for body, _ in some], chunksize=8)),
            loaded,
        )
    return {
        "pages": len(loaded),
        "pages_per_s": round(len(loaded) / ours_s, 1),
        "ratio_to_trafilatura": round(bare_s / ours_s, 3),
        "peak_mb": _peak(resource.RUSAGE_CHILDREN),
    }


def load_pages(corpus: Path) -> Iterable[tuple[bytes, str]]:
    """The corpus's pages and their addresses."""
    folder = corpus / "articles"
    for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        data = (folder / row["file"]).read_bytes()
        yield (
            gzip.decompress(data) if row["file"].endswith(".gz") else data,
            row.get("url") or "https://press.example/",
        )


def _bare(body: bytes) -> int:
    from trafilatura import extract

    return len(extract(body) or "")


def _best_of(
    ours: Callable[[Pages], object], bare: Callable[[Pages], object], loaded: Pages
) -> tuple[float, float]:
    """The least seconds of each for every lot of pages, added up, after a few pages that start the
    processes.

    Lots are timed in turn, so that what else the machine does in these minutes falls on both.
    """
    for work in (ours, bare):
        work(loaded[:20])
    lots = [loaded[start : start + LOT] for start in range(0, len(loaded), LOT)]
    times = [
        [(_seconds(partial(ours, lot)), _seconds(partial(bare, lot))) for _ in range(ROUNDS)]
        for lot in lots
    ]
    return sum(min(one for one, _ in rounds) for rounds in times), sum(
        min(other for _, other in rounds) for rounds in times
    )


# ---------------------------------------------------------------- feeds


def feeds(_corpus: Path) -> Metrics:
    """300 small feeds."""
    return _feeds(None, "")


def real_feeds(corpus: Path) -> Metrics:
    """300 full feeds of the corpus."""
    return _feeds(corpus, "real_")


def _feeds(corpus: Path | None, prefix: str) -> Metrics:
    with feeds_served(FEEDS, LATENCY, corpus) as urls:
        times, concurrency = [], 1
        for _ in range(ROUNDS):
            with TemporaryDirectory() as place:
                seconds, concurrency = fetched(urls, Path(place))
                times.append(seconds)
    best = min(times)
    return {
        f"{prefix}feeds_300_s": round(best, 2),
        f"{prefix}ratio_to_latency": round(best / (FEEDS / concurrency * LATENCY), 2),
        "peak_mb": max(_peak(resource.RUSAGE_SELF), _peak(resource.RUSAGE_CHILDREN)),
    }


def fetched(urls: list[str], place: Path) -> tuple[float, int]:
    """The seconds that the stage takes, everything stored, and the concurrency that it is given."""
    from digest.config.loading import load
    from digest.run.fetch import fetch
    from digest.run.session import Session
    from digest.store import open_state

    (place / "feeds.yaml").write_text(settings(urls))
    config = load(place / "feeds.yaml")
    with open_state(config.state) as db:
        session = Session(config, db)
        with session.client() as client:
            began = time.perf_counter()
            result = fetch(session, client)
            seconds = time.perf_counter() - began
        if result.failed:
            raise SystemExit(f"not all feeds were read: {result.failed[0]}")
    return seconds, config.limits.concurrency


def settings(urls: list[str]) -> str:
    """A feeds.yaml for these feeds."""
    return (
        "feeds:\n"
        + "".join(f"  - url: {url}\n" for url in urls)
        + "network: {allow: [127.0.0.0/8]}\n"
    )


# ---------------------------------------------------------------- whole runs


def idle(_corpus: Path) -> Metrics:
    """A run of four publishers and 300 feeds, then the same again with nothing new."""
    from tests.press import DAY, Digest, publishing

    with ExitStack() as stack:
        press = publishing(stack)
        urls = stack.enter_context(feeds_served(FEEDS, 0.0))
        home = Path(stack.enter_context(TemporaryDirectory()))
        (home / "feeds.yaml").write_text(
            press.config.replace("127.0.31.0/24", "127.0.0.0/8").replace(
                "feeds:\n", settings(urls).partition("network")[0], 1
            )
        )
        digest = Digest(home)
        times = [
            _seconds(lambda: digest.process("run", "--date", DAY).check_returncode())
            for _ in range(1 + ROUNDS)
        ]
    return {
        "first_run_s": round(times[0], 2),
        "idle_run_s": round(min(times[1:]), 2),
        "peak_mb": _peak(resource.RUSAGE_CHILDREN),
    }


def startup(_corpus: Path) -> Metrics:
    """The processor time of commands that do little, beside that of `--help`."""
    from tests.press import DAY, Digest, publishing

    with ExitStack() as stack:
        press = publishing(stack)
        listed = Digest(Path(stack.enter_context(TemporaryDirectory())))
        (listed.home / "feeds.yaml").write_text(press.config)
        listed("run", "--date", DAY).check_returncode()
        asked = Digest(Path(stack.enter_context(TemporaryDirectory())))
        (asked.home / "feeds.yaml").write_text(settings(stack.enter_context(feeds_served(20, 0.0))))
        asked("fetch").check_returncode()
        issue = f"{DAY}-daily"
        commands: dict[str, Callable[[], object]] = {
            "help": lambda: listed("--help"),
            "issues": lambda: listed("issues"),
            "show": lambda: listed("show", issue),
            "feeds": lambda: listed("feeds", "list"),
            "fetch": lambda: asked("fetch"),
        }
        rounds = [{name: _cpu(work) for name, work in commands.items()} for _ in range(HELPS)]
        least = {name: min(times[name] for times in rounds) for name in commands}
        approve = _cpu(lambda: listed("approve", issue))  # once: then it is approved
    return {
        "help_cpu_s": round(least["help"], 3),
        **{f"{name}_ratio": round(least[name] / least["help"], 2) for name in ("issues", "show")},
        "feeds_ratio": round(least["feeds"] / least["help"], 2),
        "approve_ratio": round(approve / least["help"], 2),
        "idle_fetch_cpu_s": round(least["fetch"] - least["help"], 3),
        "peak_mb": _peak(resource.RUSAGE_CHILDREN),
    }


def _cpu(work: Callable[[], object]) -> float:
    """The processor seconds of the processes that it starts and waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def help_ratio() -> float:
    """`digest --help` over an empty Typer program, the median of each, taken in turn."""
    empty, ours = (
        [sys.executable, "-c", EMPTY, "--help"],
        [sys.executable, "-m", "digest", "--help"],
    )
    pairs = [
        (_seconds(lambda: _quietly(ours)), _seconds(lambda: _quietly(empty))) for _ in range(HELPS)
    ]
    return round(
        statistics.median(one for one, _ in pairs) / statistics.median(other for _, other in pairs),
        2,
    )


def _quietly(command: list[str]) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)  # noqa: S603  # our own programs


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _peak(who: int) -> float:
    """The largest resident set, in MB: of this process, or of any that it has waited for."""
    size = resource.getrusage(who).ru_maxrss
    return round(size / 1e6 if sys.platform == "darwin" else size * 1024 / 1e6, 1)


PARTS: dict[str, Callable[[Path], Metrics]] = {
    "pages": pages,
    "feeds": feeds,
    "real_feeds": real_feeds,
    "idle": idle,
    "startup": startup,
}


def main() -> None:
    """Print the metrics as a table, or as one JSON object with --json."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.speed", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument(
        "--peers",
        action="store_true",
        help="read the same feeds with two packages that users would pick instead",
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.part:
        print(json.dumps(PARTS[arguments.part](arguments.corpus)))
        return
    results = measure(arguments.corpus, peers=arguments.peers)
    if arguments.json:
        print(json.dumps(results, indent=2))
        return
    for name, metrics in results.items():
        print(name, *(f"  {metric:24}{value:10g}" for metric, value in metrics.items()), sep="\n")


if __name__ == "__main__":
    main()
