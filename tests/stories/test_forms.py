"""Documents known by their form: what is no piece of news, and what argues at length."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.model import Document
from digest.stories.document_kind import no_piece
from digest.stories.eligibility import sift
from digest.stories.piece_form import is_piece
from digest.stories.told_before import Memory

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PLAIN = "Halden sold notes backed by chips on Monday. The notes pay 9.25 percent."


def document(title: str, text: str = PLAIN, path: str = "1") -> Document:
    """A news document."""
    url = f"https://wire.example/{path}"
    return Document("a", url, "f", "news", title, "Wire", NOW, NOW, "article", text)


NO_PIECES = [
    ("Halden v. Chester: live updates from the court", "a live page"),
    ("Morning briefing: notes, chips and rain", "a list of links"),
    ("Here are the 40 landlords that raised money", "a list of links"),
    ("Everything announced at the chip fair", "a list of links"),
    ("Tickets on sale for the landlords' summit", "an event's page"),
    ("Last chance to meet the landlords of chips", "an event's page"),
    ("The best laptop deals of the weekend", "an offer"),
    ("Save up to $300 on a laptop", "an offer"),
    ("Sponsored: why Halden is different", "a partner's piece"),
    ("How to use Halden's new model on a phone", "a how-to or a test"),
    ("I tested four chatbots and one of them could cook", "a how-to or a test"),
    ("Halden's phone review: warm in the hand", "a how-to or a test"),
]


@pytest.mark.parametrize(("title", "kind"), NO_PIECES)
def test_what_is_no_piece_is_left_out_for_what_it_is(title: str, kind: str) -> None:
    """With that reason, before anything is made of it."""
    kept, left = sift([document(title)], "en", Memory())
    assert (kept, [one.why for one in left]) == ((), [kind])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Wire discusses rents, notes and a landlord's plan.", False),
        ("We talk to the founder of Halden about rents.", False),
        ("The hosts break down what Halden pays for its chips.", False),
        ("The Senate debates a bill on chips.", True),
        ("Halden talks to lenders about $2 billion of notes.", True),
    ],
)
def test_what_a_programme_says_of_itself_is_no_news(text: str, kept: bool) -> None:
    """A publisher that discusses something reports nothing; whoever else does is in the news."""
    assert (no_piece(document("Chip earnings: Halden's spending", text)) == "") is kept


@pytest.mark.parametrize(
    "title",
    [
        "Halden sells $1.25 billion of notes on its chips",
        "Chester buys Halden in a deal that lenders fought",
        "How rents fell by half",
        "Court lets Halden keep its chips",
        "Why the live market for chips is thin",
        "Halden raises its best offer for Chester",
        "Halden in review by its lenders",
    ],
)
def test_news_and_essays_are_pieces(title: str) -> None:
    """A word that such pages use decides nothing by itself."""
    assert no_piece(document(title)) == ""


def test_a_page_says_in_its_address_or_first_words_what_it_is() -> None:
    """Where the title does not."""
    assert no_piece(document("Halden", path="live/halden")) == "a live page"
    assert no_piece(document("Halden", path="sponsored/halden")) == "a partner's piece"
    assert no_piece(document("Halden", "Sponsored content. " + PLAIN)) == "a partner's piece"
    assert no_piece(document("Halden", "Your weekly roundup of notes.")) == "a list of links"


ARGUMENT = (
    "I think that the rents will fall, because the chips age faster than the notes. Suppose a card"
    " lasts four years. In theory the landlord is paid by then; in practice, rather than wait, we"
    " borrow again. "
) * 8
REPORT = (
    "Halden sold notes on Monday. The landlord of Chester said in a statement that it will build. "
) * 14


@pytest.mark.parametrize(
    ("title", "text", "piece"),
    [
        ("Why rents fall", ARGUMENT, True),
        ("The trouble with chips as collateral", ARGUMENT, True),
        ("Nine in ten landlords borrow, a new survey finds", ARGUMENT, True),
        ("The landlord is always paid", ARGUMENT, True),
        ("Eight hundred billion short", ARGUMENT, True),
        ("Halden costs what it did, so I switched", ARGUMENT, True),
        ("Halden raises $1.25 billion for Chester", REPORT, False),
        ("Halden announces a hall in Chester", REPORT, False),
        ("Why rents fall", "I think they do, because chips age.", False),  # too short to argue
    ],
)
def test_a_piece_is_known_by_its_form(title: str, text: str, piece: bool) -> None:
    """Title, voice and length; news is none, however long."""
    assert is_piece(document(title, text)) is piece
