"""What a publisher says of its article in a sentence or two is kept at the head of the text."""

from __future__ import annotations

import pytest

from digest.extract.dek import dek_of, with_dek
from digest.extract.page import read_page
from tests.extract.pages import page

TITLE = "Halden borrows against its chips"
TEXT = (
    "Halden Compute sold $1.25 billion of notes backed by accelerators on Monday.\n"
    "The landlord pays 9.25 percent, less than on the bank loan that the notes replace."
)
WHOLE = "The landlord of accelerators sold $1.25 billion of notes and pays 9.25 percent on them"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("The landlord of accelerators sold $1.25 billion of notes and…", "cut"),
        ("The landlord of accelerators sold notes backed by […]", "cut"),
        ("Halden sold notes backed by accelerators on Monday. Continue reading", "cut"),
        ("Halden borrows", "a name"),
        ("Halden borrows against all its chips", "the title once more"),
        ("Your daily source for gadgets, games, films and the people who make them", "a slogan"),
        ("Halden sold notes. See https://halden.example/notes for all accelerators", "an address"),
        ("of accelerators sold $1.25 billion of notes and pays 9.25 percent", "begins half-way"),
    ],
)
def test_what_is_no_dek(said: str, why: str) -> None:
    """A cut beginning, a slogan or the title once more is passed over for the next that is one."""
    assert dek_of([said], TITLE, TEXT) == "", why
    assert dek_of([said, WHOLE], TITLE, TEXT) == WHOLE


def test_a_dek_stands_in_the_text() -> None:
    """It goes before the article, or stays where it stands; in other dress it is not doubled."""
    text, dek = with_dek(TEXT, WHOLE)
    assert (dek, text) == (WHOLE, f"{WHOLE}\n{TEXT}")
    first = TEXT.partition("\n")[0]
    assert with_dek(TEXT, first) == (TEXT, first)
    assert with_dek(TEXT, first.replace("notes backed", "notes, backed")) == (TEXT, "")


@pytest.mark.parametrize(
    "head",
    [
        f'<meta property="og:description" content="{WHOLE}">',
        f'<meta name="description" content="{WHOLE}">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "description": "'
        + WHOLE
        + '"}</script>',
    ],
)
def test_a_page_says_what_its_article_is_about(head: str) -> None:
    """In JSON-LD and in meta elements."""
    assert WHOLE in read_page(page(head=head), "text/html", "https://a.example/1").descriptions


def test_a_standfirst_comes_first() -> None:
    """What was written for readers is better than what was written for machines."""
    body = page(head='<meta name="description" content="Said to machines">').replace(
        b"</h1>", b'</h1><p class="article__standfirst">Said to readers</p>', 1
    )
    found = read_page(body, "text/html", "https://a.example/1").descriptions
    assert found[0] == "Said to readers"
