"""What went on from day to day is one story of the week; what only shares a company is not."""

from __future__ import annotations

from datetime import UTC, datetime

from digest.model import Document
from digest.stories.developments import developments
from digest.stories.grouping import group


def piece(day: int, title: str, text: str) -> Document:
    """News of that day."""
    url, when = f"https://p{day}.example/{len(title)}", datetime(2026, 3, day, 9, tzinfo=UTC)
    feed = f"https://p{day}.example/feed"
    return Document(url, url, feed, "news", title, f"P{day}", when, when, "article", text)


SOLD = piece(
    2,
    "Halden sells bonds backed by chips",
    "Halden sold bonds on Monday that are backed by its chips. The notes of Halden yield nine"
    " percent, and two banks placed them with insurers.",
)
DOUBTED = piece(
    4,
    "Agency doubts the chips behind the bonds of Halden",
    "The chips of Halden lose half their worth in three years, an agency said of the notes that"
    " insurers hold. Halden disputed what the agency wrote.",
)
OPENED = piece(
    5,
    "Halden opens an office in Leeds",
    "A mayor cut a ribbon in Leeds, where forty people will answer telephones for Halden in a"
    " building that was once a mill.",
)
RIVAL = piece(
    4,
    "Orrin sells notes backed by its chips",
    "Orrin raised money on Wednesday against its machines in Ohio. A fund from Oslo took the whole"
    " issue, and paid a third less than was asked for.",
)
OTHERS = [
    piece(day, title, f"{title}. Nobody else was asked about it, and the weather was fair.")
    for day, title in (
        (2, "Mayor plants trees along the river"),
        (3, "Library lends tools to its readers"),
        (5, "Bakery wins a prize for its bread"),
        (6, "School teaches chess in the morning"),
    )
]


def told(*documents: Document) -> list[set[str]]:
    """The titles of each story that has more than one piece."""
    stories = developments(group([*documents, *OTHERS]))
    assert sum(len(one.documents) for one in stories) == len(documents) + len(OTHERS)
    titles = [{document.title for document in one.documents} for one in stories]
    return [one for one in titles if len(one) > 1]


def test_a_dispute_goes_on_from_what_it_is_about() -> None:
    """Sold on Monday, doubted on Wednesday: one story, by the id of its first piece."""
    first, second = group([SOLD])[0].id, {SOLD.title, DOUBTED.title}
    assert told(SOLD, DOUBTED) == [second]
    assert first in {one.id for one in developments(group([SOLD, DOUBTED, *OTHERS]))}


def test_a_shared_name_or_a_shared_matter_alone_is_no_development() -> None:
    """Another event of the company stays another story, and so does the same event elsewhere."""
    assert told(SOLD, OPENED) == []
    assert told(SOLD, RIVAL) == []


def test_the_order_in_which_pieces_come_does_not_matter() -> None:
    """Stories and their order are the same."""
    documents = [SOLD, DOUBTED, OPENED, RIVAL, *OTHERS]
    forth = developments(group(documents))
    assert forth == developments(group(documents[::-1]))
