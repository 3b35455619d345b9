"""What a story is an update of, as its line says it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.issue.issue_md import parse, write
from digest.issue.update_line import update_line
from digest.model import Draft, Item, News, Part, Update
from digest.text.markdown import escape, one_line, to_plain
from tests.examples import examples

FIGURE = News("figure", "$4.6 billion", "Halden lifted its offer to $4.6 billion.")
ACTOR = News("actor", "Wendel [Energy]", "Wendel [Energy] bids for Ostra Grid")
STAGE = News("stage", "blocked", "Norway blocks the sale of Ostra Grid")
MATTER = News("matter", "Why Lena Moe fears drought", "Why Lena Moe fears drought")


@pytest.mark.parametrize(
    ("news", "says"),
    [
        ((FIGURE,), "; new: $4.6 billion."),
        ((FIGURE, ACTOR, STAGE), "; new: $4.6 billion, Wendel [Energy], now blocked."),
        ((MATTER,), "."),
    ],
)
def test_it_says_when_it_was_told_and_what_is_new(news: tuple[News, ...], says: str) -> None:
    """The matter is what the headline above says already."""
    update = Update("2026-03-02-daily", "aaaa", date(2026, 3, 2), "Halden *buys* Ostra", news)
    line = update_line(update)
    assert "(../2026-03-02-daily/index.html#story-aaaa)" in line
    assert to_plain(line) == f"follows Halden *buys* Ostra, told on 2 March{says}"


WORDS = st.text(st.characters(codec="utf-8"), max_size=50).map(one_line).filter(bool)


@examples(200)
@given(WORDS, WORDS, WORDS)
def test_whatever_sources_say_the_draft_can_be_written(told: str, new: str, text: str) -> None:
    """And is read back: a headline is a stranger's, and so is a name in it."""
    news = (News("figure", new, text), News("actor", told, text))
    line = update_line(Update("2026-03-02-daily", "aaaa", date(2026, 3, 2), told, news))
    item = Item("a1", escape(told), escape(text), update=line)
    draft = Draft(
        "2026-03-03-daily",
        "daily",
        date(2026, 3, 3),
        "Title",
        (Part("Top Stories", (item,)),),
    )
    assert parse(write(draft)) == draft
