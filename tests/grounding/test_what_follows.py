"""What is the source's without standing there word for word, and what stands there of another: each
kind with a sibling that is untrue.
"""

from __future__ import annotations

import pytest

from tests.grounding.claims import check, failing

TIERS = (
    "Larkspur opened its Desk assistant to anyone on the $30 a month plan.\nUntil now Desk was only"
    " for the top plan, at $120 a month."
)
READERS = (
    "The Ferry Post reached 14.2 million readers in May, compared with 12.2 million for Tidings."
    "\nIts app was opened 900 times."
)
TRADE = "Ostrand's trade surplus hits $2.4tr, and reserves stand at USD 310bn."
QUARTER = "Ostrand's output grew 2.2% in Q3 2024, after 0.4% in the second quarter."
MONTHS = "Ostrand's output grew 2.2% in the three months to September."
REACTOR = "The Osk reactor ran for 30 minutes on March 4. It was built in 2019."
SURVEY = (
    "Millrace's survey found that 25% of security officers saw an attack last year, and 54% said"
    " they raised their budgets for defence because of it."
)
VERSIONS = (
    "Kestrel 14, the current version, is the stable one, so although you may not be ready to look"
    " at Kestrel 15 yet, you should be running on Kestrel 14."
)
INDEX = (
    "The Harbour 40 fell 31 points, or 0.4%, to 7,110.\nThe benchmark is still up more than 19% for"
    " the year, on track for a ninth monthly gain in a row."
)
ADMINISTRATION = "The Quill administration called for lower fares. Ferries are Tern Line's."
DESK = "The macTide app of Larkspur files your folders."
TRADERS = (
    "The exchange asked traders to put up more cash to hold their positions.\nWexcombe reported"
    " higher fares and announced a $60 million share repurchase, while Ardle agreed to sell its tug"
    " business for $45 million.\nThe economy will continue to grow in 2026, but at a slower pace."
    "\nLowfield raised its quarterly dividend. It has a memory feature like that of Larkspur."
)
RATES = (
    "The Quill Fund now sees output growing 2.6 percent, 0.3 percentage points more than it did in"
    " March.\nOstrand's market is worth 133 percent of output, and 62 percent of that is owned"
    " abroad.\nA call costs $0.10 a second, and revenue was $1,187 million. The yard bought 300"
    " tugs in May and 120 tugs in June, and rents 40,000 crane-hours."
)
FIRMS = (
    "Tarn Quill has 340 people and plans to double that number. Only 2% of firms have agents at"
    " scale, 12% in part, and 23% have launched pilots.\nThe firm was worth $6 billion last year,"
    " and let four go a week after that.\nExisting backers, including Wrenfield, Orrell Ardle,"
    " Bexley Fund, and Hollin, took part again."
)
NOTHING = ""


