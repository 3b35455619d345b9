"""An issue's prose without a model: insights passed through, in the order that the plan gives.
Pure.

Nothing here can add a story, a link or a source; it decides which of a story's extracts are shown
where, within a budget of words for each source, and says no sentence twice.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.insights.claim_labels import label
from digest.insights.figures import telling
from digest.insights.news_value import adds_news, looks_back, of_others, on_another_matter, takes_up
from digest.insights.titles import headline, issue_title
from digest.model import (
    Document,
    Draft,
    Figure,
    Group,
    Insight,
    Item,
    Part,
    Plan,
    Ranked,
    SourceLink,
)
from digest.text.markdown import escape, to_plain
from digest.text.quantities import quantities
from digest.text.sentences import sentences
from digest.text.similarity import alike, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from digest.editions.edition import Edition, Style
    from digest.text.quantities import Quantity

WORDS_PER_SOURCE = 90  # what quotation allows us to take from any one source
HIGHLIGHTED = 3
SAME_EVENT = (
    0.4  # share of the shorter text's words from which two sources say the same of one event
)


@dataclass(frozen=True, slots=True)
class Material:
    """What the writer may use: insights by entry id, best first, and the figures that stand in the
    documents.
    """

    insights: Mapping[str, Sequence[Insight]]
    figures: Sequence[Figure]
    documents: Mapping[str, Document]  # by URL
    texts: Mapping[str, Insight] = field(
        default_factory=dict
    )  # story texts that a model wrote, by story


@dataclass
class _Page:
    """What is already on the page: texts by source, and the words of what must not be said
    again.
    """

    texts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    said: list[frozenset[str]] = field(default_factory=list)

    def fits(self, url: str, text: str) -> bool:
        count = sum(len(one.split()) for one in self.texts[url] | {text})
        return count <= WORDS_PER_SOURCE and not self.told(text)

    def told(self, text: str) -> bool:
        own = words(text)
        return any(alike(own, other) for other in self.said)

    def put(self, url: str, text: str, *, again: bool = False, quoted: bool = True) -> None:
        """`again`: the same words may stand a second time; `quoted`: they are the source's own."""
        if quoted:
            self.texts[url].add(text)
        if not again:
            self.said.append(words(text))


def write_draft(
    identity: str, edition: Edition, day: date, plan: Plan, material: Material, numbers: int
) -> Draft:
    """The draft of an issue made of extracts. `numbers` is how many figures *By the Numbers* may
    hold.
    """
    page = _Page()
    first = [story for section in plan.sections[:1] for story in section.stories]
    highlighted = _highlights(first, material, page) if edition.highlights else []
    parts = [
        Part(
            section.name,
            _items(section.stories, edition.style(section.name), material, page),
            edition.style(section.name).bullets,
        )
        for section in plan.sections
        if section.stories
    ]
    texts = [
        *(to_plain(item.text) for part in parts for item in part.items),
        *(_first(insight) for insight in highlighted),
    ]
    amounts = frozenset(_amount(one) for text in texts for one in quantities(text))
    figures = _numbers(material, page, numbers, amounts)
    if figures:
        parts.append(Part("By the Numbers", figures))
    headlines = {story.group.id: _headline(story.group) for story in first}
    shown = [item for part in parts[:1] for item in part.items]
    told = [story for section in plan.sections for story in section.stories]
    return Draft(
        id=identity,
        edition=edition.name,
        date=day,
        title=(
            edition.title(told)
            if edition.title
            else issue_title([headlines[item.id] for item in shown if item.id in headlines])
        ),
        parts=tuple(parts),
        highlights=" ".join(
            credited(_first(insight), [insight.entry_url], material) for insight in highlighted
        ),
        title_insights=(
            ()
            if edition.title
            else tuple(item.insights[0] for item in shown[:HIGHLIGHTED] if item.insights)
        ),
        highlights_insights=tuple(insight.id for insight in highlighted),
        categories=_categories(plan),
    )


def _highlights(stories: Sequence[Ranked], material: Material, page: _Page) -> list[Insight]:
    """Leads of the first three stories that can spare one: what stands here is not said again
    below.

    Stories with more left to say go first; where none can spare its lead, the first story's stands
    in both places. A model's own words are no quotation: of such leads the first sentences stand
    here until the model has written better ones.
    """
    told = [_sayable(story.group, material) for story in stories]
    written = [sayable[0] for sayable in told if sayable and sayable[0].verdict != "extract"]
    if written:
        return written[:HIGHLIGHTED]
    chosen: list[int] = []
    for spare in (2, 1):
        able = [
            i
            for i, sayable in enumerate(told)
            if i not in chosen and _spare(stories[i].group, sayable) >= spare
        ]
        chosen += able[: HIGHLIGHTED - len(chosen)]
    leads = [told[i][0] for i in sorted(chosen)] or _first_telling(stories, told)
    for lead in leads:
        page.put(lead.entry_url, _first(lead), again=not chosen)
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


