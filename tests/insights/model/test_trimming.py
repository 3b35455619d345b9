"""A text of which one sentence fails keeps the others, where they read as a text."""

from __future__ import annotations

from typing import Any

import pytest

from digest.insights.model.trimming import trimmed
from digest.llm.usage import SecondReadings
from tests.insights.model.test_reader import DOCUMENT, RAISED, Scripted, claimed, reader
from tests.insights.model.test_telling import story

RAISES = "Northwind Compute raised $1.2 billion from Harbor Partners."
VALUED = "Northwind Compute is now worth $9 billion."
APPROVED = "Ohio regulators approved its first data centre."
LIE = "Meridian Foods paid $7 billion for bakeries in Peru."


@pytest.mark.parametrize(
    ("text", "fewest", "left"),
    [
        (f"{RAISES} {LIE} {VALUED}", 2, f"{RAISES} {VALUED}"),
        (f"{RAISES} {VALUED} {LIE}", 2, f"{RAISES} {VALUED}"),
        (f"{RAISES} {LIE}", 1, RAISES),
        (f"{RAISES} {LIE}", 2, ""),  # too little is left
        (f"{LIE} {RAISES} {VALUED}", 1, ""),  # what the text is about is not known any more
        (f"{RAISES} {VALUED}", 1, ""),  # it is none of its sentences that fails
        (f"{RAISES} {LIE} It will close four of them.", 1, RAISES),
        (f"{RAISES} {LIE} That would hurt margins.", 1, RAISES),
        (f"{RAISES} {LIE} The deal was announced in Toledo.", 1, RAISES),
        (f"{RAISES} {LIE} However, regulators approved the site.", 1, RAISES),
        (
            f"{RAISES} {LIE} In Lisbon, Meridian closed four of them.",
            1,
            RAISES,
        ),  # a name that only the lie gives
        (f"{RAISES} {LIE} It will close four of them. {VALUED}", 2, f"{RAISES} {VALUED}"),
        (f"{RAISES} It will build in Ohio. {LIE}", 2, f"{RAISES} It will build in Ohio."),
        ("", 1, ""),
    ],
)
def test_what_is_left_of_a_text(text: str, fewest: int, left: str) -> None:
    """A sentence goes, and with it those that lean on it; the others stay."""
    assert trimmed(text, lambda sentence: sentence != LIE, fewest) == left


def test_a_story_keeps_the_sentences_that_hold() -> None:
    """One false sentence that its author cannot put right costs that sentence, and counts as a
    repair.
    """
    false = "Kestrel Research expects a loss of $40 billion."
    written, model = story(
        f"{RAISES} {false} {APPROVED}", MendedAnswer={"claims": [{"id": "text", "text": ""}]}
    )
    assert written is not None
    assert written.text.text == f"{RAISES} {APPROVED}"
    assert written.text.verdict == "checked"
    assert written.tally.repaired == 1
    assert len(model.asked) == 2  # no more than one repair is asked for


def test_an_insight_keeps_its_claim_without_what_was_added_to_it() -> None:
    """The claim in the newsletter's voice is better than the source's sentence in its place."""
    model = Scripted(
        {
            "ReadAnswer": [claimed(f"{RAISED} Microsoft will lease all of it for $40 billion.")],
            "MendedAnswer": [{"claims": []}],
        }
    )
    reading = reader(model).read(DOCUMENT)
    assert [one.text for one in reading.insights] == [RAISED]
    assert (reading.tally.made, reading.tally.repaired, reading.tally.replaced) == (1, 1, 0)


TWO = f"{RAISED} Ada Brandt said the first site would open in 2027."
DOUBT = {"claims": [{"id": "c1", "result": "not_said", "why": "it does not say that"}]}


def read_by_sentence(*sentences: str) -> Any:
    """What becomes of two sentences that a second reading doubts, and whose author does not put
    them right, where it then says this of each.
    """
    words = "raised $1.2 billion from Harbor Partners"
    rows = [
        {"id": f"c1s{i}", "result": says, "words": words} for i, says in enumerate(sentences, 1)
    ]
    whole = {"claims": [{"id": "c1", "result": "supported", "words": words}]}
    answers = {
        "ReadAnswer": [claimed(TWO)],
        "SecondAnswer": [DOUBT, {"claims": rows}, whole],
        "MendedAnswer": [{"claims": []}],
    }
    return reader(Scripted(answers), SecondReadings()).read(DOCUMENT)


def test_of_what_the_second_reading_doubts_the_sentence_that_it_doubts_goes() -> None:
    """It is asked of each sentence by itself, and what is left is read as a whole."""
    reading = read_by_sentence("supported", "contradicted")
    assert [(one.text, one.verdict) for one in reading.insights] == [(RAISED, "grounded")]
    assert (reading.tally.repaired, reading.tally.replaced) == (1, 0)


def test_a_doubt_that_is_of_no_sentence_alone_is_of_the_whole() -> None:
    """Two sentences that hold may say together what no source says."""
    reading = read_by_sentence("supported", "supported")
    assert (reading.tally.repaired, reading.tally.replaced) == (0, 1)


def test_what_is_left_must_say_something() -> None:
    """A few words that any source would bear out are no insight."""
    model = Scripted(
        {
            "ReadAnswer": [
                claimed("Prices of power rose. See the offer of Zbigniew Quillfeather.")
            ],
            "MendedAnswer": [{"claims": []}],
        }
    )
    assert all(one.verdict == "extract" for one in reader(model).read(DOCUMENT).insights)