@pytest.mark.parametrize(
    ("source", "claim", "wrong"),
    [
        (TIERS, "Desk was for those who pay $120 a month; the other plan costs a quarter of that.", NOTHING),
        (TIERS, "Desk was for those who pay $120 a month; the other plan costs 33% of that.", "numbers"),
        (READERS, "The Ferry Post had about two million more readers than Tidings.", NOTHING),
        (READERS, "The Ferry Post had about three million more readers than Tidings.", "numbers"),
        (TRADE, "Ostrand has a surplus of $2.4 trillion and reserves of $310 billion.", NOTHING),
        (TRADE, "Ostrand has a surplus of $2.4 billion and reserves of $310 billion.", "numbers"),
        (QUARTER, "Between July and September 2024 Ostrand's output grew by 2.2%.", NOTHING),
        (QUARTER, "In the three months to September 2024 Ostrand's output grew by 2.2%.", NOTHING),
        (QUARTER, "Between October and December 2024 Ostrand's output grew by 2.2%.", "dates"),
        (QUARTER, "Between July and September 2023 Ostrand's output grew by 2.2%.", "dates"),
        (MONTHS, "Ostrand's output grew by 2.2% in the third quarter.", NOTHING),
        (MONTHS, "Ostrand's output grew by 2.2% in Q4.", "numbers"),
        (REACTOR, "On March 4, 2025 the Osk reactor ran for half an hour.", NOTHING),
        (REACTOR, "On March 5, 2025 the Osk reactor ran for half an hour.", "dates"),
        (REACTOR, "Second-hand parts went into the Osk reactor, built in 2019.", NOTHING),
        (ADMINISTRATION, "The White House wants lower fares.", NOTHING),
        (ADMINISTRATION, "The White House's wish is lower fares at Brackwater Line.", "names"),
        (RATES, "The Quill Fund sees output growing 2.6 percent, up from 2.3 percent in March.", NOTHING),
        (RATES, "The Quill Fund sees output growing 2.6 percent, up from 2.1 percent in March.", "numbers"),
        (RATES, "Of Ostrand's market the other 38 percent is not owned abroad.", NOTHING),
        (RATES, "Ostrand's market is worth about one and a third times its output.", NOTHING),
        (RATES, "A call costs ten cents a second.", NOTHING),
        (RATES, "A call costs 20 cents a second.", "numbers"),
        (RATES, "A call costs $0.10 a second, and revenue was $1.2 billion.", NOTHING),
        (RATES, "A call costs $0.10 a second, and revenue was $1.3 billion.", "numbers"),
        (RATES, "The yard bought 420 tugs in all, and rents 40,000 hours of cranes.", NOTHING),
        (RATES, "The yard bought 180 more tugs in May than in June.", NOTHING),
        (RATES, "The yard bought 170 more tugs in May than in June.", "numbers"),
        (SURVEY, "In the year to September 54% of the officers in Millrace's survey raised budgets for defence.", NOTHING),
        (FIRMS, "Tarn Quill, which has 340 people, plans to get to about 680.", NOTHING),
        (FIRMS, "More than a third of the firms have agents, at scale, in part or in pilots.", NOTHING),
        (FIRMS, "More than half of the firms have agents, at scale, in part or in pilots.", "numbers"),
        (FIRMS, "A week earlier Tarn Quill had let four people go; it was worth $6 billion last year.", NOTHING),
        (FIRMS, "Tarn Quill was worth $6 billion last month.", "numbers"),
        (FIRMS, "Among the backers are Hollin again and Bexley's fund.", NOTHING),
        (FIRMS, "The Firm Reckoning: Tarn Quill has 340 people and wants twice as many.", NOTHING),
        (DESK, "Larkspur's Tide app files your folders.", NOTHING),
        (DESK, "Larkspur's Swell app files your folders.", "names"),
    ],
)  # fmt: skip
def test_what_follows_from_the_source_passes(source: str, claim: str, wrong: str) -> None:
    """And what does not fails the check that is named."""
    found = failing(claim, source)
    assert (wrong in found) if wrong else (found == []), check(claim, source).why


@pytest.mark.parametrize(
    ("source", "claim", "wrong"),
    [
        (SURVEY, "More than half of the officers in Millrace's survey raised budgets for defence.", NOTHING),
        (SURVEY, "In Millrace's survey 54% of security officers saw an attack last year.", "numbers"),
        (VERSIONS, "You should be running Kestrel 14, the stable one, even if version 15 can wait.", NOTHING),
        (INDEX, "After the dip the Harbour 40 was up by over 19% and heading for a ninth straight gain.", NOTHING),
        (INDEX, "The benchmark is still up more than 0.4% for the year.", "numbers"),
    ],
)  # fmt: skip
def test_a_number_is_of_what_stands_beside_it(source: str, claim: str, wrong: str) -> None:
    """Only words beside the other number tell that the claim's is said of something else."""
    found = failing(claim, source)
    assert (wrong in found) if wrong else (found == []), check(claim, source).why


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("Three quarters of the crew, nine people, left on Monday.", NOTHING),
        ("Two yards in Ardle and Orrel sold half of their boats.", "numbers"),
        ("Three yards sold a third of their boats.", "numbers"),
        ("Two yards sold a third of their boats, six in all, twice what Orrell sold.", NOTHING),
    ],
)
def test_a_number_in_words_is_flagged_only_where_the_source_has_another(
    claim: str, wrong: str
) -> None:
    """A reader counts and reckons; that the number itself stands nowhere says nothing."""
    source = "Ardle and Wexcombe, two yards, sold a third of their boats. A crew left on Monday."
    found = failing(claim, source)
    assert (wrong in found) if wrong else ("numbers" not in found), check(claim, source).why


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("The exchange asked traders to put down more cash for their positions.", NOTHING),
        ("Wexcombe reported higher fares and will buy back shares for $60 million.", NOTHING),
        ("Growth of the economy will continue in 2026, but it will lose pace.", NOTHING),
        ("Unlike that of Larkspur, Lowfield's has a memory feature.", NOTHING),
        ("Lowfield lowered its quarterly dividend.", "direction"),
        ("Wexcombe reported lower fares and a share repurchase.", "direction"),
    ],
)
def test_an_opposite_is_of_the_same_subject_or_object(claim: str, wrong: str) -> None:
    """Words that join, parts of verbs and what others do are no opposites."""
    found = failing(claim, TRADERS)
    assert (wrong in found) if wrong else ("direction" not in found), check(claim, TRADERS).why
