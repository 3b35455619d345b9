"""Quotation marks and apostrophes in a model's text, whichever it wrote."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.insights.model.typography import typeset
from tests.insights.model.test_reader import DOCUMENT, TEXT, Scripted, reader


@pytest.mark.parametrize(
    ("text", "set_"),
    [
        ("Nvidia's plan", "Nvidia’s plan"),
        ("the labs' margins", "the labs’ margins"),
        ("it doesn't", "it doesn’t"),
        ("the '90s boom", "the ’90s boom"),
        ('He said "prices fall".', "He said “prices fall”."),
        ('"Prices fall," he said.', "“Prices fall,” he said."),
        ("He said \"it's 'over', really\".", "He said “it’s ‘over’, really”."),
        ("A 'neocloud' is a cloud.", "A ‘neocloud’ is a cloud."),
        ('(the "letter")', "(the “letter”)"),
        ("“Already set,” she said, and it’s so.", "“Already set,” she said, and it’s so."),
        ('“Half set," she said.', "“Half set,” she said."),
        ('A 19" rack', 'A 19" rack'),
        ('A 19" rack of "cheap" parts', 'A 19" rack of “cheap” parts'),
        ("a rack 6' tall", "a rack 6' tall"),
        ("", ""),
    ],
)
def test_marks_are_set_as_in_print(text: str, set_: str) -> None:
    """And doing it twice does nothing more."""
    assert typeset(text, "en-GB") == set_
    assert typeset(set_, "en") == set_


def test_other_languages_keep_their_own_marks() -> None:
    """Which ones those are differs; the apostrophe inside of a word is the same everywhere."""
    assert typeset('L\'IA dit "oui"', "fr") == 'L’IA dit "oui"'


def test_a_model_s_text_is_set_and_a_source_s_stays() -> None:
    """What is quoted has to be found in the source as it is there; our own words keep to one
    convention.
    """
    copied = "Harbor Partners' stake isn't for sale before 2030."
    own = (
        "Northwind Compute's round of $1.2 billion came from Harbor Partners to build data centres"
        " in Ohio."
    )
    model = Scripted(
        {"ReadAnswer": [{"insights": [{"what_happened": own}, {"what_happened": copied}]}]}
    )
    first, second = reader(model).read(replace(DOCUMENT, text=f"{TEXT}{copied}\n")).insights
    assert (first.text, first.verdict) == (own.replace("'", "’"), "checked")
    assert (second.text, second.verdict) == (copied, "extract")
