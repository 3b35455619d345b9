"""True sentences in words other than the source's are let pass, and untrue ones of the same shape
are not; a bug found is a row.
"""

from __future__ import annotations

import pytest

from digest.grounding import ground, index
from digest.model import Document
from tests.grounding.claims import PUBLISHED, check, document

BOARD = (
    "On Friday Wrenfield received a letter seeking papers on its fees. Judges from a dozen states"
    " are behind it, Bexley Insider reported.\nThe company did not specify which states are"
    " involved.\nWrenfield's refusal to hand over its records angered them. A Wrenfield spokeswoman"
    " had no comment."
)
LOAN = (
    "The loan comes two days after it was reported that Orrell would also sell $14 billion of"
    " bonds, bringing its new debt to $31.5 billion.\nIt means that Orrell can draw the money on"
    " its own timeline rather than taking the full sum at once.\nThe lenders include Hollin, Quist,"
    " Tarn and Pellow, according to the Courier."
)
COUNTS = (
    "Only five citations out of 45 were right. The three-month-old unit has 6,500 people, and the"
    " work takes 12-18 months.\n90% of tasks will be running on 95% cheaper models, Holt wrote. Few"
    " have used agents.64% of agencies plan to."
)
AGENCY = (
    "The Department of Mines will pay Wrenfield. The DoM named the firm a risk. A dozen AGs want"
    " papers about the company's rents."
)


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        (
            BOARD,
            (
                "Wrenfield received a letter on Friday, for papers on its fees, Bexley Insider"
                " reports."
            ),
        ),
        (BOARD, "Wrenfield did not say which states are in it."),
        (BOARD, "Wrenfield refused to hand over its records"),
        (LOAN, "Orrell's new debt comes to $31.5 billion."),
        (LOAN, "Orrell can draw the money when it chooses."),
        (LOAN, "The lenders include Hollin, Quist and Pellow, according to the Courier."),
        (COUNTS, "Only five of 45 citations were right."),
        (COUNTS, "The unit was set up three months ago and has 6,500 people."),
        (COUNTS, "The work takes 12 to 18 months."),
        (COUNTS, "Holt expects 90% of tasks on far cheaper models."),
        (COUNTS, "64% of agencies plan to use agents."),
        (AGENCY, "The Department of Mines named the firm a risk."),
        ("Wrenfield is cutting staff. The layoffs affect sales.", "Wrenfield lays off sales staff"),
        ("Wrenfield blocks all access to Pine.", "Wrenfield switches off Pine for all"),
        (
            "Wrenfield has positioned itself as a cheap maker of tools.",
            "Wrenfield positions itself as a cheap maker",
        ),
        ("Wrenfield's sales have exceeded Orrell's for once.", "Wrenfield tops Orrell in sales"),
        ("Wrenfield stopped selling phones.", "Wrenfield no longer sells phones."),
        (
            "Under the order Wrenfield is barred from selling Pine abroad.",
            "The order keeps Wrenfield from selling Pine abroad.",
        ),
        (
            "There haven't really been any films that people would pay for.",
            "Hardly any films have been such that people would pay for them.",
        ),
        (
            "It is going towards a smaller model that delegates work to a larger model.",
            "Small models will delegate work to large ones.",
        ),
        ("Orrell cut 10% of its jobs.", "Orrell cut 1 in 10 jobs."),
        (
            "Wrenfeld has closed all of its shops. Wrenfield sells tea.",
            "Wrenfield has closed its shops.",
        ),
        (
            "Three attorneys general look into Orrell. An Orrell spokesperson did not answer.",
            "Attorneys general reportedly look into Orrell",
        ),
        (
            "The cabinets are in the halls of several utilities. Each utility pays for its own.",
            "Utilities pay for their own cabinets",
        ),
        ("Founded in 2019, Orrell makes chips.", "Established in 2019, Orrell makes chips."),
        (
            "Ida Quist, who co-chairs the Governor's Council on Rents, wants a fix.",
            "Ida Quist, co-chair of the Governor's Council on Rents, wants a fix.",
        ),
        ("Orrell will go public in May, it said.", "Orrell is due to go public in May."),
    ],
)
def test_what_a_source_says_in_other_words_is_let_pass(source: str, claim: str) -> None:
    """A hedge of something else, who tells nothing, "rather than", "five of 45", an age, an
    abbreviation, a verb of two words.
    """
    result = check(claim, source)
    assert (result.verdict, result.why) == ("checked", "")


@pytest.mark.parametrize(
    ("source", "claim", "wrong"),
    [
        (BOARD, "Wrenfield did hand over its records.", "direction"),
        (
            "Wrenfield stopped selling phones.",
            "Wrenfield has not stopped selling phones.",
            "direction",
        ),
        (COUNTS, "Only 6 of 45 citations were right.", "numbers"),
        (COUNTS, "The unit was set up four months ago and has 6,500 people.", "numbers"),
        (COUNTS, "The work takes 12 to 20 months.", "numbers"),
        ("Orrell cut 10% of its jobs.", "Orrell cut 1 in 20 jobs.", "numbers"),
    ],
)
def test_what_is_untrue_in_such_words_is_flagged(source: str, claim: str, wrong: str) -> None:
    """A denial dropped or added, another count, age or range."""
    assert dict(check(claim, source).checks)[wrong].result == "fail"


def test_a_publisher_known_by_its_domain_is_known_by_its_name() -> None:
    """ "The Courier" is who publishes courier.example: a claim may say that it argues something."""
    text = "Few people want to see films like that. Most of them are short."
    source = Document(
        "u",
        "https://thecourier.example/1",
        "f",
        "news",
        "Films",
        "thecourier.example",
        PUBLISHED,
        PUBLISHED,
        "article",
        text,
    )
    assert (
        ground(["Few people want to see such films, The Courier argues."], [index(source)]).verdict
        == "checked"
    )


def test_a_guest_who_is_introduced_may_say_anything_in_an_episode_without_speakers() -> None:
    """Who speaks cannot be told there: the guest is named where the episode begins, and what he
    says comes much later.
    """
    talk = " ".join(f"That was the part of the talk with number {n}." for n in range(30))
    source = document(
        f"Today we have René Dufossé with us. {talk} We try to go lower, so that it runs on a"
        " larger number of phones.",
        basis="transcript",
    )
    assert (
        ground(
            [
                (
                    "René Dufossé says they try to go lower, so that it runs on a larger"
                    " number of phones."
                )
            ],
            [index(source)],
        ).why
        == ""
    )
