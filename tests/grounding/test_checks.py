"""What each check lets pass and what it holds against a claim; a bug found is one more row."""

from __future__ import annotations

import pytest

from digest.grounding.check_names import CHECKS
from digest.grounding.checks import RULES
from tests.grounding.claims import check, failing

HALDEN = (
    "Halden Compute Inc. sold $1.25 billion of seven-year notes on Tuesday at a yield of 9.25"
    " percent.\nOrders exceeded $4 billion, and the company plans to open a fourth building at"
    ' Chester in 2026.\n"You are lending against a melting asset," said Bertil Kron, a credit'
    " analyst at Ashgrove & Lyle.\nRental rates for the H100 are down by about a quarter since"
    " January, and revenue doubled to $214 million."
)
MOVES = (
    "Nvidia shares rose 3.9 percent to a record close. Oracle gained about 6 percent.\nAcme"
    " acquired Bolt Labs in May for $80 million. The deal was not approved by the board of Corvid."
)


@pytest.mark.parametrize(
    "claim",
    [
        "Halden raised $1,250 million with notes that yield 9.25%.",
        "Halden sold 1.25 billion dollars of notes on September 23.",
        "Halden's notes, $1.25bn of them, run for seven years.",
        "Orders were over $4bn for the notes of Halden Compute.",
        "Since January rental rates for the H100 have fallen by roughly 25 per cent.",
        "Revenue rose twofold, to $214 million.",
        "Halden plans a fourth building at Chester in 2026.",
        "A credit analyst at Ashgrove, Bertil Kron, calls it “lending against a melting asset”.",
    ],
)
def test_a_true_rewording_is_grounded(claim: str) -> None:
    """Other words, other units, aliases, words for numbers and dates that the publication date
    completes.
    """
    result = check(claim, HALDEN)
    assert (result.verdict, result.why) == ("checked", "")


@pytest.mark.parametrize(
    ("claim", "wrong", "why"),
    [
        (
            "Halden sold $1.52 billion of notes at 9.25 percent.",
            "numbers",
            "$1.52 billion is not in the cited article; it says $1.25 billion",
        ),
        (
            "Halden sold $1.25 million of seven-year notes.",
            "numbers",
            "$1.25 million is not in the cited article; it says $1.25 billion",
        ),
        (
            "Halden sold $4 billion of seven-year notes at a yield of 9.25 percent.",
            "numbers",
            "$1.25 billion there",
        ),
        (
            "Revenue tripled to $214 million.",
            "numbers",
            "tripled is not in the cited article; it says doubled",
        ),
        ("Orders for the notes came to less than $4 billion.", "numbers", "turns the limit around"),
        (
            "Halden plans a fourth building at Chester in 2029.",
            "dates",
            "2029 is not in the cited article; it says 2026",
        ),
        (
            "Halden sold seven-year notes on Thursday.",
            "dates",
            "Thursday is not in the cited article; it says Tuesday",
        ),
        (
            "Larkfield Compute sold seven-year notes on Tuesday.",
            "names",
            "Larkfield Compute is not in the cited article; it names Halden",
        ),
        (
            "Bertil Huang, a credit analyst, calls it a melting asset.",
            "names",
            "Bertil Huang is not in the cited article",
        ),
        (
            "The analyst said “you are lending against a rising asset”.",
            "quotes",
            "is not word for word in the cited article",
        ),
        (
            "Rental rates for the H100 are up by about a quarter since January.",
            "direction",
            "down by about a quarter",
        ),
        (
            "Rental rates for the H100 are not down by about a quarter.",
            "direction",
            "does not deny it",
        ),
        ("The committee liked the mountain view from a hotel.", "support", "too little of"),
    ],
)
def test_what_is_wrong_is_said_in_words(claim: str, wrong: str, why: str) -> None:
    """The failing check gives the reason as an editor would put it."""
    result = check(claim, HALDEN)
    assert result.verdict == "flagged"
    assert dict(result.checks)[wrong].result == "fail"
    assert why in dict(result.checks)[wrong].why


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("Nvidia's stock gained 3.9% to a record.", []),
        ("Nvidia's stock lost 3.9% to close at a record.", ["direction"]),
        ("Nvidia shares rose 6 percent to a record close.", ["numbers"]),
        ("Acme bought Bolt Labs for $80 million in May.", []),
        ("Bolt Labs was acquired by Acme in May.", []),
        ("The board of Corvid approved the deal.", ["direction"]),
        ("Corvid's board did not approve the deal.", []),
    ],
)
def test_what_is_turned_around_is_seen(claim: str, wrong: list[str]) -> None:
    """Up and down, whose number it is, yes and no."""
    assert failing(claim, MOVES) == wrong


def test_a_name_may_be_shortened_or_spelled_out() -> None:
    """Initials for a name, a name for its initials, no legal form, a surname, a possessive."""
    source = (
        "The Securities and Exchange Commission sued Acme Holdings Inc. on Tuesday. The FTC did"
        " not, said Jane Miller of Acme."
    )
    for claim in (
        "The SEC has sued Acme.",
        "Acme was sued by the SEC.",
        "Miller's employer Acme was sued.",
        "The Federal Trade Commission did not sue.",
    ):
        assert dict(check(claim, source).checks)["names"].result == "pass", claim


def test_each_sentence_may_rest_on_another_document() -> None:
    """A story's claim is grounded when every sentence is, in one of the cited documents; in none it
    is not.
    """
    claim = "Acme bought Bolt Labs for $80 million. The plant in Ohio opened in 2024."
    sources = ("Acme acquired Bolt Labs for $80 million.", "Its plant in Ohio was opened in 2024.")
    assert check(claim, *sources).verdict == "checked"
    assert "dates" in failing(claim, sources[0])


def test_the_evidence_stands_where_it_says() -> None:
    """Each span is the document's own text at its offsets, the best first."""
    from digest.grounding import ground, index
    from tests.grounding.claims import document

    source = document(HALDEN, title="Halden sells notes")
    found = ground(["Halden raised $1.25bn at a yield of 9.25%."], [index(source)])
    assert found.evidence[0].quote.startswith("Halden Compute Inc. sold $1.25 billion")
    assert all(
        source.text[one.start : one.end] == one.quote and one.entry_url == source.url
        for one in found.evidence
    )


def test_the_sources_own_words_are_an_extract() -> None:
    """Quotation marks and dashes aside; only the quotes check has anything to say."""
    result = check(
        "“You are lending against a melting asset,” said Bertil Kron, a credit analyst at Ashgrove"
        " & Lyle.",
        HALDEN,
    )
    assert result.verdict == "extract"
    assert {name: one.result for name, one in result.checks if one.result != "n/a"} == {
        "quotes": "pass"
    }


def test_a_claim_that_cites_nothing_is_flagged() -> None:
    """There is nothing to hold it against."""
    from digest.grounding import ground

    assert (ground(["Acme won."], []).verdict, ground(["Acme won."], []).why) == (
        "flagged",
        "cites no source that was read",
    )


@pytest.mark.parametrize(
    "claim", ["My own words.", "A claim of my own.", "Edited by hand, with a claim of my own."]
)
def test_words_of_ones_own_are_flagged(claim: str) -> None:
    """Whatever their form."""
    assert "not word for word" in check(claim, HALDEN).why


def test_the_names_of_the_checks_are_those_of_the_table() -> None:
    """They stand apart, so that who reads stored claims loads no check."""
    assert tuple(dict.fromkeys(rule.check for rule in RULES)) == CHECKS
