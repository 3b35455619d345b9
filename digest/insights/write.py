"""The embedded way to write an issue's prose: extracts passed through, in the order that the plan gives. Pure.

Nothing here can add a story, a link or a source; it decides which of a story's extracts are shown where, within a budget of
words for each source, and says no sentence twice.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.insights.figures import telling
from digest.insights.titles import headline, issue_title
from digest.model import Document, Draft, Figure, Group, Insight, Item, Part, Plan, Ranked, SourceLink
from digest.render.prose import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from digest.editions.edition import Edition, Style

WORDS_PER_SOURCE = 90  # what quotation allows us to take from any one source
HIGHLIGHTED = 3
ALIKE = 0.5  # share of the smaller sentence's words beyond which two sentences say the same
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Material:
    """What the writer may use: insights by entry id, best first, and the figures that stand in the documents."""

    insights: Mapping[str, Sequence[Insight]]
    figures: Sequence[Figure]
    documents: Mapping[str, Document]  # by URL


@dataclass
class _Page:
    """What is already on the page: texts by source, and the words of what must not be said again."""

    texts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    said: list[frozenset[str]] = field(default_factory=list)

    def fits(self, url: str, text: str) -> bool:
        words = sum(len(one.split()) for one in self.texts[url] | {text})
        return words <= WORDS_PER_SOURCE and not self.told(text)

    def told(self, text: str) -> bool:
        words = _words(text)
        return any(len(words & other) > ALIKE * min(len(words), len(other)) for other in self.said)

    def put(self, url: str, text: str, *, again: bool = False) -> None:
        """`again`: the same words may stand a second time."""
        self.texts[url].add(text)
        if not again:
            self.said.append(_words(text))


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text.casefold()) if len(word) > 3)


def write_draft(identity: str, edition: Edition, day: date, plan: Plan, material: Material, numbers: int) -> Draft:
    """The draft of an issue made of extracts. `numbers` is how many figures *By the Numbers* may hold."""
    page = _Page()
    first = [story for section in plan.sections[:1] for story in section.stories]
    highlighted = _highlights(first, material, page)
    parts = [
        Part(section.name, _items(section.stories, edition.sections[section.name], material, page), edition.sections[section.name].bullets)
        for section in plan.sections
        if section.stories
    ]
    figures = _numbers(material, page, numbers)
    if figures:
        parts.append(Part("By the Numbers", figures))
    headlines = {story.group.id: _headline(story.group) for story in first}
    shown = [item for part in parts[:1] for item in part.items]
    return Draft(
        id=identity,
        edition=edition.name,
        date=day,
        title=issue_title([headlines[item.id] for item in shown if item.id in headlines]),
        parts=tuple(parts),
        highlights=" ".join(_credited(insight, material) for insight in highlighted),
        title_insights=tuple(item.insights[0] for item in shown[:HIGHLIGHTED] if item.insights),
        highlights_insights=tuple(insight.id for insight in highlighted),
        categories=_categories(plan),
    )


def _highlights(stories: Sequence[Ranked], material: Material, page: _Page) -> list[Insight]:
    """Leads of the first three stories that can spare one: what stands here is not said again below.

    Stories with more left to say go first; where none can spare its lead, the first story's stands in both places.
    """
    told = [
        [insight for document in story.group.documents for insight in material.insights.get(document.entry_id, ())] for story in stories
    ]
    chosen: list[int] = []
    for spare in (2, 1):
        able = [i for i, sayable in enumerate(told) if i not in chosen and _spare(sayable) >= spare]
        chosen += able[: HIGHLIGHTED - len(chosen)]
    leads = [told[i][0] for i in sorted(chosen)] or [sayable[0] for sayable in told if sayable][:1]
    for lead in leads:
        page.put(lead.entry_url, lead.text, again=not chosen)
    return leads


def _spare(sayable: Sequence[Insight]) -> int:
    """How many sentences a story has left when its lead is taken, repeats of the lead not counted."""
    if not sayable:
        return 0
    lead = _Page(said=[_words(sayable[0].text)])
    return sum(not lead.told(insight.text) for insight in sayable[1:])


def _credited(insight: Insight, material: Material) -> str:
    """A sentence with its source in brackets before the full stop."""
    document = material.documents[insight.entry_url]
    link = f"([{escape(document.publisher or 'source')}]({_target(insight.entry_url)}))"
    text = _told([insight])
    return f"{escape(text[:-1])} {link}." if text.endswith(".") else f"{escape(text)} {link}"


def _target(url: str) -> str:
    return f"<{url}>" if "(" in url or ")" in url else url


def _items(stories: Iterable[Ranked], style: Style, material: Material, page: _Page) -> tuple[Item, ...]:
    return tuple(_item(story.group, style, material, page) for story in stories)


def _item(group: Group, style: Style, material: Material, page: _Page) -> Item:
    chosen = _choose(group, style.sentences, material, page)
    return Item(
        id=group.id,
        headline=escape(_headline(group)),
        text=escape(_told(chosen)),
        links=links(group.documents),
        insights=tuple(insight.id for insight in chosen),
    )


def _told(chosen: Sequence[Insight]) -> str:
    """Extracts as a reader sees them: what somebody said stands in quotation marks, behind the speaker's name where that is known."""
    told: list[str] = []
    before: str | None = None
    for insight in chosen:
        text = f"“{insight.text}”" if insight.basis == "transcript" else insight.text
        told.append(f"{insight.speaker}: {text}" if insight.speaker and insight.speaker != before else text)
        before = insight.speaker
    return " ".join(told)


