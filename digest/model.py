"""The values that the stages hand to each other. Frozen; no behaviour beyond what follows from
their own fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

Kind = Literal["news", "podcast"]
Basis = Literal["article", "transcript", "show-notes", "feed-text"]
Result = Literal["pass", "fail", "n/a"]
Verdict = Literal["extract", "grounded", "checked", "reading", "flagged"]
Certainty = Literal["", "announced", "reported", "opinion"]  # how sure a source is of what it says
Novelty = Literal["figure", "actor", "stage", "matter"]  # what can be new of a story that was told
Status = Literal["draft", "approved", "sending", "submitted", "failed"]
# how the stories of a section stand: as list items, under headings, or below a bold line
Form = Literal["bullets", "headings", "bold"]


@dataclass(frozen=True, slots=True)
class Link:
    """A file that an entry points to: an enclosure or a transcript. `type` is its media type, ""
    when not given.
    """

    url: str
    type: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed. `id` is stable for as long as the feed keeps its GUID (or, without one,
    its link).
    """

    id: str
    feed_url: str
    # without tracking parameters; an episode's recording where the feed gives no link, else ""
    url: str
    title: str  # plain text
    published: datetime | None  # UTC
    first_seen: datetime  # UTC
    kind: Kind = "news"
    author: str = ""
    language: str = ""
    text: str = ""  # the feed's own text for the item, plain, paragraphs parted by a newline
    enclosure: Link | None = None
    transcripts: tuple[Link, ...] = ()
    chapters_url: str = ""
    seconds: int | None = None  # an episode's length
    day: date | None = None  # where the feed names a day and no time
    publisher: str = ""  # whose item it is, where the feed has it from somebody else

    @property
    def page_url(self) -> str:
        """Where there may be a page about it; "" where its link is its recording, or there is
        none.
        """
        return "" if self.enclosure and self.url == self.enclosure.url else self.url

    @property
    def when(self) -> datetime:
        """The time that places the entry in a window: published, or first seen when undated."""
        return self.published or self.first_seen


@dataclass(frozen=True, slots=True)
class Mark:
    """Where in a transcript's text a speaker or a cue begins; `second` is None when the source
    gives no time, `speaker` "" when no name.
    """

    start: int
    second: float | None = None
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named part of an episode; it lasts until the next begins."""

    second: float
    title: str


@dataclass(frozen=True, slots=True)
class Document:
    """The text that was read for an entry. Offsets elsewhere are code points into `text`;
    paragraphs are parted by one newline.
    """

    entry_id: str
    url: str
    feed_url: str
    kind: Kind
    title: str
    publisher: str
    published: datetime | None
    when: datetime  # published, or first seen
    basis: Basis
    text: str
    language: str = ""
    author: str = ""
    canonical_url: str = (
        ""  # what the page calls itself; never linked to, used to see that two documents are one
    )
    note: str = ""  # why the basis is not the best one ("HTTP 402", "the page holds no article")
    audio_url: str = ""  # an episode's recording, as the feed has it
    marks: tuple[Mark, ...] = ()  # of a transcript, in the order of the text
    chapters: tuple[Chapter, ...] = ()  # of an episode, in the order of time
    notes: str = ""  # the feed's own text for an episode whose transcript was read
    day: date | None = None  # of publication, where the feed names a day and no time
    dek: str = ""  # the publisher's own sentence or two about the article; stands in `text`

    @property
    def opening(self) -> str:
        """The text from where it says what it is about: talk begins with small talk, so an
        episode's notes go before it.
        """
        return f"{self.notes}\n{self.text}" if self.notes else self.text


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim span of one document: `quote == document.text[start:end]`; `second` places it in
    an episode.
    """

    entry_url: str
    quote: str
    start: int
    end: int
    second: float | None = None
    audio_url: str | None = None
    entry: str = ""  # whose document it is; "" only in what an early version stored


