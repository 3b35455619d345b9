"""What goes into an insights issue, under which theme, what it is called, and why the rest stays
out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config.schema import Config, Editions, Insights
from digest.config.typed_mapping import fitted
from digest.editions.edition import Choice
from digest.editions.insights import TITLE, plan
from digest.editions.registry import edition_named
from digest.editions.titles import titled
from digest.errors import QuietDay
from digest.insights.extracts import evidence_of, extract
from digest.insights.quotation_limit import WORDS_PER_SOURCE
from digest.issue.embedded_writer import write_draft
from digest.issue.material import Material
from digest.model import Document, Group, Insight, Kind, Plan, Ranked
from digest.stories.themes import OTHER
from digest.text.sentences import Span

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
THEMES = Config(feeds=()).themes
# Claims of 35 to 45 words, no two on one matter, by the theme that their words belong to.
CLAIMS = {
    "Energy & grid": (
        "Power is the bottleneck for every AI data center in Texas, because the grid needs five"
        " years to connect one. Electricity prices will rise unless operators build gas turbines of"
        " their own, and that makes nuclear energy cheaper by comparison."
    ),
    "Models & pricing": (
        "Token prices fall faster than the inference cost of a frontier model, which means that"
        " every subscription loses money. A lab that wants margins has to charge per token, and"
        " customers who use the API most will pay far more than today."
    ),
    "Labour & productivity": (
        "Junior programmers will not lose their jobs to AI, but their wages will, because one"
        " worker with a coding agent does what three employees did. Productivity rises, hiring"
        " stalls, and no union has an answer to automation that nobody can see."
    ),
    "Chips & hardware": (
        "A GPU that is four years old still earns its keep on AI inference, so chipmakers can no"
        " longer count on replacement. HBM is scarce, wafer prices double, and whoever owns"
        " packaging at TSMC decides who ships accelerators at all."
    ),
}
PLAIN = (
    "We went to the harbour and looked at the boats for a while, and then it rained, so that all of"
    " us had to wait until the evening came."
)


def episode(
    number: int, *said: str, kind: Kind = "podcast", feed: str = ""
) -> tuple[Ranked, dict[str, tuple[Insight, ...]]]:
    """A story of one document in which these things are said, and what was read in it."""
    name = feed or f"show{number}"
    document = Document(
        f"e{number}",
        f"https://{name}.example/{number}",
        f"https://{name}.example/feed",
        kind,
        f"Episode {number} on AI",
        name.title(),
        NOW,
        NOW,
        "transcript" if kind == "podcast" else "article",
        "\n".join(said),
        audio_url="https://a.example/1.mp3",
    )
    spans = [Span(at := document.text.index(one), at + len(one), one) for one in said]
    insights = tuple(extract(document, (evidence_of(document, span),)) for span in spans)
    return Ranked(Group(f"g{number}", (document,)), OTHER, "", 0.8, 0.8, ""), {
        document.entry_id: insights
    }


def found(*episodes: tuple[Ranked, dict[str, tuple[Insight, ...]]]) -> Choice:
    """What an issue can be made of."""
    insights = {entry_id: made for _, read in episodes for entry_id, made in read.items()}
    return Choice([story for story, _ in episodes], insights, THEMES)


def told(made: Plan) -> dict[str, list[str]]:
    """The texts of each section."""
    return {
        section.name: [insight.text for story in section.stories for insight in story.insights]
        for section in made.sections
    }


def reasons(made: Plan) -> dict[str, str]:
    """Why each address is out."""
    return {left.entry_url: left.why for left in made.left_out}


ONE = Insights(min_stories=1)


def test_sections_are_the_themes_of_what_is_said() -> None:
    """Each claim stands under the theme of its own words, whatever its episode is about; a claim of
    none stands under "Other".
    """
    made = plan(found(*(episode(i, text) for i, text in enumerate(CLAIMS.values()))), ONE)
    assert told(made) == {theme: [text] for theme, text in CLAIMS.items()}
    assert all(
        story.theme == section.name for section in made.sections for story in section.stories
    )


def test_an_episode_says_two_things_at_most() -> None:
    """Its best two, and no more words than quotation allows from one source."""
    three = [" ".join(text.split()[:40]).rstrip(",.") + "." for text in CLAIMS.values()][:3]
    made = plan(found(episode(1, *three)), ONE)
    assert sum(len(section) for section in told(made).values()) == 2
    assert (
        sum(len(text.split()) for section in told(made).values() for text in section)
        <= WORDS_PER_SOURCE
    )
    single = plan(found(episode(1, *three)), Insights(min_stories=1, per_episode=1))
    assert [text for section in told(single).values() for text in section] == three[:1]


@pytest.mark.parametrize(
    ("weights", "kept"), [((4, 3, 3, 2, 5), [5, 4, 3]), ((4, 4, 4, 4, 4), [4] * 4)]
)
def test_a_model_s_claims_are_in_by_their_importance(
    weights: tuple[int, ...], kept: list[int]
) -> None:
    """What it read in an episode on the subject is on the subject, and two that it found important
    may stand beyond the episode's share; its words are nobody else's.
    """
    story, read = episode(1, *CLAIMS.values(), PLAIN)
    claims = tuple(
        replace(
            one,
            text=f"A guest says so. {weight}",
            verdict="grounded",
            read_by="m",
            importance=weight,
        )
        for one, weight in zip(read["e1"], weights, strict=True)
    )
    made = plan(found((story, {"e1": claims})), ONE)
    told_ones = [
        one for section in made.sections for told in section.stories for one in told.insights
    ]
    assert sorted((one.importance for one in told_ones), reverse=True) == kept


def test_no_two_say_the_same() -> None:
    """A claim that repeats a better one's words is out, and its episode says where it is told."""
    text = CLAIMS["Energy & grid"]
    again = text.replace("Texas", "Ohio").replace("five", "six")
    made = plan(found(episode(1, text), episode(2, again)), ONE)
    assert told(made) == {"Energy & grid": [text]}
    assert reasons(made) == {"https://show2.example/2": "same story as Episode 1 on AI"}


