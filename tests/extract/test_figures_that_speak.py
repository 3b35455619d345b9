"""Figures that hold words and no picture are the article's."""

from __future__ import annotations

import pytest

from digest.extract.page import read_page
from tests.extract.pages import PARAGRAPHS, page

SAID = "“We will not build a fourth hall before the third one pays,” she wrote to its lenders."
HTML, URL = "text/html; charset=utf-8", "https://meridian.example/capex"


def _read(figure: str) -> list[str]:
    """What the text has beyond the article's paragraphs."""
    lines = read_page(page(bottom=figure), HTML, URL).text.split("\n")
    assert [line for line in lines if line in PARAGRAPHS] == list(PARAGRAPHS)
    return [line for line in lines if line not in PARAGRAPHS]


@pytest.mark.parametrize(
    ("figure", "lines"),
    [
        (f"<figure><blockquote><p>{SAID}</p></blockquote><figcaption>Ann Roe of Acme</figcaption></figure>", [SAID, "Ann Roe of Acme"]),
        (f"<figure class='wp-block-quote'><blockquote>{SAID}</blockquote></figure>", [SAID]),
        (f"<figure><p>{SAID}</p></figure>", [SAID]),
        ("<figure><figcaption>Prices</figcaption><ul><li>Small: $1 for a million tokens</li></ul></figure>", ["Prices", "- Small: $1 for a million tokens"]),
    ],
)  # fmt: skip
def test_words_in_a_figure_stay(figure: str, lines: list[str]) -> None:
    """Quotations with their speakers, lists with their captions."""
    assert _read(figure) == lines


@pytest.mark.parametrize(
    "figure",
    [
        "<figure><img src=a.png alt='A hall'><figcaption>The third hall that Acme has in Norway</figcaption></figure>",
        "<figure><svg><text>41 billion in the year</text></svg><p>What the firm spends on halls</p></figure>",
        "<figure><figcaption>The third hall that Acme has in Norway</figcaption></figure>",
        f"<figure class=pullquote><blockquote>{PARAGRAPHS[2][:44]}</blockquote></figure>",
        f"<figure><p>{PARAGRAPHS[1]}</p><figcaption>Ann Roe of Acme</figcaption></figure>",
    ],
)
def test_pictures_and_what_the_text_has_already_are_left_out(figure: str) -> None:
    """A caption below a picture, a chart, a sentence pulled out of the article."""
    assert _read(figure) == []
