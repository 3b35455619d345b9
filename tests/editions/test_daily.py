"""What goes into a daily issue, in which order, and why the rest stays out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config.schema import Daily, Editions
from digest.editions.daily import ARTICLES, PODCASTS, TOP, plan
from digest.editions.edition import Choice
from digest.editions.names import NAMES
from digest.editions.registry import edition_named
from digest.errors import QuietDay, UsageError
from digest.model import Document, Evidence, Group, Insight, Kind, Plan, Ranked

MORNING = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
LOW, HIGH = 0.1, 0.8  # relevance that is off and on subject
SUBJECTS = (
    "otters",
    "violins",
    "granite",
    "saffron",
    "kites",
    "glaciers",
    "lanterns",
    "beekeeping",
    "tramways",
    "orchids",
    "canals",
    "falconry",
)


def story(
    number: int,
    *,
    title: str = "",
    feed: str = "",
    theme: str = "",
    kind: Kind = "news",
    relevance: float = HIGH,
    words: int = 50,
    text: str = "",
    copies: int = 1,
) -> Ranked:
    """A ranked story that resembles no other, worth a little less than those with a lower
    number.
    """
    subject = SUBJECTS[number % len(SUBJECTS)]
    documents = tuple(
        Document(
            entry_id=f"{number}-{copy}",
            url=f"https://{feed or f'house{number}'}.example/{number}/{copy}",
            feed_url=f"https://{feed or f'house{number}'}.example/feed",
            kind=kind,
            title=title or f"{subject} {number} notes",
            publisher=feed or f"House {number}",
            published=MORNING,
            when=MORNING + timedelta(minutes=number),
            basis="show-notes" if kind == "podcast" else "article",
            text=text or " ".join(f"{subject}{number}x{i}" for i in range(words)),
        )
        for copy in range(copies)
    )
    return Ranked(
        Group(f"{number:08x}", documents),
        theme or f"Theme {number}",
        "",
        relevance,
        1 - number / 1000,
        "",
    )


def also_told(one: Ranked, *, feed: str) -> Ranked:
    """The story with a second source, of another feed."""
    first = one.group.documents[0]
    url = f"https://{feed}.example/{one.group.id}"
    house = first.publisher if feed.endswith(first.publisher) else feed
    other = replace(
        first,
        entry_id=f"{first.entry_id}-{feed}",
        url=url,
        feed_url=f"https://{feed}.example/feed",
        publisher=house,
    )
    return replace(one, group=Group(one.group.id, (first, other)))


def extract_of(one: Ranked, count: int) -> Insight:
    """An extract of so many words."""
    first = one.group.documents[0]
    text = " ".join(["kite"] * count)
    return Insight(
        "i1", text, first.url, "article", (Evidence(first.url, text, 0, len(text)),), (), "extract"
    )


def told(made: Plan, name: str) -> list[int]:
    """The numbers of a section's stories, in order."""
    return [
        int(one.group.id, 16)
        for section in made.sections
        if section.name == name
        for one in section.stories
    ]


def reasons(made: Plan) -> dict[str, str]:
    """Why each address is out."""
    return {left.entry_url: left.why for left in made.left_out}


def reason(made: Plan, one: Ranked) -> str:
    """Why a story is out."""
    return reasons(made)[one.group.documents[0].url]


def test_the_best_news_leads() -> None:
    """Top Stories are the first of the news, in order; what is short and does not fit is below the
    line.
    """
    stories = [story(i) for i in range(8)]
    made = plan(stories, Daily(top_stories=6))
    assert told(made, TOP) == [0, 1, 2, 3, 4, 5]
    assert [left.why for left in made.left_out] == ["below the line"] * 2


def test_a_podcast_is_never_a_top_story() -> None:
    """Episodes have their own section, however high they rank; a full one leaves the others below
    the line.
    """
    stories = [story(i, kind="podcast") for i in range(3)] + [story(i) for i in range(3, 6)]
    made = plan(stories, Daily(podcasts=2))
    assert (told(made, TOP), told(made, PODCASTS)) == ([3, 4, 5], [0, 1])
    assert reason(made, stories[2]) == "below the line"


def test_long_pieces_are_worth_reading() -> None:
    """What argues at length is an article and no top story; a brief event is none."""
    stories = [story(i) for i in (0, 1)]
    event = story(2, title="Otterworks launches granite platform", words=120)
    essay = story(3, title="Why saffron pays and granite does not", words=600)
    brief = story(4, title="Why kites fly", words=20)
    made = plan([*stories, event, essay, brief], Daily(top_stories=2, articles=1))
    assert told(made, ARTICLES) == [3]
    assert reason(made, event) == reason(made, brief) == "below the line"


def test_a_piece_is_no_top_story() -> None:
    """However few the events: those that read most as news are events where there are fewer than
    three.
    """
    essays = [story(i, title=f"Why {SUBJECTS[i]} pays", words=600) for i in range(4)]
    events = [story(i) for i in (5, 6, 7)]
    made = plan([*essays, *events], Daily(articles=2))
    assert (told(made, TOP), len(told(made, ARTICLES))) == ([5, 6, 7], 2)
    made = plan([*essays, events[0], events[1]], Daily(articles=2))
    assert len(told(made, TOP)) == 3
    assert len(told(made, ARTICLES)) == 2