def _headline(group: Group) -> str:
    best = group.documents[0]
    return headline(best.title, best.publisher)


def _choose(group: Group, wanted: int, material: Material, page: _Page) -> list[Insight]:
    """Sentences of the best source first, one place kept for what another source adds; leads first, then in reading order."""
    best, *others = [list(material.insights.get(document.entry_id, ())) for document in group.documents]
    keep = 1 if wanted > 1 and any(others) else 0
    chosen = _take(best, wanted - keep, page)
    for insights in others:
        chosen += _take(insights, min(1, wanted - len(chosen)), page)
    chosen += _take(best, wanted - len(chosen), page)
    order = {document.url: i for i, document in enumerate(group.documents)}
    leads = {found[0].id for found in (best, *others) if found}
    return sorted(chosen, key=lambda insight: (insight.id not in leads, order[insight.entry_url], insight.evidence[0].start))


def _take(insights: Sequence[Insight], wanted: int, page: _Page) -> list[Insight]:
    taken: list[Insight] = []
    for insight in insights:
        if len(taken) < wanted and page.fits(insight.entry_url, insight.text):
            page.put(insight.entry_url, insight.text)
            taken.append(insight)
    return taken


def links(documents: Sequence[Document]) -> tuple[SourceLink, ...]:
    """One link a document; a publisher's second piece is numbered, so that no two links of a story read the same."""
    seen: Counter[str] = Counter()
    found: dict[str, SourceLink] = {}
    for document in documents:
        if document.url in found:
            continue
        name = document.publisher or "source"
        seen[name] += 1
        found[document.url] = SourceLink(name if seen[name] == 1 else f"{name} ({seen[name]})", document.url)
    return tuple(found.values())


def _numbers(material: Material, page: _Page, wanted: int) -> tuple[Item, ...]:
    items: list[Item] = []
    sources: set[str] = set()
    for figure in telling(material.figures):
        if len(items) == wanted or figure.entry_url in sources or not page.fits(figure.entry_url, figure.what):
            continue
        page.put(figure.entry_url, figure.what)
        sources.add(figure.entry_url)
        document = material.documents[figure.entry_url]
        items.append(Item(figure_id(figure), escape(figure.text), escape(figure.what), links([document]), kind="figure"))
    return tuple(items)


def figure_id(figure: Figure) -> str:
    """A figure's id in issue.md: its place in its document."""
    return hashlib.blake2s(f"{figure.entry_url}\x1f{figure.start}\x1f{figure.text}".encode(), digest_size=4).hexdigest()


def _categories(plan: Plan) -> tuple[str, ...]:
    themes = Counter(story.theme for section in plan.sections for story in section.stories if story.theme != "Other")
    return tuple(theme for theme, _ in themes.most_common(5))
