"""A clock that jumps: ahead by ten years and back again, between two runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from digest.config.loading import load
from digest.demo.newsroom import Newsroom
from digest.extract.document import Extracted
from digest.model import Document, Entry
from digest.run import pipeline
from digest.run.feed_health import fares
from digest.run.job import job_for
from digest.run.session import Session
from digest.store import documents, entries, open_state
from tests.means import MEANS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MONDAY = date(2025, 9, 22)
NOW = datetime(2025, 9, 24, 6, 30, tzinfo=UTC)
AHEAD = NOW + timedelta(days=3650)


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    """The sample newsroom, serving."""
    with Newsroom() as room:
        yield room


def run(home: Path, newsroom: Newsroom, now: datetime) -> tuple[str, bytes, set[str]]:
    """One run by this clock: what became of it, the draft, and the states of the feeds."""
    home.mkdir(exist_ok=True)
    (home / "feeds.yaml").write_text(files("digest.demo").joinpath("feeds.yaml").read_text("utf-8"))
    config = load(home / "feeds.yaml")
    with open_state(config.state) as db:
        session = Session(config, db, now=now, resolver=newsroom.resolve, **MEANS)
        outcome = pipeline.run(session, job_for(session, "daily", MONDAY))
        return (
            outcome.state,
            session.folder(outcome.job.id).markdown.read_bytes(),
            {fare.state for fare in fares(session).values()},
        )


def test_a_run_in_the_future_spoils_nothing(tmp_path: Path, newsroom: Newsroom) -> None:
    """The run after it asks the feeds again, makes the same issue, and says of no feed what it
    would not have said.
    """
    _, expected, usual = run(tmp_path / "steady", newsroom, NOW)
    run(tmp_path / "jumpy", newsroom, AHEAD)
    asked = len(newsroom.requests)
    state, draft, found = run(tmp_path / "jumpy", newsroom, NOW)
    assert (state, draft, found) == ("unchanged", expected, usual)
    assert "silent" not in found
    assert {line.path for line in newsroom.requests[asked:]} >= {"/feed"}


ENTRY = Entry(
    id="e",
    feed_url="https://f.example/feed",
    url="https://f.example/1",
    title="One",
    published=None,
    first_seen=AHEAD,
)
DOCUMENT = Document(
    entry_id="e",
    url=ENTRY.url,
    feed_url=ENTRY.feed_url,
    kind="news",
    title="One",
    publisher="F",
    published=None,
    when=AHEAD,
    basis="feed-text",
    text="Text",
    language="en",
    note="HTTP 503",
)


def test_an_undated_entry_is_as_old_as_its_earliest_sight(tmp_path: Path) -> None:
    """Seen first by a clock that was ahead, it would be news in ten years only."""
    with open_state(tmp_path / "s") as db, db:
        entries.save(db, [ENTRY])
        entries.save(db, [replace(ENTRY, first_seen=NOW)])
        found = entries.get(db, ENTRY.id)
        assert found is not None
        assert found.first_seen == NOW


def test_another_try_is_not_put_off_for_years(tmp_path: Path) -> None:
    """A page that a clock ahead has put off until the day after is due now."""
    with open_state(tmp_path / "s") as db, db:
        entries.save(db, [ENTRY])
        documents.save(db, ENTRY, Extracted(DOCUMENT, AHEAD + timedelta(hours=2)), AHEAD)
        assert documents.missing(db, [ENTRY], NOW) == (ENTRY,)
        documents.save(db, ENTRY, Extracted(DOCUMENT, NOW + timedelta(hours=2)), NOW)
        assert documents.missing(db, [ENTRY], NOW) == ()
