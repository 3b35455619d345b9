"""The facts that a text states, and where each stands in the documents that it cites. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from digest.grounding.indexed import Sentence
from digest.grounding.located import locate
from digest.grounding.named import claimed
from digest.text.calendar import dates
from digest.text.folding import folded
from digest.text.measures import stated
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.indexed import Indexed
    from digest.grounding.name import Name
    from digest.model import Evidence
    from digest.text.calendar import Dated
    from digest.text.measures import Stated

FactKind = Literal["quotation", "number", "date", "name"]
_QUOTED = re.compile(r"\"([^\"]+)\"")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as the text writes it; `place` is a sentence that has it, None where none does."""

    kind: FactKind
    text: str
    place: Evidence | None


def facts(text: str, documents: Sequence[Indexed], near: Sequence[Evidence] = ()) -> list[Fact]:
    """The facts of a text in order; `near` are the sentences that it rests on, which are looked at
    first.
    """
    places = _Places(documents, near)
    found: list[Fact] = []
    for span in sentences(text):
        found += [
            Fact("quotation", one[1], places.quotation(one[1]))
            for one in _QUOTED.finditer(folded(span.text))
        ]
        found += [Fact("number", one.text, places.number(one)) for one in stated(span.text)]
        found += [Fact("date", one.text, places.date(one)) for one in dates(span.text)]
        names = claimed(Sentence(span.text, span.start), documents)
        found += [Fact("name", one.text, places.name(one)) for one in names]
    return list(dict.fromkeys(found))


class _Places:
    """Where facts stand: in what a text rests on first, then anywhere."""

    def __init__(self, documents: Sequence[Indexed], near: Sequence[Evidence]) -> None:
        self._documents, self._near = documents, near

    def quotation(self, quote: str) -> Evidence | None:
        return next((one for source in self._documents if (one := locate(quote, source))), None)

    def number(self, wanted: Stated) -> Evidence | None:
        for source, sentence in self._sentences():
            if any((one.kind, one.value) == (wanted.kind, wanted.value) for one in sentence.stated):
                return _evidence(source, sentence)
        return None

    def date(self, wanted: Dated) -> Evidence | None:
        for source, sentence in self._sentences():
            published = source.document.published.date() if source.document.published else None
            for one in dates(sentence.text, published):
                if all(_fits(*pair) for pair in zip(_parts(wanted), _parts(one), strict=True)):
                    return _evidence(source, sentence)
        return None

    def name(self, wanted: Name) -> Evidence | None:
        stems = {word.stem for word in wanted.words}
        for source, sentence in self._sentences():
            if stems <= sentence.stems:
                return _evidence(source, sentence)
        return None

    def _sentences(self) -> Iterator[tuple[Indexed, Sentence]]:
        every = [
            (source, one) for source in self._documents for one in source.sentences if not one.title
        ]
        rests_on = {(span.entry, span.start) for span in self._near}
        yield from (row for row in every if (row[0].document.entry_id, row[1].start) in rests_on)
        yield from every


def _parts(one: Dated) -> tuple[int, int, int, int]:
    return one.year, one.month, one.day, one.weekday


def _fits(wanted: int, there: int) -> bool:
    """What the text does not give may be anything."""
    return not wanted or wanted == there


def _evidence(source: Indexed, sentence: Sentence) -> Evidence:
    return source.evidence(sentence.start, sentence.start + len(sentence.text))
