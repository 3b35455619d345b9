"""An issue as the templates see it: everything that they need, computed once from the draft and
what the store knows of its sources.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from digest.model import Basis, Draft, Evidence, Item, Part, SourceLink
from digest.render.episode_links import MomentView, moments
from digest.text import markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from markupsafe import Markup

    from digest.config.schema import Newsletter

BASIS_LABELS: dict[Basis, str] = {
    "article": "",
    "transcript": "transcript",
    "show-notes": "show notes",
    "feed-text": "feed text",
}
PREHEADER_LENGTH = 110
_WORDS_A_MINUTE = 230
_NBSP = "\u00a0"
_RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What the store knows of a document that the draft links to; `title` and `publisher` are plain
    text.
    """

    url: str
    title: str
    publisher: str
    published: datetime | None
    basis: Basis
    by_machine: bool = False  # the transcript is speech recognition's


@dataclass(frozen=True, slots=True)
class LinkView:
    """A source named below a story. `number` is its place in the list of sources; `url` is "" when
    it may not be linked.
    """

    name: str
    url: str
    number: int
    basis: str  # "" for an article
    moments: tuple[MomentView, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryView:
    """One story. `href` is where its headline leads, "" when the headline holds a link of its own
    or there is no source.
    """

    anchor: str
    headline: Markup
    paragraphs: tuple[Markup, ...]
    links: tuple[LinkView, ...]
    href: str
    verbatim: bool  # to be marked as the source's own words, because others in the issue are not
    figure: bool
    theme: str = ""  # "" when it is none's
    insights: frozenset[str] = frozenset()  # the ids of those that it tells


@dataclass(frozen=True, slots=True)
class SectionView:
    """A named part of the issue; `layout` says how its stories are set."""

    name: str
    anchor: str
    layout: Literal["bullets", "articles", "figures"]
    stories: tuple[StoryView, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """One line of the list of sources. No two have the same title, so that link texts are told
    apart.
    """

    number: int
    url: str
    title: str
    publisher: str  # "" when the title says it already
    published: str
    basis: str


@dataclass(frozen=True, slots=True)
class IssueView:
    """An issue, ready to be set. `title`, `subject` and `preheader` are plain text; `url` is ""
    when the newsletter has no address.
    """

    id: str
    edition: str
    title: str
    date: date
    date_text: str
    subject: str
    preheader: str
    highlights: tuple[Markup, ...]
    sections: tuple[SectionView, ...]
    categories: tuple[str, ...]
    sources: tuple[SourceView, ...]
    minutes: int
    words_from: Literal["sources", "both", "writer"]  # whose words the stories are
    summariser: str
    newsletter: Newsletter
    direction: Literal["ltr", "rtl"]
    url: str
    feed_url: str


def issue_view(
    draft: Draft,
    newsletter: Newsletter,
    facts: Mapping[str, SourceFacts],
    extracts: frozenset[str] = frozenset(),
    evidence: Mapping[str, tuple[Evidence, ...]] | None = None,
    themes: Mapping[str, str] | None = None,
) -> IssueView:
    """The view of a draft.

    `facts` is by URL; `extracts` holds the ids of items whose words are the sources' own;
    `evidence`, by item, is what they rest on, and `themes`, by item too, where they belong.
    """
    sources = _sources(draft, newsletter, facts)
    told = [item for part in draft.parts for item in part.items]
    words_from = _words_from(told, extracts)
    marked = extracts if words_from == "both" else frozenset()
    highlights = markdown.paragraphs(draft.highlights)
    title = markdown.one_line(draft.title)
    return IssueView(
        id=draft.id,
        edition=draft.edition,
        title=title,
        date=draft.date,
        date_text=day(draft.date, newsletter.language, weekday=True),
        subject=f"{title} — {draft.date.isoformat()}",
        preheader=_preheader(highlights, told),
        highlights=highlights,
        sections=_sections(
            draft.parts,
            {source.url: source for source in sources},
            marked,
            evidence or {},
            themes or {},
        ),
        categories=tuple(markdown.one_line(category) for category in draft.categories),
        sources=sources,
        minutes=_minutes(highlights, told),
        words_from=words_from,
        summariser=markdown.one_line(draft.summariser),
        newsletter=newsletter,
        direction=direction(newsletter),
        url=address(newsletter, f"issues/{draft.id}/"),
        feed_url=address(newsletter, "feed.xml"),
    )


def address(newsletter: Newsletter, path: str) -> str:
    """The public URL of a file of the archive, "" when the newsletter has none."""
    return f"{newsletter.url.rstrip('/')}/{path}" if newsletter.url else ""


def direction(newsletter: Newsletter) -> Literal["ltr", "rtl"]:
    """Which way the newsletter's language is written."""
    return "rtl" if newsletter.language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


def month(when: date, language: str) -> str:
    """A month as a reader writes it: "February 2026" in English, else "2026-02"."""
    return (
        f"{_MONTHS[when.month - 1]} {when.year}"
        if language.partition("-")[0] == "en"
        else f"{when:%Y-%m}"
    )


def day(when: date, language: str, *, weekday: bool = False) -> str:
    """A day as a reader writes it: in English words ("Thursday, 5 February 2026", "5 Feb 2026"),
    else as ISO 8601.
    """
    if language.partition("-")[0] != "en":
        return when.isoformat()
    name = _MONTHS[when.month - 1]
    return (
        f"{_WEEKDAYS[when.weekday()]}, {when.day} {name} {when.year}"
        if weekday
        else f"{when.day}{_NBSP}{name[:3]} {when.year}"
    )


# ---------------------------------------------------------------- sources


def _sources(
    draft: Draft, newsletter: Newsletter, facts: Mapping[str, SourceFacts]
) -> tuple[SourceView, ...]:
    named: dict[str, str] = {}
    for link in _linked(draft):
        if _is_web(link.url):
            named.setdefault(link.url, markdown.one_line(link.name) or _host(link.url))
    known = [
        facts.get(url) or SourceFacts(url, name, name, None, "article")
        for url, name in named.items()
    ]
    published = partial(_published, issue_day=draft.date, newsletter=newsletter)
    titles = [markdown.one_line(source.title) or _host(source.url) for source in known]
    return tuple(
        _source(
            number,
            source,
            title if titles.count(title) == 1 else f"{title} [{number}]",
            published(source),
        )
        for number, (source, title) in enumerate(zip(known, titles, strict=True), 1)
    )


def _linked(draft: Draft) -> Iterable[SourceLink]:
    """Every link of the draft, in reading order."""
    yield from _inline_links(draft.highlights)
    for part in draft.parts:
        for item in part.items:
            yield from (*_inline_links(item.headline), *_inline_links(item.text), *item.links)


def _inline_links(text: str) -> Iterable[SourceLink]:
    """Links inside prose, named by their site: their own text is a phrase of the sentence."""
    return (
        SourceLink(_host(link.url), link.url) for link in markdown.links(text) if _is_web(link.url)
    )


def _source(number: int, known: SourceFacts, title: str, published: str) -> SourceView:
    publisher = markdown.one_line(known.publisher)
    return SourceView(
        number=number,
        url=markdown.safe_url(known.url),
        title=title,
        publisher="" if publisher == title else publisher,
        published=published,
        basis=(
            f"machine {BASIS_LABELS[known.basis]}"
            if known.by_machine
            else BASIS_LABELS[known.basis]
        ),
    )


def _published(source: SourceFacts, issue_day: date, newsletter: Newsletter) -> str:
    """The day in the newsletter's time zone, without the year when it is the issue's; "" when
    unknown.
    """
    if source.published is None:
        return ""
    when = source.published.astimezone(newsletter.zone).date()
    text = day(when, newsletter.language)
    return text.removesuffix(f" {when.year}") if when.year == issue_day.year else text


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


# ---------------------------------------------------------------- stories


def _sections(
    parts: tuple[Part, ...],
    sources: Mapping[str, SourceView],
    marked: frozenset[str],
    evidence: Mapping[str, tuple[Evidence, ...]],
    themes: Mapping[str, str],
) -> tuple[SectionView, ...]:
    taken = {"content", "highlights", "sources"}  # ids that the page itself uses
    sections = []
    for part in parts:
        name = markdown.one_line(part.name)
        anchor = _anchor(name, "section", taken)
        stories = tuple(
            _story(
                item,
                _links(item, sources, evidence.get(item.id, ())),
                marked,
                taken,
                themes.get(item.id, ""),
            )
            for item in part.items
        )
        sections.append(SectionView(name, anchor, _layout(part), stories))
    return tuple(sections)


def _layout(part: Part) -> Literal["bullets", "articles", "figures"]:
    if part.items and all(item.kind == "figure" for item in part.items):
        return "figures"
    return "bullets" if part.bullets else "articles"


def _story(
    item: Item, links: tuple[LinkView, ...], marked: frozenset[str], taken: set[str], theme: str
) -> StoryView:
    headline = markdown.to_html(item.headline)
    first = next((link.url for link in links if link.url), "")
    return StoryView(
        anchor=_anchor(
            f"{item.kind}-{item.id or markdown.strip_tags(headline)[:40]}", item.kind, taken
        ),
        headline=headline,
        paragraphs=markdown.paragraphs(item.text),
        links=links,
        href="" if "<a " in headline else first,
        verbatim=item.id in marked,
        figure=item.kind == "figure",
        theme=theme,
        insights=frozenset(item.insights),
    )


def _links(
    item: Item, sources: Mapping[str, SourceView], evidence: tuple[Evidence, ...]
) -> tuple[LinkView, ...]:
    return tuple(
        _link(link, sources.get(markdown.safe_url(link.url)), evidence) for link in item.links
    )


def _link(link: SourceLink, source: SourceView | None, evidence: tuple[Evidence, ...]) -> LinkView:
    name = markdown.one_line(link.name)
    if source is None:
        return LinkView(name, "", 0, "")
    return LinkView(
        name,
        source.url,
        source.number,
        source.basis,
        moments([one for one in evidence if one.entry_url == link.url]),
    )


def _anchor(text: str, fallback: str, taken: set[str]) -> str:
    """An id made from a text that no other element of the page has."""
    slug = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-") or fallback
    found = next(
        name
        for name in (slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3)))
        if name not in taken
    )
    taken.add(found)
    return found


# ---------------------------------------------------------------- the issue as a whole


def _words_from(
    items: list[Item], extracts: frozenset[str]
) -> Literal["sources", "both", "writer"]:
    theirs = {item.id in extracts for item in items}
    return "both" if len(theirs) == 2 else "sources" if theirs == {True} else "writer"


def _preheader(highlights: tuple[Markup, ...], items: list[Item]) -> str:
    text = " ".join(map(markdown.strip_tags, highlights)) or "; ".join(
        markdown.to_plain(item.headline) for item in items[:3]
    )
    if len(text) <= PREHEADER_LENGTH:
        return text
    sentence = re.match(rf"(.{{40,{PREHEADER_LENGTH - 1}}}[.?!])\s", text)
    return (
        sentence[1]
        if sentence
        else f"{text[: PREHEADER_LENGTH - 1].rsplit(' ', 1)[0].rstrip(' ,;:')}…"
    )


def _minutes(highlights: tuple[Markup, ...], items: list[Item]) -> int:
    texts = [
        *map(markdown.strip_tags, highlights),
        *(markdown.to_plain(f"{item.headline} {item.text}") for item in items),
    ]
    return max(1, math.ceil(sum(len(text.split()) for text in texts) / _WORDS_A_MINUTE))
