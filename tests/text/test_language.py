"""Which language a text is said to be in."""

from __future__ import annotations

import pytest

from digest.text.language import iso_639_1, language_of

ENGLISH = (
    "The chip maker said on Tuesday that it would spend four billion dollars on two new factories"
    " in Ohio."
)
GERMAN = (
    "Der Chiphersteller teilte am Dienstag mit, dass er vier Milliarden Dollar in zwei neue"
    " Fabriken stecken werde."
)
FRENCH = (
    "Le fabricant de puces a annoncé mardi qu'il consacrerait quatre milliards de dollars à deux"
    " nouvelles usines."
)
CHINESE = "该芯片制造商周二表示将斥资四十亿美元在俄亥俄州新建两座工厂。预计明年投产。"


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        (ENGLISH, "", "en"),
        (ENGLISH, "en-US", "en"),
        (GERMAN, "", "de"),
        (GERMAN, "en", "de"),
        (FRENCH, "en-GB", "fr"),
        (CHINESE, "en", "zh"),
        ("Nvidia steigt", "de_DE", "de"),
        ("Nvidia steigt", "", ""),
        (
            (
                "OpenAI Nvidia Google Anthropic Microsoft Amazon Meta Oracle xAI Tesla CoreWeave"
                " Nebius"
            ),
            "en",
            "en",
        ),
        ("", "fr", "fr"),
        (
            "https://example.org/a/very/long/address/that/says/nothing/about/the/language/of/the/text",
            "en",
            "en",
        ),
    ],
)
def test_the_declaration_holds_unless_the_text_is_plain(
    text: str, declared: str, language: str
) -> None:
    """A long text overrules a wrong declaration; a short one or a list of names does not."""
    assert language_of(text, declared) == language


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "en"),
        ("EN-us", "en"),
        ("pt_BR", "pt"),
        ("eng", "en"),
        ("iw", "he"),
        ("nb-NO", "no"),
        ("", ""),
        ("x-default", ""),
        ("english", ""),
    ],
)
def test_tags_become_two_letter_codes(tag: str, code: str) -> None:
    """Region, script, letter case and the older codes do not matter."""
    assert iso_639_1(tag) == code
