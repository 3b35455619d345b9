"""Titles and bodies to plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.feeds.plain_text import plain_line, plain_text

LINES = {
    "AT&amp;T": "AT&T",
    "AT&amp;amp;T": "AT&T",
    "It&#8217;s": "It\u2019s",
    "It&amp;#8217;s": "It\u2019s",
    "1 < 2 and 3 > 1": "1 < 2 and 3 > 1",
    "<b>Bold</b> claim<br/>second line": "Bold claim second line",
    "a<script>alert(1)</script>b": "ab",
    "  many\n\twhite   spaces\u00a0here ": "many white spaces here",
    "bell\x07 and \ud800half": "bell and half",
    "&lt;b&gt; explained": "<b> explained",
    "caf&eacute;": "café",
    "Chips, with **Ann Roe**": "Chips, with Ann Roe",
    "[Acme](https://acme.example/a_(b)) buys `cuda-x`": "Acme buys cuda-x",
    "A f**k of 2 ** 3 and 5 * 4 * 3, [sic] and x[1](y)": "A f**k of 2 ** 3 and 5 * 4 * 3, [sic] and x[1](y)",
    "C# and #hashtags": "C# and #hashtags",
    "\U0001d5a0\U0001d5bc\U0001d5c6\U0001d5be \U0001d5d4\U0001d5dc for $\U0001d7ee.\U0001d7ed\U0001d5ef\U0001d5fb": "Acme AI for $2.1bn",
    "\U0001d43b\u210e\U0001d45c and the \ufb01rst o\ufb00er, \u2115 stays": "Hho and the first offer, \u2115 stays",
}
TEXTS = {
    "One.\n\nTwo\nlines.\n": "One.\nTwo lines.",
    "<p>One.</p><p>Two<br>three</p>": "One.\nTwo\nthree",
    "<ul><li>a</li><li>b <b>c</b></li></ul>": "a\nb c",
    "<table><tr><td>a</td><td>b</td></tr></table>": "a b",
    "text<style>p {}</style><script>x</script><!-- c --> end": "text end",
    "half <b>open": "half open",
    "&amp;lt;p&amp;gt;": "<p>",
    "<img src=x onerror=alert(1)>": "",
    "&lt;p&gt;It&#8217;s &lt;b&gt;one&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;": "It\u2019s one.\nTwo.",
    "&lt;img src=x&gt;One.&lt;br /&gt;Two.": "One.\nTwo.",
    "The &lt;b&gt; tag makes &lt;b&gt;bold&lt;/b&gt;.": "The <b> tag makes <b>bold</b>.",
    "## Notes\n\n- **Ann Roe** on [chips](https://a.example)\n- Why `x` falls\n": "Notes\n- Ann Roe on chips\n- Why x falls",
    "<p>## Notes</p><p>**Ann** speaks of ***chips*** and 2 * 3 * 4</p>": "Notes\nAnn speaks of chips and 2 * 3 * 4",
    "One line\nof text - with a dash\nthat goes on.": "One line of text - with a dash that goes on.",
    "": "",
}


@pytest.mark.parametrize(("text", "line"), LINES.items())
def test_a_title_is_one_plain_line(text: str, line: str) -> None:
    """Tags, entities of either depth and control characters are gone; arithmetic stays."""
    assert plain_line(text) == line


def test_text_that_is_not_markup_keeps_its_angles() -> None:
    """A title that says it is plain keeps what only looks like a tag, and loses what cannot be
    anything else.
    """
    assert plain_line("The <blink> tag", markup=False) == "The <blink> tag"
    assert plain_line("A <em>fine</em> day", markup=False) == "A fine day"


@pytest.mark.parametrize(("text", "plain"), TEXTS.items())
def test_a_body_is_plain_paragraphs(text: str, plain: str) -> None:
    """Blocks become lines; scripts, styles and comments are gone."""
    assert plain_text(text) == plain


@given(st.text(alphabet=st.sampled_from(list("<>/&;#ab \n\"'=!-[]pxié\x00\ud800"))))
def test_no_markup_is_too_broken(text: str) -> None:
    """Any text gives lines that a file can hold."""
    for result in (plain_line(text), plain_text(text)):
        assert result.encode("utf-8").decode() == result
    assert "\n" not in plain_line(text)
