"""What the templates are given follows from the draft and the facts alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from digest.config.schema import Newsletter
from digest.model import Draft, Evidence, Item, Part, SourceLink
from digest.render.view import PREHEADER_LENGTH, IssueView, issue_view

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.render.source_list import SourceFacts


def only(draft: Draft, *items: Item, highlights: str = "") -> Draft:
    """The draft with nothing but these items."""
    return replace(draft, parts=(Part("Part", items),), highlights=highlights)


def test_sources_are_numbered_in_reading_order_once_each(
    view: IssueView, facts: Mapping[str, SourceFacts]
) -> None:
    """The highlights' links come first; a source that several stories use keeps its number; every
    link's number is its source's.
    """
    assert [source.number for source in view.sources] == list(range(1, len(facts) + 1))
    assert {source.url for source in view.sources} == set(facts)
    assert [source.title[:10] for source in view.sources[:3]] == [
        "Northlight",
        "Kestrel cu",
        "Three grid",
    ]
    numbers = {source.url: source.number for source in view.sources}
    shown = [link for section in view.sections for story in section.stories for link in story.links]
    assert all(link.number == numbers[link.url] for link in shown)


def test_a_source_is_dated_in_the_newsletters_time_zone(view: IssueView) -> None:
    """23:30 UTC on the fourth is the fifth in Berlin; the year is left out when it is the
    issue's.
    """
    assert view.sources[0].published == "5\u00a0Feb"


def test_what_is_not_an_article_says_so(view: IssueView) -> None:
    """Transcripts, show notes and feed texts are labelled; articles are not."""
    assert {source.basis for source in view.sources} == {
        "",
        "transcript",
        "show notes",
        "feed text",
    }


def test_sources_of_the_same_title_are_told_apart(draft: Draft, newsletter: Newsletter) -> None:
    """Two links may not read the same and lead to different pages."""
    item = Item(
        "a",
        "A",
        "t",
        (SourceLink("Wire", "https://a.example/1"), SourceLink("Wire", "https://a.example/2")),
    )
    view = issue_view(only(draft, item), newsletter, {})
    assert [source.title for source in view.sources] == ["Wire [1]", "Wire [2]"]


def test_a_story_from_an_episode_names_the_minute_and_opens_it_there(
    draft: Draft, newsletter: Newsletter
) -> None:
    """Each place once, a link into the recording where the feed names one, and only below the
    episode that it is in.
    """
    show, other = "https://show.example/1", "https://wire.example/1"
    item = Item("a", "A", "t", (SourceLink("Show", show), SourceLink("Wire", other)))
    audio = "https://cdn.example/1.mp3"
    spans = tuple(
        Evidence(show, "q", 0, 1, second, url)
        for second, url in ((754.9, audio), (754.2, audio), (3661.0, None), (None, None))
    )
    ((story,),) = (
        section.stories
        for section in issue_view(only(draft, item), newsletter, {}, evidence={"a": spans}).sections
    )
    assert [[(moment.clock, moment.url) for moment in link.moments] for link in story.links] == [
        [("12:34", f"{audio}#t=754"), ("1:01:01", "")],
        [],
    ]


def test_of_an_episode_three_places_are_named_in_its_order(
    draft: Draft, newsletter: Newsletter
) -> None:
    """The best that were given, none within a minute of a better one."""
    show = "https://show.example/1"
    spans = tuple(
        Evidence(show, "q", 0, 1, second) for second in (900.0, 30.0, 89.0, 600.0, 10.0, 2000.0)
    )
    item = Item("a", "A", "t", (SourceLink("Show", show),))
    ((story,),) = (
        section.stories
        for section in issue_view(only(draft, item), newsletter, {}, evidence={"a": spans}).sections
    )
    assert [moment.clock for moment in story.links[0].moments] == ["0:30", "10:00", "15:00"]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "mailto:a@b.example",
        "/x",
        "http://[::1",
        "https:///x",
    ],
)
def test_a_link_that_leads_nowhere_on_the_web_keeps_its_name_only(
    draft: Draft, newsletter: Newsletter, url: str
) -> None:
    """Such a link is neither a source nor clickable."""
    view = issue_view(only(draft, Item("a", "A", "t", (SourceLink("Name", url),))), newsletter, {})
    assert view.sources == ()
    assert [(link.name, link.url) for link in view.sections[0].stories[0].links] == [("Name", "")]


@pytest.mark.parametrize(
    ("highlights", "preheader"),
    [
        ("Short and *plain*.", "Short and plain."),
        (
            "A first sentence that is long enough to stand alone here. "
            + "More words follow it. " * 9,
            None,
        ),
        ("word " * 60, None),
        ("x" * 500, None),
        ("", "The headline"),
    ],
)
def test_the_preheader_fits(
    draft: Draft, newsletter: Newsletter, highlights: str, preheader: str | None
) -> None:
    """It is plain text of at most 110 characters, from the highlights or else the headlines."""
    view = issue_view(
        only(draft, Item("a", "The **headline**", "t"), highlights=highlights), newsletter, {}
    )
    assert 0 < len(view.preheader) <= PREHEADER_LENGTH
    assert preheader in {None, view.preheader}


@pytest.mark.parametrize(
    ("extracts", "words_from", "marked"),
    [(set(), "writer", []), ({"a"}, "both", ["a"]), ({"a", "b"}, "sources", [])],
)
def test_extracts_are_marked_only_where_there_is_something_else(
    draft: Draft, newsletter: Newsletter, extracts: set[str], words_from: str, marked: list[str]
) -> None:
    """An issue of extracts says so once; in a mixed one each says it of itself."""
    view = issue_view(
        only(draft, Item("a", "A", "t"), Item("b", "B", "t")), newsletter, {}, frozenset(extracts)
    )
    assert view.words_from == words_from
    assert [story.anchor[-1] for story in view.sections[0].stories if story.verbatim] == marked


def test_anchors_are_unique(draft: Draft, newsletter: Newsletter) -> None:
    """Sections and stories of the same name, or of the page's own ids, still have an address
    each.
    """
    parts = tuple(
        Part(name, (Item("", "Same", "t"), Item("", "", "t")))
        for name in ("Sources", "Same", "Same", "日本")
    )
    view = issue_view(replace(draft, parts=parts), newsletter, {})
    anchors = [section.anchor for section in view.sections] + [
        story.anchor for section in view.sections for story in section.stories
    ]
    assert len(anchors) == len(set(anchors))
    assert not {"sources", "content", "highlights", ""} & set(anchors)


def test_the_subject_holds_the_date(view: IssueView) -> None:
    """Gmail folds away what repeats in a thread of the same subject."""
    assert view.subject.endswith("2026-02-05")


@pytest.mark.parametrize(
    ("language", "direction", "date"),
    [
        ("en-GB", "ltr", "Thursday, 5 February 2026"),
        ("ar", "rtl", "الخميس، 5 فبراير 2026"),
        ("dv", "rtl", "2026-02-05"),
    ],
)
def test_language_sets_direction_and_dates(
    draft: Draft, language: str, direction: str, date: str
) -> None:
    """Dates are in words where Unicode knows the language, else ISO 8601."""
    view = issue_view(draft, Newsletter(language=language), {})
    assert (view.direction, view.date_text) == (direction, date)


def test_without_an_address_there_are_no_public_links(draft: Draft) -> None:
    """No newsletter.url: nothing to read online, no feed to point to."""
    view = issue_view(draft, Newsletter(), {})
    assert (view.url, view.feed_url) == ("", "")
