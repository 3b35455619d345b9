"""The list of an issue's sources: every link of the draft once, numbered in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.model import Basis, SourceLink
from digest.text import markdown
from digest.text.own_words import own_words
from digest.text.reader_dates import short_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from digest.config.schema import Newsletter
    from digest.model import Draft

BASIS_LABELS: dict[Basis, str] = {
    "article": "",
    "transcript": "transcript",
    "show-notes": "show notes",
    "feed-text": "feed text",
}
MACHINE_LABELS = {"transcript": "machine transcript"}  # of what speech recognition heard


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
    entry: str = ""  # tells apart what stands at one address


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
    entry: str = ""
    house: str = ""  # the publisher, whether or not the title says it
    spoken: bool = False  # an episode, by its transcript or its show notes


def source_list(
    draft: Draft, newsletter: Newsletter, facts: Mapping[str, SourceFacts]
) -> tuple[SourceView, ...]:
    """The sources; `facts` is what is known of them. What several pieces at one address are is said
    of each.
    """
    at: dict[str, list[SourceFacts]] = {}
    for source in facts.values():
        at.setdefault(source.url, []).append(source)
    named: dict[str, str] = {}
    for link in _linked(draft):
        if _is_web(link.url):
            named.setdefault(link.url, markdown.one_line(link.name) or _host(link.url))
    known = [
        source
        for url, name in named.items()
        for source in at.get(url) or [SourceFacts(url, name, name, None, "article")]
    ]
    published = partial(_published, issue_day=draft.date, newsletter=newsletter)
    titles = [markdown.one_line(source.title) or _host(source.url) for source in known]
    return tuple(
        _source(
            number,
            source,
            title if titles.count(title) == 1 else f"{title} [{number}]",
            published(source),
            basis_label(source, newsletter.language),
        )
        for number, (source, title) in enumerate(zip(known, titles, strict=True), 1)
    )


def _linked(draft: Draft) -> Iterable[SourceLink]:
    """Every link of the draft, in reading order."""
    yield from _inline_links(draft.greeting)
    yield from _inline_links(draft.highlights)
    for part in draft.parts:
        for item in part.items:
            yield from (*_inline_links(item.headline), *_inline_links(item.text), *item.links)


def _inline_links(text: str) -> Iterable[SourceLink]:
    """Links inside prose, named by their site: their own text is a phrase of the sentence."""
    return (
        SourceLink(_host(link.url), link.url) for link in markdown.links(text) if _is_web(link.url)
    )


def basis_label(source: SourceFacts, language: str) -> str:
    """What was read for a source, in the newsletter's words; "" for an article."""
    label = BASIS_LABELS[source.basis]
    if source.by_machine:
        label = MACHINE_LABELS.get(label, label)
    return own_words(language).gettext(label) if label else ""


def _source(number: int, known: SourceFacts, title: str, published: str, basis: str) -> SourceView:
    publisher = markdown.one_line(known.publisher)
    return SourceView(
        number=number,
        url=markdown.safe_url(known.url),
        title=title,
        publisher="" if publisher == title else publisher,
        published=published,
        basis=basis,
        entry=known.entry,
        house=publisher,
        spoken=known.basis in {"transcript", "show-notes"},
    )


def _published(source: SourceFacts, issue_day: date, newsletter: Newsletter) -> str:
    """The day in the newsletter's time zone, without the year when it is the issue's; "" when
    unknown.
    """
    if source.published is None:
        return ""
    when = source.published.astimezone(newsletter.zone).date()
    return short_day(when, newsletter.language, year=when.year != issue_day.year)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
