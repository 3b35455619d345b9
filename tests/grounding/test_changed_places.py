"""What stands in another's place: a unit, a time, an old value, a speaker, a holder, a kind of
thing; a bug found is a row.
"""

from __future__ import annotations

import pytest

from tests.grounding.claims import check, failing

PORT = (
    "Wexcombe, the port of Ardle, handled 640,000 containers in March, and its fee for each of them"
    " is $48.\nIn January a crane cost 31 cents of every dollar that the port took in.\nThat is now"
    " 58 cents, as the port moved half of its traffic to hired cranes.\nOrrin Vale would like the"
    " shippers to pay a toll of 40 cents per hour at berth.\nTern Research's tally of last year's"
    " voyages finds 71 percent of them at the north quay.\nThe score of the quay rose from 30.5 to"
    " 38.5, and the yard's fell from 91.4 to 86.1.\nThe toll adds about $16,700 a year to the bill"
    " of a small shipper.\nAdvertised jobs for stevedores were 34 percent fewer this August than in"
    " August 2023.\nSmall firms would lose labor in the first year, and wages in all would go up by"
    " $502 million.\nLowfield said it would move two of the posts to Ostrand.\nThe port lies in"
    " Kestrel Bay's area, where no tax on cranes applies.\nA dock of the union's takes 3 percent of"
    " its revenue from retail customers, and all of it in cash.\nBrackwater bought 5,200 cranes"
    " last week. Selby Yards had more than 900.\nIt cut the fee by a quarter of a percentage point,"
    " to 4.25 percent.\nOf its $60 million budget $35 million goes on quays. Between 4 million and"
    " 5 million tons go through.\nThe best sign was not the owner's name but whether it had paid"
    " for a survey.\nBerths let to Lowfield's members dropped to 9,400 in 2024 from 12,800 in"
    " 2015.\nA national halt of such rules was voted down in July. A local rule is what the ports"
    " fear.\nThe same hull, with the same crew, made 19 of 60 trips. Made by chance, a difference"
    " of four trips is nothing."
)


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("Orrin Vale would like a toll of 40 cents an hour from shippers.", ""),
        ("Orrin Vale would like a toll of 40 cents a day from shippers.", "numbers"),
        ("Cranes cost the port 58 cents of every dollar, against 31 cents in January.", ""),
        ("By Tern Research's tally 71 percent of last year's voyages were at the north quay.", ""),
        (
            "By Tern Research's tally 71 percent of this year's voyages were at the north quay.",
            "numbers",
        ),
        ("The quay's score rose to 38.5 from 30.5.", ""),
        ("The quay's score rose to 30.5 from 38.5.", "direction"),
        ("The yard's score fell from 91.4 to 86.1.", ""),
        ("The toll adds roughly $17,000 a year to the bill of a small shipper.", ""),
        ("The toll adds roughly $17,600 a year to the bill of a small shipper.", "numbers"),
        ("Jobs advertised for stevedores were down 34 percent on August 2023.", ""),
        ("Jobs advertised for stevedores were up 34 percent on August 2023.", "direction"),
        ("Jobs advertised for stevedores were down 34 percent on August 2021.", "dates"),
        ("Wages in all would climb $502 million.", ""),
        ("Wages in all would drop by $502 million.", "direction"),
        ("Lowfield is to move two posts to Ostrand.", ""),
        ("Lowfield rules out moving two posts to Ostrand.", "direction"),
        ("The union's dock takes 3 percent of its revenue from wholesale customers.", "direction"),
        ("The union's dock takes 3 percent of its profit from retail customers.", "direction"),
        ("Selby Yards bought 5,200 cranes last week.", "names"),
        ("It cut the fee by 25 basis points, to 4.25 percent.", ""),
        ("It cut the fee by half a percentage point, to 4.25 percent.", "numbers"),
        (
            (
                "Of the $60 million that it has, $35 million goes on quays; four to five million"
                " tons go through."
            ),
            "",
        ),
        ("The best sign was whether the owner had paid for a survey.", ""),
        ("Berths let to the members of Lowfield shrank from 12,800 in 2015 to 9,400 in 2024.", ""),
        (
            "Berths let to the members of Lowfield shrank from 9,400 in 2015 to 12,800 in 2024.",
            "direction",
        ),
        ("In July a national halt of local rules was voted down.", ""),
        ("The hull with that crew made 19 of 60 trips, a difference well within chance.", ""),
    ],
)
def test_what_stands_in_the_place_of_another_is_seen(claim: str, wrong: str) -> None:
    """The check that fails is the one that is named; the true claim in other words passes all."""
    found = failing(claim, PORT)
    assert (wrong in found) if wrong else (found == []), check(claim, PORT).why


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        (
            "Orrin Vale would like a toll of 40 cents a day from shippers.",
            "day”: the source says “",
        ),
        ("The quay's score rose to 30.5 from 38.5.", "30.5 against 38.5 is the other way round"),
        (
            "Lowfield rules out moving two posts to Ostrand.",
            "the source does not deny it, it says",
        ),
        ("Selby Yards bought 5,200 cranes last week.", "says this of Brackwater"),
    ],
)
def test_the_reason_gives_what_stands_there(claim: str, why: str) -> None:
    """In the source's own words."""
    assert why in check(claim, PORT).why
