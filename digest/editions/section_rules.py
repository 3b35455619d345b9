"""The rule by which the sections of an edition are filled, from its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.editions.on_subject import is_on_subject, is_podcast
from digest.editions.same_event import joined
from digest.editions.section_filling import Filling
from digest.editions.worth_reading import told_as, varied, worth_reading
from digest.errors import QuietDay
from digest.stories.piece_form import form
from digest.text.counted import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.config.edition_terms import EditionTerms, SectionTerms
    from digest.editions.edition import Choice
    from digest.model import Plan, Ranked

FEWEST_EVENTS = 3  # with fewer beside the pieces, those that read most as news are events too


def planned(found: Choice, terms: EditionTerms, called: str) -> Plan:
    """An issue from stories that come best first, and why everything else is out; `called` is the
    edition in words ("a daily issue").

    Raises QuietDay when fewer than `min_stories` stories are on the subject of a section.
    """
    on_subject = [story for story in found.stories if is_on_subject(story, found.insights)]
    wanted = [
        story for story in on_subject if any(_takes(section, story) for section in terms.sections)
    ]
    _refuse_quiet(wanted, len(found.stories) - len(on_subject), terms.min_stories, called)
    issue = Filling(per_feed=terms.per_feed, per_theme=terms.per_theme)
    for story in found.stories:
        if story not in on_subject:
            issue.leave_out(story, "off subject")
    news = joined([story for story in on_subject if not is_podcast(story)])
    pools = _pools(found, terms, news)
    pools["episodes"] = [story for story in on_subject if is_podcast(story)]
    for section in terms.sections:
        if section.pick != "episodes" and issue.told:
            _leave_out_retold(issue, news)
        fitting = [story for story in pools[section.pick] if _takes(section, story)]
        if section.by_theme:
            issue.fill_by_theme(section.top, issue.remaining(fitting))
        else:
            issue.fill(section.name, section.top, issue.remaining(fitting))
    return issue.plan(found.stories)


def _pools(found: Choice, terms: EditionTerms, news: Sequence[Ranked]) -> dict[str, list[Ranked]]:
    """News by what sections pick of it. The best pieces are kept for the sections that want
    them.
    """
    wanted = sum(section.top for section in terms.sections if section.pick == "pieces")
    pieces = worth_reading(news, found.insights) if wanted else []
    events = _with_most_newslike(news, pieces)
    rest = [story for story in pieces if story not in events]
    return {"news": varied(news), "events": varied(events), "pieces": rest}


def _with_most_newslike(news: Sequence[Ranked], pieces: Sequence[Ranked]) -> list[Ranked]:
    """The stories that are no pieces and, where they are few, the pieces that read most as news."""
    events = [story for story in news if story not in pieces]
    newslike = sorted(pieces, key=lambda story: form(story.group.documents[0]))
    taken = newslike[: max(0, FEWEST_EVENTS - len(events))]
    return [story for story in news if story in events or story in taken]


def _takes(section: SectionTerms, story: Ranked) -> bool:
    return not section.themes or story.theme in section.themes


def _refuse_quiet(stories: Sequence[Ranked], others: int, needed: int, called: str) -> None:
    if len(stories) < needed:
        titles = "; ".join(story.group.documents[0].title for story in stories)
        raise QuietDay(
            f"{counted(len(stories), 'story', 'stories')} of the {needed} that {called}"
            f" needs{f' ({titles})' if titles else ''}"
            f"{f', and {others} off subject' if others else ''}"
        )


def _leave_out_retold(issue: Filling, news: Sequence[Ranked]) -> None:
    """An article under nearly the headline of a story that is told is that event told again,
    however it reads.
    """
    for story in issue.remaining(news):
        headline = told_as(story, issue.told)
        if headline:
            issue.leave_out(story, f"same story as {headline}")
