"""How a text of the draft stands: its verdict, and what of it nobody has read for its meaning
though somebody might. Pure.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from digest.grounding.meaning import Opinion, read_again, verdict_of, with_meaning, worth_reading
from digest.grounding.verdicts import weakest, why_no_reading
from digest.issue.greeting_and_notes import states_fact
from digest.text.markdown import links, to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from digest.grounding import Grounded
    from digest.model import Document, Draft, Insight, Verdict

_CREDIT = re.compile(
    r" \([^()]{1,60}\)(?=[.!?\s]|$)"
)  # "(Publisher)" after a sentence of the highlights


@dataclass(frozen=True, slots=True)
class Unread:
    """A text whose meaning nobody has read, and the documents that it cites, by entry id. `key`
    names both: an opinion holds for these words of these sources.
    """

    key: str
    text: str
    cited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """`why` is the reason for a flag, "" when there is none; `words` the hash of the text's words,
    for which alone an acceptance holds.
    """

    verdict: Verdict
    why: str
    words: str
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftOpinions:
    """What second readings of the draft have said, by the keys of texts."""

    opinions: Mapping[str, Opinion]

    def of(self, text: str, cited: Sequence[Document]) -> Opinion | None:
        """What was said of a text with these sources; None where nobody has read it."""
        return self.opinions.get(unread(text, cited).key)

    def together(self, texts: Iterable[str], cited: Sequence[Document]) -> Opinion | None:
        """What was said of all of these texts: a doubt of any, else that they are borne out."""
        found = [self.of(text, cited) for text in texts]
        doubts = (one for one in found if one and one.says != "supported")
        return next(doubts, None if None in found or not found else found[-1])


def heard(facts: Mapping[str, Any]) -> DraftOpinions:
    """The second readings of an issue's draft that its facts keep."""
    kept = facts.get("second_readings", {})
    return DraftOpinions({key: Opinion(**value) for key, value in kept.items()})


def unread(text: str, cited: Sequence[Document]) -> Unread:
    """A text with its sources, as a second reader is given it."""
    entries = tuple(sorted({document.entry_id for document in cited}))
    return Unread(hash_of("\n".join((text, *entries))), text, entries)


def _grounded(texts: Sequence[str], cited: Sequence[Document]) -> Grounded:
    from digest.grounding import ground, index  # of an unchanged draft nothing is checked again

    return ground(texts, [index(document) for document in cited])


def grounded_again(
    texts: Sequence[str], cited: Sequence[Document], read: DraftOpinions
) -> tuple[Grounded, tuple[Unread, ...]]:
    """The grounding of texts that the editor changed, with what was said of their meaning; else who
    might say.
    """
    grounded = _grounded(texts, cited)
    said = read.together(texts, cited)
    if not worth_reading(grounded.checks, grounded.verdict):
        return grounded, ()
    if said is None:
        return grounded, tuple(unread(text, cited) for text in texts)
    return read_again(grounded, said), ()


def reread(insight: Insight, text: str, cited: Sequence[Document], read: DraftOpinions) -> Insight:
    """An insight that was merely checked, with what was said since of the text in which it is
    told.
    """
    said = read.of(text, cited) if insight.verdict == "checked" else None
    if said is None:
        return insight
    checks = with_meaning(insight.checks, said)
    return replace(insight, checks=checks, verdict=verdict_of(checks))


def headline_verdict(
    headline: str, told: Sequence[Insight], cited: Sequence[Document], read: DraftOpinions
) -> tuple[Verdict, str]:
    """How an unchanged headline stands, and why it is flagged; one that no model wrote is its
    source's.
    """
    written: Iterator[Verdict] = (
        one.headline_verdict for one in told if one.headline and one.headline == headline
    )
    verdict: Verdict = next(written, "extract")
    said = read.of(headline, cited) if verdict == "checked" else None
    if said is None:
        return verdict, ""
    if said.says == "supported":
        return "grounded", ""
    return "flagged", _doubt(said)


def reasons(insights: Iterable[Insight]) -> str:
    """Every reason for which insights are flagged, in one line."""
    return "; ".join(
        check.why
        for one in insights
        if one.verdict == "flagged"
        for _, check in one.checks
        if check.result == "fail"
    )


def front(
    draft: Draft, facts: Mapping[str, Any], documents: Mapping[str, Document]
) -> dict[str, Standing]:
    """How title, thesis, highlights and greeting stand, of those that the issue has and that state
    something. `documents` holds, by entry id, what was read at the addresses that the draft links
    to.
    """
    found = {
        "greeting": _greeting(draft, facts, documents),
        "highlights": _highlights(draft, facts, documents),
        "summary": _for_sites("summary", draft.summary, facts, documents),
        "description": _for_sites("description", draft.description, facts, documents),
        "thesis": _thesis(draft, facts, documents),
        "title": _title(draft, facts, documents),
    }
    return {name: one for name, one in found.items() if one}


def _highlights(
    draft: Draft, facts: Mapping[str, Any], documents: Mapping[str, Document]
) -> Standing | None:
    words = to_plain(draft.highlights)
    if not words:
        return None
    linked = {link.url for link in links(draft.highlights)}
    cited = [document for document in documents.values() if document.url in linked]
    text = _CREDIT.sub("", words)
    if words == to_plain(facts.get("highlights", "")):
        return _as_written("highlights", text, words, cited, facts)
    grounded, open_ = grounded_again([text], cited, heard(facts))
    return Standing(grounded.verdict, _why(grounded), hash_of(words), open_)


