"""Which documents become one story."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest

from digest.stories.grouping import group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Document, Group
    from tests.stories.conftest import Make

# Background of a day, so that words have the rarity that they have among real news.
BACKGROUND = (
    (
        "Orchard Robotics opens a plant in Leipzig",
        "The maker of picking arms will employ 300 people beside the airport, it said.",
    ),
    (
        "Senate panel delays vote on export licences",
        "Lawmakers put off a bill on licences for accelerators until after the recess.",
    ),
    (
        "Grid operator warns of a tight winter",
        "Reserves may fall in January as data centres connect faster than power plants are built.",
    ),
    (
        "Brightwater lays off a tenth of its support staff",
        "The software house said that assistants now answer most questions.",
    ),
    (
        "Novatel earnings beat forecasts on cloud demand",
        "Quarterly revenue rose 18% as tenants renewed contracts at higher prices.",
    ),
    (
        "Why model routers are eating the margin",
        "Sending easy questions to small models halves the bill, as vendors have noticed.",
    ),
    (
        "Court hears publishers' copyright case",
        "Judges asked whether training on archives is fair use, and how damages count.",
    ),
    (
        "Memory makers raise contract prices again",
        "Server modules will cost a quarter more next quarter, buyers were told.",
    ),
)

PELICAN_TEXT = (
    "Pelican Compute has raised $900 million from Northgate Capital and two pension funds to build"
    " three data centres in Ohio. The round values the company, founded in 2022 by Marta Quill, at"
    " $6.5 billion. Construction begins in May."
)

PROMO = "Subscribe to the Ledger for full access to all of our reporting and newsletters."

SAME = {
    "an event in three publishers' words": [
        (
            "Pelican Compute raises $900m to build Ohio data centres",
            PELICAN_TEXT,
            "Ledger Wire",
            6.0,
        ),
        (
            "Northgate leads $900 million round for Pelican Compute",
            (
                "Marta Quill's Pelican Compute will put up three Ohio sites with money led by"
                " Northgate Capital, valued at $6.5 billion."
            ),
            "Capital Ledger",
            7.5,
        ),
        (
            "Ohio to get three more server farms as Pelican lands $900 million",
            (
                "Construction of the Ohio campuses starts in May, says Quill, whose company Pelican"
                " Compute is now worth $6.5 billion."
            ),
            "Rust Belt Review",
            11.0,
        ),
    ],
    "talks, then the deal, on one day": [
        (
            "Pelican Compute in talks to raise $900m",
            "Pelican Compute is close to a round led by Northgate at $6.5 billion.",
            "A",
            2.0,
        ),
        (
            "Pelican Compute closes $900m round",
            "Pelican Compute said Northgate led its round at $6.5 billion.",
            "B",
            20.0,
        ),
    ],
    "a sum raised and the valuation": [
        (
            "Pelican Compute raises $900m for Ohio sites",
            "Pelican Compute has Northgate Capital as its new investor.",
            "A",
            2.0,
        ),
        (
            "Pelican Compute hits $6.5 billion valuation",
            "Northgate Capital now backs Pelican Compute and its Ohio sites.",
            "B",
            5.0,
        ),
    ],
    "a syndicated copy under another headline": [
        (
            "Pelican Compute raises $900m to build Ohio data centres",
            PELICAN_TEXT,
            "Ledger Wire",
            6.0,
        ),
        (
            "Big money comes to Ohio",
            PELICAN_TEXT + " Copyright Ledger Wire.",
            "Valley Courier",
            9.0,
        ),
    ],
}

DIFFERENT = {
    "two rounds of one firm": [
        (
            "Pelican Compute raises $900m in Series D",
            "Pelican Compute raised $900 million from Northgate Capital.",
            "A",
            2.0,
        ),
        (
            "Pelican Compute raises $40m seed round for chip unit",
            "Pelican Compute raised $40 million from angels.",
            "B",
            8.0,
        ),
    ],
    "two firms that raise the same sum": [
        (
            "Pelican Compute raises $50m to build data centres",
            "The Ohio company said Northgate Capital led the round.",
            "A",
            2.0,
        ),
        (
            "Larkspur raises $50m for AI bookkeeping",
            "The Lisbon start-up said Harbour Ventures led the round.",
            "B",
            3.0,
        ),
    ],
    "two pages that share only what the publisher prints on all": [
        ("Chip exports slow", f"{PROMO} Exports fell in May.", "Ledger", 2.0),
        ("Union votes on pay", f"{PROMO} Members vote today.", "Ledger", 3.0),
    ],
    "a short title that comes back": [
        (
            "Morning briefing",
            "Futures are flat before the bank of Japan speaks and oil slips.",
            "A",
            2.0,
        ),
        (
            "Morning briefing",
            "Two mergers, a dispute over turbines and what the strike means.",
            "A",
            20.0,
        ),
    ],
}

Told = list[tuple[str, str, str, float]]


@pytest.fixture
def day(make: Make) -> list[Document]:
    """What else is in the news."""
    return [
        make(title, text, publisher=f"Other {i}", hours=i + 1)
        for i, (title, text) in enumerate(BACKGROUND)
    ]


def titles(found: Sequence[Group]) -> list[set[str]]:
    """Groups by their documents' addresses."""
    return [{document.url for document in one.documents} for one in found]


