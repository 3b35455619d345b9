"""What a check found, and the words in which the checks speak of the sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.grounding.indexed import Indexed

_BASIS = {
    "article": "article",
    "transcript": "transcript",
    "show-notes": "show notes",
    "feed-text": "feed's text",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether there was anything to check, and what is wrong with it, in words an editor
    understands.
    """

    applies: bool
    problems: tuple[str, ...] = ()


def outcome(applies: bool, problems: Iterable[str]) -> Outcome:  # the fact itself, not an option
    """The outcome, each problem once."""
    return Outcome(applies, tuple(dict.fromkeys(problems)))


def cited(sources: Sequence[Indexed]) -> str:
    """ "the cited article", or "the cited sources" when there are several."""
    if len(sources) != 1:
        return "the cited sources"
    return f"the cited {_BASIS[sources[0].document.basis]}"


def short(text: str, most: int = 80) -> str:
    """The text, cut at a word when it is long."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
