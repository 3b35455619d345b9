"""Which of the newsletter's themes a story belongs to, and by which words."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.text.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.config.schema import Theme
    from digest.model import Group

OTHER = "Other"
IN_TITLE = 3  # a word in a headline weighs as much as three in the text
LEAD = 1000  # characters of a text that are read: what it is about stands at its beginning
SHOWN = 3  # words that the reason names


def assign(group: Group, themes: Sequence[Theme]) -> tuple[str, str]:
    """The theme's name and the words that decided, heaviest first; ("Other", "") when no theme's
    word occurs.

    A word counts once for each document, so that repeating it wins nothing. An earlier theme wins a
    tie.
    """
    best = max(themes, key=lambda theme: _weight(group, theme), default=None)
    if best is None or not _weight(group, best):
        return OTHER, ""
    return best.name, ", ".join(word for word, _ in _found(group, best).most_common(SHOWN))


def assign_text(text: str, themes: Sequence[Theme]) -> tuple[str, str]:
    """The same for a few sentences, in which every occurrence counts."""
    found = {theme.name: Counter(_phrases(theme.words).found(text)) for theme in themes}
    best = max(found, key=lambda name: found[name].total(), default=OTHER)
    words = found.get(best, Counter[str]())
    return (best, ", ".join(word for word, _ in words.most_common(SHOWN))) if words else (OTHER, "")


def _weight(group: Group, theme: Theme) -> int:
    return sum(_found(group, theme).values())


def _found(group: Group, theme: Theme) -> Counter[str]:
    phrases = _phrases(theme.words)
    weights: Counter[str] = Counter()
    for document in group.documents:
        weights.update(dict.fromkeys(phrases.found(document.opening[:LEAD]), 1))
        weights.update(_in_title(phrases.found(document.title)))
    return weights


def _in_title(words: Iterable[str]) -> dict[str, int]:
    return dict.fromkeys(words, IN_TITLE)


@lru_cache(maxsize=256)
def _phrases(words: tuple[str, ...]) -> Phrases:
    return Phrases(words)