def test_what_claims_nothing_is_no_insight() -> None:
    """Off the subject, too short, or told without making a point: each is out with its reason."""
    short = "Power is the bottleneck for every AI data center, because the grid is slow."
    made = plan(
        found(episode(1, CLAIMS["Energy & grid"]), episode(2, PLAIN), episode(3, short)), ONE
    )
    assert reasons(made) == {
        "https://show2.example/2": "off subject",
        "https://show3.example/3": "no claim that stands on its own",
    }


def test_show_notes_announce_and_are_not_quoted() -> None:
    """An episode without a transcript is left out, with the reason why there is none."""
    story, read = episode(2, CLAIMS["Chips & hardware"])
    notes = replace(story.group.documents[0], basis="show-notes", note="no transcript published")
    listed = {
        one: tuple(replace(insight, basis="show-notes") for insight in insights)
        for one, insights in read.items()
    }
    made = plan(
        found(
            episode(1, CLAIMS["Energy & grid"]),
            (replace(story, group=Group("g2", (notes,))), listed),
        ),
        ONE,
    )
    assert reasons(made) == {
        notes.url: "show notes announce, they do not argue: no transcript published"
    }


def test_articles_are_told_where_they_are_configured() -> None:
    """Their first insight, with the next while it is short, in reading order; else the edition does
    not even read them.
    """
    first, second = CLAIMS["Labour & productivity"].split(". ", 1)
    article = episode(3, f"{first}.", second, kind="news")
    with_articles = Insights(min_stories=1, articles=True)
    assert told(plan(found(article), with_articles)) == {
        "Labour & productivity": [f"{first}.", second]
    }
    assert edition_named("insights", Editions(insights=with_articles)).reads == {"news", "podcast"}
    assert edition_named("insights").reads == {"podcast"}


@pytest.mark.parametrize(
    ("settings", "count"), [({"count": 2}, 2), ({"per_feed": 1}, 1), ({"count": 40}, 4)]
)
def test_an_issue_keeps_to_its_size(settings: dict[str, int], count: int) -> None:
    """`count` over all, `per_feed` for each show; nothing is padded up to them."""
    episodes = [episode(i, text, feed="one") for i, text in enumerate(CLAIMS.values())]
    made = plan(found(*episodes), fitted(Insights, {"min_stories": 1, **settings}))
    assert sum(map(len, told(made).values())) == count
    assert len(made.left_out) == 4 - count


