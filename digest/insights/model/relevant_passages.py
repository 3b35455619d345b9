"""What of a document matters for claims: where it is quoted, what the claims rest on, and the
sentences that speak most of the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.insights.model.document_parts import passages
from digest.llm.token_count import tokens
from digest.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding import Indexed
    from digest.grounding.indexed import Sentence
    from digest.insights.model.examined import Examined

NEAR = 1  # sentences shown before and behind one that matters


def relevant(source: Indexed, claims: Sequence[Examined], room: int) -> str:
    """The passages, in reading order, of at most about `room` tokens; what claims rest on is there
    in any case.
    """
    body = [one for one in source.sentences if not one.title]
    chosen: dict[int, None] = {}
    rests_on = list(_rests_on(source, claims, body))
    for rank, at in enumerate([*rests_on, *_nearest(source, claims, body)]):
        around = range(max(0, at - NEAR), min(len(body), at + NEAR + 1))
        cost = sum(tokens(body[i].text) for i in around if i not in chosen)
        if rank >= len(rests_on) and cost > room:
            break
        room -= cost
        chosen.update(dict.fromkeys(around))
    spans = [(body[i].start, body[i].start + len(body[i].text)) for i in chosen]
    return passages(source.document, spans)


def _rests_on(
    source: Indexed, claims: Sequence[Examined], body: Sequence[Sentence]
) -> Iterator[int]:
    """The sentences that claims quote or rest on."""
    for one in claims:
        for span in (*one.claim.quoted, *one.grounded.evidence):
            if span.entry == source.document.entry_id:
                yield from (
                    i
                    for i, sentence in enumerate(body)
                    if sentence.start < span.end
                    and span.start < sentence.start + len(sentence.text)
                )


def _nearest(
    source: Indexed, claims: Sequence[Examined], body: Sequence[Sentence]
) -> Sequence[int]:
    """The sentences, those first that have most of the rare words of some claim."""
    asked = [{word.stem for word in words(one.text) if word.content} for one in claims]
    worth = [
        max(
            (sum(map(source.rarity, stems & sentence.stems)) for stems in asked),
            default=0.0,
        )
        for sentence in body
    ]
    return sorted((i for i, value in enumerate(worth) if value > 0), key=lambda i: -worth[i])
