"""The daily edition: the day's top stories, pieces worth reading whole, and podcasts."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from digest.editions.edition import Edition, Style
from digest.editions.section_filling import Filling
from digest.editions.worth_reading import told_as, varied, worth_reading
from digest.errors import QuietDay
from digest.stories.relevance import ON_SUBJECT
from digest.text.counted import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.config.schema import Daily
    from digest.model import Insight, Plan, Ranked

NOT_READ: Mapping[str, Sequence[Insight]] = MappingProxyType({})
FEWEST_EVENTS = 3  # with fewer beside the pieces, all stories of the day are its top stories
TOP, ARTICLES, PODCASTS = "Top Stories", "Articles Worth Reading", "From the Podcasts"


def plan(
    ranked: Sequence[Ranked], settings: Daily, insights: Mapping[str, Sequence[Insight]] = NOT_READ
) -> Plan:
    """An issue from stories that come best first, and why everything else is out.

    `insights` are those of their documents by entry id, as far as they are known. Raises QuietDay
    when fewer than `min_stories` stories are on subject.
    """
    on_subject = [story for story in ranked if story.relevance >= ON_SUBJECT]
    _refuse_quiet(on_subject, len(ranked) - len(on_subject), settings.min_stories)
    issue = Filling(per_feed=settings.per_feed, per_theme=settings.per_theme)
    for story in ranked:
        if story.relevance < ON_SUBJECT:
            issue.leave_out(story, "off subject")
    news = [story for story in on_subject if not _is_podcast(story)]
    pieces = worth_reading(news, insights)[: settings.articles]
    events = [story for story in news if story not in pieces]
    if len(events) < min(FEWEST_EVENTS, len(news)):
        pieces, events = [], news
    issue.fill(TOP, settings.top_stories, varied(events))
    _leave_out_retold(issue, news)
    issue.fill(ARTICLES, settings.articles, issue.remaining(pieces))
    issue.fill(PODCASTS, settings.podcasts, [story for story in on_subject if _is_podcast(story)])
    return issue.plan(ranked)


def _refuse_quiet(on_subject: Sequence[Ranked], others: int, needed: int) -> None:
    if len(on_subject) < needed:
        titles = "; ".join(story.group.documents[0].title for story in on_subject)
        raise QuietDay(
            f"{counted(len(on_subject), 'story', 'stories')} of the {needed} that a daily issue"
            f" needs{f' ({titles})' if titles else ''}"
            f"{f', and {others} off subject' if others else ''}"
        )


def _is_podcast(story: Ranked) -> bool:
    return story.group.documents[0].kind == "podcast"


def _leave_out_retold(issue: Filling, news: Sequence[Ranked]) -> None:
    """An article under nearly the headline of a top story is that event told again, however it
    reads.
    """
    for story in issue.remaining(news):
        headline = told_as(story, issue.told)
        if headline:
            issue.leave_out(story, f"same story as {headline}")


EDITION = Edition(
    "daily",
    window_days=1,
    sections={
        TOP: Style(sentences=3),
        ARTICLES: Style(sentences=4, bullets=False),
        PODCASTS: Style(sentences=3),
    },
    numbers=lambda editions: editions.daily.numbers,
    plan=lambda found, editions: plan(found.stories, editions.daily, found.insights),
)
