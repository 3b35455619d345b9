"""A state that the version before wrote: two feeds, an approved issue, and a show whose episodes all
link to one page.

`landed_state.sql` is a dump of what that version made of our own feeds.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from digest.config.schema import Config, Feed
from digest.editions.registry import edition_named
from digest.model import Window
from digest.run.candidates import readable
from digest.run.job import Job
from digest.run.session import Session
from digest.store import documents, entries, insights, issues, open_state, told_stories
from digest.store.migrations import APPLICATION_ID

if TYPE_CHECKING:
    from collections.abc import Iterator

FEED, SHOW = "https://fjord.example/feed", "https://fjord.example/pod"
APPROVED = "2026-03-02-daily"
DUMP = Path(__file__).with_name("landed_state.sql")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The state as it was left."""
    file = tmp_path / "digest.sqlite3"
    with sqlite3.connect(file) as db:
        db.executescript(DUMP.read_text("utf-8"))
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("PRAGMA user_version = 2")
    db.close()
    return file


@pytest.fixture
def state(old: Path) -> Iterator[sqlite3.Connection]:
    """The state, opened by this version."""
    with open_state(old) as db:
        yield db


def test_nothing_is_lost(old: Path) -> None:
    """Entries, documents, issues and what was approved are as they were."""
    wanted = {
        "entries": "id, feed_url, url, title, published, first_seen, text",
        "documents": "entry_id, basis, canonical_url, note, read_at, fingerprint",
        "issues": "id, window_start, window_end, written_hashes, approved_hash, approved_text",
        "insights": "id, entry_id, summariser, position",
        "groups": "story_id, entries",
    }
    read = [f"SELECT {columns} FROM {table} ORDER BY 1, 2" for table, columns in wanted.items()]  # noqa: S608  # our own names
    with sqlite3.connect(old) as db:
        before = [db.execute(one).fetchall() for one in read]
    db.close()
    with open_state(old) as db:
        assert [[tuple(row) for row in db.execute(one)] for one in read] == before


def test_every_insight_and_source_names_its_entry(state: sqlite3.Connection) -> None:
    """And its quotations stand in that entry's document where they say."""
    facts = issues.every(state)[0].facts
    sources = [source for story in facts["stories"].values() for source in story["sources"]]
    assert {
        entry.title for source in sources if (entry := entries.get(state, source["entry"]))
    } == {source["title"] for source in sources}
    ids = [row["id"] for row in state.execute("SELECT id FROM entries")]
    read = documents.of(state, ids)
    made = [one for found in insights.of(state, ids, "embedded").values() for one in found]
    assert {one.id for one in made} >= set(facts["insights"])
    for insight in made:
        for one in insight.evidence:
            assert read[one.entry].text[one.start : one.end] == one.quote
            assert one.entry == insight.entry


def test_what_spoke_to_a_machine_is_stored_blanked(state: sqlite3.Connection) -> None:
    """Of the one page that did; what it said is kept."""
    (armed,) = state.execute(
        "SELECT entry_id, said FROM documents WHERE said IS NOT NULL"
    ).fetchall()
    assert "Ignore all previous" in armed["said"]
    text = documents.of(state, [armed["entry_id"]])[armed["entry_id"]].text
    assert "Ignore all previous" not in text
    assert "Wendel Bank" in text


def test_what_was_told_stays_told_and_nothing_else(
    state: sqlite3.Connection, tmp_path: Path
) -> None:
    """The episode that shared its address with a told one may be told now; the told ones may not."""
    config = Config(
        feeds=(Feed(url=FEED), Feed(url=SHOW, kind="podcast")), output=tmp_path / "output"
    )
    session = Session(config, state, now=datetime(2026, 3, 3, 12, tzinfo=UTC))
    window = Window(session.now - timedelta(days=5), session.now)
    kept, left = readable(session, Job(edition_named("daily"), date(2026, 3, 3), window))
    assert [(one.kind, one.title.split()[0]) for one in kept] == [("podcast", "Ostra")]
    assert [one.why for one in left] == ["told on 2026-03-02", "told on 2026-03-02"]
    assert issues.get(state, APPROVED).approved_text  # type: ignore[union-attr]


def test_a_told_story_is_known_again_under_another_title(state: sqlite3.Connection) -> None:
    """By what was read for its sources, which the version before did not ask; talk is no event."""
    facts = issues.every(state)[0].facts
    known = told_stories.of(state, APPROVED, facts["stories"])
    read = {facts["stories"][story]["headline"].split()[0]: one for story, one in known.items()}
    assert [len(read[name].sketches) for name in ("Wendel", "Tarn")] == [1, 0]
    assert ("USD", 5e9) in read["Wendel"].known.figures
    assert "wendel" in read["Wendel"].known.names
