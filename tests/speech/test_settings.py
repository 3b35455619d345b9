"""The `speech` section of feeds.yaml, and what marks a feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.config.loading import load
from digest.errors import ConfigError
from digest.speech.minutes_cap import Allowance

if TYPE_CHECKING:
    from pathlib import Path

SHOW = "feeds: [{url: 'https://show.example/feed', kind: podcast, transcribe: true}]\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "feeds:\n  - {url: 'https://a.example/feed', transcribe: true}\n",
            r":2: feeds\.0\.transcribe: only a feed of kind 'podcast'",
        ),
        (SHOW + "speech: {}\n", r":2: 'speech\.model' is missing"),
        (
            SHOW + "speech: {model: base, max_minutes: 9}\n",
            r":2: unknown key 'speech\.max_minutes'; did you mean 'max_minutes_per_(run|day)'",
        ),
        (
            SHOW + "speech: {model: base, base_url: 'ftp://a.example'}\n",
            r":2: speech\.base_url: must be an http:// or https:// URL",
        ),
        (
            SHOW + "speech: {model: base, chunk_minutes: 0}\n",
            r":2: speech\.chunk_minutes: input should be greater than or equal to 0\.1",
        ),
    ],
    ids=["news", "no-model", "unknown", "address", "chunks"],
)
def test_a_mistake_is_one_line_that_names_it(tmp_path: Path, text: str, line: str) -> None:
    """With the file's line and the nearest key."""
    (tmp_path / "feeds.yaml").write_text(text)
    with pytest.raises(ConfigError, match=line):
        load(tmp_path / "feeds.yaml")


def test_a_models_folder_is_relative_to_the_file(tmp_path: Path) -> None:
    """Like every path in it; what is no folder there is a model's name."""
    (tmp_path / "models" / "small").mkdir(parents=True)
    for model, expected in (("models/small", str(tmp_path / "models/small")), ("small", "small")):
        (tmp_path / "feeds.yaml").write_text(f"{SHOW}speech: {{model: {model}}}\n")
        speech = load(tmp_path / "feeds.yaml").speech
        assert speech
        assert speech.model == expected


@pytest.mark.parametrize(
    ("taken_today", "taken", "minutes", "refusal"),
    [
        (0, 0, 60, ""),
        (
            0,
            0,
            61,
            (
                "it has 61 minutes, and of the 60 that a run may take 60 are left"
                " (speech.max_minutes_per_run)"
            ),
        ),
        (
            0,
            50,
            11,
            (
                "it has 11 minutes, and of the 60 that a run may take 10 are left"
                " (speech.max_minutes_per_run)"
            ),
        ),
        (
            80,
            10,
            20,
            (
                "it has 20 minutes, and of the 100 that a day may take 10 are left"
                " (speech.max_minutes_per_day)"
            ),
        ),
        (
            300,
            0,
            1,
            (
                "it has 1 minutes, and of the 100 that a day may take 0 are left"
                " (speech.max_minutes_per_day)"
            ),
        ),
    ],
)
def test_minutes_are_granted_until_there_are_none(
    taken_today: float, taken: float, minutes: float, refusal: str
) -> None:
    """By run and by day."""
    allowance = Allowance(per_run=60, per_day=100, taken_today=taken_today)
    allowance.take(taken)
    assert allowance.refusal(minutes) == refusal
