"""An issue as the templates see it: everything that they need, computed once from the draft and
what the store knows of its sources.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Literal

from digest.render.publication import address, direction
from digest.render.source_list import source_list
from digest.render.story_views import section_views
from digest.text import markdown
from digest.text.notes import has_notes
from digest.text.reader_dates import full_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from markupsafe import Markup

    from digest.config.schema import Newsletter
    from digest.model import Draft, Evidence, Item
    from digest.render.company_figures import FigureView
    from digest.render.corrections import CorrectionView
    from digest.render.source_list import SourceFacts, SourceView
    from digest.render.story_views import Beside, SectionView

PREHEADER_LENGTH = 110
_WORDS_A_MINUTE = 230


@dataclass(frozen=True, slots=True)
class IssueView:
    """An issue, ready to be set. `title`, `subject` and `preheader` are plain text; `url` is ""
    when the newsletter has no address.
    """

    id: str
    edition: str
    title: str
    date: date
    preheader: str
    thesis: str  # plain text
    summary: str  # plain text
    byline: str  # plain text
    noted: bool  # whether its sentences have numbered notes
    highlights: tuple[Markup, ...]
    greeting: tuple[Markup, ...]
    sections: tuple[SectionView, ...]
    categories: tuple[str, ...]
    sources: tuple[SourceView, ...]
    minutes: int
    words_from: Literal["sources", "both", "writer"]  # whose words the stories are
    summariser: str
    newsletter: Newsletter
    behind: int = 0  # stories that a mail leaves to be read online
    figures: tuple[FigureView, ...] = ()  # that it tells, of companies
    leave_url: str = ""  # in mail alone; each reader's own key is filled in when it is sent
    corrections: tuple[CorrectionView, ...] = ()  # in the archive alone, oldest first

    @property
    def date_text(self) -> str:
        """The day as readers read it."""
        return full_day(self.date, self.newsletter.language)

    @property
    def subject(self) -> str:
        """Of its mail."""
        return f"{self.title} — {self.date.isoformat()}"

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """In which its language is read."""
        return direction(self.newsletter)

    @property
    def url(self) -> str:
        """Of its page in the archive."""
        return address(self.newsletter, f"issues/{self.id}/")

    @property
    def feed_url(self) -> str:
        """Of the archive's feed."""
        return address(self.newsletter, "feed.xml")

    @property
    def publishers(self) -> tuple[str, ...]:
        """Who is named as a source, each once, in reading order."""
        stories = (story for section in self.sections for story in section.stories)
        return tuple({link.house: None for story in stories for link in story.links if link.house})

    @property
    def images(self) -> bool:
        """Whether it shows any: then it asks their servers for them."""
        told = (story.paragraphs for one in self.sections for story in one.stories)
        shown = chain(self.greeting, self.highlights, chain.from_iterable(told))
        return any("<img " in paragraph for paragraph in shown)


def issue_view(
    draft: Draft,
    newsletter: Newsletter,
    facts: Mapping[str, SourceFacts],
    extracts: frozenset[str] = frozenset(),
    evidence: Mapping[str, tuple[Evidence, ...]] | None = None,
    beside: Mapping[str, Beside] | None = None,
) -> IssueView:
    """The view of a draft.

    `facts` is by URL, or by entry where an address is several pieces'; `extracts` holds the ids of
    items whose words are the sources' own; `evidence`, by item, is what they rest on, and `beside`,
    by item too, what is said of them beside their words.
    """
    sources = source_list(draft, newsletter, facts)
    told = [item for part in draft.parts for item in part.items if item.kind != "note"]
    words_from = _words_from(told, extracts)
    marked = extracts if words_from == "both" else frozenset()
    highlights = markdown.paragraphs(draft.highlights, images=newsletter.images)
    front = (draft.thesis, draft.summary, *map(markdown.strip_tags, highlights))
    return IssueView(
        id=draft.id,
        edition=draft.edition,
        title=markdown.one_line(draft.title),
        date=draft.date,
        preheader=_preheader(markdown.one_line(draft.summary), highlights, told),
        thesis=markdown.one_line(draft.thesis),
        summary=markdown.one_line(draft.summary),
        byline=markdown.one_line(draft.byline),
        noted=any(has_notes(item.text) for item in told),
        highlights=highlights,
        greeting=markdown.paragraphs(draft.greeting, images=newsletter.images),
        sections=section_views(
            draft.parts, sources, marked, evidence or {}, beside or {}, newsletter
        ),
        categories=tuple(markdown.one_line(category) for category in draft.categories),
        sources=sources,
        minutes=_minutes(front, told),
        words_from=words_from,
        summariser=markdown.one_line(draft.summariser),
        newsletter=newsletter,
    )


# ---------------------------------------------------------------- the issue as a whole


def _words_from(
    items: list[Item], extracts: frozenset[str]
) -> Literal["sources", "both", "writer"]:
    theirs = {item.id in extracts for item in items}
    return "both" if len(theirs) == 2 else "sources" if theirs == {True} else "writer"


def _preheader(summary: str, highlights: tuple[Markup, ...], items: list[Item]) -> str:
    text = (
        summary
        or " ".join(map(markdown.strip_tags, highlights))
        or "; ".join(markdown.to_plain(item.headline) for item in items[:3])
    )
    if len(text) <= PREHEADER_LENGTH:
        return text
    sentence = re.match(rf"(.{{40,{PREHEADER_LENGTH - 1}}}[.?!])\s", text)
    return (
        sentence[1]
        if sentence
        else f"{text[: PREHEADER_LENGTH - 1].rsplit(' ', 1)[0].rstrip(' ,;:')}…"
    )


def _minutes(front: tuple[str, ...], items: list[Item]) -> int:
    texts = [
        *front,
        *(markdown.to_plain(f"{item.headline} {item.text}") for item in items),
    ]
    return max(1, math.ceil(sum(len(text.split()) for text in texts) / _WORDS_A_MINUTE))