@dataclass(frozen=True, slots=True)
class Check:
    """One check of one claim, with its reason in words.

    `rule` names the row or rows of the table that a flag comes from; a `clearable` one is of
    wording, which a second reading may overrule. `quote` are the source's deciding words.
    """

    result: Result
    why: str = ""
    rule: str = ""
    clearable: bool = False
    quote: str = ""


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure as a source writes it, what it measures, whose it is and for when."""

    text: str
    what: str
    owner: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Insight:
    """One claim worth telling with what it rests on. What stands below `speaker` only a model's
    reading fills in; `read_by` names it.
    """

    id: str
    text: str
    entry_url: str
    basis: Basis
    evidence: tuple[Evidence, ...]
    checks: tuple[tuple[str, Check], ...]  # by name, in a fixed order
    verdict: Verdict
    speaker: str | None = None
    read_by: str = ""
    headline: str = ""  # "" when the model's did not hold
    headline_verdict: Verdict = "extract"  # of the model's; a source's own title is an extract
    matters: str = (
        ""  # why it matters for the economics of AI, as the source says it; "" when it does not
    )
    figures: tuple[StatedFigure, ...] = ()
    organisations: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    certainty: Certainty = ""
    importance: int = (
        0  # for the economics of AI, 1 to 5, as the model sees it; 0 where none was asked
    )
    entry: str = ""  # whose document was read; "" only in what an early version stored


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of a model's claims: made, repaired, replaced by the source's own words, dropped,
    and the reasons against them.
    """

    made: int = 0
    repaired: int = 0
    replaced: int = 0
    dropped: int = 0
    why: Sequence[str] = ()

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.made + other.made,
            self.repaired + other.repaired,
            self.replaced + other.replaced,
            self.dropped + other.dropped,
            (*self.why, *other.why),
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What a model read in a document, the most important first, and what became of its claims on
    the way. No insight is an answer too.
    """

    insights: tuple[Insight, ...]
    tally: Tally
    model: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated quantity and the sentence it stands in."""

    value: float
    unit: str  # "USD", "USD/month", "%", "x", "GW", "people", ...
    text: str  # as the source writes it
    what: str  # the sentence, word for word
    entry_url: str
    start: int
    end: int  # of the sentence in the document
    entry: str = ""  # whose document it is; "" only in what an early version stored
    owner: str = ""  # whose it is, as the sentence names it
    measure: str = ""  # "revenue", "valuation", ...; "" for none that we know
    period: str = ""  # as the sentence says it
    insight: str = ""  # whose sentence it is, by id; "" for the source's own
    record: str = ""  # its id in the ledger; "" for one that is no figure of record


@dataclass(frozen=True, slots=True)
class Previous:
    """What was told before in a figure's series: its value, as its source wrote it, and by which
    issue, and when.
    """

    value: float
    text: str
    told: date
    issue: str


@dataclass(frozen=True, slots=True)
class Group:
    """Documents about the same event or argument, best source first. `id` is stable while its
    earliest document stays.
    """

    id: str
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """(start, end], UTC: what was published after `start` and up to `end`."""

    start: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.start < moment <= self.end


@dataclass(frozen=True, slots=True)
class Left:
    """An entry that is not in the issue, and why."""

    entry_url: str
    why: str
    entry: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """One thing that is new of a story that was told: a figure as the source writes it, a name, the
    stage that was reached, or the matter as a headline has it; and the sentence that says so, word
    for word.
    """

    kind: Novelty
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Update:
    """What a story is an update of: the issue that told it, there the story and its headline, and
    what is new.
    """

    issue: str
    story: str
    date: date
    headline: str
    news: tuple[News, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A group as `select` sees it: where it belongs, how much it matters, and why."""

    group: Group
    theme: str
    theme_why: str
    relevance: float  # 0 to 1: is it about the economics of AI
    score: float  # what the order is made by
    why: str
    insights: tuple[
        Insight, ...
    ] = ()  # what it is to say, where that is chosen with it; () leaves the choice to the writer
    update: Update | None = None  # what it is an update of; None for what was not told


@dataclass(frozen=True, slots=True)
class Section:
    """A named part of a plan and the stories that stand in it, in order."""

    name: str
    stories: tuple[Ranked, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes into an issue, in order, and what stays out."""

    sections: tuple[Section, ...]
    left_out: tuple[Left, ...]


# ---- the draft: what issue.md holds. `headline` is inline Markdown on one line; `text` and
# `highlights` are paragraphs
# of inline Markdown, each on one line, parted by a blank line; `title` is plain text.


@dataclass(frozen=True, slots=True)
class SourceLink:
    """A named link below a story. `name` is plain text on one line."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """One story as it stands in the draft. `id` is "" for text that the editor added."""

    id: str
    headline: str
    text: str
    links: tuple[SourceLink, ...] = ()
    insights: tuple[str, ...] = ()
    kind: Literal["story", "figure", "note"] = "story"  # a note: the newsletter's own words
    update: str = ""  # inline Markdown on one line: what was told of it before, and what is new
    tag: str = ""  # what kind of event it is, in a word or two; below bold lines alone


@dataclass(frozen=True, slots=True)
class Part:
    """One `##` section of the draft and the form in which its stories stand."""

    name: str
    items: tuple[Item, ...]
    form: Form = "bullets"


@dataclass(frozen=True, slots=True)
class Draft:
    """An issue as `issue.md` holds it; `parse(write(draft)) == draft`."""

    id: str
    edition: str
    date: date
    title: str
    parts: tuple[Part, ...]
    highlights: str = ""
    title_insights: tuple[str, ...] = ()
    highlights_insights: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    summariser: str = "embedded"
    greeting: str = ""  # what stands before the first section, in the newsletter's own voice
    thesis: str = ""  # plain text: what the day adds up to, in the newsletter's own reading
    thesis_stories: tuple[str, ...] = ()  # that it rests on, by id; () for all
    # What a static-site generator reads beside; plain text. `unpublished` is None where the edition
    # says nothing of it.
    description: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    unpublished: bool | None = None
    byline: str = ""  # plain text: how it was made, and who signs it
