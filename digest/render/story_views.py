"""The stories of an issue as the templates see them, section by section."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup

from digest.render.episode_links import MomentView, moments
from digest.render.update_notes import UpdateNote, update_note
from digest.text import markdown
from digest.text.notes import has_notes, raised_notes
from digest.text.own_words import named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.config.schema import Newsletter
    from digest.model import Evidence, Item, Part, SourceLink
    from digest.render.source_list import SourceView


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
    label: str = ""  # what is heard of the link, where it is not seen below its story
    house: str = ""  # whose it is
    spoken: bool = False  # an episode


@dataclass(frozen=True, slots=True)
class ToldView:
    """Where another edition told a story: "the daily of 5 February". `url` is "" when the
    newsletter has no address; `path` leads there from the page of another issue.
    """

    name: str
    url: str
    path: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What is said of a story beside its own words: its theme, "" for none, and where it was told
    before.
    """

    theme: str = ""
    told_in: tuple[ToldView, ...] = ()
    earlier: tuple[ToldView, ...] = ()  # stories that belong to it


NOTHING_BESIDE = Beside()


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
    tag: str = ""  # what kind of event it is
    told_in: tuple[ToldView, ...] = ()  # where other editions told it
    earlier: tuple[ToldView, ...] = ()  # stories that belong to it, each named by its headline
    theme: str = ""  # "" when it is none's
    insights: frozenset[str] = frozenset()  # the ids of those that it tells
    update: UpdateNote | None = None  # what it is an update of, where it is one


@dataclass(frozen=True, slots=True)
class SectionView:
    """A named part of the issue; `layout` says how its stories are set."""

    name: str
    anchor: str
    layout: Literal["bullets", "articles", "tagged", "figures"]
    stories: tuple[StoryView, ...]


def section_views(
    parts: tuple[Part, ...],
    sources: Sequence[SourceView],
    marked: frozenset[str],
    evidence: Mapping[str, tuple[Evidence, ...]],
    beside: Mapping[str, Beside],
    newsletter: Newsletter,
) -> tuple[SectionView, ...]:
    """The sections, in order. `marked` holds the ids of items to be marked as the sources' own
    words; `evidence` and `beside` are by item.
    """
    taken = {"content", "highlights", "sources"}  # ids that the page itself uses
    sections = []
    for part in parts:
        name = named(markdown.one_line(part.name), newsletter.language)
        anchor = _anchor(name, "section", taken)
        stories = tuple(
            replace(
                _noted(
                    _story(
                        item,
                        _links(item, sources, evidence.get(item.id, ())),
                        marked,
                        taken,
                        images=newsletter.images,
                    ),
                    item,
                    sources,
                ),
                theme=beside.get(item.id, NOTHING_BESIDE).theme,
                told_in=beside.get(item.id, NOTHING_BESIDE).told_in,
                earlier=beside.get(item.id, NOTHING_BESIDE).earlier,
                update=update_note(item.update, newsletter),
            )
            for item in part.items
        )
        sections.append(SectionView(name, anchor, _layout(part), stories))
    return tuple(sections)


def _noted(story: StoryView, item: Item, sources: Sequence[SourceView]) -> StoryView:
    """A passage whose sentences have notes: they lead to its sources, and nothing else need."""
    if not has_notes(item.text):
        return story
    numbers = {source.url: source.number for source in sources}
    paragraphs = (raised_notes(one, numbers) for one in story.paragraphs)
    return replace(story, paragraphs=tuple(map(Markup, paragraphs)), links=(), href="")


def _layout(part: Part) -> Literal["bullets", "articles", "tagged", "figures"]:
    stories = [item for item in part.items if item.kind != "note"]
    if stories and all(item.kind == "figure" for item in stories):
        return "figures"
    if part.form == "bold":
        return "tagged"
    return "bullets" if part.form == "bullets" else "articles"


def _story(
    item: Item,
    links: tuple[LinkView, ...],
    marked: frozenset[str],
    taken: set[str],
    *,
    images: bool,
) -> StoryView:
    headline = markdown.to_html(item.headline)
    first = next((link.url for link in links if link.url), "")
    return StoryView(
        anchor=_anchor(
            f"{item.kind}-{item.id or markdown.strip_tags(headline)[:40]}", item.kind, taken
        ),
        headline=headline,
        paragraphs=markdown.paragraphs(item.text, images=images),
        links=links,
        href="" if "<a " in headline else first,
        verbatim=item.id in marked,
        figure=item.kind == "figure",
        tag=markdown.one_line(item.tag),
        insights=frozenset(item.insights),
    )


_NO_TAGS = str.maketrans("<>", "\u2039\u203a")  # mail programs take attributes apart by hand


def _links(
    item: Item, sources: Sequence[SourceView], evidence: tuple[Evidence, ...]
) -> tuple[LinkView, ...]:
    return tuple(_link(link, _source(link, sources, evidence), evidence) for link in item.links)


def _source(
    link: SourceLink, sources: Sequence[SourceView], evidence: tuple[Evidence, ...]
) -> SourceView | None:
    """The source that a link leads to: of several at its address the one that the story rests
    on.
    """
    url, entries = markdown.safe_url(link.url), {one.entry for one in evidence}
    there = [source for source in sources if source.url == url]
    return next((source for source in there if source.entry in entries), next(iter(there), None))


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
        f"{name}: {source.title}".translate(_NO_TAGS),
        source.house or name,
        source.spoken,
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
