"""What the editor wrote or changed in a draft: checked against what the draft cites, and what of it
is flagged, and why. Pure.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from digest.issue.own_voice import states_fact
from digest.model import Insight
from digest.text.markdown import links, to_plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.model import Document, Draft

_CREDIT = re.compile(
    r" \([^()]{1,60}\)(?=[.!?\s]|$)"
)  # "(Publisher)" after a sentence of the highlights


def edited_insight(
    headline: str, text: str, known: Mapping[str, Any], cited: Sequence[Document]
) -> Insight | None:
    """What the editor changed, as one insight, checked against what the story cites; None when
    nothing was.
    """
    was = (to_plain(known.get("headline", "")), to_plain(known.get("text", "")))
    changed = [
        now for now, before in zip((headline, text), was, strict=True) if now and now != before
    ]
    if not changed:
        return None
    from digest.grounding import ground, index

    grounded = ground(changed, [index(document) for document in cited])
    first = cited[0] if cited else None
    return Insight(
        f"edited-{hash_of_words(' '.join(changed))[:8]}",
        changed[-1],
        first.url if first else "",
        first.basis if first else "article",
        grounded.evidence,
        grounded.checks,
        grounded.verdict,
        entry=first.entry_id if first else "",
    )


def why_flagged(insight: Insight | None) -> str:
    """Every reason for which an insight is flagged, in one line; "" when it is not, or there is
    none.
    """
    if insight is None or insight.verdict != "flagged":
        return ""
    return "; ".join(check.why for _, check in insight.checks if check.result == "fail")


def flagged_highlights(
    draft: Draft, facts: Mapping[str, Any], documents: Mapping[str, Document]
) -> tuple[str, str]:
    """Why the highlights are flagged ("" when they are not), and the hash of their words.
    `documents` holds, by entry id, what was read at the addresses that the draft links to.
    """
    words = to_plain(draft.highlights)
    if not words or words == to_plain(facts.get("highlights", "")):
        return "", hash_of_words(words)
    from digest.grounding import ground, index

    linked = {link.url for link in links(draft.highlights)}
    cited = [index(document) for document in documents.values() if document.url in linked]
    grounded = ground([_CREDIT.sub("", words)], cited)
    return grounded.why, hash_of_words(words)


def flagged_greeting(draft: Draft, documents: Mapping[str, Document]) -> tuple[str, str]:
    """Why the greeting is flagged ("" when it is not), and the hash of its words: a paragraph that
    states a fact is checked against what it links to, and has no source where it links to nothing.
    """
    words = to_plain(draft.greeting)
    stated = [one for one in draft.greeting.split("\n\n") if one and states_fact(one)]
    if not stated:
        return "", hash_of_words(words)
    from digest.grounding import ground, index

    whys = []
    for paragraph in stated:
        linked = (documents.get(link.url) for link in links(paragraph))
        whys.append(ground([to_plain(paragraph)], [index(one) for one in linked if one]).why)
    return "; ".join(filter(None, whys)), hash_of_words(words)


def flagged_title(
    draft: Draft, facts: Mapping[str, Any], documents: Mapping[str, Document]
) -> tuple[str, str]:
    """Why the title is flagged ("" when it is not), and the hash of its words.

    A title that the editor wrote may say it in words of its own, but no number, name, quote or
    direction that no cited source has. A title that rests on no insight ("Top 9 insights …") states
    nothing of a source.
    """
    words = to_plain(draft.title)
    if not draft.title_insights or words == to_plain(facts.get("title", draft.title)):
        return "", hash_of_words(words)
    from digest.grounding import ground, index

    checks = ground([words], [index(document) for document in documents.values()]).checks
    return "; ".join(
        check.why for name, check in checks if check.result == "fail" and name != "support"
    ), hash_of_words(words)


def hash_of_words(words: str) -> str:
    """By which words are known again: an acceptance holds for these only."""
    return hashlib.sha256(words.encode("utf-8")).hexdigest()
