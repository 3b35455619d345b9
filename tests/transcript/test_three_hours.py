"""Three hours of talk are made into an issue while a reader waits."""

from __future__ import annotations

from bench.three_hours import made
from digest.model import Chapter
from tests.editions.test_insights import CLAIMS
from tests.insights.test_spoken import CHAT

TOPICS = ("chips", "power", "prices", "wages", "models", "loans")
TURNS = (
    (
        "The market for {topic} in year {i} was larger than anybody at our desk had thought, and"
        " the people who build AI knew it."
    ),
    (
        "Nobody asked what {topic} would cost when customers of company number {i} had to pay for"
        " every token that they use."
    ),
    (
        "My cousin drove a van full of {topic} over the hills that winter, {i} miles in all, and"
        " came home with a cold."
    ),
)
HOURS, TURN_SECONDS = 3, 6


def transcript() -> bytes:
    """WebVTT of three hours by two speakers, about 30,000 words, with a claim every half hour."""
    lines = ["WEBVTT", ""]
    claims = list(CLAIMS.values())
    for i in range(HOURS * 3600 // TURN_SECONDS):
        second = i * TURN_SECONDS
        said = (
            claims[i // 300 % len(claims)]
            if i % 300 == 150
            else (*TURNS, *CHAT)[i % 9].format(topic=TOPICS[i // 300 % 6], i=i)
        )
        stamp = f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
        lines += [
            f"{stamp}.000 --> {stamp}.900",
            f"<v {('Ann Roe', 'Bo Lee')[i // 7 % 2]}>{said} And so it went on, as such things do.",
            "",
        ]
    return "\n".join(lines).encode()


def test_three_hours_take_seconds() -> None:
    """Read, chosen from, stored, drafted and rendered in less than 5 seconds of one core, with a
    claim from each of two chapters.
    """
    chapters = [Chapter(i * 1800.0, f"On {topic}") for i, topic in enumerate(TOPICS)]
    result = made(transcript(), chapters)
    assert result.words > 25_000
    assert result.seconds < 5
    assert result.page.count("<article") == 2
    told = [
        insight
        for insight in result.insights
        if insight.text.replace("\u2019", "'")[:40] in result.page
    ]
    assert len({(insight.evidence[0].second or 0.0) // 1800 for insight in told}) == 2
    assert all(
        any(insight.text.startswith(claim[:60]) for claim in CLAIMS.values()) for insight in told
    )
