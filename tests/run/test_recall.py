"""Searching what was read and told, and what was told of somebody."""

from __future__ import annotations

import json
from shutil import copytree
from typing import TYPE_CHECKING, Any

import pytest

from digest.run.publish import render
from digest.store import passages
from digest.store.passages import Filters
from digest.text.search_query import any_of, search_query
from tests.in_process import run_in_process
from tests.run.test_ledger_days import FIRST, SECOND, home, session_at

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["home"]


def hits(home: Path, *arguments: str) -> list[dict[str, Any]]:
    """What `digest search` finds."""
    said = run_in_process(("search", *arguments, "--json"), home, {})
    assert said.returncode == 0, said.stderr
    found: list[dict[str, Any]] = json.loads(said.stdout)["hits"]
    return found


def test_a_story_is_found_by_its_words(home: Path) -> None:
    """With its issue and its source; the insight that it tells is not named a second time."""
    hit, *others = hits(home, "landlord 200")
    assert not [one for one in others if one["text"] in hit["text"]]
    assert hit["issue"] == f"{FIRST}-daily"
    assert hit["url"] == f"https://wire.example/{FIRST}"
    assert hit["publishers"] == ["The Wire"]
    assert "$200 billion" in hit["text"]
    assert hit["insight"]


def test_every_word_must_be_there_and_a_star_stands_for_an_end(home: Path) -> None:
    """Where nothing holds the words whole, their beginnings count; a phrase stands as it is."""
    assert hits(home, "landlord", "unicorn") == []
    assert {hit["date"] for hit in hits(home, "landl*")} == {str(FIRST), str(SECOND)}
    assert hits(home, "landl") == hits(home, "landl*")
    assert hits(home, '"the GPU landlord said"')
    assert hits(home, '"landlord GPU"') == []


def test_filters_narrow_the_search(home: Path) -> None:
    """Days, publishers, themes and shows."""
    assert {hit["date"] for hit in hits(home, "capital", "--since", str(SECOND))} == {str(SECOND)}
    assert {hit["date"] for hit in hits(home, "capital", "--until", str(FIRST))} == {str(FIRST)}
    assert hits(home, "capital", "--publisher", "wire")
    assert hits(home, "capital", "--publisher", "nobody") == []
    assert hits(home, "capital", "--show", "wire") == []
    assert {hit["theme"] for hit in hits(home, "capital", "--theme", "compute")} == {
        "Compute & capex"
    }
    said = run_in_process(("search", "capital", "--since", "soon"), home, {})
    assert (said.returncode, "--since" in said.stderr) == (2, True)


@pytest.mark.parametrize("typed", ['"', "* * *", "(", "NEAR(", "a AND", "col:on", "ünder", "\x00"])
def test_no_typing_is_an_error(home: Path, typed: str) -> None:
    """What is no word is nothing found."""
    assert run_in_process(("search", typed), home, {}).returncode == 0


def test_a_query_is_made_of_words() -> None:
    """None of FTS5's own language gets through."""
    assert search_query('chips* "power purchase" NOT (x)') == '"chips"* "power purchase" "NOT" "x"'
    assert search_query("?!") == search_query("") == ""
    assert any_of(["Halden", "Halden Compute", "?"]) == '"Halden" OR "Halden Compute"'


def test_what_was_told_of_somebody_is_in_order_with_its_figures(home: Path) -> None:
    """By any of their names; of nobody else."""
    said = run_in_process(("timeline", "HLDN", "--json"), home, {})
    events = json.loads(said.stdout)["events"]
    assert [event["issue"] for event in events] == [f"{FIRST}-daily", f"{SECOND}-daily"]
    assert "$200 billion" in [one["text"] for one in events[0]["figures"]]
    assert json.loads(run_in_process(("timeline", "Nobody", "--json"), home, {}).stdout) == {
        "events": []
    }
    assert (
        "Halden Compute, capital expenditure: $220 billion (2026)"
        in run_in_process(("timeline", "Halden"), home, {}).stdout
    )


def test_what_an_editor_drops_is_found_as_untold(home: Path, tmp_path: Path) -> None:
    """The insight is still there; the issue no longer tells it."""
    here = tmp_path / "here"
    copytree(home, here)
    draft = here / f"output/{FIRST}-daily/issue.md"
    draft.write_text(draft.read_text().partition("\n## ")[0] + "\n")
    with session_at(here) as session:
        render(session, f"{FIRST}-daily")
    found = hits(here, "landlord", "--until", str(FIRST))
    assert found
    assert {one["issue"] for one in found} == {None}


def test_the_index_follows_what_is_stored(home: Path) -> None:
    """What is replaced is no longer found; what stays the same is left alone."""
    with session_at(home) as session, session.db:
        before = passages.of(session.db, "insight", str(FIRST))
        changes = session.db.total_changes
        passages.save(session.db, "insight", str(FIRST), before)
        assert session.db.total_changes == changes
        only = Filters(until=FIRST)
        passages.save(session.db, "insight", str(FIRST), ())
        passages.save(session.db, "story", f"{FIRST}-daily", ())
        assert passages.search(session.db, '"200"', only, 9) == ()
        passages.save(session.db, "insight", str(FIRST), before)
        assert passages.search(session.db, '"200"', only, 9)
        session.db.rollback()
