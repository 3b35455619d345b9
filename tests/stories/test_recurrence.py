"""A story that was told comes back only with something new."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Protocol

import pytest

from digest.model import Group
from digest.stories.recurrence import held_back, recurrences, without_repetitions
from digest.stories.stages import stages
from digest.stories.told_story import ToldStory, as_json, signature, signature_from

if TYPE_CHECKING:
    from digest.model import Document
    from digest.stories.recurrence import Recurrence
    from tests.stories.conftest import Make

TITLE = "Halden Compute agrees to buy Ostra Grid for $4 billion"
TEXT = (
    "Halden Compute said on Monday that it has agreed to buy Ostra Grid, which runs substations in"
    " Norway, for $4 billion. Chief executive Lena Moe said that the deal gives Halden 600"
    " megawatts of power for its data centers near Bergen. Ostra Grid has 900 employees."
)


def told_as(*documents: Document) -> ToldStory:
    """A story that an issue of 2 March told from these documents."""
    return ToldStory(
        "2026-03-02-daily", date(2026, 3, 2), "aaaa", documents[0].title, signature(documents)
    )


class Decide(Protocol):
    """What the fixture `decide` can be asked."""

    def __call__(self, *documents: Document) -> Recurrence:
        """The decision on a story of these documents."""
        ...


@pytest.fixture
def decide(make: Make) -> Decide:
    """What becomes of a document after the purchase was told, among other news of both days."""
    told = [
        told_as(make(TITLE, TEXT)),
        told_as(make("Kestrel cuts token prices by half", "Kestrel halved its prices on Monday.")),
        told_as(make("Marrow Bank lends to chip makers", "Marrow Bank lends $90m to two makers.")),
    ]
    others = [
        Group("x", (make("Senate weighs a tax on servers", "Senators weigh a levy on servers."),)),
        Group("y", (make("Nurses say scribes save time", "Nurses in Leeds say scribes help."),)),
    ]

    def decided(*documents: Document) -> Recurrence:
        return recurrences([*others, Group("s", documents)], told)["s"]

    return decided


def test_the_event_again_under_another_title_is_a_repetition(make: Make, decide: Decide) -> None:
    """The reason says when and as what it was told."""
    again = make(
        "Ostra Grid goes to Halden Compute in $4bn deal",
        "Ostra Grid, the operator of Norwegian substations, goes to Halden Compute for $4 billion,"
        " Halden said. The deal gives Halden 600 megawatts near Bergen, said Lena Moe.",
        publisher="Fjord Post",
    )
    found = decide(again)
    assert found.kind == "repetition"
    assert found.why == f"told on 2026-03-02 as “{TITLE}”"
    assert found.update is None


@pytest.mark.parametrize(
    ("title", "text", "kind", "new"),
    [
        (
            "Halden Compute raises its bid for Ostra Grid to $4.6 billion",
            (
                "Halden Compute lifted its offer for Ostra Grid, the Norwegian operator of substations,"
                " to $4.6 billion on Thursday."
            ),
            "figure",
            "$4.6 billion",
        ),
        (
            "Wendel Energy bids against Halden Compute for Ostra Grid",
            (
                "The Norwegian utility Wendel Energy made an offer for Ostra Grid on Thursday, days"
                " after Halden Compute agreed to buy it for $4 billion."
            ),
            "actor",
            "Wendel Energy",
        ),
        (
            "Norway blocks the sale of Ostra Grid to Halden Compute",
            (
                "The government in Oslo has blocked the $4 billion sale of Ostra Grid, which runs"
                " substations in Norway, to Halden Compute."
            ),
            "stage",
            "blocked",
        ),
    ],
)
def test_what_is_new_makes_it_an_update(
    make: Make,
    decide: Decide,
    title: str,
    text: str,
    kind: str,
    new: str,
) -> None:
    """A figure, an actor or a stage, named with the sentence that says it."""
    found = decide(make(title, text, publisher="Fjord Post"))
    assert found.kind == "update"
    assert found.update is not None
    assert found.update.headline == TITLE
    assert (found.update.issue, found.update.story) == ("2026-03-02-daily", "aaaa")
    named = {one.text: one for one in found.news if one.kind == kind}
    assert list(named) == [new]
    assert named[new].sentence in f"{title}\n{text}"
    assert f"new: {found.news[0].kind} {found.news[0].text}" in found.why


def test_what_is_only_meant_to_happen_is_no_new_stage(make: Make, decide: Decide) -> None:
    """ "May block" blocks nothing, and "the sale" sells nothing."""
    text = f"{TEXT} Norway may block it."
    found = decide(make("Norway may block Halden Compute's $4 billion deal for Ostra Grid", text))
    assert found.kind == "repetition"


def test_the_stage_is_new_when_the_plan_was_told(make: Make) -> None:
    """Working on a repair is not a repair."""
    text = "Kestrel's servers in Leeds have lost the messages of customers since Saturday."
    told = told_as(make("Kestrel says it is working to fix lost messages", text))
    fixed = make("Kestrel says it has fixed the lost messages", f"{text} All is well now.")
    found = recurrences([Group("s", (fixed,))], [told])["s"]
    assert [(one.kind, one.text) for one in found.news] == [("stage", "resolved")]


def test_a_headline_of_something_else_is_not_held_back(make: Make, decide: Decide) -> None:
    """Though it names no figure, actor or stage that is new: the matter is."""
    found = decide(make("Why Lena Moe fears drought", TEXT, publisher="Fjord Post"))
    assert found.kind == "update"
    assert [one.kind for one in found.news] == ["matter"]


def test_one_happening_in_other_words_is_a_repetition(make: Make, decide: Decide) -> None:
    """The headline's figure is the one that was told, so its other words are no news."""
    text = (
        "Ostra Grid, the operator of Norwegian substations, has found a buyer in Halden Compute,"
        " which pays $4 billion for 600 megawatts near Bergen, said Lena Moe."
    )
    assert decide(make("Halden Compute to pay $4bn for Ostra Grid", text)).kind == "repetition"


