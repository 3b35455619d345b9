"""What an edition is: a kind of issue, said in its terms, and the rule that fills its sections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from digest.config.edition_terms import EditionTerms, SectionTerms
    from digest.config.schema import Theme
    from digest.model import Insight, Kind, Plan, Ranked


@dataclass(frozen=True, slots=True)
class Choice:
    """What an issue can be made of: stories, best first; the insights of their documents by entry
    id, best first; the themes there are.
    """

    stories: Sequence[Ranked]
    insights: Mapping[str, Sequence[Insight]]
    themes: Sequence[Theme]


@dataclass(frozen=True, slots=True)
class Edition:
    """A kind of issue. `rule` makes a plan of what was found by the edition's terms; it raises
    QuietDay.
    """

    name: str
    terms: EditionTerms
    rule: Callable[[Choice, EditionTerms], Plan]

    def plan(self, found: Choice) -> Plan:
        """What an issue holds, and why everything else is out. Raises QuietDay."""
        return self.rule(found, self.terms)

    def style(self, section: str) -> SectionTerms:
        """How a section of that name is laid out. Raises KeyError for a name that is none of the
        edition's.
        """
        sections = self.terms.sections
        named = [one for one in sections if one.name == section]
        found = named or [one for one in sections if one.by_theme]
        if not found:
            raise KeyError(section)
        return found[0]

    @property
    def reads(self) -> frozenset[Kind]:
        """The kinds of feeds that it is made from."""
        return frozenset(self.terms.reads)
