"""What a sentence of a draft rests on: its sources, each fact marked in the passage where it
stands, and each check with its reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from digest.grounding import ground, index
from digest.grounding.meaning import MEANING
from digest.grounding.stated_facts import facts
from digest.issue.edited_draft import heard
from digest.store import documents
from digest.text.markdown import to_plain
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.desk.workroom import Workroom
    from digest.grounding import Indexed
    from digest.grounding.stated_facts import Fact
    from digest.issue.join import JoinedItem
    from digest.model import Check, Evidence, Insight
    from digest.run.publish import JoinedIssue
    from digest.run.session import Session

_AROUND = 280  # characters of a document shown on each side of a passage


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of one source with what surrounds it; the facts of the sentence are marked in it."""

    publisher: str
    title: str
    url: str
    basis: str
    text: Markup
    audio: str  # the recording from the second on, "" for none
    minute: str


@dataclass(frozen=True, slots=True)
class Rests:
    """What is shown of a sentence."""

    sentence: str
    verdict: str
    read: str  # whether anybody read its meaning
    facts: Sequence[Fact]
    passages: Sequence[Passage]
    checks: Sequence[tuple[str, Check]]


def sentence_at(text: str, at: int) -> str:
    """The plain sentence of a story's Markdown in which a cursor stands."""
    spans = sentences(text)
    behind = [span for span in spans if span.start <= at]
    chosen = (behind or spans)[-1 if behind else 0].text if spans else text
    return to_plain(chosen).strip().lstrip("-*+ ")


def told_sentences(one: JoinedItem) -> list[str]:
    """The sentences of a story's text."""
    return [span.text for span in sentences(to_plain(one.item.text))]


def indexed_sources(
    room: Workroom, session: Session, issue: str, one: JoinedItem
) -> Sequence[Indexed]:
    """What was read for a story's sources, ready for checks."""
    warm = room.warm(issue, one.id)
    if warm is None:
        entries = [source.entry for source in one.sources if source.entry]
        read = documents.of(session.db, entries)
        warm = [index(read[entry]) for entry in dict.fromkeys(entries) if entry in read]
        room.keep_warm(issue, one.id, warm)
    return warm


def rests_on(
    issue: JoinedIssue, one: JoinedItem, sentence: str, sources: Sequence[Indexed]
) -> Rests:
    """The evidence of one sentence: as it was checked when it was written, or as it is now."""
    insight = next((kept for kept in one.insights if sentence in kept.text), None)
    if insight and insight.evidence:
        near, checks, verdict = list(insight.evidence), insight.checks, str(insight.verdict)
    else:
        grounded = ground([sentence], sources)
        near, checks, verdict = list(grounded.evidence), grounded.checks, str(grounded.verdict)
    found = facts(sentence, sources, near)
    places = [*near, *(fact.place for fact in found if fact.place)]
    return Rests(
        sentence,
        verdict,
        _read(issue, insight, checks, sentence, sources),
        found,
        _passages(places, found, sources),
        [row for row in checks if row[1].result != "n/a" or row[1].why],
    )


def _read(
    issue: JoinedIssue,
    insight: Insight | None,
    checks: Sequence[tuple[str, Check]],
    sentence: str,
    sources: Sequence[Indexed],
) -> str:
    meaning = dict(checks).get(MEANING)
    cited = [source.document for source in sources]
    said = heard(issue.record.facts).of(sentence, cited)
    if (meaning and meaning.result != "n/a") or said:
        return "Its meaning was read against the source."
    if insight and insight.verdict == "extract":
        return "The source's own words; there is nothing to read between."
    return "Nobody has read its meaning: only its facts were checked."


def _passages(
    places: Sequence[Evidence], found: Sequence[Fact], sources: Sequence[Indexed]
) -> list[Passage]:
    known = {source.document.entry_id: source for source in sources}
    once = {(place.entry, place.start): place for place in places if place.entry in known}
    return [_passage(place, found, known[place.entry]) for place in once.values()]


def _passage(place: Evidence, found: Sequence[Fact], source: Indexed) -> Passage:
    document = source.document
    text, start, end = document.text, place.start, place.end
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    own = {fact.text for fact in found if fact.place and _within(fact.place, place)}
    audio = place.audio_url or document.audio_url
    second = place.second
    return Passage(
        publisher=document.publisher or document.url,
        title=document.title,
        url=document.url,
        basis=document.basis,
        text=Markup("{}<strong>{}</strong>{}").format(
            _begun(before), _marked(text[start:end], own), _ended(after)
        ),
        audio=f"{audio}#t={int(second)}" if audio and second is not None else "",
        minute=f"{int(second) // 60}:{int(second) % 60:02d}" if second is not None else "",
    )


def _within(fact: Evidence, place: Evidence) -> bool:
    return fact.entry == place.entry and place.start <= fact.start < place.end


def _marked(text: str, words: set[str]) -> Markup:
    """The passage with each fact marked; one that it writes otherwise leaves it as it is."""
    wanted = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)
    if not wanted:
        return escape(text)
    parts = re.split(f"({wanted})", text, flags=re.IGNORECASE)
    return Markup().join(
        Markup("<mark>{}</mark>").format(part) if i % 2 else escape(part)
        for i, part in enumerate(parts)
    )


def _begun(text: str) -> str:
    return f"…{text.partition(' ')[2]}" if len(text) == _AROUND else text


def _ended(text: str) -> str:
    return f"{text.rpartition(' ')[0]}…" if len(text) == _AROUND else text
