"""Which sentences tell a headline, and which story is left out because none do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from digest.insights.embedded import read
from digest.insights.headline_claim import claim
from digest.insights.telling import goes_on, handed_on, led, opening
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
    settled = claim("Halden borrows against chips after $40M settlement", NAMES)
    assert not settled.told_by(told)
    assert settled.told_by("Halden borrows against its chips; it paid $40 million to settle.")


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
    second = "Buyers paid Halden $1.25 billion within one day, a banker said."
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


def test_a_sentence_that_leans_is_told_with_the_one_before_it() -> None:
    """Both stand in a row, and what stands alone names somebody."""
    first = "Halden is getting serious about debt."
    news = "The company on Monday sold $1.25 billion of notes that its chips secure."
    assert told(document(TITLE, f"{first} {news} {OTHER}")) == [f"{first} {news}"]
    nobody = "Landlords everywhere are getting serious about what they owe to their banks."
    assert told(document(TITLE, f"{nobody} {news} {OTHER}")) == []


def test_what_an_article_begins_with_is_its_news_in_whatever_words() -> None:
    """When it says what has just been done by whom the headline names; history is none."""
    title = "Halden's exit from Chester stirs a debate on chips"
    lead = "Halden Compute has closed its last office in Chester after less than two years."
    past = "Halden Compute had closed its first office in Chester in 2019, for want of rent."
    rest = "Letters told the people in Chester, said Halden."
    assert told(document(title, f"{lead}\n{rest}")) == [lead]
    assert told(document(title, f"{past}\n{rest}")) == []


ESSAY = (
    "Landlords like Halden borrow for six years against chips that are old after four.",
    "In theory the rents of these chips repay the banks, because somebody always needs them.",
    "Suppose that rents fall by a third, as Corvid expects: then the banks own chips nobody rents.",
    "The banks know that, and lend at nine percent.",
)


def test_a_piece_that_argues_is_told_by_what_it_argues() -> None:
    """Its title is a question and claims no event; a note of news has no such licence."""
    text = " ".join(ESSAY * 4)
    piece = document("Why should banks lend against chips whose rents fall?", text)
    assert told(piece)[0].startswith(ESSAY[0])
    assert told(document("Halden opens a hall for banks", text)) == []


def test_a_sum_and_its_owner_are_the_news() -> None:
    """Whatever words go with them, one of the headline's among them."""
    claimed = claim("Halden hits $5 billion valuation as battle heats up", NAMES)
    assert claimed.told_by("Halden has a post-money valuation of $5 billion.")
    assert not claimed.told_by("Halden owes $5 billion to its banks.")
    seats = claim("Halden says it has 20M paid users", NAMES)
    assert seats.told_by("Halden now has 20 million paid seats of its software, it said.")


def test_what_goes_on_says_what_the_news_is_worth() -> None:
    """A number against another before a remark; never a statement for the press, nor somebody who
    is called by half a name.
    """
    text = "\n".join(
        (
            NEWS,
            "Halden has its seat in Chester, as its people like to say of themselves on Monday.",
            "The notes of Halden pay 9 percent, up from 7 percent a year ago.",
            '"We are proud to serve our clients with the best of notes and of chips," Halden said.',
            "Roe said on Monday that Halden would open two halls.",
            "The halls were the idea of analyst Jane Roe of Corvid.",
        )
    )
    one = document(TITLE, text)
    own = read(one, theme_words=frozenset({"chip"}))
    found = [insight.text for insight in goes_on(one, opening(one, own), own)]
    assert found[0].startswith("The notes of Halden pay 9 percent")
    assert not any("proud" in text or text.startswith("Roe") for text in found)


def test_a_dek_begins_where_it_can_be_shown() -> None:
    """What its author says of himself is passed over, and the rest is still the dek."""
    dek = "We have never seen such a thing. Halden Compute sold notes for $1.25 billion in an hour."
    found = read(document(TITLE, OTHER, dek=dek), theme_words=frozenset({"chip"}))
    assert found[0].text == "Halden Compute sold notes for $1.25 billion in an hour."


def test_what_nobody_knows_and_advertisements_open_nothing() -> None:
    """What is not clear is no news, a heading that runs into a sentence is none, nor is an offer."""
    for text in (
        "What the notes of Halden on its chips mean for those who sell them isn't entirely clear.",
        "How notes sell The notes of Halden were sold for $1.25 billion on its chips in an hour.",
        "Hear from 250 people who sell notes on chips like Halden for $1.25 billion and more.",
    ):
        assert told(document(TITLE, text)) == [], text


def test_a_story_goes_on_from_above_with_what_stands_nearest() -> None:
    """A number against another, which needs no name under its headline."""
    measured = "Annual rents stand at $22 million, up from $6 million a year ago."
    one = document(TITLE, f"{NEWS}\n{OTHER}\n{measured}")
    own = read(one, theme_words=frozenset({"chip"}))
    after = handed_on(one, own)
    assert after is not None
    assert after.text == measured
    past = "Halden sold chips and notes until recently for a bank in Chester that was 20 years old."
    one = document(TITLE, f"{NEWS}\n{OTHER}\n{past}")
    assert handed_on(one, read(one, theme_words=frozenset({"chip"}))) is None
