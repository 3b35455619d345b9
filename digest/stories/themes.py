"""Which of the newsletter's themes a story belongs to, and by which words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.text.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from digest.config.schema import Theme
    from digest.model import Document, Group

OTHER = "Other"
# What a word is worth by where it stands: in the headline's main clause, in what hangs on that, …
TITLE, ASIDE, DEK, LEAD, REST = 3.0, 1.5, 2.0, 1.0, 0.4
LEAD_LENGTH, READ_LENGTH = 400, 1500  # characters of a text: what it is about stands first
HINT = 0.35  # what a word is worth that other themes' stories use as well
HINT_MARK = "?"
EVENT = 1.5  # what a word is worth that says what happened, whatever it happened to
EVENT_MARK = "!"
OF_MORE_WORDS = 1.3  # what a phrase of several words is worth beside one word
DECIDES = 1.0  # weight below which words decide nothing: hints in passing
WHOLE = 4  # words of a clause that is one of its own
_LEADS_UP = re.compile(
    r"(?:as|after|with|when|while|despite|amid|following|since|if|before|fresh off|not to be)\b"
    r"[^,]*, ",
    re.IGNORECASE,
)
_HANGS_ON = re.compile(
    r"[,;]\s|\s[-\u2013\u2014]+\s|\s(?=(?:as|after|amid|while|because|but|before|despite)\s)",
    re.IGNORECASE,
)
SHOWN = 3  # words that the reason names


def assign(group: Group, themes: Sequence[Theme]) -> tuple[str, str]:
    """The theme's name and the words that decided, heaviest first; ("Other", "") when none decide.

    A word counts once for each document, in the best place where it stands; what a story's
    documents say is one account of it, so that many do not weigh more. An earlier theme wins a tie.
    """
    parts = [_parts(document) for document in group.documents]
    return _best({theme.name: _weights(parts, theme.words) for theme in themes}, DECIDES)


def assign_text(text: str, themes: Sequence[Theme]) -> tuple[str, str]:
    """The same for a few sentences, which are all equal."""
    whole = [((text, LEAD),)]
    return _best({theme.name: _weights(whole, theme.words) for theme in themes}, LEAD)


def without_marks(words: Iterable[str]) -> frozenset[str]:
    """A theme's words as a text has them."""
    return frozenset(_unmarked(word).removesuffix(" $") for word in words)


def _unmarked(word: str) -> str:
    return word.removesuffix(HINT_MARK).removesuffix(EVENT_MARK)


def _best(weights: Mapping[str, Mapping[str, float]], decides: float) -> tuple[str, str]:
    best = max(weights, key=lambda name: sum(weights[name].values()), default=OTHER)
    found = Counter(weights.get(best, {}))
    if found.total() < decides:
        return OTHER, ""
    return best, ", ".join(word for word, _ in found.most_common(SHOWN))


def _parts(document: Document) -> tuple[tuple[str, float], ...]:
    text = document.opening
    main, aside = _clauses(document.title)
    return (
        (main, TITLE),
        (aside, ASIDE),
        (document.dek, DEK),
        (text[:LEAD_LENGTH], LEAD),
        (text[LEAD_LENGTH:READ_LENGTH], REST),
    )


def _clauses(title: str) -> tuple[str, str]:
    """A headline's main clause, and what leads up to it or hangs on it."""
    lead_in = _LEADS_UP.match(title)
    rest = title[lead_in.end() :] if lead_in else title
    main = _HANGS_ON.split(rest, maxsplit=1)[0]
    if len(main.split()) < WHOLE:
        main = rest
    return main, f"{lead_in[0] if lead_in else ''} {rest[len(main) :]}"


def _weights(
    documents: Sequence[Sequence[tuple[str, float]]], words: Sequence[str]
) -> Mapping[str, float]:
    """What each word is worth: the mean over the documents of its best place there."""
    found: defaultdict[str, float] = defaultdict(float)
    for parts in documents:
        for phrases, worth in _phrases(tuple(words)):
            best: dict[str, float] = {}
            for text, place in parts:
                for word in phrases.found(text):
                    long = OF_MORE_WORDS if " " in word else 1.0
                    best[word] = max(best.get(word, 0.0), place * worth * long)
            for word, weight in best.items():
                found[word] += weight / len(documents)
    return found


@lru_cache(maxsize=256)
def _phrases(words: tuple[str, ...]) -> tuple[tuple[Phrases, float], ...]:
    hints = [word for word in words if word.endswith(HINT_MARK)]
    events = [word for word in words if word.endswith(EVENT_MARK)]
    plain = [word for word in words if word not in {*hints, *events}]
    return tuple(
        (Phrases(map(_unmarked, some)), worth)
        for some, worth in ((plain, 1.0), (hints, HINT), (events, EVENT))
    )
