"""The insights edition: the best claims of new episodes, and of articles if so configured, each to
be quoted by itself, by theme.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.config.edition_terms import EditionTerms, SectionTerms
from digest.editions.section_filling import by_theme
from digest.errors import QuietDay
from digest.insights.quotable_speech import CLAIMS
from digest.insights.quotation_limit import WORDS_PER_SOURCE
from digest.model import Group, Left, Plan, Ranked, Section
from digest.stories.ranking import importance
from digest.stories.relevance import ON_SUBJECT, relevance
from digest.stories.themes import OTHER, assign_text
from digest.text.vectors import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.config.schema import Insights, Theme
    from digest.editions.edition import Choice
    from digest.model import Document, Insight

SHORTEST, WELL_SAID, LONGEST = 25, 40, 70  # words of a quotation that stands alone
FROM_THE_STORY = 0.3  # the share of a claim's score that its episode's own relevance has
POINT = 0.05  # what each way of making a point (a cause, a comparison, a forecast ...) adds to it
ARGUED = 2  # ways below which a quotation tells something and claims nothing
TITLE = "Top {count} insights from {sources}|One insight from {sources}"
NO_CLAIM = "no claim that stands on its own"
SECOND = 0.15  # what an episode's second claim is worth less than its first
WEIGHTY = 4  # of a model's 1 to 5, from which a claim may be told beyond its episode's share
BEYOND = 2  # such claims of an episode
SAME_POINT = 0.4  # share of the shorter claim's words from which two claims make one point


@dataclass(frozen=True, slots=True)
class _Claim:
    """A claim that could stand in the issue, as a story of its own, with what it is judged by."""

    story: Ranked
    source: Document
    words: int  # quoted from the source; 0 for a model's own
    ways: int  # of making a point
    terms: frozenset[str]
    weighty: bool  # by a model that read it


def terms(settings: Insights) -> EditionTerms:
    """The edition as `settings` have it."""
    return EditionTerms(
        reads=("news", "podcast") if settings.articles else ("podcast",),
        sections=(
            SectionTerms(
                by_theme=True, pick="claims", top=settings.count, form="headings", sentences=1
            ),
        ),
        min_stories=settings.min_stories,
        per_feed=settings.per_feed,
        per_episode=settings.per_episode,
        highlights=False,
        title=TITLE,
    )


def plan(found: Choice, settings: Insights) -> Plan:
    """The same by its settings. Raises QuietDay."""
    return claimed(found, terms(settings), "an insights issue")


def claimed(found: Choice, terms: EditionTerms, called: str) -> Plan:
    """An issue of claims by theme from what was found, and why everything else is out.

    A claim is judged by the words that it rests on and how important a model found it, never by a
    model's words; one that a model read in an episode on the subject is on the subject, for it was
    asked for no others. Raises QuietDay when fewer than `min_stories` can be told.
    """
    claims = sorted(
        _claims(found, terms), key=lambda claim: (-claim.story.score, claim.story.group.id)
    )
    issue = _Issue(terms)
    for claim in claims:
        issue.offer(claim)
    if len(issue.told) < terms.min_stories:
        count = len(issue.told)
        raise QuietDay(
            f"{count} {'insight' if count == 1 else 'insights'} of the {terms.min_stories} that"
            f" {called} needs"
        )
    told, section = [claim.story for claim in issue.told], terms.sections[0]
    sections = by_theme(told) if section.by_theme else (Section(section.name, tuple(told)),)
    return Plan(sections, tuple(_left_out(found, issue)))


# ---------------------------------------------------------------- claims


def _claims(found: Choice, terms: EditionTerms) -> Iterator[_Claim]:
    for story in found.stories:
        for document in story.group.documents:
            if document.kind == "podcast":
                said = _argued(found.insights.get(document.entry_id, ()))
                yield from (
                    _claim(story, (document,), (insight,), i, found.themes)
                    for i, insight in enumerate(said)
                )
        written = [
            one for one in story.group.documents if one.kind == "news" and "news" in terms.reads
        ]
        first = next((one for one in written if found.insights.get(one.entry_id)), None)
        if first:
            others = [one for one in written if one is not first]
            yield _claim(
                story, (first, *others), _together(found.insights[first.entry_id]), 0, found.themes
            )


def _argued(insights: Sequence[Insight]) -> list[Insight]:
    """Those of an episode that can be claims: show notes announce what will be argued."""
    return [
        insight
        for insight in insights
        if insight.basis != "show-notes" or insight.verdict != "extract"
    ]


def _together(insights: Sequence[Insight]) -> tuple[Insight, ...]:
    """An article's first insight, with the next ones as far as it is short without them, in reading
    order.
    """
    taken = list(insights[:1])
    for insight in insights[1:]:
        if _words(taken) < WELL_SAID and _words([*taken, insight]) <= LONGEST:
            taken.append(insight)
    return tuple(
        sorted(taken, key=lambda insight: insight.evidence[0].start if insight.evidence else 0)
    )


def _words(insights: Sequence[Insight]) -> int:
    return sum(len(f"{insight.text} {insight.matters}".split()) for insight in insights)


def _claim(
    story: Ranked,
    documents: tuple[Document, ...],
    insights: tuple[Insight, ...],
    place: int,
    themes: Sequence[Theme],
) -> _Claim:
    """`place` is where the claim stands among those of its document, 0 for the best."""
    source = documents[0]
    rests_on = " ".join(evidence.quote for insight in insights for evidence in insight.evidence)
    judged = relevance(
        replace(source, title=rests_on, text=f"{source.title}\n{source.notes}", notes="")
    )
    theme, theme_why = assign_text(rests_on, themes)
    if theme == OTHER:
        theme, theme_why = story.theme, story.theme_why
    ways = sum(bool(way.search(rests_on)) for way in CLAIMS)
    score = (
        (1 - FROM_THE_STORY) * judged.score
        + FROM_THE_STORY * story.relevance
        + POINT * ways
        - SECOND * place
    )
    score += importance(insights[0].importance)
    why = "; ".join(
        filter(None, (source.publisher, f"speaks of {judged.why}" if judged.why else ""))
    )
    own = sum(len(insight.text.split()) for insight in insights if insight.verdict == "extract")
    told = Ranked(
        Group(insights[0].id, documents),
        theme,
        theme_why,
        max(judged.score, story.relevance) if insights[0].read_by else judged.score,
        round(score, 6),
        why,
        insights,
    )
    weighty = bool(insights[0].read_by) and insights[0].importance >= WEIGHTY
    return _Claim(told, source, own, ways, frozenset(tokens(rests_on)), weighty)


# ---------------------------------------------------------------- the issue


class _Issue:
    """An issue in the making: claims let in best first, and why the others are out."""

    def __init__(self, terms: EditionTerms) -> None:
        self.told: list[_Claim] = []
        self.why_out: dict[str, str] = {}  # by the source's entry, for its best claim
        self._terms = terms
        self._episodes: Counter[str] = Counter()
        self._feeds: Counter[str] = Counter()
        self._words: Counter[str] = Counter()

    def offer(self, claim: _Claim) -> None:
        why = self._against(claim)
        if why:
            self.why_out.setdefault(claim.source.entry_id, why)
            return
        self.told.append(claim)
        self._episodes[claim.source.entry_id] += 1
        self._feeds[claim.source.feed_url] += 1
        self._words[claim.source.entry_id] += claim.words

    def _against(self, claim: _Claim) -> str:
        source = claim.source
        themes = self._terms.sections[0].themes or (claim.story.theme,)
        if claim.story.relevance < ON_SUBJECT or claim.story.theme not in themes:
            return "off subject"
        if claim.words and not (SHORTEST <= claim.words <= LONGEST and claim.ways >= ARGUED):
            return NO_CLAIM
        same = next((other for other in self.told if _same_point(claim, other)), None)
        if same:
            return f"same story as {same.source.title}"
        if len(self.told) == self._terms.sections[0].top:
            return "below the line"
        if self._had_its_share(claim):
            return f"enough from {source.title}"
        return (
            f"enough from {source.publisher or source.feed_url}"
            if self._feeds[source.feed_url] == self._terms.per_feed
            else ""
        )

    def _had_its_share(self, claim: _Claim) -> bool:
        """Whether its episode is told as often, or in as many words of its own, as may be."""
        entry = claim.source.entry_id
        most = self._terms.per_episode + (BEYOND if claim.weighty else 0)
        return self._episodes[entry] >= most or self._words[entry] + claim.words > WORDS_PER_SOURCE


def _same_point(one: _Claim, other: _Claim) -> bool:
    return len(one.terms & other.terms) > SAME_POINT * max(min(len(one.terms), len(other.terms)), 1)


def _left_out(found: Choice, issue: _Issue) -> Iterator[Left]:
    """Every document of which nothing is told, with its reason."""
    told = {document.entry_id for claim in issue.told for document in claim.story.group.documents}
    for story in found.stories:
        for document in story.group.documents:
            if document.entry_id not in told:
                yield Left(
                    document.url,
                    issue.why_out.get(document.entry_id) or _why_unclaimed(document),
                    document.entry_id,
                )


def _why_unclaimed(document: Document) -> str:
    if document.basis == "show-notes":
        return (
            f"show notes announce, they do not argue{f': {document.note}' if document.note else ''}"
        )
    return "below the line"
