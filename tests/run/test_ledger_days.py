"""The ledger over the days of an edition: what is read, what is told, and what it was before."""

from __future__ import annotations

import csv
import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from shutil import copytree
from typing import TYPE_CHECKING, Any

import pytest

from digest.config.loading import load
from digest.extract.document import Extracted
from digest.model import Document, Entry
from digest.run import memory
from digest.run.compose import compose
from digest.run.job import job_for
from digest.run.publish import render
from digest.run.report import Report
from digest.run.session import Session
from digest.run.summarise import summarise
from digest.store import documents, entries, ledger, open_state
from tests.in_process import run_in_process
from tests.means import MEANS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIRST, SECOND = date(2026, 2, 2), date(2026, 2, 9)
SETTINGS = """
feeds: [{url: https://wire.example/feed}, {url: https://desk.example/feed}]
editions: {daily: {min_stories: 1}}
aliases: {Halden Compute: [Halden, HLDN]}
"""
# What each day's source says: a title and sentences.
NEWS = {
    FIRST: (
        "Halden plans data centers worth $200 billion of capital spending",
        (
            "Halden plans capital spending of $200 billion for 2026, the GPU landlord said on"
            " Monday. Most of the money goes into data centers in Texas that run on gas. Halden's"
            " revenue was $30 billion in 2025."
        ),
    ),
    SECOND: (
        "Halden Compute lifts its data center budget again",
        (
            "Halden Compute plans capital spending of $220 billion for 2026, the GPU landlord told"
            " investors on Monday. The plan pays for data centers in three states. Halden Compute's"
            " revenue was $33 billion in 2025, a filing shows."
        ),
    ),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the issues of both days were made."""
    folder = tmp_path_factory.mktemp("ledger")
    (folder / "feeds.yaml").write_text(SETTINGS)
    with session_at(folder) as session:
        for day, (title, text) in NEWS.items():
            store(session, day, title, text)
            make(session, day)
    return folder


@contextmanager
def session_at(folder: Path) -> Iterator[Session]:
    """A session on the folder's state, a day after the last issue."""
    config = load(folder / "feeds.yaml")
    now = datetime.combine(SECOND + timedelta(days=1), time(6, 30), UTC)
    with open_state(config.state) as db:
        yield Session(config, db, now=now, **MEANS)


def store(session: Session, day: date, title: str, text: str) -> None:
    """Keep a day's article, as if it had been fetched and read."""
    moment = datetime.combine(day, time(9), UTC)
    url = f"https://wire.example/{day}"
    entry = Entry(f"{day}", "https://wire.example/feed", url, title, moment, moment)
    document = Document(
        entry.id, url, entry.feed_url, "news", title, "The Wire", moment, moment, "article", text,
        "en",
    )  # fmt: skip
    with session.db:
        entries.save(session.db, [entry])
        documents.save(session.db, entry, Extracted(document), session.now)


def make(session: Session, day: date) -> Report:
    """Make and render a day's issue."""
    job = job_for(session, "daily", day)
    summarise(session, job, None)
    made = compose(session, job, None, Report())
    render(session, job.id)
    return made.report


def issue(home: Path, day: date) -> dict[str, Any]:
    """A day's issue.json."""
    found: dict[str, Any] = json.loads((home / f"output/{day}-daily/issue.json").read_text())
    return found


def test_a_figure_says_what_it_was_and_when_that_was_told(home: Path) -> None:
    """In the draft in words, and in issue.json as values; the same measure under another name."""
    draft = (home / f"output/{SECOND}-daily/issue.md").read_text()
    assert "up from $200 billion told on 2 February" in draft
    figures = {one["text"]: one for one in issue(home, SECOND)["figures"]}
    assert figures["$220 billion"]["previous"] == {
        "value": 200e9,
        "text": "$200 billion",
        "told": "2026-02-02",
        "issue": "2026-02-02-daily",
    }
    assert figures["$220 billion"]["owner"] == "Halden Compute"
    assert figures["$220 billion"]["measure"] == "capital expenditure"


def test_figures_that_stories_tell_are_in_issue_json(home: Path) -> None:
    """Also where no section of figures repeats them."""
    figures = issue(home, FIRST)["figures"]
    assert "$200 billion" in [one["text"] for one in figures]
    assert all(one["owner"] == "Halden Compute" and one["previous"] is None for one in figures)


def test_a_contradiction_is_the_editors(home: Path) -> None:
    """What a year that was over brought in cannot be two sums; readers are not told."""
    shown = run_in_process(("show", f"{SECOND}-daily"), home, {}).stdout
    assert "contradiction: Halden Compute, revenue (2025): $33 billion" in shown
    assert "but $30 billion was told in 2026-02-02-daily" in shown
    assert "contradictions" not in issue(home, SECOND)
    for name in ("issue.md", "index.html", "email.txt"):
        assert "$30 billion" not in (home / f"output/{SECOND}-daily" / name).read_text()


def test_figures_are_listed_by_owner_and_measure(home: Path) -> None:
    """By any name of the owner; read ones as well as told ones, each with its place."""
    listed = json.loads(run_in_process(("figures", "hldn", "--json"), home, {}).stdout)["figures"]
    capex = [one for one in listed if one["measure"] == "capital expenditure"]
    assert [one["value"] for one in capex] == [200e9, 220e9]
    assert {one["owner"] for one in listed} == {"Halden Compute"}
    assert capex[0]["told"]
    assert capex[0]["issue"] == "2026-02-02-daily"
    text = NEWS[FIRST][1]
    assert text[capex[0]["start"] : capex[0]["end"]] == "$200 billion"
    assert json.loads(run_in_process(("figures", "Nobody", "--json"), home, {}).stdout) == {
        "figures": []
    }


def test_figures_are_exported_as_csv(home: Path) -> None:
    """A row each, with a head; not as JSON at the same time."""
    said = run_in_process(("figures", "Halden", "capital", "--csv"), home, {}).stdout
    rows = list(csv.DictReader(said.splitlines()))
    assert [row["text"] for row in rows] == ["$200 billion", "$220 billion"]
    assert run_in_process(("figures", "--csv", "--json"), home, {}).returncode == 2


def test_what_the_editor_drops_is_not_told(home: Path, tmp_path: Path) -> None:
    """The ledger follows the draft as it stands."""
    here = tmp_path / "here"
    copytree(home, here)
    draft = here / f"output/{FIRST}-daily/issue.md"
    draft.write_text(draft.read_text().partition("\n## ")[0] + "\n")
    with session_at(here) as session:
        render(session, f"{FIRST}-daily")
        make(session, SECOND)
    assert all(one["previous"] is None for one in issue(here, SECOND)["figures"])


def test_what_was_told_before_is_no_new_claim_of_the_editors(home: Path, tmp_path: Path) -> None:
    """An edited figure is held against its source without the newsletter's own words."""
    here = tmp_path / "here"
    copytree(home, here)
    file = here / f"output/{SECOND}-daily/issue.md"
    text = file.read_text()
    line = next(one for one in text.splitlines() if "up from" in one)
    own = line.partition(":** ")[2]
    told = own.partition(", up from")[2] or own.partition("That is up from")[2]
    plain = "Halden Compute plans capital spending of $220 billion for 2026"
    file.write_text(text.replace(own, f"{plain}, up from{told}"))
    with session_at(here) as session:
        render(session, f"{SECOND}-daily")
    assert issue(here, SECOND)["verdicts"]["flagged"] == 0


def test_a_document_is_read_once_as_long_as_it_stays_as_it_is(home: Path, tmp_path: Path) -> None:
    """A second run of a day enters nothing; a changed text is entered anew."""
    here = tmp_path / "here"
    copytree(home, here)
    with session_at(here) as session:
        (known,) = documents.of(session.db, [str(FIRST)]).values()
        with session.db:
            before = session.db.total_changes
            memory.enter(session, [known])
            assert session.db.total_changes == before
            memory.enter(session, [replace(known, text="Halden raised $7 million in January.")])
        (figure,) = (one for one in ledger.of(session.db, [str(FIRST)]) if one.figure.value == 7e6)
    assert figure.figure.measure == "funding round"
