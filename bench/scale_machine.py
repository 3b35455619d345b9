"""What one machine does: feeds, pages, a run with nothing new, grouping, a long history."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.feed_server import bodies, feeds_served
from bench.made_up import made_up
from bench.page_server import pages_served
from bench.processes import cpu_seconds, pss_mb
from bench.scale_cluster import NOON, ROUNDS, Metrics, extracted
from bench.speed import load_pages, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from digest.model import Document

FEEDS, LATENCY, CONCURRENCY = 300, 0.1, 24
A_DAY = 500  # documents of a day of the history


def command(*arguments: str, home: Path) -> tuple[float, float, float]:
    """Wall seconds, processor seconds and the most memory (PSS, MB) of a command."""
    began, used, most = time.perf_counter(), 0.0, 0.0
    with subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "-m", "digest", *arguments],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        while run.poll() is None:
            used = cpu_seconds(run.pid) or used
            most = max(most, pss_mb(run.pid))
            time.sleep(0.02)
        wall = time.perf_counter() - began
        if run.returncode:
            assert run.stderr is not None  # noqa: S101  # it is a pipe
            raise SystemExit(f"digest {' '.join(arguments)}: {run.stderr.read()[-400:]}")
    return wall, used, most


def _least(rows: list[tuple[float, float, float]], column: int) -> float:
    return min(row[column] for row in rows)


# ---------------------------------------------------------------- feeds


def feeds(_corpus: Path) -> Metrics:
    """The whole command, cold and with nothing new."""
    with feeds_served(FEEDS, LATENCY) as urls:
        pairs = [_twice(urls) for _ in range(ROUNDS)]
    cold, idle = [one for one, _ in pairs], [other for _, other in pairs]
    allowed = FEEDS / CONCURRENCY * LATENCY
    return {
        "fetch_cold_cpu_s": round(_least(cold, 1), 2),
        "fetch_idle_cpu_s": round(_least(idle, 1), 2),
        "fetch_cold_over_latency": round(_least(cold, 0) / allowed, 2),
        "fetch_idle_over_latency": round(_least(idle, 0) / allowed, 2),
    }


def _twice(urls: list[str]) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    with TemporaryDirectory() as place:
        home = Path(place)
        (home / "feeds.yaml").write_text(settings(urls))
        return command("fetch", home=home), command("fetch", home=home)


def real_feeds(corpus: Path) -> Metrics:
    """The corpus's full feeds, fetched and stored, beside feedparser alone on the same bytes."""
    import feedparser  # type: ignore[import-untyped]  # it ships no types

    served = bodies(corpus)
    texts = [served[i % len(served)][1] for i in range(FEEDS)]
    ours, theirs = [], []
    with feeds_served(FEEDS, 0.0, corpus) as urls:
        for _ in range(ROUNDS):
            ours.append(_twice(urls)[0][1])
            began = time.process_time()
            for text in texts:
                feedparser.parse(text)
            theirs.append(time.process_time() - began)
    return {"real_feeds_over_feedparser": round(min(ours) / min(theirs), 2)}


# ---------------------------------------------------------------- pages


def pages(corpus: Path, count: int) -> Metrics:
    """The page stage (asked for on loopback, read, judged, stored) beside trafilatura on the same
    pages: what each gets out of a second of processor time.
    """
    from trafilatura import extract

    loaded = [body for body, _ in load_pages(corpus)]
    lot = [loaded[i % len(loaded)] for i in range(count)]
    with pages_served(corpus) as port:
        rounds = [
            (
                extracted(port, count, None),
                _rate(extract, lot),
                _rate(lambda body: extract(body, with_metadata=True), lot),
            )
            for _ in range(ROUNDS)
        ]
    ours, bare, rich = (
        max(rates)
        for rates in zip(*((ours["rate"], bare, rich) for ours, bare, rich in rounds), strict=True)
    )
    return {
        "pages_per_cpu_s": round(ours, 1),
        "pages_over_trafilatura": round(ours / bare, 2),
        "pages_over_trafilatura_metadata": round(ours / rich, 2),
        "pages_mb": round(min(ours["mb"] for ours, _, _ in rounds)),
    }


def _rate(read: Callable[[bytes], object], lot: list[bytes]) -> float:
    began = time.process_time()
    for body in lot:
        read(body)
    return len(lot) / (time.process_time() - began)


# ---------------------------------------------------------------- whole runs


def idle(_corpus: Path) -> Metrics:
    """A run with nothing new over `digest fetch` with nothing new, and the memory of a first
    run.
    """
    from tests.press import DAY, publishing

    with ExitStack() as stack:
        press = publishing(stack)
        urls = stack.enter_context(feeds_served(FEEDS, LATENCY))
        home = Path(stack.enter_context(TemporaryDirectory()))
        (home / "feeds.yaml").write_text(
            press.config.replace("127.0.31.0/24", "127.0.0.0/8").replace(
                "feeds:\n", settings(urls).partition("network")[0], 1
            )
        )
        first = command("run", "--date", DAY, home=home)
        runs = [command("run", "--date", DAY, home=home) for _ in range(ROUNDS)]
        fetches = [command("fetch", home=home) for _ in range(ROUNDS)]
    return {
        "idle_run_over_fetch": round(_least(runs, 0) / _least(fetches, 0), 2),
        "first_run_mb": round(first[2]),
    }


def grouping(_corpus: Path) -> Metrics:
    """Documents of one window."""
    from digest.stories.grouping import group

    seconds = {}
    for count in (1000, 10_000):
        documents = made_up(count)
        began = time.process_time()
        group(documents)
        seconds[count] = time.process_time() - began
    return {
        "group_10000_cpu_s": round(seconds[10_000], 1),
        "group_10000_over_1000": round(seconds[10_000] / seconds[1000], 1),
    }


def compose(_corpus: Path, most: int) -> Metrics:
    """A day's issue over so many stored documents."""
    found = {count: _composed(count) for count in (1000, most)}
    return {
        "history_documents": most,
        "compose_cpu_s": round(found[most], 2),
        "compose_1000_cpu_s": round(found[1000], 2),
    }


def _composed(count: int) -> float:
    with TemporaryDirectory() as place:
        home = Path(place)
        documents = made_up(count)
        houses = sorted({document.feed_url for document in documents})
        feeds = "".join(f"  - url: {url}\n" for url in houses)
        (home / "feeds.yaml").write_text(
            f"feeds:\n{feeds}editions: {{daily: {{min_stories: 1}}}}\n"
        )
        _store(home, documents)
        day = NOON.date().isoformat()
        command("summarise", "--date", day, home=home)
        return min(command("compose", "--date", day, home=home)[1] for _ in range(ROUNDS))


def _store(home: Path, documents: Sequence[Document]) -> None:
    """The documents, A_DAY of them on each of the days before."""
    from dataclasses import replace

    from digest.config.loading import load
    from digest.extract.document import Extracted
    from digest.model import Entry
    from digest.store import documents as stored
    from digest.store import entries, open_state

    with open_state(load(home / "feeds.yaml").state) as db, db:
        for i, document in enumerate(documents):
            when = NOON - timedelta(days=i // A_DAY, minutes=i % 60)
            title = f"{document.title}: an AI data center"
            text = f"{document.title} spends ${i + 2} million on GPUs for AI. {document.text}"
            entry = Entry(document.entry_id, document.feed_url, document.url, title, when, when)
            entries.save(db, [entry])
            about = replace(document, title=title, text=text, published=when, when=when)
            stored.save(db, entry, Extracted(about), NOON)
