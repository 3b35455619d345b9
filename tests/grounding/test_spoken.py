"""Whose words a transcript's are: its speakers may be named although the text does not name
them.
"""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from digest.grounding import Grounded, ground, index
from digest.model import Document, Mark
from tests.grounding.claims import document

_SAID = (
    ("Host", "Welcome back to the programme. What happens to prices?\n"),
    (
        "Ada Brandt",
        (
            "I think the price of inference falls ninety percent by 2028, because every lab has"
            " spare capacity now.\n"
        ),
    ),
    (
        "Joe Kern",
        "That would hurt the landlords, and rents for accelerators would halve long before then.\n",
    ),
    (
        "Host",
        (
            "Listed funds are coming if you want them, with a minimum of 500. Marta Lind says the"
            " rules will not change."
        ),
    ),
)


def talk() -> Document:
    """A talk of three, with marks."""
    text, marks = "", []
    for speaker, said in _SAID:
        marks.append(Mark(len(text), float(len(text)), speaker))
        text += said
    return replace(
        document(text, "The price of inference", "transcript"), marks=tuple(marks), kind="podcast"
    )


def heard(claim: str) -> Grounded:
    """The claim against the talk."""
    return ground([claim], [index(talk())])


@pytest.mark.parametrize(
    "claim",
    [
        "Ada Brandt thinks inference prices fall 90% by 2028.",
        "By 2028 inference prices fall ninety percent, says Brandt.",
        "“That would hurt the landlords,” said Joe Kern.",
        "Rents for accelerators would halve, according to Kern.",
        "Marta Lind says that the rules will not change.",
        "Listed funds are coming, with a minimum of $500.",
    ],
)
def test_a_speaker_may_be_named(claim: str) -> None:
    """By the marks, or by another speaker who tells it of them; a sum may lack its currency."""
    result = heard(claim)
    assert (result.verdict, result.why) == ("checked", "")


@pytest.mark.parametrize(
    ("claim", "wrong", "why"),
    [
        (
            "“That would hurt the landlords,” said Ada Brandt.",
            "quotes",
            "has Joe Kern, not Ada Brandt, say",
        ),
        (
            "Mads Friis thinks inference prices fall 90% by 2028.",
            "names",
            "is not in the cited transcript",
        ),
    ],
)
def test_nobody_is_given_anothers_words(claim: str, wrong: str, why: str) -> None:
    """Neither a quotation nor somebody whom it does not know."""
    checks = dict(heard(claim).checks)
    assert checks[wrong].result == "fail", checks
    assert why in checks[wrong].why


def test_a_long_transcript_stays_quick() -> None:
    """30,000 words with a thousand turns, once indexed: a claim takes less than half a second."""
    one = talk()
    times = 30_000 // len(one.text.split())
    marks = tuple(
        Mark(i * (len(one.text) + 1) + mark.start, None, mark.speaker)
        for i in range(times)
        for mark in one.marks
    )
    source = index(replace(one, text="\n".join([one.text] * times), marks=marks))
    began = process_time()
    for _ in range(5):
        ground(["Ada Brandt thinks inference prices fall 90% by 2028."], [source])
    assert (process_time() - began) / 5 < 0.5
