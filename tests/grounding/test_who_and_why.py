"""What small models get wrong: whose it is, who said it, and which of two numbers."""

from __future__ import annotations

import pytest

from tests.grounding.claims import check, failing

WIRE = (
    "Ninefold Capital led the Series B of Larkfield AI, and Pier Six took its full"
    " allocation.\nLarkfield lost $39 million on revenue of $214 million. Its rival Corvid lost $12"
    " million in the same half.\nGideon Parr, a partner at Ninefold, joins the board. Imogen"
    " Castellanos, who founded Larkfield, stays as chief executive.\nHalden intends to build a hall"
    " at Chester with 48 megawatts. The utility may ask for a deposit of $45 million.\nThe Nasdaq"
    " slipped about 1% and Nvidia fell almost 3%. Micron reports in December, a spokesman"
    " said.\n“Memory is sold out for the whole of next year,” said Ann Miller of Acme. The chief of"
    " Bolt Labs, Joe Brandt, was less sure.\nNo dividends are allowed until debt is below four"
    " times earnings. Nvidia takes equity and not debt in the deal."
)


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("Ninefold Capital led Larkfield's Series B.", ""),
        ("The Series B of Larkfield was led by Ninefold Capital.", ""),
        ("Larkfield lost $39 million on revenue of $214 million.", ""),
        ("The Nasdaq slipped roughly 1%, and Nvidia lost almost 3%.", ""),
        ("Gideon Parr, a partner at Ninefold, is joining the board.", ""),
        ("Halden plans a 48-megawatt hall at Chester.", ""),
        ("“Memory is sold out for the whole of next year,” said Ann Miller.", ""),
        ("No dividends are allowed until debt falls under four times earnings.", ""),
        ("Dividends are allowed until debt falls under four times earnings.", "direction"),
        ("Nvidia takes equity rather than debt.", ""),
    ],
)
def test_who_whose_and_why_are_the_sources(claim: str, wrong: str) -> None:
    """The check that fails is the one that is named; a true claim in other words passes all."""
    found = failing(claim, WIRE)
    assert (wrong in found) if wrong else (found == []), check(claim, WIRE).why


def test_a_wrong_speaker_is_told_who_spoke() -> None:
    """The reason names the one whom the source has say it; who is named beside a quotation there
    may have said it.
    """
    claim = "“Memory is sold out for the whole of next year,” said Gideon Parr."
    assert "has Ann Miller, not Gideon Parr, say" in check(claim, WIRE).why
    assert failing(claim.replace("Gideon Parr", "Joe Brandt"), WIRE) == []


def test_the_publisher_may_be_named() -> None:
    """“According to” whoever published it is no foreign name."""
    assert failing("Ninefold Capital led Larkfield's Series B, according to The Wire.", WIRE) == []


TRADE = (
    "Pellworth makes pumps for data halls, and its rival Oxmere makes fans.\n"
    "Both firms sell to builders in the north.\n"
    "Oxmere opened a plant at Tarn last spring, after two years of delay.\n"
    "The mayor of Tarn, who had argued for it, cut the ribbon.\n"
    "Orders for pumps rose in the second half as halls grew hotter.\n"
    "Prices of copper stayed where they had been a year before.\n"
    "Banks lend to builders again, if slowly.\n"
    "Last week Brightkell signed a contract to cool four halls of the northern grid operator with"
    " its new pumps, and will deliver them by summer."
)


@pytest.mark.parametrize(
    ("claim", "fails"),
    [
        ("Brightkell has won an order to cool four halls that the grid operator runs.", False),
        ("Oxmere has won an order to cool four halls that the grid operator runs.", True),
        ("Oxmere opened its plant at Tarn after two years of delay.", False),
    ],
)
def test_a_deed_is_not_that_of_another_whom_the_source_names_elsewhere(
    claim: str, fails: bool
) -> None:
    """A name that stands neither where the deed is told nor in the sentence before gives way to the
    one that does.
    """
    assert ("names" in failing(claim, TRADE)) is fails, check(claim, TRADE).why
