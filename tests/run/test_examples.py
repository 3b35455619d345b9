"""What editors did, as examples; and how well ranking foresees it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from bench.examples import measure
from digest.run import edit, put_in
from digest.run.approval import approve
from digest.run.examples import examples
from digest.run.publish import issue_object, load
from tests.run.test_edit import ISSUE, ids, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from digest.run.session import Session
    from tests.press import Digest


@pytest.fixture
def session(made_day: Path, tmp_path: Path) -> Iterator[Session]:
    """A copy of a made issue, opened."""
    with opened(shutil.copytree(made_day, tmp_path / "home")) as session:
        yield session


def test_a_draft_that_nobody_looked_at_is_no_example(session: Session) -> None:
    """Approved as it was, it is one in which all was kept, and nothing else was wanted."""
    assert list(examples(session)) == []
    approve(session, ISSUE)
    rows = list(examples(session))
    assert {row["what"] for row in rows} == {"kept", "left"}
    assert sorted(row["story"] for row in rows if row["what"] == "kept") == sorted(ids(session))


def test_each_thing_that_an_editor_does_is_an_example(session: Session) -> None:
    """With its places, and what ranking knew of the story."""
    first, second, third, *_ = order = ids(session)
    edit.drop(session, ISSUE, second)
    edit.move(session, ISSUE, first, 0, "By the way")
    headline = next(one.item.headline for one in load(session, ISSUE).told if one.id == third)
    text = session.folder(ISSUE).text() or ""
    edit.write_text(session, ISSUE, text.replace(headline, "Other words"))
    left = issue_object(load(session, ISSUE))["left_out"]
    url = next(row["entry_url"] for row in left if row["why"] in {"below the line", "off subject"})
    put_in.take(session, ISSUE, url)
    edit.merge(session, ISSUE, order[3], order[4])
    rows = {row["story"]: row for row in examples(session)}
    assert rows[order[4]]["what"] == "merged"
    assert [rows[one]["what"] for one in order[:4]] == ["moved", "dropped", "reworded", "reworded"]
    assert (rows[second]["place_before"], rows[second]["place_after"]) == (2, None)
    new = next(row for row in rows.values() if row["entry_url"] == url)
    assert (new["what"], new["place_before"]) == ("put in", None)
    assert set(new["features"]) == {
        "relevance", "publishers", "figure", "hours_before_cutoff", "feed_weight", "theme", "basis"
    }  # fmt: skip


def test_they_are_exported_a_story_a_line(newsroom: Digest) -> None:
    """To a file or to stdout; without any the file is empty."""
    assert newsroom("examples", "export", "all.jsonl").returncode == 0
    assert (newsroom.home / "all.jsonl").read_text() == ""
    assert json.loads(newsroom("examples", "export", "--json").stdout) == []


def row(issue: str, what: str, score: float, after: int | None = None) -> dict[str, object]:
    """An example as it is exported, as far as the bench looks at it."""
    return {"issue": issue, "edition": "daily", "what": what, "score": score, "place_after": after}


def test_the_bench_compares_within_an_issue() -> None:
    """A day of low scores is no mistake; what was dropped above what was kept is one."""
    rows = [
        row("a", "kept", 0.9, 1),
        row("a", "moved", 0.5, 2),
        row("a", "dropped", 0.7),
        row("a", "left", 0.1),
        row("b", "put in", 0.2, 1),
        row("b", "left", 0.1),
    ]
    found = measure(rows)["daily"]
    assert found == {
        "issues": 2,
        "stories": 6,
        "auc": 0.875,
        "chosen_auc": 0.5,
        "precision": 0.75,
        "order": 1.0,
    }
