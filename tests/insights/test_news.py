"""Which sentence of an article leads, and what is quoted along with it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.insights.embedded import LEAD, read
from digest.insights.news_value import (
    is_comment,
    looks_back,
    on_another_matter,
    only_praises,
    takes_up,
)
from digest.model import Document

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TITLE = "Acme buys Bolt for $2 billion to make chips"
NEWS = "Acme has bought the chip maker Bolt for $2 billion in cash, the two said on Tuesday."


def document(text: str, title: str = TITLE) -> Document:
    """A document with this text."""
    return Document(
        "e1", "https://chip.example/1", "f", "news", title, "Chip Daily", NOW, NOW, "article", text
    )


def told(text: str, title: str = TITLE) -> list[str]:
    """What `read` takes of the text, the lead first."""
    return [
        insight.text for insight in read(document(text, title), theme_words=frozenset({"chip"}))
    ]


BEFORE_THE_NEWS = [
    (
        "As a refresher, makers of chips such as Nvidia design them and leave it to TSMC in Taiwan"
        " to build them."
    ),
    (
        "As firms such as Nvidia and Google race to build servers, the price of chips has doubled"
        " within one quarter."
    ),
    (
        "Emulating the plan that Palantir made known to all, makers of chips now send their"
        " engineers to customers."
    ),
    (
        "For years, firms such as Nvidia and Google have fought over chips and over the people who"
        " can design them."
    ),
    (
        "One of the many fears about chips from Taiwan is that a war with China would cut off"
        " Nvidia and Google."
    ),
    (
        "Sometimes, it can seem that all firms from Nvidia to Google do is to buy chips and those"
        " who make them."
    ),
    (
        "Making chips is a thirsty business, as firms such as Nvidia and Google and everybody in"
        " Taiwan know well."
    ),
    (
        "In 2019, the chip maker Cog and its rival Dyne were sold to Intel, which closed both of"
        " them within a year."
    ),
    (
        "Chips, as Nvidia told us, are the oil of our time, and that should save us $1,900 a year"
        " on phones."
    ),
]


@pytest.mark.parametrize("opening", BEFORE_THE_NEWS)
def test_an_article_leads_with_its_news(opening: str) -> None:
    """What sets the scene, looks back or speaks of us gives way to the sentence that tells what the
    headline names.
    """
    assert told(f"{opening}\n{NEWS}")[0] == NEWS


GOES_ON = (
    "The deal, which needs the consent of the Commission, values Bolt at nine times its sales."
)


@pytest.mark.parametrize(
    ("after", "quoted"),
    [
        (f" {GOES_ON}", f"{NEWS} {GOES_ON}"),
        (f"\n{GOES_ON}", f"{NEWS} {GOES_ON}"),
        (" This underscores how much Acme and Bolt need each other to make chips.", NEWS),
        (
            (
                " The deal, which needs the consent of the Commission, values Bolt"
                f" {'and all that it owns ' * 8}at a lot."
            ),
            NEWS,
        ),
        (
            (
                " Read more: why Acme buys. The deal values Bolt at nine times its sales of $200"
                " million."
            ),
            NEWS,
        ),
    ],
    ids=["goes-on", "in-the-next-paragraph", "a-comment", "too-long-together", "something-between"],
)
def test_what_goes_on_from_the_lead_is_quoted_with_it(after: str, quoted: str) -> None:
    """A sentence that cannot stand alone stands after the one it needs, word for word, in one
    extract of the two.
    """
    lead, *_ = read(document(NEWS + after), theme_words=frozenset({"chip"}))
    assert lead.text == quoted
    (evidence,) = lead.evidence
    assert " ".join((NEWS + after)[evidence.start : evidence.end].split()) == quoted
    assert len(quoted.split()) <= LEAD


def test_the_day_of_the_source_is_not_the_day_of_the_issue() -> None:
    """Of two that tell the same, the one without "today" or "yesterday" leads."""
    stale = (
        "Acme has bought the chip maker Bolt for $2 billion in cash, the two announced yesterday."
    )
    assert (
        told(
            f"{stale}\nIn Norway, Acme paid $2 billion in cash for Bolt to make chips of its own by"
            " May."
        )[0]
        != stale
    )


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("Bolt makes nozzles in Norway.", TITLE, True),
        ("Prices of chips rose by $2 billion.", TITLE, True),
        ("Cog makes chips.", TITLE, False),
        ("AI is dear.", "Acme says that AI is dear for all", False),
    ],
    ids=["a-name", "two-words", "one-word", "everybody-says-ai"],
)
def test_a_sentence_takes_up_a_headline(text: str, other: str, expected: bool) -> None:
    """By a name that both have, or by two words."""
    assert takes_up(text, other) is expected


def test_a_page_can_tell_several_things() -> None:
    """A sentence that names others and shares no word belongs to something else; one without names
    may go on.
    """
    assert on_another_matter(
        "The largest firms in China may order from Nvidia.", f"{TITLE}\n{NEWS}"
    )
    assert not on_another_matter("The largest rivals failed.", f"{TITLE}\n{NEWS}")
    assert not on_another_matter("The largest rival of Bolt failed.", f"{TITLE}\n{NEWS}")


def test_a_look_back_is_told_by_its_year() -> None:
    """What is dated in the year of the source is news."""
    assert looks_back("Bolt bought Cog in 2024.", 2026)
    assert not looks_back("Bolt will buy Cog in 2026.", 2026)


@pytest.mark.parametrize(
    "text",
    [
        "This highlights the need for chips.",
        "The move signals a shift.",
        "It comes at a hard time for Acme.",
    ],
)
def test_a_comment_is_no_news(text: str) -> None:
    """That something matters is what the writer adds."""
    assert is_comment(text)


@pytest.mark.parametrize(
    ("text", "praise"),
    [
        ("Halden builds the most ambitious chip house on earth.", True),
        ("Chester joins the world's foremost landlord of chips.", True),
        ("Halden rents the most powerful chips at $2 an hour.", False),
        ("Halden rents most of its chips to Chester.", False),
    ],
)
def test_praise_is_no_news_without_a_figure(text: str, praise: bool) -> None:
    """A superlative that nobody can check says nothing; one with its number does."""
    assert only_praises(text) is praise
