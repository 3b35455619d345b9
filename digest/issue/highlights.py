"""The paragraph that an issue opens with: how many sentences it has, and what they are when no
model writes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.insights.news_value import adds_news, looks_back, of_others, takes_up
from digest.issue.material import links
from digest.issue.story_extracts import SAME_EVENT, sayable_insights
from digest.issue.told_text import is_talk, told_text
from digest.text.markdown import escape
from digest.text.sentences import sentences
from digest.text.similarity import alike, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.issue.material import Material
    from digest.issue.shown_words import ShownWords
    from digest.model import Document, Group, Insight, Ranked

MOST_SENTENCES = 3  # each of another story


def highlight_leads(
    stories: Sequence[Ranked], material: Material, page: ShownWords
) -> list[Insight]:
    """Leads of the first three stories that can spare one: what stands here is not said again
    below.

    Stories with more left to say go first; where none can spare its lead, the first story's stands
    in both places. A model's own words are no quotation: of such leads the first sentences stand
    here until the model has written better ones.
    """
    told = [sayable_insights(story.group, material) for story in stories]
    written = [sayable[0] for sayable in told if sayable and sayable[0].verdict != "extract"]
    if written:
        return written[:MOST_SENTENCES]
    chosen: list[int] = []
    for spare in (2, 1):
        able = [
            i
            for i, sayable in enumerate(told)
            if i not in chosen and _spare(stories[i].group, sayable) >= spare
        ]
        chosen += able[: MOST_SENTENCES - len(chosen)]
    leads = [told[i][0] for i in sorted(chosen)] or _first_telling(stories, told)
    for lead in leads:
        page.put(lead.entry, highlight_text(lead), again=not chosen)
    return leads


def _first_telling(stories: Sequence[Ranked], told: Sequence[Sequence[Insight]]) -> list[Insight]:
    """The first lead that takes up its story's headline; where none does, the first."""
    leads = [
        (story.group.documents[0].title, sayable[0])
        for story, sayable in zip(stories, told, strict=True)
        if sayable
    ]
    return [lead for title, lead in leads if takes_up(lead.text, title)][:1] or [
        lead for _, lead in leads[:1]
    ]


def _spare(group: Group, sayable: Sequence[Insight]) -> int:
    """How many sentences a story has left when its lead is taken: repeats of the lead are none, and
    one must lead on from the headline.
    """
    best = group.documents[0]
    if not sayable:
        return 0
    lead = words(highlight_text(sayable[0]))
    left = [insight for insight in sayable[1:] if not alike(words(insight.text), lead)]
    openings = [one for i, one in enumerate(left) if i == 0 or one.entry != best.entry_id]
    tells = best.kind != "news" or (
        takes_up(sayable[0].text, best.title) and any(_leads_on(one, best) for one in openings)
    )
    return len(left) if tells else 0


def _leads_on(insight: Insight, best: Document) -> bool:
    """Whether a sentence can open a story whose lead stands in the highlights: it adds to the
    headline, of those it names, some news.
    """
    own = words(insight.text)
    adds = len(own & words(best.title)) < SAME_EVENT * len(own) and not of_others(
        insight.text, best.title
    )
    return (
        adds
        and adds_news(insight.text)
        and takes_up(insight.text, best.title)
        and not looks_back(insight.text, best.when.year)
    )


def highlight_text(insight: Insight) -> str:
    """What stands in the highlights for an insight: of talk the whole quotation, of other words the
    first sentence.
    """
    return (
        told_text([insight])
        if is_talk([insight]) and insight.verdict == "extract"
        else sentences(insight.text)[0].text
    )


def credited(text: str, entries: Iterable[str], material: Material) -> str:
    """A sentence as Markdown with its sources in brackets before the full stop."""
    cited = links([material.documents[entry] for entry in entries])
    named = ", ".join(f"[{escape(one.name)}]({_target(one.url)})" for one in cited)
    return f"{escape(text[:-1])} ({named})." if text.endswith(".") else f"{escape(text)} ({named})"


def _target(url: str) -> str:
    return f"<{url}>" if "(" in url or ")" in url else url