@pytest.mark.parametrize("name", SAME)
def test_one_event_is_one_story(make: Make, day: list[Document], name: str) -> None:
    """However many tell it, an event is one group, and it takes in nothing else of the day."""
    told = [
        make(title, text, publisher=publisher, hours=hours)
        for title, text, publisher, hours in SAME[name]
    ]
    assert {document.url for document in told} in titles(group([*day, *told]))


@pytest.mark.parametrize("name", DIFFERENT)
def test_what_only_sounds_alike_stays_apart(make: Make, day: list[Document], name: str) -> None:
    """Each document is a story of its own."""
    told = [
        make(title, text, publisher=publisher, hours=hours)
        for title, text, publisher, hours in DIFFERENT[name]
    ]
    found = titles(group([*day, *told]))
    assert all({document.url} in found for document in told)


def test_the_background_is_eight_stories(day: list[Document]) -> None:
    """News of one field shares words, and that makes it no story."""
    assert len(group(day)) == len(BACKGROUND)


def test_one_address_is_one_story(make: Make, day: list[Document]) -> None:
    """The scheme, www, a last slash and the fragment do not make another page, and the canonical
    address counts.
    """
    text = "Three sites in Ohio will open next year, the company said."
    told = [
        make("Pelican builds in Ohio", text, url="https://www.ledger.example/a/"),
        make("Ohio gets three sites", text, url="http://ledger.example/a#top"),
        make(
            "Three sites for Ohio",
            text,
            url="https://amp.ledger.example/a?x=1",
            canonical="https://ledger.example/a",
        ),
    ]
    assert {document.url for document in told} in titles(group([*day, *told]))


def test_a_site_that_calls_every_page_home_is_not_one_story(
    make: Make, day: list[Document]
) -> None:
    """One canonical address under texts that share nothing says nothing."""
    pages = (("Turbine orders fall", "Rivals wait."), ("Wage talks end", "Both sides smile."))
    told = [make(title, text, canonical="https://site.example/") for title, text in pages]
    found = titles(group([*day, *told]))
    assert all({document.url} in found for document in told)


def test_a_round_up_does_not_chain_two_stories(make: Make, day: list[Document]) -> None:
    """What resembles two stories joins at most one of them and does not make them one."""
    first = make(
        "Pelican Compute raises $900m to build Ohio data centres", PELICAN_TEXT, publisher="A"
    )
    second = make(
        "Larkspur sued by Finnish regulator over payroll AI",
        "Finland's data watchdog sued Larkspur over its payroll screening.",
        publisher="B",
    )
    both = make(
        "Pelican raises $900m, Larkspur sued by Finnish regulator",
        f"{PELICAN_TEXT[:120]} Finland's data watchdog sued Larkspur.",
        publisher="C",
    )
    found = titles(group([*day, first, second, both]))
    assert not any({first.url, second.url} <= one for one in found)


def test_the_same_words_weeks_apart_are_two_stories(make: Make, day: list[Document]) -> None:
    """A yearly report comes back under the title that it had."""
    told = [
        make("Ohio opens its yearly report on data centres", "The state counts sites.", hours=hours)
        for hours in (1, 24 * 20)
    ]
    found = titles(group([*day, *told]))
    assert all({document.url} in found for document in told)


