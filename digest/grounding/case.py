"""What every check is given: a sentence of the claim held against its evidence, and the sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from digest.grounding.aligned import SYNONYM, Place
from digest.grounding.analysis import analysed
from digest.grounding.named import claimed, names_in, same_name, spelled_out
from digest.grounding.surroundings import agreement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.grounding.aligned import Aligned, Pair
    from digest.grounding.analysis import Analysis
    from digest.grounding.indexed import Indexed, Sentence
    from digest.grounding.name import Name

_OWN = 40  # sentences of a source in which a word is looked up


@dataclass(frozen=True)
class Case:
    """One sentence of a claim with all that is known of it."""

    aligned: Aligned
    sources: Sequence[Indexed]
    text: str = ""  # the paragraph in which the sentence stands
    opens: bool = True  # whether it is the first one there

    @property
    def sentence(self) -> Sentence:
        """The sentence of the claim."""
        return self.aligned.claim

    @property
    def paragraph(self) -> str:
        """The paragraph that it opens, for quotations go on over sentences; "" for another one."""
        return self.text if self.opens else ""

    @property
    def evidence(self) -> tuple[Place, ...]:
        """The sentences of the sources that it rests on, best first."""
        return self.aligned.evidence

    @cached_property
    def analysis(self) -> Analysis:
        """Its analysis."""
        return analysed(self.sentence)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The names in it."""
        return claimed(self.sentence, self.sources)

    @cached_property
    def verbs(self) -> tuple[Pair, ...]:
        """The words other than names, numbers and what is quoted that stand for one of the
        evidence's.
        """
        return tuple(
            pair
            for pair in self.aligned.pairs
            if pair.worth >= SYNONYM
            and not (pair.word.capital and pair.at)
            and not pair.word.low[0].isdigit()
            and pair.at not in self.analysis.quoted
        )

    def agrees(self, at: int, place: Place, there: int) -> float:
        """How well what stands around a word of the claim stands around one of the source's."""
        return agreement(self.sentence, at, place.sentence, there, place.source)

    def share(self, place: Place, without: Name | None = None) -> float:
        """The weighted share of the sentence's words, a name's aside, that one of the source has."""
        left = [
            match
            for match in self.aligned.matches
            if without is None or match.word not in without.words
        ]
        total = sum(match.weight for match in left)
        held = sum(match.weight for match in left if match.worth and match.place == place)
        return held / total if total else 0.0

    def of_another(self, place: Place, at: int) -> bool:
        """Whether a word of the source is said of somebody whom the claim does not name: whether
        the last name before it in its clause is none of the claim's.
        """
        words, clause = place.sentence.words, analysed(place.sentence).clause(at)
        low, high = words[clause.first].start, words[at].start
        before = [one for one in names_in(place) if low <= one.words[0].start < high]
        return bool(self.names and before) and not (
            any(same_name(one, before[-1]) for one in self.names)
            or spelled_out(before[-1], self.sentence)
        )

    def elsewhere(self, stem: str) -> Iterator[tuple[Place, int]]:
        """Where the sources have the word, or one that means the same."""
        for source in self.sources:
            kin = set(source.kin(stem))
            numbers = {number for one in kin for number in source.places[one][:_OWN]}
            for number in numbers:
                place = Place(source, number)
                for there, word in enumerate(place.sentence.words):
                    if word.stem in kin:
                        yield place, there
