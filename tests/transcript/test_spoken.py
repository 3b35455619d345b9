"""From cues to the text that is stored, and back to who said a word and when."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.transcript.clean_verbatim import cleaned
from digest.transcript.cues import Cue
from digest.transcript.turns import PARAGRAPH, Timeline, spoken

TALK = (
    Cue("Power is the limit,", 1.0, 3.0, "Ann"),
    Cue("and it costs $9 billion.", 3.0, 5.0, "Ann"),
    Cue("Is that so?", 6.0, 7.0, "Bo"),
    Cue("It is.", 9.0, 10.0, "Ann"),
)


def test_a_turn_is_a_paragraph_and_every_word_has_its_time_and_speaker() -> None:
    """Cues of one speaker flow together; a place between two cues' beginnings is said between
    them.
    """
    talk = spoken(TALK)
    assert talk.text == "Power is the limit, and it costs $9 billion.\nIs that so?\nIt is."
    line = Timeline(talk.marks)
    places = [talk.text.index(word) for word in ("Power", "and", "Is that", "It is")]
    assert [line.second(place) for place in places] == [1.0, 3.0, 6.0, 9.0]
    assert [line.speaker(place) for place in places] == ["Ann", "Ann", "Bo", "Ann"]
    assert 3.0 < (line.second(talk.text.index("billion")) or 0.0) < 6.0


def test_time_within_a_long_turn_passes_as_people_speak() -> None:
    """Where a turn has a single time, its later words come later, but a silence after it does not
    stretch it.
    """
    talk = spoken(
        [Cue("One word after the other. " * 40, 0.0, None, "Ann"), Cue("Late.", 5000.0, None, "Bo")]
    )
    line = Timeline(talk.marks)
    assert line.second(500) == pytest.approx(50.0)
    assert line.second(talk.text.index("Late.")) == 5000.0


def test_without_times_or_names_there_are_none() -> None:
    """Nothing is guessed."""
    line = Timeline(spoken([Cue("Nobody knows.")]).marks)
    assert (line.second(3), line.speaker(3)) == (None, "")
    assert (Timeline(()).second(0), Timeline(()).speaker(0)) == (None, "")


def test_long_turns_are_parted_at_ends_of_sentences_and_at_pauses() -> None:
    """A paragraph never ends within a sentence."""
    cues = [
        Cue("This is a sentence of some length about power.", i * 3.0, i * 3.0 + 2.5, "Ann")
        for i in range(60)
    ]
    lines = spoken(cues).text.split("\n")
    assert len(lines) > 3
    assert all(line.endswith(".") and len(line) < PARAGRAPH + 60 for line in lines)


def test_what_others_hum_along_does_not_break_a_sentence() -> None:
    """ "Yeah." in the middle of somebody's sentence is left out; as an answer it stays."""
    hummed = [
        Cue("We will build", turn=True),
        Cue("Yeah.", turn=True),
        Cue("more of them.", turn=True),
    ]
    assert spoken(hummed).text == "We will build more of them."
    answered = [Cue("Will you build?", turn=True), Cue("Yeah.", turn=True), Cue("When?", turn=True)]
    assert spoken(answered).text == "Will you build?\nYeah.\nWhen?"


@pytest.mark.parametrize(
    ("heard", "kept"),
    [
        ("Um, so chips are cheap.", "Chips are cheap."),
        (
            "It's, uh, the the price. So, I think, you know, it falls.",
            "It's the price. I think it falls.",
        ),
        ("Prices, you know, fall. And so we buy.", "Prices fall. We buy."),
        ("I think I think it's in the in the cloud.", "I think it's in the cloud."),
        (
            "So far so good. So many chips. And yet it moves.",
            "So far so good. So many chips. And yet it moves.",
        ),
        ("[laughter] We win. (upbeat music)", "We win."),
        (
            "Well, the ER costs 5 mm. Uh-huh, it had had that.",
            "The ER costs 5 mm. Uh-huh, it had had that.",
        ),
        ("What the [ __ ] is that? [inaudible] yes.", "What the [ __ ] is that? [inaudible] yes."),
        ("Very, very good. No, no.", "Very, very good. No, no."),
    ],
)
def test_clean_verbatim(heard: str, kept: str) -> None:
    """Sounds, false starts and what only opens a sentence go; words that mean something stay, and
    so do gaps in the record.
    """
    assert cleaned(heard, [])[0] == kept


WORDS = st.lists(
    st.sampled_from(
        [
            "um,",
            "so",
            "the",
            "the the",
            "Prices",
            "fall.",
            "you know,",
            "[laughter]",
            "I I",
            "uh",
            "And",
            "well,",
            "x.",
            "Yeah,",
        ]
    ),
    max_size=30,
)


@given(WORDS)
def test_places_follow_the_words_that_stay(words: list[str]) -> None:
    """Places never run backwards or out of the text, and the place of a word that stays is where it
    stands.
    """
    text = " ".join([*words, "Zebra stays."])
    place = text.index("Zebra")
    kept, places = cleaned(text, [0, place // 2, place, len(text)])
    assert places == sorted(places)
    assert places[-1] == len(kept)
    assert kept[places[2] :].startswith("Zebra stays.")