def test_the_best_source_comes_first(make: Make, day: list[Document]) -> None:
    """An article leads, then a transcript, show notes, the feed's text; between articles weight,
    length, then who was earlier.
    """
    title = "Pelican Compute raises $900m to build Ohio data centres"
    told = [
        make(title, PELICAN_TEXT, publisher="Feed", basis="feed-text", hours=1),
        make(title, PELICAN_TEXT, publisher="Notes", basis="show-notes", kind="podcast", hours=1),
        make(title, PELICAN_TEXT, publisher="Later", hours=5),
        make(title, PELICAN_TEXT, publisher="Earlier", hours=4),
        make(title, PELICAN_TEXT * 3, publisher="Longer", hours=6),
        make(title, PELICAN_TEXT, publisher="Favourite", hours=6),
        make(title, PELICAN_TEXT, publisher="Talk", basis="transcript", kind="podcast", hours=1),
    ]
    found = next(
        one
        for one in group([*day, *told], {"https://favourite.example/feed": 2.0})
        if len(one.documents) > 1
    )
    assert [document.publisher for document in found.documents] == [
        "Favourite",
        "Longer",
        "Earlier",
        "Later",
        "Talk",
        "Notes",
        "Feed",
    ]


def test_the_order_of_arrival_changes_nothing(make: Make, day: list[Document]) -> None:
    """Grouping is a function of the set of documents."""
    told = [
        make(title, text, publisher=publisher, hours=hours)
        for rows in SAME.values()
        for title, text, publisher, hours in rows
    ]
    documents = [*day, *told]
    expected = group(documents)
    for seed in range(5):
        shuffled = random.Random(seed).sample(documents, len(documents))  # noqa: S311 - it only shuffles
        assert group(shuffled) == expected


def test_a_story_keeps_its_id_while_its_earliest_document_stays(
    make: Make, day: list[Document]
) -> None:
    """Later documents do not change what a story is called."""
    told = [
        make(title, text, publisher=publisher, hours=hours)
        for title, text, publisher, hours in SAME["an event in three publishers' words"]
    ]
    ids = [
        {one.id for one in group([*day, *told[:size]]) if told[0] in one.documents}
        for size in (1, 2, 3)
    ]
    assert ids[0] == ids[1] == ids[2]
    assert all(len(one.id) == 8 for one in group(day))


def test_stories_at_one_address_have_ids_of_their_own(make: Make) -> None:
    """A round-up's page can begin several groups, and an id names one."""
    page = "https://ledger.example/roundup"
    found = group(
        [
            make("Turbine orders fall", "Rivals wait.", url=page),
            make("Wage talks end", "Both sides smile.", url=page),
        ]
    )
    assert len({one.id for one in found}) == len(found) == 2


def test_nothing_makes_no_story() -> None:
    """An empty window is no error."""
    assert group([]) == ()


def test_what_a_page_calls_itself_may_be_anything(make: Make) -> None:
    """A canonical address that is none, and letters that fold strangely, are taken as they come."""
    odd = make(
        "\u0130ntel and Intel\u017f chip\u017f",
        "Rai\u017fed $5 million-dollar\u017f \u212a",
        canonical="http://[oops",
    )
    assert [one.documents for one in group([odd])] == [(odd,)]


def test_a_document_without_words_stands_alone(make: Make) -> None:
    """Empty titles and texts resemble nothing, each other included."""
    assert len(group([make(""), make(""), make("A title", "")])) == 3


def test_four_hundred_documents_take_seconds(make: Make) -> None:
    """A large day of long texts is grouped while the run barely notices."""
    chance = random.Random(7)  # noqa: S311 - any text will do
    words = [f"{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{i}" for i in range(3000)]
    common = [1 / rank for rank in range(1, 3001)]  # Zipf's law, as in real text
    documents = [
        make(
            " ".join(chance.choices(words, common, k=9)),
            " ".join(chance.choices(words, common, k=260)),
            publisher=f"P{i % 40}",
            hours=i % 24,
        )
        for i in range(400)
    ]
    began = time.process_time()
    found = group(documents)
    assert (
        time.process_time() - began < 12
    )  # usually under one; a busy machine may take many times that, a quadratic slip far more
    assert sum(len(one.documents) for one in found) == 400
