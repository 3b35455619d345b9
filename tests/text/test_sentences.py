"""Where sentences are cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.sentences import sentences

# One row a text; "¦" marks each place where it is cut.
ROWS = [
    # plain stops
    "Prices fell. ¦Sales rose.",
    "Prices fell! ¦Sales rose? ¦Nobody knows.",
    "What now?! ¦Nobody knows.",
    "It is over. ¦",
    "No stop at the end",
    "One line\n¦and another",
    "A heading without a stop\n¦The text begins here.",
    "It grew. ¦2025 was better.",
    "The key takeaways¦AI is in all that we do.",
    "A quarter goes to agentic AI¦More than nine of ten agree.",
    "From the new report¦A $450 billion market is near.",
    "xAI and OpenAI sell AI to all.",
    "It grew. ¦71% of firms agreed.",
    "It grew. ¦$5 million came in.",
    "It grew. ¦¿Y ahora? ¦Nada.",
    "价格下跌。¦销量上升。",
    # titles and names
    "Mr. Ito met Dr. Roy and Sen. Poe. ¦They spoke.",
    "Prof. Lee and Gov. Diaz agreed. ¦It passed.",
    "It is in St. Louis. ¦The site is large.",
    "Acme v. Bolt went to trial. ¦The jury sat.",
    "Acme vs. Bolt is the match.",
    "George W. Bush spoke. ¦He left.",
    "J.P. Morgan lent money. ¦It was repaid.",
    "J. P. Morgan lent money.",
    "The Rev. Al Moe and Gen. Kay came.",
    "Robert Roe Jr. joined Acme.",
    "It went to Robert Roe Jr. ¦The board agreed.",
    "Lt. Col. Ray Poe left.",
    # companies
    "Acme Inc. said so.",
    "It was sold to Acme Inc. ¦The price is unknown.",
    "Acme Inc. Chief Executive Ann Poe left.",
    "Acme Corp. and Bolt Ltd. merged. ¦It took a year.",
    "It bought Bolt & Co. ¦In June it sold it.",
    "Yahoo! Japan grew. ¦Others did not.",
    "She left Yahoo! for Bolt.",
    # countries, degrees and other initialisms
    "The U.S. economy grew.",
    "The U.S. Senate voted.",
    "It moved to the U.S. ¦The cost was high.",
    "It moved to the U.K. ¦However, it came back.",
    "The U.S.-based firm grew. ¦Others shrank.",
    "She holds a Ph.D. in physics.",
    "She holds a Ph.D. ¦Her brother does not.",
    "The E.U. and the U.N. agreed. ¦It passed.",
    # numbers
    "It rose 3.5 percent. ¦Profit fell 1.2 percent.",
    "It paid $1.25 bn. ¦The deal closed.",
    "It paid $1.25 billion. ¦The deal closed.",
    "GPT-5.2 is out. ¦Version 3.1.4 is not.",
    "It is No. 1 in chips. ¦Bolt is No. 2.",
    "She said no. ¦The vote went on.",
    "See Fig. 3 and Vol. 2 for it.",
    "It holds approx. 500 chips.",
    "Some tools, e.g. Bolt, are free.",
    "The rest, i.e. Acme, pay. ¦It is fair.",
    "Chips, memory, etc. ¦The list is long.",
    "Chips, memory, etc. are scarce.",
    # dates and times
    "It opens on Jan. 19 in Rome.",
    "It opens in Jan. ¦The date is set.",
    "It opens on Sept. 3. ¦It closes on Oct. 4.",
    "It starts at 9 a.m. ET on Monday.",
    "It starts at 9:30 p.m. Tuesday.",
    "It starts at 9 a.m. ¦Doors open at 8.",
    # quotes and brackets
    '"We grew." ¦The chart agrees.',
    "“We grew.” ¦The chart agrees.",
    "He said: “We grew.” ¦Then he left.",
    '"Is it true?" Ann Poe asked.',
    '"Is it true?" she asked. ¦It is.',
    "“Stop!” cried the crowd. ¦It did not.",
    "(It was late.) ¦They went home.",
    "It grew (see No. 5). ¦It shrank.",
    "It grew (by 5 p.m. on Friday). ¦It shrank.",
    "‘We grew.’ ¦The chart agrees.",
    "It costs more [see note]. ¦It is better.",
    # ellipses
    "It grew… and grew.",
    "It grew... and grew.",
    "It grew… ¦Then it fell.",
    "It grew... ¦Then it fell.",
    # lower-case brands begin sentences
    "It is late. ¦xAI is later.",
    "It sold out. ¦iPhone sales rose.",
    "It sold out, said eBay. ¦eBay is old.",
    # domains, versions and tickers
    "Character.AI fell. ¦OpenAI.com did not.",
    "Use Booking.com or Node.js for it.",
    "Acme (ACM.N) fell. ¦Bolt (BLT.O) rose.",
    "The file report.pdf is out.",
    # lost spaces and lost line breaks
    "It hit people.¦The AIs won.",
    "It hit people.¦But not all.",
    "It hit 5%.¦One more thing came.",
    "It is over.”¦Nobody cried.",
    "It came in 2025.¦Then it went.",
    "It is about an age of AI.¦1. Learn to lead.",
    "It is there now.¦(It was not before.)",
    "Remote Work Index¦To measure this, they met.",
    "Four vital skills¦Dominic Roe leads a team.",
    "The plan for 2026-2027¦According to Bolt, it works.",
    "The fair in Rome. ¦| Getty Images ¦More than 600 came.",
    "ChatGPT, LinkedIn, YouTube and DeepSeek grew.",
    # a feed cuts behind a stop
    "It sold notes on Monday.¦…",
    # lists
    "1. Learn to lead. ¦2. Learn to follow.",
    "• Learn to lead.\n¦• Learn to follow.",
]


def cut(row: str) -> list[str]:
    """The pieces of a row, without the bullets of lists."""
    return [
        piece.strip().lstrip("•").removeprefix("1. ").removeprefix("2. ").strip()
        for piece in row.split("¦")
        if piece.strip()
    ]


@pytest.mark.parametrize("row", ROWS)
def test_texts_are_cut_where_a_reader_would_pause(row: str) -> None:
    """A stop ends a sentence unless it shortens a word, stands in a number or name, or the quote
    goes on.
    """
    assert [span.text for span in sentences(row.replace("¦", ""))] == cut(row)


def test_there_are_enough_rows() -> None:
    """The table is the specification of the splitter; it holds at least eighty rows."""
    assert len(ROWS) >= 80


TEXTS = st.text(alphabet=st.sampled_from("aB3 .!?…\n\"“”'()•-U.S$,:é中。"), max_size=80) | st.text(
    max_size=60
)


@given(TEXTS)
def test_spans_are_ordered_verbatim_and_cover_the_text(text: str) -> None:
    """Whatever the text, spans are slices of it in order; between them stand only spaces and the
    bullets of lists.
    """
    end = 0
    for span in sentences(text):
        assert span.text == text[span.start : span.end] != ""
        assert span.start >= end
        assert "\n" not in span.text
        between = text[end : span.start].strip()
        assert len(between) <= 3, between
        end = span.end
    assert len(text[end:].strip()) <= 3


def test_a_long_text_takes_linear_time() -> None:
    """A text of sixty thousand stops is split without looking back over all of it."""
    assert len(sentences("It is so. " * 60_000)) == 60_000