@pytest.mark.parametrize(
    ("episodes", "message"), [(0, "0 insights of the 2"), (1, "1 insight of the 2")]
)
def test_a_quiet_day_has_no_issue(episodes: int, message: str) -> None:
    """Fewer than `min_stories` end with exit code 3 and one line."""
    with pytest.raises(QuietDay, match=f"^{message} that an insights issue needs$"):
        plan(
            found(*(episode(i, text) for i, text in enumerate([*CLAIMS.values()][:episodes]))),
            Insights(min_stories=2),
        )


@pytest.mark.parametrize(
    ("kinds", "called"),
    [
        (["podcast"] * 3, "Top 3 insights from new podcasts"),
        (["podcast", "news"], "Top 2 insights from new podcasts and articles"),
        (["news"] * 2, "Top 2 insights from new articles"),
        (["podcast"], "One insight from new podcasts"),
    ],
)
def test_the_title_counts_what_is_told(kinds: list[Kind], called: str) -> None:
    """Honestly: what stands in the issue, and from what."""
    told = [episode(i, PLAIN, kind=kind)[0] for i, kind in enumerate(kinds)]
    assert titled(TITLE, told, NOW.date(), days=1, headline="", language="en") == called


def test_a_draft_quotes_names_and_labels() -> None:
    """Every item is one claim in quotation marks under a label made of its words; no highlights and
    no figures.
    """
    stories = found(*(episode(i, text) for i, text in enumerate(CLAIMS.values())))
    made = plan(stories, ONE)
    documents = {
        document.url: document for story in stories.stories for document in story.group.documents
    }
    draft = write_draft(
        "2026-03-03-insights",
        edition_named("insights"),
        NOW.date(),
        made,
        Material(stories.insights, (), documents),
        0,
    )
    items = [item for part in draft.parts for item in part.items]
    assert (draft.title, draft.highlights, draft.title_insights) == (
        "Top 4 insights from new podcasts",
        "",
        (),
    )
    assert sorted(item.text for item in items) == sorted(f"“{text}”" for text in CLAIMS.values())
    for item in items:
        words = re.findall(r"\w+", item.headline.removeprefix("On ").lower())
        assert 1 <= len(words) <= 12
        assert item.headline.startswith("Said on Show") or set(words) - {"and"} <= {
            word.rstrip("s") for word in re.findall(r"\w+", item.text.lower())
        } | set(re.findall(r"\w+", item.text.lower()))


EPISODES = st.lists(
    st.tuples(
        st.lists(st.sampled_from([*CLAIMS.values(), PLAIN]), max_size=3, unique=True),
        st.sampled_from(("podcast", "news")),
        st.booleans(),
    ),
    max_size=6,
)


@given(EPISODES, st.integers(1, 6), st.integers(1, 2), st.integers(1, 3), st.booleans())
def test_every_document_is_in_or_out_exactly_once(
    day: list[tuple[list[str], Kind, bool]],
    count: int,
    per_episode: int,
    per_feed: int,
    articles: bool,
) -> None:
    """Whatever the day, nothing is lost, every cap holds, and the same day gives the same plan."""
    episodes = [
        episode(i, *said, kind=kind, feed="loud" if loud else "")
        for i, (said, kind, loud) in enumerate(day)
    ]
    settings = Insights(
        min_stories=1, count=count, per_episode=per_episode, per_feed=per_feed, articles=articles
    )
    try:
        made = plan(found(*episodes), settings)
    except QuietDay:
        return
    stories = [story for section in made.sections for story in section.stories]
    seen = {document.url for story in stories for document in story.group.documents}
    assert seen | set(reasons(made)) == {
        document.url for story, _ in episodes for document in story.group.documents
    }
    assert not seen & set(reasons(made))
    assert len({story.group.id for story in stories}) == len(stories) <= count
    assert max(Counter(story.group.documents[0].url for story in stories).values()) <= per_episode
    assert max(Counter(story.group.documents[0].feed_url for story in stories).values()) <= per_feed
    assert plan(found(*episodes), settings) == made


def test_every_setting_is_documented_with_its_default() -> None:
    """In docs/configuration.md, below the edition's name."""
    text = (
        (Path(__file__).parents[2] / "docs/configuration.md")
        .read_text()
        .partition("key of `insights`")[2]
        .partition("\n## ")[0]
    )
    for field in fields(Insights):
        row = re.search(rf"^\| `{field.name}` \| ([^|]+) \|", text, re.MULTILINE)
        assert row is not None, field.name
        assert row[1] == str(field.default).lower()
