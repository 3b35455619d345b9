"""Which sentences tell a headline, and which story is left out because none do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from digest.insights.embedded import read
from digest.insights.headline_claim import claim
from digest.insights.telling import led, opening
from digest.model import Document, Group

NOW = datetime(2026, 3, 1, tzinfo=UTC)
NAMES = frozenset({"halden", "chester"})
HEADLINE = "Halden borrows $1.25 billion against chips for a hall in Chester"


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("Halden has borrowed $1.25bn against its chips to build in Chester.", True),
        ("A landlord of chips borrowed $1.25 billion for a hall.", False),  # who?
        ("Halden borrows against chips for a hall in Chester.", False),  # how much?
        ("Halden and Chester have $1.25 billion between them.", False),  # what happens?
        ("Halden borrows $2 billion against chips for a hall in Chester.", False),
    ],
)
def test_a_text_tells_who_what_and_how_much(text: str, tells: bool) -> None:
    """Each is asked for by itself."""
    assert claim(HEADLINE, NAMES).told_by(text) is tells


def test_a_headline_claims_what_its_main_clause_says() -> None:
    """A label, a question and what is added behind a comma need not be told."""
    told = "Halden borrows against its chips."
    assert claim("Sources: Halden borrows against chips, raising $3 billion", NAMES).told_by(told)
    assert claim("A new landlord? Halden borrows against chips", NAMES).told_by(told)
    assert claim("As rents in Chester fall, Halden borrows against chips", NAMES).told_by(told)
    assert not claim("As Halden borrows against chips, rents in Chester fall", NAMES).told_by(told)


def document(title: str, text: str, dek: str = "", name: str = "a") -> Document:
    """A document of this text, the dek at its head."""
    whole = f"{dek}\n{text}" if dek else text
    return Document(
        name, f"https://{name}.example/1", "f", "news", title, "Wire", NOW, NOW, "article", whole,
        dek=dek,
    )  # fmt: skip


def told(one: Document) -> list[str]:
    """The sentences that open a story of this document alone."""
    return [insight.text for insight in opening(one, read(one, theme_words=frozenset({"chip"})))]


NEWS = "Halden Compute sold $1.25 billion of notes backed by its chips on Monday, bankers said."
OTHER = "Chips of this kind are made by one firm in Taiwan, which Halden has never dealt with."
TITLE = "Halden sells $1.25 billion of notes on its chips"


def test_the_publishers_own_words_come_first() -> None:
    """A dek tells its article, whatever words it chooses, with or without a full stop."""
    dek = "The landlord borrows against the accelerators in Halden halls, and pays 9.25 percent"
    assert told(document(TITLE, f"{OTHER}\n{NEWS}", dek)) == [NEWS]
    assert told(document("A bond of cards", f"{OTHER}\n{NEWS}", dek)) == [dek]


def test_a_story_leads_with_a_source_that_has_something_to_say() -> None:
    """Of two sources the model found nothing in the first: the second gives headline and text."""
    mute, other = document(TITLE, OTHER), document("Chips are pledged", NEWS, name="b")
    (said, *_) = read(other, theme_words=frozenset({"chip"}))
    made = {"a": (), "b": (replace(said, read_by="m"),)}
    story = led(Group("s", (mute, other)), made)
    assert story is not None
    assert story.documents == (other, mute)
    assert led(Group("s", (mute, other)), {"a": (), "b": ()}) is None


def test_two_sentences_tell_what_neither_tells_alone() -> None:
    """In their source's order."""
    first = "Halden Compute has gone to the bond market with its chips, the landlord said."
    second = "Buyers of the notes paid Halden $1.25 billion within one day, a banker said."
    assert told(document(TITLE, f"{first}\n{second}")) == [first, second]


def test_a_story_that_nobody_tells_is_none() -> None:
    """The next source's sentences tell it under that source's headline; without any it is out."""
    mute = document(TITLE, OTHER, name="a")
    able = document("Halden sells notes backed by its chips", NEWS, name="b")
    made = {one.entry_id: read(one, theme_words=frozenset({"chip"})) for one in (mute, able)}
    story = led(Group("g", (mute, able)), made)
    assert story is not None
    assert [one.entry_id for one in story.documents] == ["b", "a"]
    assert led(Group("g", (mute,)), made) is None


def test_an_article_that_advises_is_not_quoted() -> None:
    """Sentences to the reader are no news."""
    text = f"Keep your chips in Chester, and ask Halden for the price of its notes.\n{NEWS}"
    found = [one.text for one in read(document(TITLE, text), theme_words=frozenset({"chip"}))]
    assert found == [NEWS]
