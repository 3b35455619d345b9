"""Which text, title and date stand for an entry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from digest.extract.consent_and_pay_walls import lacks
from digest.extract.page import Page
from digest.extract.page_or_feed import published_of, publisher_of, title_of
from tests.extract.pages import PARAGRAPHS, TITLE

FEED = (
    "Acme will spend $41 billion on data centres this year, up from $36 billion in the year before."
)
POLICY = (
    "We value your privacy. Choose which purposes you agree to, and which of our partners may store"
    " cookies on this device. " * 4
)
NOW = datetime(2026, 2, 5, tzinfo=UTC)
ARTICLE = Page(text="\n".join(PARAGRAPHS), title=TITLE)


@pytest.mark.parametrize(
    ("found", "title", "feed_text", "note"),
    [
        (ARTICLE, TITLE, FEED, ""),
        (ARTICLE, TITLE, "", ""),
        (ARTICLE, "The grift shift", "", ""),  # a title that says nothing of the text
        (Page(text=PARAGRAPHS[0]), TITLE, "", "holds no article"),
        (Page(text=""), TITLE, FEED, "holds no article (0 words)"),
        (Page(text="", asks="a password"), TITLE, FEED, "and asks for a password"),
        (
            Page(text="We value your privacy. Accept cookies to read this page."),
            TITLE,
            FEED,
            "holds no article",
        ),
        (
            Page(text=POLICY, title="Before you continue"),
            TITLE,
            FEED,
            "something else than the feed promised",
        ),
        (Page(text=POLICY[:250]), TITLE, FEED, "something else than the feed promised"),
        (
            Page(text=POLICY * 6, title="Privacy centre"),
            TITLE,
            FEED,
            "something else than the feed promised",
        ),
        (
            Page(
                text=" ".join(
                    ["Sorry, that page is not here any more; look at our latest stories."] * 6
                ),
                title="Not found",
            ),
            TITLE,
            "",
            "something else",
        ),
        (
            Page(text="\n".join(PARAGRAPHS[:2])),
            TITLE,
            "\n".join(PARAGRAPHS * 2),
            "shows less than the feed",
        ),
        (
            Page(text="\n".join(PARAGRAPHS[:3]), title=TITLE, free=False),
            TITLE,
            FEED,
            "only the beginning",
        ),
        (Page(text="\n".join(PARAGRAPHS * 2), title=TITLE, free=False), TITLE, FEED, ""),
        (
            Page(text="エヌビディアは決算を発表し、売上高は六割増となった。" * 6),
            "エヌビディア、売上高六割増",
            "",
            "",
        ),
    ],
)
def test_a_page_counts_when_it_is_what_the_feed_promised(
    found: Page, title: str, feed_text: str, note: str
) -> None:
    """Walls, shells and soft errors are told by what they lack."""
    said = lacks(found, title, feed_text)
    assert note in said
    assert bool(said) == bool(note)


@pytest.mark.parametrize(
    ("told", "on_page", "chosen"),
    [
        ("Acme buys Bolt", "Acme buys Bolt for $2 billion", "Acme buys Bolt"),
        ("Acme buys Bolt for…", "Acme buys Bolt for $2 billion", "Acme buys Bolt for $2 billion"),
        ("Acme buys Bolt for ...", "Quite another thing", "Acme buys Bolt for ..."),
        ("ACME BUYS BOLT FOR CASH", "Acme buys Bolt for cash", "Acme buys Bolt for cash"),
        ("NVDA", "Nvidia", "NVDA"),
        ("Untitled", "Acme buys Bolt", "Acme buys Bolt"),
        ("Meridian", "Acme buys Bolt", "Acme buys Bolt"),
        ("", "Acme buys Bolt", "Acme buys Bolt"),
        ("Acme buys Bolt - Meridian", "Acme buys Bolt", "Acme buys Bolt"),
        ("Acme buys Bolt", "", "Acme buys Bolt"),
    ],
)
def test_the_feeds_title_stands_unless_it_is_cut_shouted_or_none(
    told: str, on_page: str, chosen: str
) -> None:
    """Then the page's does."""
    assert title_of(told, on_page, "Meridian") == chosen


@pytest.mark.parametrize(
    ("told", "on_page", "chosen"),
    [
        (NOW, NOW - timedelta(days=3), NOW),
        (None, NOW - timedelta(days=3), NOW - timedelta(days=3)),
        (None, NOW + timedelta(days=3), None),
        (None, NOW - timedelta(days=3000), None),
        (None, None, None),
    ],
)
def test_the_feeds_date_stands_and_the_pages_only_when_plausible(
    told: datetime | None, on_page: datetime | None, chosen: datetime | None
) -> None:
    """Not in the future, and not more than a year back."""
    assert published_of(told, Page(text="", published=on_page), NOW) == chosen


@pytest.mark.parametrize(
    ("on_page", "chosen"),
    [
        ("Meridian", "Meridian"),
        ("", "Feed"),
        ("https://meridian.example", "Feed"),
        ("A slogan " * 10, "Feed"),
        ("-", "Feed"),
    ],
)
def test_a_publisher_has_a_name(on_page: str, chosen: str) -> None:
    """Not an address, a slogan or a mark."""
    assert publisher_of(Page(text="", publisher=on_page), "Feed") == chosen
