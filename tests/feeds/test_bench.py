"""The benches of feeds: what they count as agreement, and that the fuzzer finds what it looks
for.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bench import fuzz
from bench.feed_expectations import of_assertion
from bench.feeds import measure

if TYPE_CHECKING:
    from pathlib import Path

ITEM = "<item><title>One</title><link>/1?utm_source=x</link><pubDate>5 Feb 2026</pubDate></item>"
RSS = f"<rss version='2.0'><channel><title>N</title>{ITEM}</channel></rss>"
ONE = {"title": "<b>One</b>", "link": "/1", "pubDateParsed": "2026-02-05T00:00:00Z"}
RIGHT = {"title": "N", "items": [ONE]}
AGREES = {"entries_agree": 1, "titles_agree": 1, "links_agree": 1, "dates_agree": 1}


@pytest.mark.parametrize(
    ("expected", "shares"),
    [
        (RIGHT, AGREES),
        ({**RIGHT, "title": "Other"}, AGREES | {"titles_agree": 0}),
        ({**RIGHT, "items": [{**ONE, "link": "/2"}]}, AGREES | {"links_agree": 0}),
        (
            {**RIGHT, "items": [{"pubDateParsed": "2026-02-06T00:00:00Z"}]},
            AGREES | {"dates_agree": 0, "links_agree": 0},
        ),
        ({**RIGHT, "items": []}, AGREES | {"entries_agree": 0, "links_agree": 0, "dates_agree": 0}),
    ],
)
def test_a_file_agrees_when_everything_that_is_said_of_it_does(
    tmp_path: Path, expected: object, shares: dict[str, float]
) -> None:
    """Titles as text, links resolved and without tracking parameters; what is not said does not
    count, and is a share of nothing.
    """
    folder = tmp_path / "feeds"
    folder.mkdir()
    row = {
        "file": "a.xml",
        "source": {"repo": "github:some/reader", "path": "a.xml"},
        "expected": ["a.json"],
    }
    (folder / "index.jsonl").write_text(json.dumps(row))
    (folder / "a.xml").write_text(RSS)
    (folder / "a.json").write_text(json.dumps(expected))
    found = measure(tmp_path)["feeds"]
    assert {name: found[name] for name in shares} == shares
    assert (found["files"], found["crashed"], found["over_1s"]) == (1, 0, 0)


def test_feedparsers_assertions_are_read_and_not_run() -> None:
    """Comparisons of the feed's title and of the first entry; the rest says nothing to us."""
    found = of_assertion(
        "not bozo and entries[0]['title'] == 'One' and feed['title'] == 'N' and exit()"
    )
    assert found is not None
    assert (found.title, found.items[0].title, found.count) == ("N", "One", None)
    assert of_assertion("feed['rights'] == 'x'") is None


def test_a_short_fuzz_crashes_nothing() -> None:
    """A second of it, always from the same seed."""
    found = fuzz.fuzz(1, 3, (), None)
    assert sum(counts["tried"] for counts in found.values()) > 50
    assert [name for name, counts in found.items() if counts["crashed"] or counts["slow"]] == []


def test_a_crash_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the input that caused it, and its name on stdout."""

    def fails(_data: bytes) -> None:
        raise KeyError("bug")

    broken = fuzz.Target("broken", fails, (), (b"seed",), (b"word",))
    found = fuzz.fuzz(0.1, 1, (), tmp_path, (broken,))
    assert found["broken"]["crashed"] == found["broken"]["tried"] > 0
    assert "crashed KeyError" in capsys.readouterr().out
    assert any(tmp_path.iterdir())
