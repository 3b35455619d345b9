"""With which of its sources' sentences a story tells its headline: they cover what it claims, in
their source's order. Pure.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from digest.insights.headline_claim import claim_of
from digest.insights.news_value import (
    adds_news,
    deciding,
    is_comment,
    is_of_now,
    looks_back,
    of_others,
    on_another_matter,
    only_praises,
    only_speaks,
    takes_up,
    takes_up_a_name,
)
from digest.insights.sentence_scoring import full_names, unintroduced
from digest.insights.standalone import names, speaks_for_us, takes_for_known
from digest.stories.piece_form import is_piece
from digest.text.sentences import sentences
from digest.text.similarity import alike, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from digest.insights.headline_claim import HeadlineClaim
    from digest.model import Document, Group, Insight

BOTH = (
    0.6  # share of the claim that several sentences must tell, for they have more words to hit it
)
ON_IT = 0.3  # share of the claim that the first of two sentences must have
LATER = 0.4  # what each place further down the extracts costs a sentence that goes on
SAYS_LITTLE = 4  # telling words of a title below which it is a figure of speech
SUMLESS = 0.45  # the same of what an article begins with, where it leaves out the headline's sum
MEASURED = 2.0  # what a sentence decides that has a figure and what it is measured against
BEGINS = 400  # characters of a text within which its news begins
SPEAKS_OF_IT = 0.3  # share of its title's words that a piece which argues must be told with
NOT_TOLD = "no sentence tells its headline"


def led(group: Group, made: Mapping[str, Sequence[Insight]]) -> Group | None:
    """The story with the first source in front that can lead it; None when there is none."""
    for i, document in enumerate(group.documents):
        if _leads(document, made.get(document.entry_id, ())):
            others = group.documents[:i] + group.documents[i + 1 :]
            return replace(group, documents=(document, *others))
    return None


def _leads(document: Document, own: Sequence[Insight]) -> bool:
    """Whether a story can stand under this source's headline: its sentences tell it. What a model
    read was chosen for the story, and talk has no headline of its own.
    """
    if document.kind != "news" or any(one.read_by for one in own):
        return bool(own)
    return bool(opening(document, own))


def opening(document: Document, own: Sequence[Insight]) -> tuple[Insight, ...]:
    """The fewest of a document's extracts, the best first, that tell its headline, in the order in
    which they stand there; () when none do.

    The publisher's own words about the article tell it whatever words they choose.
    """
    claim = claim_of(document)
    own = [one for one in own if not is_comment(one.text)]
    telling = [one for one in own if told(claim, [one])]
    alone = [one for one in telling if _begins_with_it(claim, one)]
    now = [one for one in alone if not looks_back(one.text, document.when.year)]
    lead = [one for one in own if is_dek(one, document) or _is_news(one, document)]
    if now or (alone and lead):
        return tuple((now or lead)[:1])
    passages = ((one,) for one in telling)
    pairs = (pair for pair in combinations(own, 2) if _go_together(*pair, claim))
    for open_to in (passages, pairs):
        best = _surest(claim, open_to)
        if best:
            return in_order(best)
    return tuple((alone or lead)[:1]) or _argument(document, own)


def _surest(claim: HeadlineClaim, open_to: Iterable[Sequence[Insight]]) -> Sequence[Insight]:
    """What tells most of a headline, of what tells so much that it is not for its length alone."""
    sure = (one for one in open_to if told(claim, one) and claim.share(_text(one)) >= BOTH)
    return max(sure, key=lambda one: claim.share(_text(one)), default=())


def _is_news(insight: Insight, document: Document) -> bool:
    """Whether an article begins with this, and it says what has just happened to somebody whom the
    headline names: that is its news in whatever words.
    """
    claim = claim_of(document)
    return (
        bool(insight.evidence)
        and insight.evidence[0].start <= BEGINS
        and is_of_now(insight.text)
        and claim.about(insight.text)
        and claim.share(insight.text) >= (ON_IT if claim.sums_told(insight.text) else SUMLESS)
        and not looks_back(insight.text, document.when.year)
    )


def _argument(document: Document, own: Sequence[Insight]) -> tuple[Insight, ...]:
    """What a piece is told with that argues and reports no event: its two sentences that say most
    of what its title speaks of; () for any other document.
    """
    if not is_piece(document):
        return ()
    claim, named = claim_of(document), full_names(document)
    fit = [
        one
        for one in own
        if not (unintroduced(one.text, named) or only_speaks(one.text) or speaks_for_us(one.text))
    ]
    pairs = [
        in_order(pair)
        for pair in combinations(fit, 2)
        if claim.about(_text(pair)) and claim.sums_told(_text(pair))
    ]
    best = max(
        (pair for pair in pairs if not takes_for_known(pair[0].text)),
        key=lambda pair: claim.share(_text(pair)),
        default=(),
    )
    vague = len(claim.names | claim.matters) < SAYS_LITTLE  # "Eight hundred short"
    return best if best and (vague or claim.share(_text(best)) >= SPEAKS_OF_IT) else ()


def _begins_with_it(claim: HeadlineClaim, one: Insight) -> bool:
    """Whether an extract is one sentence, or tells it in its first."""
    first, *others = sentences(one.text)
    return not others or claim.told_by(first.text)


def _go_together(one: Insight, other: Insight, claim: HeadlineClaim) -> bool:
    """Whether two extracts can tell a headline together: what comes first in the source is on it."""
    first, _ = in_order((one, other))
    return claim.share(first.text) >= ON_IT and not looks_back(first.text, 0)


def handed_on(document: Document, own: Sequence[Insight]) -> Insight | None:
    """What can open a story whose news stands above it: another extract that goes on from what the
    headline claims.
    """
    claim, above = claim_of(document), opening(document, own)
    named = strangers(document, _text(above))
    open_to = (
        one
        for one in own
        if one not in above
        and _takes_it_further(one.text, claim)
        and not looks_back(one.text, document.when.year)
        and not only_speaks(one.text)
        and not only_praises(one.text)
        and not unintroduced(one.text, named)
        and not any(_said(one, other) for other in above)
    )
    return max(open_to, key=lambda one: claim.share(one.text), default=None)


def _takes_it_further(text: str, claim: HeadlineClaim) -> bool:
    """Whether a sentence says more of the headline's matter, or what a number is measured against,
    which under its headline needs no name.
    """
    if not (claim.about(text) and claim.share(text) >= ON_IT):
        return deciding(text) >= MEASURED and not names(text.partition(" ")[2])
    return adds_news(text) or claim.happens(text) or claim.share(text) >= SUMLESS


def told(claim: HeadlineClaim, chosen: Sequence[Insight]) -> bool:
    """Whether these extracts tell what the headline claims."""
    return claim.told_by(_text(chosen))


def _text(chosen: Sequence[Insight]) -> str:
    return " ".join(one.text for one in chosen)


def is_dek(insight: Insight, document: Document) -> bool:
    """Whether an extract is what the publisher says of its article."""
    return bool(document.dek) and insight.evidence[0].quote in document.dek


def goes_on(document: Document, chosen: Sequence[Insight], own: Sequence[Insight]) -> list[Insight]:
    """What the same source can add behind the extracts that open a story: later in its order, news
    of the same matter, and nothing twice; first what says what it is worth.
    """
    if not chosen:
        return []
    after = chosen[0].evidence[0].start
    text = " ".join((document.title, *(one.text for one in chosen)))
    named = strangers(document, text)
    open_to = [
        one
        for one in own
        if one not in chosen
        and one.evidence[0].start > after
        and not any(_said(one, other) for other in chosen)
        and not on_another_matter(one.text, text)
        and not looks_back(one.text, document.when.year)
        and not is_comment(one.text)
        and not only_speaks(one.text)
        and not only_praises(one.text)
        and not unintroduced(one.text, named)
        and not speaks_for_us(one.text)
        and (adds_news(one.text) or takes_up_a_name(one.text, text))
    ]
    worth = {one.id: deciding(one.text) - LATER * i for i, one in enumerate(open_to)}
    return sorted(open_to, key=lambda one: -worth[one.id])


def strangers(document: Document, told_so_far: str) -> dict[str, str]:
    """Who is called by a part of the name in a document, as far as what is told has not named
    them.
    """
    return {part: whole for part, whole in full_names(document).items() if part not in told_so_far}


def adds(insight: Insight, headline: str) -> bool:
    """Whether another source's extract is news of the event that the headline names."""
    return (
        takes_up(insight.text, headline)
        and adds_news(insight.text)
        and not only_speaks(insight.text)
        and not only_praises(insight.text)
        and not of_others(insight.text, headline)
    )


def in_order(chosen: Sequence[Insight]) -> tuple[Insight, ...]:
    """Extracts of one document in the order of its text."""
    return tuple(sorted(chosen, key=lambda one: one.evidence[0].start))


def _said(one: Insight, other: Insight) -> bool:
    return alike(words(one.text), words(other.text))
