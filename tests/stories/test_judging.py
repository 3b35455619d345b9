"""What a story is about, how much it matters, and the reasons given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.config.schema import Config, Theme
from digest.model import Group, Insight
from digest.stories.ranking import rank, stake, weighed
from digest.stories.relevance import ON_SUBJECT, relevance
from digest.stories.themes import assign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Kind, Ranked, Window
    from tests.stories.conftest import Make

THEMES = Config(feeds=()).themes

THEMED = [
    ("Pelican Compute to spend $9 billion on data centres", "Compute & capex"),
    ("Foundry raises wafer prices for accelerators", "Chips & hardware"),
    ("Larkspur closes $85m Series B at a $640m valuation", "Deals & valuations"),
    ("Lab halves API pricing per token", "Models & pricing"),
    ("A new open-weight model under an Apache licence", "Open & closed"),
    ("Insurer lays out layoffs as automation spreads", "Labour & productivity"),
    ("Court rules in copyright lawsuit", "Policy & law"),
    ("Utility asks large loads to pay for grid upgrades", "Energy & grid"),
    ("Earnings: revenue from enterprise customers doubles", "Adoption & business"),
    ("A walk by the sea", "Other"),
]

ON = [
    (
        "Pelican Compute raises $900m to build AI data centres",
        "The round values the GPU cloud at $6.5 billion.",
    ),
    (
        "Chipmaker's shares fall as AI orders slow",
        "Revenue from accelerators missed what analysts expected.",
    ),
    (
        "Lab cuts the price of its frontier model by half",
        "The API now costs $2 per million tokens, and customers may self-host.",
    ),
    (
        "What coding assistants did to junior hiring",
        "Employers that use AI tools post fewer jobs for programmers, a study finds.",
    ),
    (
        "Grid operator wants deposits from data centres",
        "A gigawatt of AI load needs power plants that nobody has ordered.",
    ),
    (
        "Commission opens antitrust case over AI licensing",
        "The regulator asks whether bundling a chatbot harms competition.",
    ),
]

OFF = [
    (
        "How to remove AI from your browser in five steps",
        "Here's how to switch the feature off on Windows and Android.",
    ),
    (
        "I tested three AI earbuds, and this one is the best",
        "Noise cancelling is tuned by AI. Battery life is fine.",
    ),
    (
        "Lake rowing league signs TV deal worth $6 million",
        "The regatta moves to June under the contract.",
    ),
    (
        "Hackers use a calendar invite to fool a chatbot",
        "The security flaw leaked private events before a fix.",
    ),
    (
        "Last chance: early bird tickets for our AI conference",
        "Register now and meet 200 speakers.",
    ),
    ("Photo app turns your cat into a meme with AI", "The feature is free on iPhone."),
]


@pytest.mark.parametrize(("title", "expected"), THEMED)
def test_each_theme_knows_its_stories(make: Make, title: str, expected: str) -> None:
    """The default words place an ordinary headline."""
    assert assign(Group("g", (make(title),)), THEMES)[0] == expected


def test_the_headline_outweighs_the_text(make: Make) -> None:
    """One word in the title is worth three in the text."""
    themes = (
        Theme(name="Power", words=("grid", "turbine")),
        Theme(name="Deals", words=("merger",)),
    )
    assert assign(Group("g", (make("A merger", "The grid and a turbine."),)), themes) == (
        "Deals",
        "merger",
    )


def test_a_tie_goes_to_the_earlier_theme(make: Make) -> None:
    """The order of the themes is the editor's."""
    themes = (Theme(name="B", words=("beta",)), Theme(name="A", words=("alpha",)))
    assert assign(Group("g", (make("alpha beta"),)), themes)[0] == "B"


def test_no_word_no_theme(make: Make) -> None:
    """What no theme claims is Other, without a reason; so is everything when there are no
    themes.
    """
    group = Group("g", (make("A walk by the sea"),))
    assert assign(group, THEMES) == ("Other", "")
    assert assign(group, ()) == ("Other", "")


def test_every_on_subject_story_outranks_every_other(make: Make) -> None:
    """Money, work, power and rules around AI count; gadgets, tips, flaws, promotion and other
    business do not.
    """
    on = [relevance(make(title, text)).score for title, text in ON]
    off = [relevance(make(title, text)).score for title, text in OFF]
    assert min(on) > max(off)
    assert all(0 <= score <= 1 for score in on + off)