def _sayable(group: Group, material: Material) -> list[Insight]:
    """What a story can be told with: of its best source what goes with the lead, of the others what
    takes up the headline.

    A page that tells several things is a source of one of them. What a model wrote of the best
    source, and what is said in an episode, was chosen for it.
    """
    best, *others = group.documents
    own = list(material.insights.get(best.entry_id, ()))
    theirs = [insight for other in others for insight in material.insights.get(other.entry_id, ())]
    if best.kind != "news":
        return [*own, *theirs]
    told = f"{best.title}\n{own[0].text if own else ''}"
    if own and own[0].verdict != "extract":
        return [*own, *(insight for insight in theirs if takes_up(insight.text, told))]
    added = [insight for insight in theirs if takes_up(insight.text, best.title)]
    return [
        *own[:1],
        *(insight for insight in own[1:] if not on_another_matter(insight.text, told)),
        *added,
    ]


def _spare(group: Group, sayable: Sequence[Insight]) -> int:
    """How many sentences a story has left when its lead is taken: repeats of the lead are none, and
    one must lead on from the headline.
    """
    best = group.documents[0]
    if not sayable:
        return 0
    lead = words(_first(sayable[0]))
    left = [insight for insight in sayable[1:] if not alike(words(insight.text), lead)]
    openings = [one for i, one in enumerate(left) if i == 0 or one.entry_url != best.url]
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


def _first(insight: Insight) -> str:
    """What stands in the highlights for an insight: of talk the whole quotation, of other words the
    first sentence.
    """
    return (
        told_text([insight])
        if _is_talk([insight]) and insight.verdict == "extract"
        else sentences(insight.text)[0].text
    )


def credited(text: str, urls: Iterable[str], material: Material) -> str:
    """A sentence as Markdown with its sources in brackets before the full stop."""
    cited = links([material.documents[url] for url in urls])
    named = ", ".join(f"[{escape(one.name)}]({_target(one.url)})" for one in cited)
    return f"{escape(text[:-1])} ({named})." if text.endswith(".") else f"{escape(text)} ({named})"


def _target(url: str) -> str:
    return f"<{url}>" if "(" in url or ")" in url else url


def _items(
    stories: Iterable[Ranked], style: Style, material: Material, page: _Page
) -> tuple[Item, ...]:
    return tuple(_item(story, style, material, page) for story in stories)


def _item(story: Ranked, style: Style, material: Material, page: _Page) -> Item:
    chosen = story.insights or _choose(story.group, style.sentences, material, page)
    return Item(
        id=story.group.id,
        headline=escape(_label(story, chosen)),
        text=escape(told_text(chosen)),
        links=links(story.group.documents),
        insights=tuple(insight.id for insight in chosen),
    )


def _label(story: Ranked, chosen: Sequence[Insight]) -> str:
    """What a story is headed by: a model's headline, a label for what somebody says, or its best
    source's title.
    """
    if chosen and chosen[0].headline:
        return chosen[0].headline
    return label(story.insights[0].text) if _is_talk(story.insights) else _headline(story.group)


def _is_talk(insights: Sequence[Insight]) -> bool:
    """Whether a story is a claim out of a talk, whose own title names the talk and not what is
    claimed.
    """
    return bool(insights) and insights[0].basis == "transcript"


def told_text(chosen: Sequence[Insight]) -> str:
    """Insights as a reader sees them: of extracts, what somebody said stands in quotation marks,
    behind the speaker's name where known.
    """
    told: list[str] = []
    before: str | None = None
    for insight in chosen:
        own = insight.verdict == "extract"
        text = (
            f"“{insight.text}”"
            if own and insight.basis == "transcript"
            else " ".join(filter(None, (insight.text, insight.matters)))
        )
        told.append(
            f"{insight.speaker}: {text}"
            if own and insight.speaker and insight.speaker != before
            else text
        )
        before = insight.speaker
    return " ".join(told)


def _headline(group: Group) -> str:
    best = group.documents[0]
    return headline(best.title, best.publisher)


