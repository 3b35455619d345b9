"""Forecasts that are kept, that come due, and what became of them."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from digest.model import Document, Mark
from digest.run.forecasts import enter
from digest.store import forecasts as kept
from tests.in_process import run_in_process
from tests.run.test_ledger_days import SECOND, SETTINGS, issue, make, session_at, store

if TYPE_CHECKING:
    from pathlib import Path

PLANNED = date(2025, 11, 3)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two issues: one tells a plan for a year, one what that year brought."""
    folder = tmp_path_factory.mktemp("forecasts")
    (folder / "feeds.yaml").write_text(SETTINGS)
    with session_at(folder) as session:
        store(
            session,
            PLANNED,
            "Halden plans data centers worth $8 billion of capital spending",
            "Halden plans capital spending of $8 billion for 2025, the GPU landlord said on Monday."
            " Most of the money goes into data centers in Texas that run on gas. Halden will open its Chester campus by the end of January.",
        )
        make(session, PLANNED)
        store(
            session,
            SECOND,
            "Halden Compute's capital spending on data centers was $9 billion in 2025",
            "Halden's capital spending was $9 billion in 2025, the GPU landlord told investors on Monday. It"
            " pays for GPU data centers in three states. Halden expects to build five gigawatts of data centers by 2028.",
        )
        make(session, SECOND)
    return folder


def listed(home: Path, *arguments: str) -> list[dict[str, Any]]:
    """What `digest forecasts` lists."""
    said = run_in_process(("forecasts", *arguments, "--json"), home, {})
    assert said.returncode == 0, said.stderr
    found: list[dict[str, Any]] = json.loads(said.stdout)["forecasts"]
    return found


def test_forecasts_are_listed_by_when_they_come_due(home: Path) -> None:
    """Who, what, by when, and where and when it was said."""
    found = listed(home, "hldn")
    assert [one["due"] for one in found] == ["2025-12-31", "2026-01-31", "2028-12-31"]
    assert found[2]["what"] == "Halden expects to build five gigawatts of data centers by 2028."
    assert (found[2]["who"], found[2]["said"]) == ("Halden Compute", str(SECOND))
    assert found[2]["entry_url"] == f"https://wire.example/{SECOND}"
    assert listed(home, "Nobody") == []
    assert [one["due"] for one in listed(home, "--until", "2026-01-31")] == [
        "2025-12-31",
        "2026-01-31",
    ]


def test_what_is_due_is_listed_by_itself(home: Path) -> None:
    """By the clock of whoever asks: these came due, that one did not."""
    with session_at(home) as session:
        until = session.now.date()
        due = kept.listed(session.db, (), until, None)
    assert [one.forecast.due.year for one in due] == [2025, 2026]
    assert all(
        one["due"] < str(datetime.now().astimezone().date()) for one in listed(home, "--due")
    )


def test_the_daily_says_what_became_of_a_plan(home: Path) -> None:
    """Where the issue tells the figure; with a link to where the plan was told."""
    draft = (home / f"output/{SECOND}-daily/issue.md").read_text()
    assert "## Came Due" in draft
    due = draft.partition("## Came Due")[2]
    assert "**$9 billion:** Halden Compute: capital expenditure in 2025." in due
    assert "On 3 November 2025 the plan was $8 billion." in due
    assert f"(https://wire.example/{PLANNED})" in due
    assert "Came Due" not in (home / f"output/{PLANNED}-daily/issue.md").read_text()
    assert issue(home, SECOND)["verdicts"]["flagged"] == 0


def test_what_a_guest_says_has_its_second(home: Path) -> None:
    """The speaker is who the transcript names."""
    moment = datetime.fromisoformat("2026-02-09T09:00:00+00:00")
    text = "Thanks for having me.\nWe will need twice the power by 2028."
    document = Document(
        "episode", "https://pod.example/1", "https://desk.example/feed", "podcast", "A talk", "Pod",
        moment, moment, "transcript", text, "en",
        marks=(Mark(0, 1.0, "Ada Quill"), Mark(22, 61.5)),
    )  # fmt: skip
    with session_at(home) as session, session.db:
        enter(session, [document])
        (found,) = kept.listed(session.db, ("ada quill",), None, None)
        session.db.rollback()
    assert (found.second, found.forecast.who) == (61.5, "Ada Quill")