def _for_sites(
    name: str, text: str, facts: Mapping[str, Any], documents: Mapping[str, Document]
) -> Standing | None:
    """A text of the front matter; one that states nothing of a source needs no standing."""
    if not text or (name == "description" and text == facts.get(name)):
        return None
    cited = list(documents.values())
    if text == facts.get(name):
        return _as_written(name, text, text, cited, facts)
    if not states_fact(text):
        return None
    grounded, open_ = grounded_again([text], cited, heard(facts))
    return Standing(grounded.verdict, _why(grounded), hash_of(text), open_)


def _greeting(
    draft: Draft, facts: Mapping[str, Any], documents: Mapping[str, Document]
) -> Standing | None:
    """A paragraph that states a fact is checked against what it links to, and has no source where
    it links to nothing.
    """
    stated = [one for one in draft.greeting.split("\n\n") if one and states_fact(one)]
    if not stated:
        return None
    verdicts: list[Verdict] = []
    whys: list[str] = []
    waiting: tuple[Unread, ...] = ()
    for paragraph in stated:
        linked = {link.url for link in links(paragraph)}
        cited = [document for document in documents.values() if document.url in linked]
        grounded, open_ = grounded_again([to_plain(paragraph)], cited, heard(facts))
        verdicts.append(grounded.verdict)
        whys.append(_why(grounded))
        waiting += open_
    words = hash_of(to_plain(draft.greeting))
    return Standing(weakest(verdicts), "; ".join(filter(None, whys)), words, waiting)


def _title(
    draft: Draft, facts: Mapping[str, Any], documents: Mapping[str, Document]
) -> Standing | None:
    """A title that the editor wrote may say it in words of its own, but no number, name, quote or
    direction that no cited source has. A title that rests on no insight ("Top 9 insights …") states
    nothing of a source.
    """
    words = to_plain(draft.title)
    if not draft.title_insights:
        return None
    cited = list(documents.values())
    if words == to_plain(facts.get("title", draft.title)):
        return _as_written("title", words, words, _rests_on(draft, facts, documents), facts)
    grounded, _ = grounded_again([words], cited, heard(facts))
    checks = tuple(row for row in grounded.checks if row[0] != "support")
    verdict = verdict_of(checks) if grounded.verdict != "extract" else grounded.verdict
    own = replace(grounded, checks=checks, verdict=verdict)
    said = heard(facts).of(words, cited)
    if said and worth_reading(checks, verdict):
        own = read_again(own, said)
    open_ = () if said or not worth_reading(checks, verdict) else (unread(words, cited),)
    return Standing(own.verdict, _why(own), hash_of(words), open_)


def _thesis(
    draft: Draft, facts: Mapping[str, Any], documents: Mapping[str, Document]
) -> Standing | None:
    """A reading while it is as it was written, with the stories that it was written from; else
    checked again in those that stand in the draft.
    """
    if not draft.thesis:
        return None
    stories, words = thesis_stories(draft), hash_of(draft.thesis)
    written = facts.get("thesis") or {}
    if (draft.thesis, list(stories)) == (written.get("text"), written.get("stories")):
        return Standing("reading", "", words)
    linked = {
        link.url
        for part in draft.parts
        for item in part.items
        if item.id in stories
        for link in item.links
    }
    cited = [document for document in documents.values() if document.url in linked]
    said = heard(facts).of(draft.thesis, cited)
    grounded = _grounded([draft.thesis], cited)
    why = why_no_reading(grounded, stories, said)
    open_ = () if said else (unread(draft.thesis, cited),)
    return Standing("flagged" if why else "reading", why, words, open_)


def thesis_stories(draft: Draft) -> tuple[str, ...]:
    """The stories that the thesis rests on, of those that stand in the draft; where it names none,
    all.
    """
    standing = [
        item.id for part in draft.parts for item in part.items if item.kind == "story" and item.id
    ]
    named = draft.thesis_stories or standing
    return tuple(one for one in dict.fromkeys(named) if one in standing)


def _rests_on(
    draft: Draft, facts: Mapping[str, Any], documents: Mapping[str, Document]
) -> list[Document]:
    """The documents of the insights that the title rests on."""
    stored = facts.get("insights", {})
    entries = (stored[one].get("entry", "") for one in draft.title_insights if one in stored)
    return [documents[one] for one in dict.fromkeys(entries) if one in documents]


def _as_written(
    name: str, text: str, words: str, cited: Sequence[Document], facts: Mapping[str, Any]
) -> Standing:
    """The standing of a text that is as the program wrote it."""
    verdict: Verdict = facts.get("front", {}).get(name, "extract")
    said = heard(facts).of(text, cited)
    if verdict != "checked":
        return Standing(verdict, "", hash_of(words))
    if said is None:
        return Standing(verdict, "", hash_of(words), (unread(text, cited),))
    if said.says == "supported":
        return Standing("grounded", "", hash_of(words))
    return Standing("flagged", _doubt(said), hash_of(words))


def _doubt(said: Opinion) -> str:
    return dict(with_meaning((), said))["meaning"].why


def _why(grounded: Grounded) -> str:
    return grounded.why if grounded.verdict == "flagged" else ""


def hash_of(words: str) -> str:
    """What names a text by its words."""
    return hashlib.sha256(words.encode("utf-8")).hexdigest()
