"""What remembering costs as the archive grows: a state of N documents with their insights, figures
and forecasts, and a year of issues; how long entering a day's documents, composing an issue and
searching take then. Texts are made up of a small vocabulary, so that words and names are as common
as they are in news; nothing is fetched.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.stories import table
from digest.config.schema import Config, Feed
from digest.extract.document import Extracted
from digest.insights.embedded import EMBEDDED
from digest.model import Document, Entry, Evidence, Insight
from digest.run.compose import compose
from digest.run.job import job_for
from digest.run.passages import index_insights
from digest.run.publish import render
from digest.run.recall import found, timeline
from digest.run.report import Report
from digest.run.session import Session
from digest.run.summarise import summarise
from digest.store import documents, entries, forecasts, insights, ledger, open_state
from digest.store.forecasts import Said
from digest.store.passages import Filters
from digest.stories.forecasts import forecasts as stories_forecasts
from digest.stories.ledger.owners import owners
from digest.stories.ledger.reading import recorded
from digest.stories.ledger.series import entered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from digest.stories.forecasts import Forecast
    from digest.stories.ledger.reading import Recorded

SIZES = (1_000, 10_000, 100_000)
A_DAY = 100  # documents
ISSUES = 20  # dailies that were made, of the last days
TEXTS = 400  # different articles, which come again with another day and address
LAST = date(2026, 11, 1)
QUERIES = ("data center", "Halden revenue", "capital spending chips", "grid power*", '"run rate"')
_COMPANIES = ("Halden", "Corvane", "Larkfield", "Ninefold", "Ostrava Grid", "Pellam", "Quillon",
              "Rusk Power", "Sable AI", "Tidewater")  # fmt: skip
_SENTENCES = (
    "{a} said its revenue rose to ${n} billion in the {q} quarter of {y}.",
    "{a} plans capital spending of ${n} billion for {z}, most of it for data centers.",
    "{a} raised ${n} billion at a ${m} billion valuation led by {b}.",
    "{a} will open {n} halls near {b} by {z}, and each draws power from the grid.",
    "{a} now has {n}00 million users, and {b} buys chips from it.",
    "Rents for accelerators fell by {n} percent, {a} told investors, while {b} borrows more.",
)


def measure(sizes: tuple[int, ...]) -> dict[str, dict[str, float]]:
    """The seconds of each size."""
    return {f"memory/{size}": _measured(size) for size in sizes}


def _measured(size: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        feeds = tuple(Feed(url=f"https://f{i}.example/feed") for i in range(20))
        path = Path(folder)
        config = Config(feeds=feeds, state=path / "state.sqlite3", output=path / "output")
        now = datetime.combine(LAST + timedelta(days=1), datetime.min.time(), UTC)
        with open_state(config.state) as db:
            session = Session(config, db, now=now)
            fill = _timed(lambda: _fill(session, size))
            figures = db.execute("SELECT count(*) FROM figures").fetchone()[0]
            job = job_for(session, "daily", LAST)
            grouped = _timed(lambda: summarise(session, job, None))
            composed = _timed(lambda: compose(session, job, None, Report()))
            rendered = _timed(lambda: render(session, job.id))
            searched = [_timed(partial(found, session, query, Filters(), 20)) for query in QUERIES]
            told = _timed(lambda: timeline(session, "Halden"))
        return {
            "documents": size,
            "figures": figures,
            "fill_s": fill,
            "summarise_s": grouped,
            "compose_s": composed,
            "render_s": rendered,
            "search_ms": 1000 * max(searched),
            "timeline_ms": 1000 * told,
            "state_mb": _mb(path),
        }


def _mb(path: Path) -> float:
    return round(sum(one.stat().st_size for one in path.glob("state.sqlite3*")) / 1e6, 1)


def _timed(work: Callable[[], object]) -> float:
    """Seconds of the processor, which other work on the machine does not lengthen."""
    begun = time.process_time()
    work()
    return round(time.process_time() - begun, 4)


def _fill(session: Session, size: int) -> None:
    """Documents of earlier days, read as a run reads them, and the issues of the last of them."""
    made = list(_documents(size))
    for day in sorted({document.when.date() for document in made}):
        todays = [one for one in made if one.when.date() == day]
        _store(session, todays)
        recent = LAST - timedelta(days=ISSUES) <= day < LAST
        if day == LAST:
            continue
        if recent:
            job = job_for(session, "daily", day)
            summarise(session, job, None)
            compose(session, job, None, Report())
            render(session, job.id)
        else:
            with session.db:
                for one in todays:
                    _remember(session, one)
            index_insights(session, todays)


def _remember(session: Session, one: Document) -> None:
    """Enter a document as a run does, but read each text only once."""
    day = one.when.date()
    read, told = _read(one.text, one.title.split()[0], day.year)
    insights.save(session.db, one.entry_id, EMBEDDED, _insights(one))
    ledger.save(
        session.db,
        one.entry_id,
        [entered(one.entry_id, day, figure, one.url) for figure in read],
    )
    said = [Said(each, one.entry_id, one.url, one.publisher, day) for each in told]
    forecasts.save(session.db, one.entry_id, said)


@cache
def _read(text: str, title: str, year: int) -> tuple[tuple[Recorded, ...], tuple[Forecast, ...]]:
    day, known = date(year, 6, 30), owners()
    return recorded(text, day, known, title), stories_forecasts(text, day, known, title)


def _store(session: Session, found: list[Document]) -> None:
    with session.db:
        for one in found:
            entry = Entry(one.entry_id, one.feed_url, one.url, one.title, one.when, one.when)
            entries.save(session.db, [entry])
            documents.save(session.db, entry, Extracted(one), session.now)


def _documents(size: int) -> Iterator[Document]:
    for i in range(size):
        draw = random.Random(i % TEXTS)  # noqa: S311
        day = LAST - timedelta(days=i // A_DAY)
        when = datetime(day.year, day.month, day.day, 6, i % 60, tzinfo=UTC)
        a, b = draw.sample(_COMPANIES, 2)
        sentences = [_sentence(draw, a, b, day) for _ in range(6)]
        feed = f"https://f{i % 20}.example/feed"
        yield Document(
            f"e{i}", f"https://f{i % 20}.example/{i}", feed, "news",
            f"{a} {draw.choice(('builds', 'buys', 'borrows', 'sells', 'rents'))} data centers {i}",
            f"Wire {i % 20}", when, when, "article", " ".join(sentences), "en",
        )  # fmt: skip


def _sentence(draw: random.Random, a: str, b: str, day: date) -> str:
    quarter = draw.choice(("first", "second", "third", "fourth"))
    return draw.choice(_SENTENCES).format(
        a=a, b=b, n=draw.randint(2, 90), m=draw.randint(100, 900), q=quarter, y=day.year,
        z=day.year + draw.randint(0, 3),
    )  # fmt: skip


def _insights(one: Document) -> list[Insight]:
    """Two sentences of a document, as extracts."""
    texts = [f"{text}." for text in one.text.rstrip(".").split(". ")][:2]
    return [
        Insight(
            f"{one.entry_id}-{i}", text, one.url, "article",
            (Evidence(one.url, text, 0, len(text), entry=one.entry_id),), (), "extract",
            entry=one.entry_id,
        )
        for i, text in enumerate(texts)
    ]  # fmt: skip


def main() -> None:
    """Print the figures as a table, or as one JSON object with --json."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.memory", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--documents", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    results = measure(tuple(arguments.documents))
    print(json.dumps(results, indent=2) if arguments.json else table(results))


if __name__ == "__main__":
    main()
