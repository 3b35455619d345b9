"""Numbers, dates and words brought to one form."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bench.grounding import earned, judged, measure
from digest.text.calendar import dates
from digest.text.measures import stated
from digest.text.stems import stem
from digest.text.thesaurus import relation

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nearly $1.25bn", [("money", 1.25e9, "$1.25bn")]),
        (
            "1.25 billion dollars or $1,250 million",
            [("money", 1.25e9, "1.25 billion dollars"), ("money", 1.25e9, "$1,250 million")],
        ),
        ("half a billion dollars", [("money", 5e8, "half a billion dollars")]),
        (
            "between $26 and $28 billion",
            [("money", 2.6e10, "$26"), ("money", 2.8e10, "28 billion")],
        ),
        ("growth of 4-7%", [("share", 4, "4"), ("share", 7, "7%")]),
        (
            "half of the staff, a third of users",
            [("share", 50, "half"), ("share", pytest.approx(33.33, abs=0.01), "a third")],
        ),
        ("nine hundred million users", [("count", 9e8, "nine hundred million users")]),
        ("down by about a quarter", [("share", 25, "about a quarter")]),
        (
            "sales doubled, twice in 24 months",
            [("times", 2, "doubled"), ("times", 2, "twice"), ("time", 24, "24 months")],
        ),
        (
            "twenty-five sites and two dozen jobs",
            [("count", 25, "twenty-five"), ("count", 24, "two dozen jobs")],
        ),
        (
            "a 10-gigawatt site, 600 MW of it",
            [("power", 1e10, "10-gigawatt"), ("power", 6e8, "600 MW")],
        ),
        ("its second quarter, Q3", [("rank", 2, "second"), ("rank", 3, "Q3")]),
        ("a megawatt, GPT-5, H100, on September 22, 2025", []),
    ],
)
def test_what_a_text_states(text: str, expected: list[tuple[str, float, str]]) -> None:
    """Kind, value in its base unit, and the words as they stand; dates are read apart."""
    found = stated(text)
    assert [(one.kind, one.value, one.text) for one in found] == expected
    assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on September 22, 2025", [(2025, 9, 22)]),
        ("on 22 Sept. and in May", [(0, 9, 22), (0, 5, 0)]),
        ("in 2026, as it may", [(2026, 0, 0)]),
        ("on Monday", [(2025, 9, 22)]),
        ("last year, next month", [(2024, 0, 0), (2025, 10, 0)]),
        ("yesterday", [(2025, 9, 22)]),
        ("they march on; $2,000 and 2,000 mice", []),
    ],
)
def test_dates_are_completed_by_the_day_of_publication(
    text: str, expected: list[tuple[int, int, int]]
) -> None:
    """A weekday is the last one up to it."""
    assert [(one.year, one.month, one.day) for one in dates(text, date(2025, 9, 23))][
        : len(expected) or None
    ] == expected


@pytest.mark.parametrize(
    "forms",
    [
        "rose rises rising risen",
        "increase increased increasing",
        "announce announcement announced",
        "centre centers",
        "buy bought buys",
        "company companies",
        "organise organization organised",
        "reduce reduction reduced",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    """Irregular ones and spellings too."""
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("bought", "acquired", "same"),
        ("rose", "fell", "opposite"),
        ("changed", "unchanged", "opposite"),
        ("started", "began", "same"),
        ("galaxy", "invoice", ""),
    ],
)
def test_words_are_related(one: str, other: str, expected: str) -> None:
    """By WordNet and by the trade's own lists."""
    assert relation(stem(one), stem(other)) == expected


def test_the_bench_measures_a_corpus(tmp_path: Path) -> None:
    """Metrics as DESIGN names them, for labelled claims only."""
    folder = tmp_path / "faithfulness"
    folder.mkdir()
    folder.joinpath("docs.jsonl").write_text(
        json.dumps({"doc_id": "d", "text": "Acme raised $40 million in May."})
    )
    claims = [
        ("Acme raised 40 million dollars in May.", 1),
        ("Acme raised 60 million dollars in June.", 0),
        ("Acme is disputed.", None),
    ]
    rows = [
        {"dataset": "factcc", "doc_id": "d", "claim": claim, "label": label}
        for claim, label in claims
    ]
    folder.joinpath("claims.jsonl").write_text("\n".join(map(json.dumps, rows)))
    claims_judged = judged(tmp_path, "all")
    result = measure(claims_judged)["factcc"]
    assert (
        result["claims"],
        result["auc"],
        result["balanced_accuracy"],
        result["false_alarms"],
    ) == (2, 1, 1, 0)
    assert earned(claims_judged)["number"]["caught"] == 1
    halves = (len(judged(tmp_path, half)) for half in ("even", "odd"))
    assert sorted(halves) == [0, 2]  # a document is in one of them
