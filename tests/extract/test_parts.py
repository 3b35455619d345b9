"""Articles in several parts."""

from __future__ import annotations

import pytest

from digest.extract.page import read_page
from tests.extract.pages import page


@pytest.mark.parametrize(
    ("url", "href", "following"),
    [
        ("https://a.example/story", "?page=2", "https://a.example/story?page=2"),
        ("https://a.example/story", "/story/2", "https://a.example/story/2"),
        ("https://a.example/story.html", "/story-2.html", "https://a.example/story-2.html"),
        ("https://a.example/story?page=2", "/story?page=3", "https://a.example/story?page=3"),
        ("https://a.example/story", "/another-story", ""),  # a blog's next post
        ("https://a.example/story", "https://b.example/story?page=2", ""),
        ("https://a.example/story?page=2", "/story?page=2", ""),
        ("https://a.example/story?page=3", "/story?page=2", ""),
        ("https://a.example/story", "http://[broken", ""),
    ],
)
def test_the_next_part_is_the_same_article_with_the_next_number(
    url: str, href: str, following: str
) -> None:
    """On the same host; anything else that calls itself next is another article."""
    assert (
        read_page(page(head=f'<link rel="next" href="{href}">'), "text/html", url).next_url
        == following
    )


def test_a_link_that_is_a_number_leads_to_that_part() -> None:
    """Many sites number the parts and say nothing in the head."""
    numbered = page(bottom='<p><a href="/story">1</a> <a href="/story/2">2</a></p>')
    assert (
        read_page(numbered, "text/html", "https://a.example/story").next_url
        == "https://a.example/story/2"
    )
