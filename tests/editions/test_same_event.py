"""What two desks tell of one event is one story."""

from __future__ import annotations

from datetime import UTC, datetime

from digest.editions.same_event import joined
from digest.model import Document, Group, Ranked

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def story(name: str, title: str, text: str = "") -> Ranked:
    """A story of one source."""
    url = f"https://{name}.example/1"
    document = Document(name, url, f"{url}/feed", "news", title, name, NOW, NOW, "article", text)
    return Ranked(Group(name, (document,)), "Deals", "", 0.8, 0.8, "")


def sources(stories: list[Ranked]) -> list[list[str]]:
    """Who tells each story, the best first."""
    return [[one.publisher for one in story.group.documents] for story in stories]


def test_one_house_and_one_sum_are_one_event() -> None:
    """Told once with both sources, under the headline that has the sum."""
    first = story("a", "Haldenco's huge bond sale", "Haldenco launches a $45-50 billion sale.")
    other = story("b", "Haldenco plans to raise up to $50 billion", "Shares fall.")
    assert sources(joined([first, story("c", "Osterby hires"), other])) == [["b", "a"], ["c"]]


def test_another_house_or_another_sum_is_another_event() -> None:
    """Words that many headlines have, and sums that many stories state, join nothing."""
    stories = [
        story("a", "Haldenco Raises $50 Million", "Haldenco raised it on Monday."),
        story("b", "Osterbyco Raises $50 Million", "Osterbyco raised it on Monday."),
        story("c", "Haldenco buys Chesterco for $70 million", "It is paid in cash."),
        story("d", "Haldenco opens a hall", "Its price was not told."),
    ]
    assert joined(stories) == stories