def test_show_notes_count_to_their_end(make: Make) -> None:
    """An episode lists its subjects evenly, so what comes late in the notes is no aside."""
    notes = (
        "With our guest we talk about many things. " * 12
        + "Then: GPU rental prices, AI capex and what investors expect of revenue."
    )
    episode, article = (relevance(make("Episode 41", notes, kind=kind)).score for kind in KINDS)
    assert episode > article > 0


def test_relevance_names_its_words(make: Make) -> None:
    """The reason quotes the lexicon's words, those of AI first."""
    assert relevance(make("OpenAI raises funding")).why.split(", ")[:1] == ["OpenAI"]


def ranked(groups: Sequence[Group], window: Window, **weights: float) -> tuple[Ranked, ...]:
    """Ranked under the default themes; weights by publisher."""
    return rank(
        groups,
        themes=THEMES,
        weights={f"https://{name}.example/feed": weight for name, weight in weights.items()},
        window=window,
    )


KINDS: tuple[Kind, Kind] = ("podcast", "news")
TITLE, TEXT = (
    "Pelican Compute raises money to build AI data centres",
    "The GPU cloud found investors for its sites in Ohio, it said.",
)


def test_more_publishers_rank_higher(make: Make, window: Window) -> None:
    """Three houses that tell a story in their own words beat one."""
    alone = Group("a", (make(TITLE, TEXT, publisher="Solo"),))
    others = (
        "Ohio will get GPU sites from a cloud company.",
        "Investors back a plan to build beside the river.",
    )
    told = Group(
        "b",
        tuple(make(TITLE, text, publisher=f"House {i}") for i, text in enumerate((TEXT, *others))),
    )
    best, other = ranked([alone, told], window)
    assert (best.group.id, other.group.id) == ("b", "a")
    assert best.score > other.score


@pytest.mark.parametrize(
    ("publishers", "texts", "expected"),
    [
        (
            ("The Ledger", "ledger.example", "Ledger News"),
            ("One text.", "Another text.", "A third text."),
            "one publisher",
        ),
        (
            ("Ledger", "Valley Courier"),
            (TEXT * 2, f"{TEXT * 2} Copyright Ledger."),
            "one publisher",
        ),
        (
            ("Ledger", "Valley Courier"),
            (TEXT, "The mayor welcomed the plan to put AI data centres beside the river."),
            "two publishers",
        ),
    ],
)
def test_a_house_counts_once_and_a_copy_not_at_all(
    make: Make, window: Window, publishers: tuple[str, ...], texts: tuple[str, ...], expected: str
) -> None:
    """Brands of one house and syndicated copies add no independent publisher."""
    group = Group(
        "g",
        tuple(
            make(TITLE, text, publisher=name) for name, text in zip(publishers, texts, strict=True)
        ),
    )
    assert ranked([group], window)[0].why.startswith(f"{expected}; ")


def test_a_figure_a_later_hour_and_a_heavier_feed_each_help(make: Make, window: Window) -> None:
    """Between equals, the one that states a figure, is fresher or comes from a preferred feed goes
    first.
    """
    plain = make(TITLE, TEXT, publisher="Plain", hours=6)
    for better in (
        make(TITLE, TEXT + " It will cost $2 billion.", publisher="Figure", hours=6),
        make(TITLE, TEXT, publisher="Fresh", hours=20),
        make(TITLE, TEXT, publisher="Dear", hours=6),
    ):
        groups = [Group("a", (plain,)), Group("b", (better,))]
        assert ranked(groups, window, dear=2.0)[0].group.id == "b"


def read(text: str, importance: int) -> Insight:
    """What a model read, and how important it called it."""
    return Insight(
        "i1",
        text,
        "https://a.example/1",
        "article",
        (),
        (),
        "grounded",
        read_by="m",
        importance=importance,
    )


def test_what_the_model_calls_important_goes_first(make: Make, window: Window) -> None:
    """Between equals its judgement decides, and is named; a story that no model read stays in the
    middle.
    """
    groups = [Group(name, (make(TITLE, TEXT, publisher=name, hours=6),)) for name in "abc"]
    found = {
        group.documents[0].entry_id: [read("x", judged)]
        for group, judged in zip(groups, (2, 0, 5), strict=True)
    }
    found[groups[0].documents[0].entry_id].append(read("y", 1))  # the best of what was read counts
    order = weighed(ranked(groups, window), found)
    assert [story.group.id for story in order] == ["c", "b", "a"]
    assert [story.why.rpartition("; ")[2] for story in order if "importance" in story.why] == [
        "importance 5 of 5",
        "importance 2 of 5",
    ]


