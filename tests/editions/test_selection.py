"""Choosing the stories of an issue: values in, a plan out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from digest.config.schema import Config, Daily, Editions, Feed
from digest.editions.registry import edition_named
from digest.editions.selection import Candidates, select
from digest.errors import QuietDay
from digest.model import Document, Group, Insight, Left, Reading, Tally, Window

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
WINDOW = Window(NOON - timedelta(days=1), NOON)
CONFIG = Config(
    feeds=(Feed(url="https://a.example/feed"),), editions=Editions(daily=Daily(min_stories=1))
)
TEXT = (
    "Tarnholm Compute will spend $2 billion on data centres for artificial intelligence. "
    "The company said that the chips cost more than the power."
)


def document(name: str) -> Document:
    """News of AI spending."""
    url = f"https://a.example/{name}"
    return Document(
        name,
        url,
        "https://a.example/feed",
        "news",
        f"{name} spends $2 billion on AI data centres",
        "A",
        NOON,
        NOON,
        "article",
        TEXT,
    )


def extract(of: Document) -> tuple[Insight, ...]:
    """What the embedded summariser found in it."""
    return (Insight(f"i-{of.entry_id}", TEXT, of.url, "article", (), (), "extract"),)


FIRST, SECOND = document("Tarnholm"), document("Osterby")
STORIES = [Group(one.entry_id, (one,)) for one in (FIRST, SECOND)]


def test_what_has_nothing_to_tell_is_left_out_with_the_reason() -> None:
    """So is what could not become a story; nothing is said twice of one address."""
    left = [Left("https://a.example/old", "told on 2026-03-01"), Left(FIRST.url, "not read yet")]
    extracts = {FIRST.entry_id: extract(FIRST), SECOND.entry_id: ()}
    selected = select(
        edition_named("daily", CONFIG.editions),
        WINDOW,
        Candidates(STORIES, extracts, {}, left),
        CONFIG,
    )
    assert (selected.found, selected.told, selected.restored) == (2, 1, 0)
    assert [(one.entry_url, one.why) for one in selected.plan.left_out] == [
        (SECOND.url, "no sentence that stands on its own"),
        ("https://a.example/old", "told on 2026-03-01"),
    ]
    assert selected.claims == Tally(made=1)


def test_the_sources_own_words_save_a_day_in_which_a_model_found_nothing() -> None:
    """They are counted as restored, and what was handed in stays as it was."""
    readings = {one.entry_id: Reading((), Tally(), "m") for one in (FIRST, SECOND)}
    extracts = {one.entry_id: extract(one) for one in (FIRST, SECOND)}
    candidates = Candidates(STORIES, extracts, readings, ())
    selected = select(edition_named("daily", CONFIG.editions), WINDOW, candidates, CONFIG)
    assert (selected.told, selected.restored) == (2, 2)
    assert candidates.insights == {FIRST.entry_id: (), SECOND.entry_id: ()}


def test_too_little_is_a_quiet_day() -> None:
    """Nothing is planned."""
    with pytest.raises(QuietDay):
        select(edition_named("daily", CONFIG.editions), WINDOW, Candidates((), {}, {}, ()), CONFIG)