def test_what_is_near_the_line_needs_a_large_sum_or_a_models_word() -> None:
    """Words in passing are not enough for a top story; for an episode they are."""
    near = 0.36
    rest = [story(i) for i in range(5)]
    plain, talk = story(6, relevance=near), story(7, relevance=near, kind="podcast")
    paid = story(8, title="Halden pays $40 million", relevance=near)
    fee = story(9, title="Halden charges $40", relevance=near)
    made = plan([*rest, plain, talk, paid, fee], Daily(top_stories=9))
    assert {reason(made, plain), reason(made, fee)} == {"off subject"}
    assert (told(made, TOP), told(made, PODCASTS)) == ([0, 1, 2, 3, 4, 8], [7])
    read = {plain.group.documents[0].entry_id: [replace(extract_of(plain, 50), importance=3)]}
    assert 6 in told(plan([*rest, plain], Daily(top_stories=9), read), TOP)


def test_an_event_told_again_is_no_article() -> None:
    """A long text under nearly the headline of a top story is left out as that story."""
    lead = story(0, title="Pelican Compute sells bonds backed by chips")
    again = story(1, title="Pelican Compute sells its bonds, backed by chips", words=600)
    made = plan([lead, *(story(i) for i in range(2, 6)), again], Daily(top_stories=5))
    assert reason(made, again) == "same story as Pelican Compute sells bonds backed by chips"


def test_what_is_akin_to_a_top_story_waits() -> None:
    """A second house's news of one matter comes after all others."""
    lead = story(
        0,
        title="Pelican Compute sells bonds",
        text="Pelican Compute sold bonds that its chips secure. The coupon is 9%.",
    )
    view = story(
        1,
        title="Lenders of Pelican Compute meet in Ohio",
        text="A chip is old in four years, and Pelican Compute must pay the bonds for six. " * 20,
    )
    rest = [story(i) for i in range(2, 7)]
    assert told(plan([lead, view, *rest], Daily(top_stories=4)), TOP) == [0, 2, 3, 4]
    assert told(plan([lead, view, *rest], Daily(top_stories=7)), TOP) == [0, 2, 3, 4, 5, 6, 1]


def test_a_loud_feed_cannot_fill_the_issue() -> None:
    """From its number on, over all sections, one feed's stories must be worth more than those of
    the next feeds; what matters most is in all the same.
    """
    loud = [story(i, feed="loud", words=300) for i in range(20)]
    quiet = [story(i) for i in range(20, 24)]
    made = plan([*loud, *quiet], Daily(per_feed=3))
    assert told(made, TOP) == [0, 1, 2, 20, 21, 22]
    assert reason(made, loud[3]) == "below the line"
    faint = [replace(one, score=0.4) for one in quiet]
    assert told(plan([*loud, *faint], Daily(per_feed=3)), TOP) == [0, 1, 2, 3, 4, 5]


def test_what_another_house_tells_too_is_no_more_of_a_loud_feed() -> None:
    """Such a story neither counts to its best source's feed nor costs for it; a second feed of the
    same house changes nothing.
    """
    shared, late = (also_told(story(i, feed="loud"), feed="other") for i in (0, 4))
    loud = [story(i, feed="loud") for i in (1, 2, 3)]
    made = plan([shared, *loud, late], Daily(per_feed=2, top_stories=4))
    assert told(made, TOP) == [0, 1, 2, 4]
    assert reason(made, loud[2]) == "below the line"
    twice = [also_told(story(i, feed="loud"), feed="www.loud") for i in range(4)]
    settings = Daily(per_feed=2, min_stories=1, top_stories=3)
    assert told(plan([*twice, story(4)], settings), TOP) == [0, 1, 4]


def test_a_piece_of_which_little_can_be_said_is_no_article() -> None:
    """Worth reading is what can be told in a paragraph, however long it is; with nothing known of
    it, its length decides.
    """
    long = story(4, title="Why saffron pays", words=600)
    stories = [*(story(i) for i in range(3)), long]
    for said, articles in ((5, []), (40, [4])):
        insights = {long.group.documents[0].entry_id: (extract_of(long, said),)}
        assert (
            told(plan(stories, Daily(top_stories=2, min_stories=1), insights), ARTICLES) == articles
        )
    assert told(plan(stories, Daily(top_stories=2, min_stories=1)), ARTICLES) == [4]
    few = plan([*stories[:2], long], Daily(min_stories=1))  # too little news to set pieces apart
    assert (told(few, TOP), told(few, ARTICLES)) == ([0, 1, 4], [])


def test_a_theme_cannot_fill_the_issue() -> None:
    """From its number on a theme's stories must be worth more; "Other" is no theme."""
    deals = [story(i, theme="Deals") for i in range(6)]
    made = plan([*deals, story(7)], Daily(per_theme=4, top_stories=5))
    assert told(made, TOP) == [0, 1, 2, 3, 7]
    assert reason(made, deals[4]) == "below the line"
    assert told(plan([story(i, theme="Other") for i in range(6)], Daily(per_theme=4)), TOP) == [
        0,
        1,
        2,
        3,
        4,
        5,
    ]


