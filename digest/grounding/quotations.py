"""Do the claim's quotations stand in its source word for word?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.grounding.indexed import plain
from digest.grounding.outcome import Outcome, cited, outcome, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.grounding.case import Case
    from digest.grounding.indexed import Indexed

_QUOTED = re.compile(r"\"([^\"]+)\"|(?<!\w)'((?:[^']|(?<=\w)'(?=\w))+)'(?!\w)")
# the title of a work, not what somebody said: a name
_TITLE = re.compile(r"(?:[A-Z0-9][\w.'&:-]*|of|the|and|in|a|for|to|on|is|-|\s)+")
_LEFT_OUT = re.compile(r"\s?\.\.\.\s?|\s?\[[^\]]*\]\s?")


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between quotation marks, by its parts, and where in the plain text it stands."""

    text: str
    parts: tuple[str, ...]
    start: int
    end: int


def quotations(text: str) -> Iterator[Quotation]:
    """Those of a text that `plain` made."""
    for match in _QUOTED.finditer(text):
        quote = match[1] or match[2]
        parts = tuple(said for part in _LEFT_OUT.split(quote) if (said := part.strip(" ,.;:!?")))
        if parts and not _TITLE.fullmatch(quote.strip(" ,.")):
            yield Quotation(quote, parts, match.start(), match.end())


def quoted(case: Case) -> Outcome:
    """Every quotation is a source's, word for word."""
    mine = list(quotations(plain(case.paragraph)))
    return outcome(
        bool(mine),
        (
            f"“{short(one.text)}” is not word for word in {cited(case.sources)}"
            for one in mine
            if not any(holds(source, one) for source in case.sources)
        ),
    )


def holds(source: Indexed, one: Quotation) -> bool:
    """Whether the source has every part of the quotation, capitals aside."""
    return all(part.lower() in source.plain_low for part in one.parts)
