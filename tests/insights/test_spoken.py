"""What an episode's transcript yields without a model."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from digest.insights.embedded import read
from digest.insights.figures import figures
from digest.insights.sponsor_reads import Said, asides, sponsor_reads
from digest.insights.topic_shifts import BLOCK, parts
from digest.model import Chapter, Document
from digest.text.vectors import tokens
from digest.transcript.cues import Cue
from digest.transcript.turns import spoken

NOW = datetime(2026, 3, 1, tzinfo=UTC)
THEMES = frozenset({"capex", "pricing"})
POWER = (
    "Power is the bottleneck for every AI data center in Texas, because the grid needs five years"
    " to connect one. Compute costs will rise by 40% unless hyperscalers build their own gas"
    " turbines."
)
PRICES = (
    "Token prices fall faster than the cost of inference, which means that OpenAI and Anthropic"
    " lose money on every enterprise customer."
)
CHAT = [
    "I was on a plane all night and slept for two hours or so.",
    "My daughter plays the violin rather well these days.",
    "You said on Tuesday that the weather in Lisbon was better.",
    "We went to the harbour and looked at the boats for a while.",
    "That's what he told me about it when they were there.",
    "Do you remember who was with us at the time?",
]


def episode(*said: str, chapters: tuple[Chapter, ...] = (), times: bool = True) -> Document:
    """An episode in which Ann says one thing after the other, ten seconds each."""
    talk = spoken(
        [
            Cue(text, i * 10.0 if times else None, i * 10.0 + 9, "Ann Roe", turn=True)
            for i, text in enumerate(said)
        ]
    )
    return Document(
        "e1",
        "https://show.example/1",
        "f",
        "podcast",
        "On power",
        "Show",
        NOW,
        NOW,
        "transcript",
        talk.text,
        marks=talk.marks,
        chapters=chapters,
        audio_url="https://show.example/1.mp3",
    )


TALK = episode(*CHAT * 6, POWER, *CHAT * 6, PRICES, *CHAT * 6)


def test_passages_make_a_point_and_say_where_and_who() -> None:
    """Chatter is left; a passage is one span of the transcript, word for word, with its second,
    speaker and recording.
    """
    found = read(TALK, theme_words=THEMES)
    assert {insight.text for insight in found} == {POWER, PRICES}
    for insight in found:
        (evidence,) = insight.evidence
        assert insight.text == evidence.quote == TALK.text[evidence.start : evidence.end]
        assert (insight.speaker, insight.basis, insight.verdict) == (
            "Ann Roe",
            "transcript",
            "extract",
        )
        assert (evidence.second, evidence.audio_url) == (
            360.0 if insight.text == POWER else 730.0,
            TALK.audio_url,
        )


def test_without_times_there_is_no_second_and_no_link_into_the_recording() -> None:
    """Nothing is guessed."""
    (evidence,) = read(episode(*CHAT * 6, POWER, times=False), theme_words=THEMES)[0].evidence
    assert (evidence.second, evidence.audio_url) == (None, None)


@pytest.mark.parametrize(
    "said",
    [
        PRICES.replace("Token prices fall", "And that's why token prices fall"),
        PRICES.replace("prices fall", "prices prices fall"),
        PRICES.replace("Token prices fall", "Token prices can if you wait, token prices can fall"),
        PRICES.replace("lose money on", "do not only lose money on it, they lose money on it, on"),
        PRICES.replace("which means", "[inaudible] means"),
        PRICES.replace("fall faster", "fall. faster"),
        f"You said that {PRICES}",
        PRICES.replace(".", "?"),
        (
            "This episode is brought to you by Acme. Acme cuts the cost of compute for every AI"
            " startup, because its cloud is cheaper."
        ),
    ],
    ids=[
        "leans",
        "stutters",
        "starts-over",
        "says-it-again",
        "lost-words",
        "run-together",
        "to-somebody",
        "asks",
        "sponsored",
    ],
)
def test_what_is_not_worth_quoting_is_not_quoted(said: str) -> None:
    """An episode with nothing better says nothing."""
    assert read(episode(*CHAT * 6, said, *CHAT * 6), theme_words=THEMES) == ()


def test_insights_come_from_different_chapters_and_not_from_housekeeping() -> None:
    """What is said in an intro or a sponsor's chapter is not taken; of one chapter a second point
    is, where it is as good.
    """
    chapters = (Chapter(0.0, "Intro"), Chapter(100.0, "Power"), Chapter(300.0, "Sponsors"))
    talk = episode(
        PRICES,
        *["It rains."] * 9,
        POWER,
        *["It rains."] * 4,
        PRICES.replace("OpenAI", "Mistral"),
        *["It rains."] * 30,
        chapters=chapters,
    )
    found = read(talk, theme_words=THEMES)
    assert [insight.evidence[0].second for insight in found] == [100.0, 150.0]


def test_numbers_said_in_passing_are_no_figures_of_the_day() -> None:
    """Captions mishear them."""
    assert figures(episode("Acme spent $9 billion on data centers in Texas last year.")) == ()


READ = [
    "This episode is brought to you by Relay Works.",
    "Building data centers is hard.",
    "Relay Works makes it easy.",
    "Go to relayworks.com slash show to get started.",
]


def talk(*texts: str) -> list[Said]:
    """Sentences of one speaker."""
    return [Said(text, "Ann") for text in texts]


@pytest.mark.parametrize(
    ("read_out", "length"),
    [
        (READ, 4),
        (["And now a word from our sponsors.", *READ[1:]], 4),
        (["Do you want relays?", "Let me tell you about Relay Works.", *READ[1:]], 4),
        (["Thanks to Relay Works for sponsoring this episode."], 1),
        (
            [
                "Want to see Relay Works at work?",
                "Everybody does.",
                "Visit relayworks.io/show for a free trial.",
            ],
            3,
        ),
        (
            [
                "That's where Relay Works comes in.",
                "Relay Works is fast.",
                "Firms run on Relay Works.",
                "You can, too, at relayworks.com.",
            ],
            4,
        ),
    ],
    ids=["announced", "a-word-from", "told-about", "thanks", "unannounced", "insistent"],
)
def test_sponsor_reads_are_found_from_beginning_to_end(read_out: list[str], length: int) -> None:
    """From the announcement, or the first mention, to the last address; the talk around them
    stays.
    """
    before, after = [Said(text, "Bo") for text in CHAT * 8], [Said(text, "Bo") for text in CHAT * 8]
    ((start, end),) = sponsor_reads([*before, *talk(*read_out), *after])
    assert (end - start, end) == (length, len(before) + len(read_out))


@pytest.mark.parametrize(
    "text",
    [
        "The whole network is powered by gas turbines that Acme built in Texas.",
        "The ads that you see across the web are brought to you by an auction.",
        "We should go to Congress and ask for power.",
        "Companies such as Booking.com run their own models.",
    ],
)
def test_talk_about_business_is_no_sponsor_read(text: str) -> None:
    """Only a show announces its sponsors, and only a sponsor's address has a page of its own for
    the show.
    """
    assert sponsor_reads(talk(*CHAT, text, *CHAT)) == ()


def test_the_way_in_and_the_way_out_are_not_the_talk() -> None:
    """Teasers before the greeting come again in their place; after the farewell nothing is
    claimed.
    """
    said = talk(PRICES, "Welcome to the show.", *CHAT * 10, "Thanks for coming on.", PRICES)
    reasons = asides(said)
    assert reasons[:2] == ("before the talk begins",) * 2
    assert reasons[-2:] == ("after the talk ends",) * 2
    assert not any(reasons[2:-2])


def test_parts_follow_the_chapters_or_else_the_words() -> None:
    """With chapters and times a sentence belongs to the chapter in which it is said; else a part
    ends where the words change.
    """
    chapters = (Chapter(0.0, "A"), Chapter(20.0, "B"), Chapter(40.0, "C"))
    bags = [
        dict.fromkeys(tokens(text), 1)
        for text in ["chips and power"] * 3 * BLOCK + ["wine and cheese"] * 3 * BLOCK
    ]
    assert parts(bags[:5], [0.0, 19.0, 20.0, 30.0, 41.0], chapters) == (0, 0, 1, 1, 2)
    found = parts(bags, [None] * len(bags), chapters)
    assert [i for i, (one, two) in enumerate(pairwise(found), 1) if two > one] == [3 * BLOCK]
