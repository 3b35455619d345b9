"""A sentence that is stored is the page's sentence, whatever markup stands in it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.extract.page import read_page
from digest.feeds.plain_text import plain_line, plain_text
from tests.extract.pages import PARAGRAPHS, page

URL = "https://meridian.example/acme"


def stored(markup: str) -> str:
    """What is stored of one paragraph of an article."""
    last = f"<p>{PARAGRAPHS[-1]}</p>".encode()
    body = page().replace(last, f"{markup}".encode() + last)
    assert markup.encode() in body
    before, after = ("\n".join(part) for part in (PARAGRAPHS[:-1], PARAGRAPHS[-1:]))
    text = read_page(body, "text/html; charset=utf-8", URL).text
    return text.removeprefix(before).removesuffix(after).strip()


SAID = {
    # exponents and lowered figures
    "a run of 3 × 10<sup>24</sup> operations": "a run of 3 × 10²⁴ operations",
    "tolerances of 10<sup>\u22129</sup> metres": "tolerances of 10⁻⁹ metres",
    "some 40 m<sup>2</sup> and 900 km<sup>3</sup> of x<sup>2</sup>": "some 40 m² and 900 km³ of x²",
    "the 4<sup>th</sup> and 21<sup>st</sup> try": "the 4th and 21st try",
    "less CO<sub>2</sub> a year": "less CO2 a year",
    "about 2<sup>1</sup>&frasl;<sub>4</sub> times": "about 2¼ times",
    "about 2<sup>3</sup>/<sub>32</sub> inches": "about 2 3/32 inches",
    "a kilo at $7<sup>95</sup> in May": "a kilo at $7.95 in May",
    "the Tandem<sup>TM</sup> line": "the Tandem™ line",
    # notes
    "of $9 billion in 2024<sup>2</sup> alone": "of $9 billion in 2024 alone",
    "of $90<sup>5</sup> billion": "of $90 billion",
    'in 2031<sup class="reference"><a href="#cite_note-8">[8]</a></sup>, it says': "in 2031, it says",
    'by 18<a class="fn" href="#fn7" role="doc-noteref">7</a> percent': "by 18 percent",
    'by 18%<a href="#ftn1"><sup>†</sup></a> more': "by 18% more",
    'as Section <a href="#s2" class="ref">2</a> says': "as Section 2 says",
    'by 6<button class="footnote-button">3</button> points': "by 6 points",
    "due on May 10<sup>4</sup> at noon": "due on May 10 at noon",
    # what is taken back, and what only some are told
    "costs <s>$80</s> $60 now": "costs $60 now",
    "costs <del>$80</del><ins>$60</ins> now": "costs $60 now",
    'costs <span style="text-decoration: line-through">$80</span> $60': "costs $60",
    'costs <span class="strikethrough">$80</span> $60': "costs $60",
    'the filing<span class="sr-only"> (opens in a new tab)</span>, dated': "the filing, dated",
    'up<span class="u-visually-hidden">rose</span> 4 percent': "up 4 percent",
    'up <span style="clip: rect(0 0 0 0); position: absolute">risen by</span>4 percent': "up 4 percent",
    "the <ruby>電力<rp>(</rp><rt>denryoku</rt><rp>)</rp></ruby> bill": "the 電力 bill",
    "one <sub><span><a href='/terms#31'>swap line</a></span></sub> a day": "one swap line a day",
    'one <span><a href="/t#3">swap</a><i></i><span class="tooltip">An exchange.</span></span> a day': "one swap a day",
    "uses <span class='term'>PUE<span class='term__popup'>A ratio.</span></span> of 1.2": "uses PUE of 1.2",
    "uses <button popovertarget=p>liquid cooling</button><span id=p popover>Water.</span> in all": "uses liquid cooling in all",
    "six banks<span class='u-hiddenVisually'>(link is external)</span>, it said": "six banks, it said",
    "<span class='has-popover'>The term</span> <b class='popup-link'>stays</b> here": "The term stays here",
    "since 2014<sub>12ya</sub> at least": "since 2014 12ya at least",
    # formulas
    "that <math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math> holds": "that E = mc² holds",
    '<span class="katex"><span class="katex-mathml"><math><semantics><mrow><msup><mn>10</mn><mn>18</mn></msup></mrow><annotation'
    ' encoding="application/x-tex">10^{18}</annotation></semantics></math></span><span class="katex-html" aria-hidden="true">1018'
    "</span></span> steps": "10¹⁸ steps",
    "grows as <math><mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac></math> does": "grows as a/(b + 1) does",
    # quotations
    "calls it <q>a wager</q>, no more": "calls it “a wager”, no more",
    "says <q>we <q>never</q> sold</q> it": "says “we ‘never’ sold” it",
    "says <q>“as is”</q> again": "says “as is” again",
}  # fmt: skip


@pytest.mark.parametrize(("markup", "said"), SAID.items(), ids=range(len(SAID)))
def test_markup_in_a_line_says_what_it_says(markup: str, said: str) -> None:
    """In pages and in feeds alike: an exponent stays one, a note's mark goes, what is struck is
    gone.
    """
    line = "Halden Labs told its investors {}, as its chief executive put it on <b>Friday</b>."
    assert stored(f"<p>{line.format(markup)}</p>") == line.format(said).replace("<b>", "").replace(
        "</b>", ""
    )
    assert plain_text(f"<p>On {markup}.</p>") == f"On {said}."
    assert plain_line(f"On {markup}") == f"On {said}"


@pytest.mark.parametrize(
    "tag",
    [
        "time",
        "output",
        "label",
        "abbr",
        "data",
        "mark",
        "cite",
        "small",
        "span",
        "em",
        "i",
        "a",
        "u",
    ],
)
@pytest.mark.parametrize("name", ["", "caption", "share-price", "credit-rating", "timestamp"])
def test_no_element_of_a_line_takes_words_with_it(tag: str, name: str) -> None:
    """trafilatura drops some elements by their tag and others by what they are called."""
    line = "The deadline is {} and not later, the court told both parties on {}."
    markup = line.format(f'<{tag} class="{name}">3 March</{tag}>', "<b>Monday</b>")
    assert stored(f"<p>{markup}</p>") == line.format("3 March", "Monday")


def test_a_button_in_the_middle_of_a_sentence_is_read() -> None:
    """Some sites put terms that explain themselves into one; a button at the end is to press."""
    line = "Given its <button>swap line</button>, Halden paid nothing. <button>Share</button>"
    assert stored(f"<p>{line}</p>") == "Given its swap line, Halden paid nothing."


@pytest.mark.parametrize(
    "nothing",
    [
        '<i class="icon"></i>', '<span id="page-4"></span>', '<a name="x"></a>', "<em> </em>", '<svg><path d="M0"/></svg>', "<wbr>",
        "<!-- page 4 -->", '<img src="x.png">', "<embed src='x'>", "<script>x()</script>", "<button></button>", "<b><i></i></b>",
    ],
)  # fmt: skip
def test_what_says_nothing_takes_nothing_with_it(nothing: str) -> None:
    """An icon or a page mark in a sentence once cost all that stood behind it."""
    markup = f"<p>Shares in Halden {nothing} did not rise on Friday. Profits <b>fell</b>.</p>"
    assert stored(markup) == "Shares in Halden did not rise on Friday. Profits fell."


def test_a_note_in_the_margin_is_a_paragraph_of_its_own() -> None:
    """It is moved out of the sentence that it interrupts."""
    note = '<span class="sidenote">Its filing puts the sum at nine million dollars.</span>'
    text = stored(f"<p>The plant cost less{note} than the two before it, Halden said.</p>")
    assert text.split("\n") == [
        "The plant cost less than the two before it, Halden said.",
        "Its filing puts the sum at nine million dollars.",
    ]


def test_lists_and_paragraphs_in_a_cell_are_kept() -> None:
    """A table's cell is one line, whatever is laid out in it."""
    table = (
        "<table><tr><th>Site</th><th>Plan</th></tr><tr><td rowspan='2'>Tulsa</td><td><ul><li>400"
        " MW</li><li>two lines</li></ul></td></tr><tr><td><p>Open</p><p>by May</p></td></tr></table>"
    )
    text = stored(table)
    assert "400 MW; two lines" in text
    assert "Open by May" in text
    assert "Tulsa" in text


@pytest.mark.parametrize("shown", ["2026年3月5日", "発行日 2026年3月5日 10時", "2026년 3월 5일"])
def test_a_date_in_east_asian_signs_is_read(shown: str) -> None:
    """It leaves nothing to guess, unlike 05/03/2026."""
    body = f'<html><body><p class="d">{shown}</p><p>本文です。</p></body></html>'.encode()
    assert read_page(body, "text/html", URL).published == datetime(2026, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize("tag", ["x-paragraph", "story-text"])
def test_paragraphs_of_a_sites_own_making_are_paragraphs(tag: str) -> None:
    """A custom element is what it holds; one in a line is a part of it."""
    body = "".join(f"<{tag}>{paragraph}</{tag}>" for paragraph in PARAGRAPHS)
    html = f"<html lang=en><title>A</title><main><article-body><h1>A</h1>{body}</article-body></main></html>"
    assert read_page(html.encode(), "text/html", URL).text == "\n".join(PARAGRAPHS)
    assert (
        stored("<p>Acme <x-term>spends</x-term> more on halls than last year.</p>")
        == "Acme spends more on halls than last year."
    )
