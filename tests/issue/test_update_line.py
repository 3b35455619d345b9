"""What a story is an update of, as its line says it."""

from __future__ import annotations

from datetime import date

import pytest

from digest.issue.update_line import update_line
from digest.model import News, Update
from digest.text.markdown import to_plain

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