def test_no_importance_makes_up_for_relevance(make: Make, window: Window) -> None:
    """A page may talk a model into calling it important; the subject still decides."""
    title, text = OFF[1]
    groups = [
        Group("gadget", (make(title, text, publisher="A"),)),
        Group("b", (make(TITLE, TEXT, publisher="B"),)),
    ]
    found = {
        group.documents[0].entry_id: [read("x", judged)]
        for group, judged in zip(groups, (5, 1), strict=True)
    }
    assert weighed(ranked(groups, window), found)[0].group.id == "b"


def test_importance_moves_a_story_as_far_as_relevance_does(make: Make, window: Window) -> None:
    """From the least to the most as far as from the line of the subject to its top."""
    group = Group("a", (make(TITLE, TEXT, publisher="A"),))
    scores = [
        weighed(ranked([group], window), {group.documents[0].entry_id: [read("x", judged)]})[
            0
        ].score
        for judged in (1, 5)
    ]
    assert scores[1] - scores[0] == pytest.approx(1 - ON_SUBJECT)


def test_relevance_dominates(make: Make, window: Window) -> None:
    """Four publishers on a gadget do not outrank one on the subject."""
    title, text = OFF[1]
    gadget = Group(
        "a",
        tuple(
            make(title, f"{text} {name} liked it.", publisher=name, hours=23)
            for name in ("One", "Two", "Three", "Four")
        ),
    )
    core = Group("b", (make(*ON[0], publisher="Solo", hours=1),))
    assert ranked([gadget, core], window)[0].group.id == "b"


def test_the_reason_is_in_an_editors_words(make: Make, window: Window) -> None:
    """Publishers, the figure, the hours to the cut-off and what the story speaks of."""
    group = Group("g", (make("OpenAI takes $41 billion", "", hours=22),))
    assert (
        ranked([group], window)[0].why
        == "one publisher; $41 bn; 2 h before the cut-off; speaks of OpenAI"
    )


def test_ranking_does_not_depend_on_the_order_given(make: Make, window: Window) -> None:
    """Ties are broken by the stories themselves."""
    groups = [Group(f"{i}", (make(TITLE, TEXT, publisher=f"P{i}"),)) for i in range(6)]
    assert ranked(groups, window) == ranked(groups[::-1], window)


def test_a_hint_counts_less_and_money_makes_a_deal(make: Make) -> None:
    """What stories of every theme say decides nothing in passing; a sum behind the verb does."""
    themes = (Theme(name="Deals", words=("raises $", "stake?")), Theme(name="Work", words=("job",)))
    assert assign(Group("g", (make("A question is raised", "A stake."),)), themes)[0] == "Other"
    assert assign(Group("g", (make("Acme raises over $40 million"),)), themes) == (
        "Deals",
        "raises $",
    )
    assert assign(Group("g", (make("Jobs at stake", "A stake in jobs."),)), themes)[0] == "Work"


def test_a_storys_documents_are_one_account_of_it(make: Make) -> None:
    """A second document that says the same does not weigh more than a headline."""
    themes = (Theme(name="A", words=("alpha",)), Theme(name="B", words=("beta",)))
    group = Group("g", (make("beta", "x"), make("beta", "alpha"), make("x", "alpha")))
    assert assign(group, themes)[0] == "B"


def test_what_happened_tells_more_than_to_whom(make: Make) -> None:
    """A word of an event outweighs one of a subject, and a main clause what hangs on it."""
    themes = (
        Theme(name="Chips", words=("chip", "wafer")),
        Theme(name="Deals", words=("stake!", "offer!")),
    )

    def theme(title: str) -> str:
        return assign(Group("g", (make(title, "A report."),)), themes)[0]

    assert theme("Acme buys a stake in a chip firm") == "Deals"
    assert theme("As Bolt has an offer, Acme shows a chip") == "Chips"
    assert theme("Acme shows its chip while Bolt has an offer") == "Chips"


def test_a_great_sum_in_the_headline_ranks_higher() -> None:
    """By its order of magnitude, whatever the currency, from ten million to a hundred billion."""
    rising = [
        "Halden pays for its chips",
        "Halden raises $300 million",
        "Halden borrows ¥1 trillion",
        "Halden to spend $50 billion",
        "Halden's chips are worth $400 billion",
    ]
    found = [stake(title) for title in rising]
    assert found == sorted(set(found))
    assert (found[0], found[-1]) == (0.0, 1.0)
