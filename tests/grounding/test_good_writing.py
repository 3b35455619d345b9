"""True sentences as a good writer puts them are let pass, and what is made untrue in the same way
is not; a bug found is a row.
"""

from __future__ import annotations

import pytest

from digest.grounding import ground, index
from tests.grounding.claims import check, document

SPENDING = (
    "If this is a race, Fernhill does seem to lead it.\nThe company said on Monday that it projects"
    " $60 billion of capital spending throughout 2026, for chips, ships and warehouses.\nThat is up"
    " from the $41.3 billion that it spent on plants in 2025.\nOsterley is close behind.\nIn its"
    " results on Friday the group projected between $50 billion and $54 billion of capital spending"
    " for 2026, up from $26.2 billion the previous year.\nSpending on machine translation software"
    " is projected to rise 64.2 percent, consultants at Quillon say."
)
CODE = (
    "The share of machine-written tests grew from 4% in 2021 to nearly 26% by the end of 2024."
    " Close to a fourth of all tests is now written by machines.\nThe gains are limited to"
    " engineers with long service. Output per engineer is up 3% due to the tools.\nMore than half"
    " of the plug-ins read mail. Almost a third are keeping it, the survey by Marlow Labs found."
)
DEAL = (
    "Wrenfield, a Danish maker of billing software, said on Tuesday that it raised $90 million in a"
    " Series B round, which values the company at $1.4 billion. Hollin Ventures and Tarn Capital"
    " led the round.\nVendors isn't the only trade looking to automate claims. Bexley has a project"
    " to pay them at night.\nFor each workflow in which the system saves time there are six that"
    " leave Ida Quist's team with more work.\nMayor Holt took to the radio to say that Wrenfield"
    " would make “big changes” so that “tenants don’t ‘foot the bill’ for its power.”"
)


IDIOMS = (
    "Orrell sees weaker orders as makers of handsets struggle to secure memory. It relies on large"
    " terrestrial stations.\nPellow plans to raise up to $50B, half of it from bonds. The plan"
    " comes a day after Judge Amon ruled on tariffs.\nChips take priority as memory runs short, and"
    " Orrell is putting off its new cards, with the delay tied to the shortage of memory.\nIf you"
    " are trading single shares you are accredited."
)


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        (
            SPENDING,
            (
                "Fernhill projects $60 billion in 2026, up from $41.3 billion in 2025; Osterley"
                " projects $50 billion to $54 billion."
            ),
        ),
        (
            SPENDING,
            (
                "Fernhill projects $60 billion for 2026, up from $41.3 billion in 2025, and"
                " Osterley between $50 billion and $54 billion."
            ),
        ),
        (
            SPENDING,
            (
                "Osterley projects between $50 billion and $54 billion for 2026, up from $26.2"
                " billion in 2025."
            ),
        ),
        (SPENDING, "Osterley has guided to capital spending of $50 billion to $54 billion."),
        (
            SPENDING,
            (
                "Osterley projects up to $54 billion of capital spending in 2026, about twice the"
                " $26.2 billion of the year before."
            ),
        ),
        (SPENDING, "Machine translation software is growing fast, at a projected 64.2 percent."),
        (CODE, "Machine-written tests near 26% of the total"),
        (
            CODE,
            "Nearly 26% of tests were written by machines at the end of 2024, up from 4% in 2021.",
        ),
        (CODE, "The tools have raised output per engineer by 3%."),
        (CODE, "More than half of the plug-ins read mail, and almost a third keep it."),
        (
            DEAL,
            (
                "Wrenfield raised $90 million in a Series B led by Hollin Ventures and Tarn Capital"
                " on September 23."
            ),
        ),
        (DEAL, "In its Series B Wrenfield raised $90 million, The Wire writes."),
        (DEAL, "Bexley, too, is looking to automate claims."),
        (DEAL, "Ida Quist says that the system saves her team time in some workflows."),
        (
            DEAL,
            (
                "Mayor Holt said on the radio that Wrenfield would make “big changes” so that"
                " tenants do not “foot the bill” for its power."
            ),
        ),
        (IDIOMS, "Orrell sees weaker orders because makers of handsets cannot secure memory."),
        (
            IDIOMS,
            (
                "Orrell is putting off its new cards because it gives priority to chips while"
                " memory is short."
            ),
        ),
        (
            IDIOMS,
            (
                "Pellow plans to raise up to $50 billion, half of it from bonds, a day before the"
                " ports open."
            ),
        ),
        (IDIOMS, "Stations on Earth are large, and Orrell relies on them."),
        (IDIOMS, "Those who are trading single shares are accredited."),
        (DEAL, "Wrenfield announced in September 2025 that it had raised $90 million."),
    ],
)
def test_a_good_writers_sentence_is_grounded(source: str, claim: str) -> None:
    """Dates completed by their neighbours, ranges, idioms of finance, two parties in a sentence,
    and what the numbers bear out.
    """
    result = check(claim, source)
    assert (result.verdict, result.why) == ("checked", "")


@pytest.mark.parametrize(
    ("source", "claim", "wrong", "why"),
    [
        (
            SPENDING,
            "Fernhill spent $60 billion on capital in 2025.",
            "dates",
            "which has 2026 there",
        ),
        (
            SPENDING,
            "Osterley projects $54 billion for 2026, 3 times the $26.2 billion of 2025.",
            "numbers",
            "3 times is not in",
        ),
        (
            CODE,
            "Tests by machines grew from 26% in 2021 to nearly 4% by the end of 2024.",
            "direction",
            "26%",
        ),
    ],
)
def test_what_is_untrue_in_the_same_words_is_flagged(
    source: str, claim: str, wrong: str, why: str
) -> None:
    """Another year, another company's number, a wrong multiple, a plan as a fact, a verb that the
    source has not.
    """
    checks = dict(check(claim, source).checks)
    assert checks[wrong].result == "fail", checks
    assert why in checks[wrong].why


def test_the_title_that_a_page_repeats_in_its_text_is_no_evidence_of_doubt() -> None:
    """A page's path and title run into its first sentence; what the text says plainly counts."""
    title = "Norby's Lantern wants to run your warehouse, and it could end the clipboard"
    text = (
        f"Home Business Robots {title} Norby unveiled Lantern, a system that runs warehouses with"
        " robots, on Monday."
    )
    found = ground(
        ["Norby unveiled Lantern, a system to run warehouses"], [index(document(text, title))]
    )
    assert (found.verdict, found.why) == ("checked", "")


@pytest.mark.parametrize(
    "claim",
    [
        "x" * 100_000,
        "Halden sold $5. " * 6_000,
        "Halden sold notes and " * 200,
        "$7 million, " * 400,
    ],
)
def test_a_claim_that_is_too_long_is_flagged_as_such(claim: str) -> None:
    """Nothing is checked, at once: callers need not cut claims."""
    result = check(claim, SPENDING)
    assert result.verdict == "flagged"
    assert "to check" in result.why
