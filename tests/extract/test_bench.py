"""The extraction bench reads each set's gold and scores by it."""

from __future__ import annotations

import gzip
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from bench import sentences
from bench.extraction import Found, Gold, date_right, measure, text_f, title_right
from digest.extract.metadata import moment_of
from tests.extract.pages import PARAGRAPHS, TITLE, page

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = "\n".join(PARAGRAPHS)


def corpus(home: Path, dataset: str, gold: Any, **row: Any) -> Path:
    """A corpus with one page of ours, twice: the bench reports the odd rows."""
    folder = home / "articles"
    folder.mkdir()
    (folder / "page.html.gz").write_bytes(
        gzip.compress(page(head='<meta name="date" content="2026-02-05">'))
    )
    (folder / "gold").write_text(gold if isinstance(gold, str) else json.dumps(gold))
    line = json.dumps(
        {
            "dataset": dataset,
            "file": "page.html.gz",
            "gold": "gold#key",
            "url": "https://a.example/1",
            **row,
        }
    )
    (folder / "index.jsonl").write_text(f"{line}\n{line}\n")
    return home


@pytest.mark.parametrize(
    ("dataset", "gold"),
    [
        ("scrapinghub", {"key": {"articleBody": ARTICLE}}),
        ("goose3", {"expected": {"cleaned_text": ARTICLE}}),
        ("newspaper4k", ARTICLE),
        ("defuddle", f"```json\n{{}}\n```\n\n{ARTICLE}"),
        (
            "trafilatura_eval",
            {"key": {"with": [PARAGRAPHS[0], PARAGRAPHS[4]], "without": ["All rights reserved"]}},
        ),
    ],
)
def test_an_article_read_whole_scores_one(tmp_path: Path, dataset: str, gold: Any) -> None:
    """Whatever way the set writes its gold."""
    assert measure(corpus(tmp_path, dataset, gold))[dataset]["f"] == 1


def test_fundus_has_titles_and_dates(tmp_path: Path) -> None:
    """A publisher's file holds several pages' gold; this page's is the one of its day."""
    right = {
        "title": TITLE,
        "publishing_date": "2026-02-05 09:00:00+00:00",
        "body": {"summary": [], "sections": [{"headline": [], "paragraphs": list(PARAGRAPHS)}]},
    }
    other = {
        "title": "Another",
        "publishing_date": "2021-01-01 09:00:00+00:00",
        "body": {"summary": ["Another"], "sections": []},
    }
    found = measure(corpus(tmp_path, "fundus", {"V1": right, "V2": other}, date="2026_02_06"))[
        "fundus"
    ]
    assert (found["pages"], found["f"], found["title"], found["date"]) == (1, 1, 1, 1)
    assert {"f_trafilatura", "title_trafilatura", "date_trafilatura"} <= found.keys()


def test_what_is_missing_and_what_is_too_much_both_cost() -> None:
    """F is the harmonic mean of both."""
    gold = [Gold(text=ARTICLE)]
    half, double = "\n".join(PARAGRAPHS[:2]), f"{ARTICLE}\n{ARTICLE[::-1]}"
    assert 0 < text_f([half], gold) < 1
    assert 0 < text_f([double], gold) < 1
    assert text_f([""], gold) == 0


@pytest.mark.parametrize(
    ("found", "wanted", "right"),
    [
        ("2026-02-05T23:30:00Z", "2026-02-06T01:30:00+02:00", True),
        ("2026-02-05", "2026-02-05T23:30:00+05:30", True),
        ("2026-02-04T09:00:00Z", "2026-02-05T09:00:00Z", False),
        ("", "2026-02-05T09:00:00Z", False),
    ],
)
def test_a_date_is_right_when_the_day_is(found: str, wanted: str, *, right: bool) -> None:
    """Where the publisher is."""
    assert (
        date_right(Found("", "", moment_of(found)), Gold(published=datetime.fromisoformat(wanted)))
        == right
    )


@pytest.mark.parametrize(
    ("found", "right"),
    [("acme’s day", True), ("Acme's Day", True), ("Acme's day | Meridian", False)],
)
def test_a_title_is_right_when_its_words_are(found: str, *, right: bool) -> None:
    """Case and the shape of quotes aside."""
    assert title_right(Found("", found, None), Gold(title="Acme's day")) == right


def test_stored_sentences_are_held_against_the_page() -> None:
    """What the page says is its own; what was taken out of it is counted under its reason."""
    last = f"<p>{PARAGRAPHS[-1]}</p>".encode()
    noted = (
        b"<p>Halden Labs sold bonds for the first time in 2025<sup>1</sup> and repaid a loan.</p>"
    )
    struck = (
        b"<p>The larger of its plans costs <s>ninety</s> sixty dollars a month from now on.</p>"
    )
    found = [
        verdict
        for verdict, _ in sentences.verdicts(page().replace(last, noted + struck + last), "")
    ]
    assert set(found) == {"own", "notes", "struck"}
    assert (found.count("notes"), found.count("struck")) == (1, 1)