def _choose(group: Group, wanted: int, material: Material, page: _Page) -> list[Insight]:
    """Sentences of the best source first, one place kept for what another source adds; leads first,
    then in reading order.
    """
    sayable = _sayable(group, material)
    best, *others = [
        [one for one in sayable if one.entry_url == document.url] for document in group.documents
    ]
    keep = 1 if wanted > 1 and any(others) else 0
    chosen = _take(best, wanted - keep, page)
    for insights in others:
        new = [one for one in insights if not _retells(one, chosen)]
        chosen += _take(new, min(1, wanted - len(chosen)), page)
    chosen += _take(best, wanted - len(chosen), page)
    if (
        not chosen
    ):  # a weak model says one thing of many stories; that twice is better than a headline alone
        chosen = [insight for insight in best[:1] if insight.verdict != "extract"]
    order = {document.url: i for i, document in enumerate(group.documents)}
    leads = {found[0].id for found in (best, *others) if found}
    opener = _opener(chosen, group.documents[0])
    return sorted(
        chosen,
        key=lambda one: (
            one.id not in leads,
            order[one.entry_url],
            one is not opener,
            one.evidence[0].start,
        ),
    )


def _opener(chosen: Sequence[Insight], best: Document) -> Insight | None:
    """What opens a story whose lead stands elsewhere: of its best source the first to take up the
    headline, else the best.
    """
    own = sorted(
        (one for one in chosen if one.entry_url == best.url), key=lambda one: one.evidence[0].start
    )
    return next(
        (
            one
            for one in own
            if takes_up(one.text, best.title) and not looks_back(one.text, best.when.year)
        ),
        next(iter(chosen), None),
    )


def _retells(insight: Insight, chosen: Sequence[Insight]) -> bool:
    """Whether another source's sentence tells of the same event what is told already: in like
    words, or with the same amounts.
    """
    own, stated = words(insight.text), {_amount(one) for one in quantities(insight.text)}
    return any(
        alike(own, words(one.text), SAME_EVENT)
        or (stated and stated <= {_amount(told) for told in quantities(one.text)})
        for one in chosen
    )


def _take(insights: Sequence[Insight], wanted: int, page: _Page) -> list[Insight]:
    taken: list[Insight] = []
    for insight in insights:
        own = insight.verdict == "extract"  # only what is quoted counts towards what may be quoted
        if len(taken) < wanted and (
            page.fits(insight.entry_url, insight.text) if own else not page.told(insight.text)
        ):
            page.put(insight.entry_url, insight.text, quoted=own)
            taken.append(insight)
    return taken


def links(documents: Sequence[Document]) -> tuple[SourceLink, ...]:
    """One link a document; a publisher's second piece is numbered, so that no two links of a story
    read the same.
    """
    seen: Counter[str] = Counter()
    found: dict[str, SourceLink] = {}
    for document in documents:
        if document.url in found:
            continue
        name = document.publisher or "source"
        seen[name] += 1
        found[document.url] = SourceLink(
            name if seen[name] == 1 else f"{name} ({seen[name]})", document.url
        )
    return tuple(found.values())


def _numbers(
    material: Material, page: _Page, wanted: int, told: frozenset[tuple[float, str]]
) -> tuple[Item, ...]:
    """Figures in their sources' sentences, but none of an amount that a story has `told`, in
    whatever words, and none twice.
    """
    items: list[Item] = []
    sources: set[str] = set()
    for figure in telling(material.figures):
        if (
            len(items) == wanted
            or figure.entry_url in sources
            or not page.fits(figure.entry_url, figure.what)
        ):
            continue
        if _amount(figure) in told:
            continue
        page.put(figure.entry_url, figure.what)
        told |= {_amount(figure)}
        sources.add(figure.entry_url)
        document = material.documents[figure.entry_url]
        items.append(
            Item(
                figure_id(figure),
                escape(figure.text),
                escape(figure.what),
                links([document]),
                kind="figure",
            )
        )
    return tuple(items)


def _amount(one: Figure | Quantity) -> tuple[float, str]:
    """How much of what, whatever the period: of "$4 billion or more a year" a text may be read with
    and without the year.
    """
    return one.value, one.unit.split("/")[0]


def figure_id(figure: Figure) -> str:
    """A figure's id in issue.md: its place in its document."""
    return hashlib.blake2s(
        f"{figure.entry_url}\x1f{figure.start}\x1f{figure.text}".encode(), digest_size=4
    ).hexdigest()


def _categories(plan: Plan) -> tuple[str, ...]:
    themes = Counter(
        story.theme
        for section in plan.sections
        for story in section.stories
        if story.theme != "Other"
    )
    return tuple(theme for theme, _ in themes.most_common(5))