def test_what_stands_beside_a_repetition_is_told(make: Make, decide: Decide) -> None:
    """Of a story whose other source tells of something else as well only the repetition is held
    back.
    """
    again = make("Ostra Grid goes to Halden Compute for $4 billion", TEXT, publisher="Fjord Post")
    beside = make(
        "Marlow sells bonds, and Halden shops",
        "Marlow Cloud sold bonds of $45 billion to pay for chips.",
        publisher="Tape",
    )
    group = Group("s", (again, beside))
    decided = {"s": decide(*group.documents)}
    assert decided["s"].kind == "repetition"
    assert held_back(group, decided) == (again,)
    assert [one.documents for one in without_repetitions([group], decided)] == [(beside,)]


def test_a_repetition_is_no_source_of_an_update(make: Make, decide: Decide) -> None:
    """Of two documents about one story only the one with news is told."""
    again = make("Ostra Grid goes to Halden Compute for $4 billion", TEXT, publisher="Fjord Post")
    bid = make(
        "Brannock Power bids against Halden Compute for Ostra Grid",
        "Brannock Power, a utility in Leeds, bid for Ostra Grid, which runs substations in Norway,"
        " after Halden Compute agreed to buy it for $4 billion.",
        publisher="Tape",
    )
    group = Group("s", (bid, again))
    decided = {"s": decide(*group.documents)}
    assert [(one.kind, one.text) for one in decided["s"].news] == [("actor", "Brannock Power")]
    assert held_back(group, decided) == (again,)
    assert decided["s"].told == f"told on 2026-03-02 as “{TITLE}”"


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        ("Halden closes its purchase", {"closed"}),
        ("Halden to close its purchase", set()),
        ("A close look at open models and a patch", set()),
        ("Oslo has not yet approved the sale", set()),
        ("Oslo approved the sale", {"agreed"}),
        ("Halden says it scrapped the plan and resumed talks", {"reversed"}),
    ],
)
def test_a_stage_is_what_a_verb_says_is_done(text: str, reached: set[str]) -> None:
    """Nouns, adjectives, plans and denials reach none."""
    assert stages(text) == reached


def test_other_news_of_the_same_company_is_new(make: Make, decide: Decide) -> None:
    """A name alone makes no story the same."""
    other = make(
        "Halden Compute opens a school for welders",
        "Halden Compute opened a school in Malmö where it will train 40 welders a year.",
    )
    assert decide(other).kind == "new"


def test_talk_is_an_event_of_its_own(make: Make, decide: Decide) -> None:
    """An episode about what was told argues; it does not repeat."""
    assert decide(make(TITLE, TEXT, kind="podcast")).kind == "new"


def test_unlike_pieces_of_one_house_are_not_one_for_what_it_prints_on_all(make: Make) -> None:
    """A page's furniture is no event."""
    printed = (
        "Our testers spend hours comparing products so that readers can choose. We gather data from"
        " reviewers, vendors and shops, and our editors check every fact before publication."
    )
    told = told_as(make("Best earphones of spring", printed, publisher="Gadget Post"))
    piece = make("A scanner that spots fraud in invoices", printed, publisher="Gadget Post")
    assert recurrences([Group("s", (piece,))], [told])["s"].kind == "new"


def test_a_signature_is_kept_as_json(make: Make) -> None:
    """What is read back is what was kept."""
    value = signature([make(TITLE, TEXT), make("Talk", TEXT, kind="podcast")])
    assert len(value.sketches) == 1
    assert signature_from(json.loads(json.dumps(as_json(value)))) == value


def test_with_nothing_told_all_is_new(make: Make) -> None:
    """And no story is an update."""
    decided = recurrences([Group("s", (make(TITLE, TEXT),))], [])
    assert decided["s"].kind == "new"
    assert decided["s"].update is None