def test_off_subject_is_out_whatever_its_rank() -> None:
    """News and episodes that are not about the economics of AI stay out, and free no place."""
    stories = [
        story(0, relevance=LOW),
        story(1, relevance=LOW, kind="podcast"),
        *(story(i) for i in range(2, 7)),
    ]
    made = plan(stories, Daily())
    assert told(made, TOP) == [2, 3, 4, 5, 6]
    assert reason(made, stories[0]) == reason(made, stories[1]) == "off subject"


def test_the_sources_of_a_told_story_are_not_left_out() -> None:
    """All documents of a story that is out are out; those of a story that is told are its
    sources.
    """
    stories = [story(i, copies=3) for i in range(5)]
    made = plan(stories, Daily(top_stories=4))
    assert reasons(made) == {
        document.url: "below the line" for document in stories[4].group.documents
    }


@pytest.mark.parametrize(
    ("count", "message"),
    [
        (0, "0 stories of the 5 that a daily issue needs, and 10 off subject"),
        (1, r"1 story of the 5 that a daily issue needs \(otters[^;]+\), and 10 off subject"),
        (
            4,
            r"4 stories of the 5 that a daily issue needs \(otters.+;.+;.+;.+\), and 10 off subject",
        ),
    ],
)
def test_a_quiet_day_has_no_issue(count: int, message: str) -> None:
    """Fewer on-subject stories than `min_stories`, whatever else there is, end with exit code 3 and
    one line that names them.
    """
    stories = [story(i) for i in range(count)] + [story(i, relevance=LOW) for i in range(20, 30)]
    with pytest.raises(QuietDay, match=f"^{message}$") as caught:
        plan(stories, Daily(min_stories=5))
    assert caught.value.exit_code == 3


def test_episodes_count_towards_an_issue() -> None:
    """The least an issue needs is counted over all sections."""
    stories = [story(i, kind="podcast") for i in range(3)] + [story(i) for i in range(3, 5)]
    made = plan(stories, Daily(min_stories=5))
    assert told(made, TOP) + told(made, PODCASTS) == [3, 4, 0, 1, 2]


DAY = st.lists(
    st.tuples(
        st.sampled_from(("", "loud", "shrill")),
        st.sampled_from(("", "Deals", "Other")),
        st.sampled_from(("news", "podcast")),
        st.sampled_from((LOW, HIGH)),
        st.sampled_from((10, 300)),
        st.integers(1, 3),
    ),
    max_size=16,
)


@given(
    DAY,
    st.integers(1, 6),
    st.integers(0, 4),
    st.integers(0, 3),
    st.integers(1, 3),
    st.integers(1, 4),
)
def test_every_document_is_in_or_out_exactly_once(
    day: list[tuple[str, str, Literal["news", "podcast"], float, int, int]],
    top: int,
    articles: int,
    podcasts: int,
    per_feed: int,
    per_theme: int,
) -> None:
    """Whatever the day, a document is in one section or has one reason, and every cap holds."""
    stories = [
        story(i, feed=feed, theme=theme, kind=kind, relevance=relevance, words=words, copies=copies)
        for i, (feed, theme, kind, relevance, words, copies) in enumerate(day)
    ]
    settings = Daily(
        min_stories=1,
        top_stories=top,
        articles=articles,
        podcasts=podcasts,
        per_feed=per_feed,
        per_theme=per_theme,
    )
    try:
        made = plan(stories, settings)
    except QuietDay:
        assert all(one.relevance < HIGH for one in stories)
        return
    inside = [one for section in made.sections for one in section.stories]
    seen = [document.url for one in inside for document in one.group.documents] + [
        left.entry_url for left in made.left_out
    ]
    assert Counter(seen) == Counter(
        document.url for one in stories for document in one.group.documents
    )
    assert all(left.why for left in made.left_out)
    assert plan(stories, settings) == made


def test_sections_stand_in_the_editions_order() -> None:
    """A plan has the edition's sections in their order, and none that is empty."""
    stories = [
        story(0, kind="podcast"),
        story(1),
        story(2),
        story(3, title="Why saffron pays", words=400),
        story(4),
        story(5),
    ]
    daily = edition_named("daily", Editions(daily=Daily(top_stories=2)))
    made = daily.plan(Choice(stories, {}, ()))
    assert [section.name for section in made.sections] == [
        section.name for section in daily.terms.sections
    ]
    few = edition_named("daily").plan(Choice([story(i) for i in range(5)], {}, ()))
    assert [section.name for section in few.sections] == [TOP]


def test_an_unknown_edition_is_a_usage_error() -> None:
    """The error names those that there are."""
    with pytest.raises(
        UsageError, match="there is no edition 'dayly'; there is: daily, weekly, insights"
    ):
        edition_named("dayly")
    assert all(
        edition_named(name).name == name and edition_named(name).terms.window in {1, 7}
        for name in NAMES
    )
