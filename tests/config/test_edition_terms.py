"""Editions of a user's own in feeds.yaml: what may stand there, and what is refused with its
line.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from digest.config.edition_terms import SectionTerms
from digest.config.loading import load
from digest.editions.names import NAMES
from digest.editions.registry import edition_named, names
from digest.editions.window import next_due
from digest.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

FEEDS = "feeds: [{url: https://a.example/feed}]\n"
OWN = """editions:
  power:
    window: 3
    title: "Power, {week}"
    templates: look
    sections:
      - {name: The grid, themes: [Energy & grid], top: 4}
      - {by_theme: true, top: 6, form: bold, dated: true, words: 120}
"""


def written(place: Path, text: str) -> Path:
    """The file with this text."""
    file = place / "feeds.yaml"
    file.write_text(FEEDS + text)
    return file


def test_an_edition_of_ones_own_is_one_of_those_there_are(tmp_path: Path) -> None:
    """It stands beside those that come along, says how its sections are laid out, and its folder
    of templates is looked up before the newsletter's.
    """
    config = load(written(tmp_path, OWN))
    assert names(config.editions) == (*NAMES, "power")
    power = edition_named("power", config.editions)
    assert power.terms.window == 3
    assert power.reads == {"news", "podcast"}
    assert power.style("The grid") == SectionTerms(
        name="The grid", themes=("Energy & grid",), top=4
    )
    assert power.style("Chips & hardware").form == "bold"
    assert config.templates_of("power") == (tmp_path / "look", None)
    with pytest.raises(UsageError, match="there is: daily, weekly, insights, column, power"):
        edition_named("grid", config.editions)


@pytest.mark.parametrize(
    ("day", "days", "due"),
    [("2026-03-04", ("fri",), "2026-03-06"), ("2026-03-06", ("mon", "fri"), "2026-03-06"),
     ("2026-03-07", ("mon", "fri"), "2026-03-09"), ("2026-03-07", (), "2026-03-07")],
)  # fmt: skip
def test_an_edition_is_due_on_its_days(day: str, days: tuple[str, ...], due: str) -> None:
    """The next of them, the day itself where it is one; every day without any."""
    assert next_due(date.fromisoformat(day), days) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "editions: {dayly: {min_stories: 2}}",
            "unknown key 'editions.dayly'; did you mean 'daily'",
        ),
        ("editions: {Power: {sections: [{by_theme: true}]}}", "editions.Power: is no name"),
        ("editions: {search: {sections: [{by_theme: true}]}}", "editions.search: is no name"),
        ("editions: {power: {sections: []}}", "editions.power.sections: must not be empty"),
        ("editions: {power: {sections: [{top: 3}]}}", "sections.0.name: is missing"),
        (
            "editions: {power: {sections: [{name: A, themes: [Enregy]}]}}",
            "editions.power.sections.0.themes: there is no theme 'Enregy'",
        ),
        (
            "editions: {power: {sections: [{name: A}, {name: A}]}}",
            "editions.power.sections.1.name: 'A' stands twice",
        ),
        (
            "editions: {power: {sections: [{name: A, pik: news}]}}",
            "unknown key 'editions.power.sections.0.pik'; did you mean 'pick'",
        ),
        ("editions: {power: {title: '{day}', sections: [{name: A}]}}", "editions.power.title"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    """One line that names the key."""
    with pytest.raises(ConfigError) as error:
        load(written(tmp_path, text))
    assert "feeds.yaml:2: " in str(error.value)
    assert says in str(error.value)
