"""What a publisher repeats is learned; what coverage of one event repeats is kept."""

from __future__ import annotations

from digest.extract.repeated_boilerplate import Sighting, learned, seen, without

PROMOTION = "Get unlimited digital access for $1 for four weeks."
FACT = "The deal, announced on Monday, values Bolt at $4 billion."
UNLIKE = (
    "Grid operators in Norway want more time",
    "Chip tariffs return to the Senate floor",
    "A short history of the transistor radio",
    "Nurses ask what software may decide",
)
ONE_EVENT = (
    "Acme buys Bolt for $4 billion",
    "Why Acme buys Bolt now",
    "Acme and Bolt: what the $4 billion buys",
    "Bolt staff on the sale to Acme",
)


def sheets(titles: tuple[str, ...], repeated: str) -> list[Sighting]:
    """Pages that share one sentence."""
    return [
        Sighting(title, f"What is special about page {i} stands here.\nMore of it. {repeated}")
        for i, title in enumerate(titles)
    ]


def test_a_sentence_on_three_unlike_pages_is_furniture() -> None:
    """It goes, wherever in a line it stands; the rest of the line stays."""
    found = learned(sheets(UNLIKE[:3], PROMOTION))
    assert "get unlimited digital access for 1 for four weeks" in found
    assert (
        without(f"News. {PROMOTION} More news.\n{PROMOTION}\nThe end.", found)
        == "News. More news.\nThe end."
    )


def test_two_pages_prove_nothing() -> None:
    """Background may be needed twice."""
    assert not learned(sheets(UNLIKE[:2], PROMOTION))


def test_what_pages_about_one_event_repeat_is_news() -> None:
    """They are announced in like words and count as one page."""
    assert not learned(sheets(ONE_EVENT, FACT))


def test_one_wall_at_many_addresses_is_furniture_whole() -> None:
    """Announced as different things, the same text: nothing is left of it."""
    wall = "We value your privacy.\nAccept cookies to go on."
    assert without(wall, learned([Sighting(title, wall) for title in UNLIKE])) == ""


def test_nothing_learned_changes_nothing() -> None:
    """Byte for byte."""
    text = "A line… with «marks». And more!\nAnother."
    assert without(text, frozenset()) == without(text, frozenset({"not here"})) == text


def test_what_is_seen_again_is_named() -> None:
    """So that it is not forgotten."""
    assert seen(
        f"News. {PROMOTION}", {"get unlimited digital access for 1 for four weeks", "other"}
    ) == {"get unlimited digital access for 1 for four weeks"}
