"""Which publishers are one house, and which are two."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.model import Document
from digest.stories.publishers import family, independent
from digest.stories.publishing_houses import home

NOW = datetime(2026, 2, 5, tzinfo=UTC)


def told(publisher: str, url: str, text: str = "") -> Document:
    """A document of a publisher's."""
    return Document(
        entry_id=url, url=url, feed_url=f"{url}/feed", kind="news", title="Rents", publisher=publisher, published=NOW, when=NOW,
        basis="article", text=text or f"What {publisher} at {url} has found out about rents.",
    )  # fmt: skip


ONE = [
    (("The Harbour", "https://theharbour.example/1"), ("theharbour.example", "https://theharbour.example/2")),
    (("Harbour News", "https://harbour.example/1"), ("Harbour", "https://www.harbour.example/2")),
    (("Harbour Business", "https://harbour.example/1"), ("Harbour Technology", "https://harbour.example/2")),
    (("", "https://news.harbour.co.uk/1"), ("", "https://www.harbour.co.uk/2")),
    (("", "https://press.harbour.com.au/1"), ("Harbour", "https://harbour.com.au/2")),
    (("Medium", "https://medium.com/@annroe/rents"), ("Medium", "https://medium.com/@annroe/loans")),
    (("Ann’s Ledger", "https://annroe.substack.com/p/1"), ("Ann’s Ledger", "https://ledger.example/p/2")),
]  # fmt: skip
TWO = [
    (("Tech Startups", "https://techstartups.example/1"), ("Startups Daily", "https://startupsdaily.example/2")),
    (("Startups Magazine", "https://startupsmagazine.example/1"), ("Startups Daily", "https://startupsdaily.example/2")),
    (("Tech News", "https://technews.example/1"), ("Tech Online", "https://techonline.example/2")),
    (("Business Weekly", "https://bw.example/1"), ("Weekly Technology", "https://wt.example/2")),
    (("", "https://annroe.substack.com/p/1"), ("", "https://boli.substack.com/p/2")),
    (("Substack", "https://annroe.substack.com/p/1"), ("Substack", "https://boli.substack.com/p/2")),
    (("", "https://annroe.github.io/1"), ("GitHub", "https://boli.github.io/2")),
    (("Medium", "https://medium.com/@annroe/1"), ("Medium", "https://medium.com/@boli/2")),
    (("Medium", "https://annroe.medium.com/1"), ("Medium", "https://medium.com/@boli/2")),
    (("GitHub", "https://github.com/annroe/meter"), ("GitHub", "https://github.com/boli/meter")),
    (("YouTube", "https://www.youtube.com/watch?v=1"), ("YouTube", "https://www.youtube.com/watch?v=2")),
    (("", "https://annroe.ghost.io/1"), ("", "https://boli.ghost.io/2")),
    (("", "https://annroe.beehiiv.com/p/1"), ("", "https://boli.beehiiv.com/p/2")),
    (("WordPress.com", "https://annroe.wordpress.com/1"), ("WordPress", "https://boli.wordpress.com/2")),
    (("", "https://annroe.netlify.app/1"), ("", "https://boli.netlify.app/2")),
    (("", "https://harbour.co.uk/1"), ("", "https://ledger.co.uk/2")),
    (("", "http://127.0.1.2/1"), ("", "http://127.0.1.3/1")),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ONE)
def test_one_house_by_whatever_name(one: tuple[str, str], other: tuple[str, str]) -> None:
    """A house's name, its site and its desks are one."""
    assert family(told(*one)) == family(told(*other))


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_houses_that_sound_or_stand_alike(one: tuple[str, str], other: tuple[str, str]) -> None:
    """Names of the same common words are two houses, and so are those who write on one host."""
    pair = (told(*one), told(*other))
    assert family(pair[0]) != family(pair[1])
    assert len(independent(pair)) == 2


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://news.harbour.co.uk/a", "harbour.co.uk"),
        ("https://a.b.harbour.tokyo.jp/a", "harbour.tokyo.jp"),
        ("https://harbour.example./a", "harbour.example"),
        ("http://localhost:8000/", "localhost"),
        ("http://[::1]/", "::1"),
        ("http://[bad", ""),
        ("mailto:ann@harbour.example", ""),
    ],
)
def test_the_registered_part_of_a_host(url: str, site: str) -> None:
    """By the public suffix list; what has none is its own."""
    assert home(url).site == site
