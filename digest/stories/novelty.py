"""What a document tells that nobody who was told of its story knows: a figure, an actor, a stage.
Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.model import News
from digest.stories.stages import stages
from digest.text.calendar import MONTHS, WEEKDAYS
from digest.text.folding import folded
from digest.text.quantities import quantities
from digest.text.sentences import sentences
from digest.text.vectors import singular

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from digest.model import Document, Novelty
    from digest.text.quantities import Quantity

READ = 20_000  # characters of a source that count as known to who was told of it
NEWS = 600  # characters of a text in which it says what is new
NEWS_SENTENCES = 2
LEAD = 1500  # characters of a text whose sentences show which words are names
SAME_FIGURE = 0.05  # of the larger: two figures so near are one, rounded
FEWEST = 100  # things counted; fewer are a detail, or no count at all ("Windows 11 devices")
_MEASURED = frozenset({"%", "percentage points", "x"})
_NAME = r"[A-Z](?:[\w&.]|-(?![a-z]))*\w\b"  # "Gemini" of "Gemini-powered", all of "Rolls-Royce"
_CAPITAL = re.compile(rf"\b{_NAME}")
_INSIDE = re.compile(rf"(?<=[a-z,;] ){_NAME}")  # behind another word of its sentence
_DATES = frozenset(name[:end] for name in (*MONTHS, *WEEKDAYS) for end in (3, len(name)))

Figure = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Known:
    """What those know who were told of a story: words that its sources write with a capital, in
    lower case; the figures that they state, by unit; the stages that they say are reached.
    """

    names: frozenset[str] = frozenset()
    figures: frozenset[Figure] = frozenset()
    stages: frozenset[str] = frozenset()

    def __or__(self, other: Known) -> Known:
        return Known(
            self.names | other.names,
            self.figures | other.figures,
            self.stages | other.stages,
        )


def known_from(documents: Iterable[Document]) -> Known:
    """What who was told of a story made of these documents may know: all that stands in them."""
    found = Known()
    for document in documents:
        text = f"{document.title}.\n{document.opening[:READ]}"
        found |= Known(
            frozenset(_key(word) for word in _CAPITAL.findall(folded(text))),
            frozenset(_figure(one) for one in quantities(text)),
            stages(text[: len(document.title) + NEWS]),
        )
    return found


def news(document: Document, known: Known) -> tuple[News, ...]:
    """What is new in a document to who knows that: figures, then actors, then the stage; each
    once.
    """
    once: dict[tuple[Novelty, str], News] = {}
    for one in _news_of(document, known):
        once.setdefault((one.kind, one.text.casefold()), one)
    return tuple(once.values())


def same_happening(title: str, other: str) -> bool:
    """Whether two headlines name one figure; or, where they do not name different ones, one stage
    that is reached.
    """
    own, theirs = (
        [_figure(one) for one in quantities(text) if _tells(one)] for text in (title, other)
    )
    if own and theirs:
        return any(_is_known(one, frozenset(theirs)) for one in own)
    return bool(stages(title) & stages(other))


def _news_of(document: Document, known: Known) -> Iterator[News]:
    lead = document.opening[:NEWS]
    first = [document.title, *(lead[one.start : one.end] for one in sentences(lead))]
    for sentence in first[: NEWS_SENTENCES + 1]:
        for quantity in quantities(sentence):
            if _tells(quantity) and not _is_known(_figure(quantity), known.figures):
                yield News("figure", quantity.text, sentence)
    for name in _actors(document, known):
        yield News("actor", name, document.title)
    for stage in sorted(stages(document.title) - known.stages):
        yield News("stage", stage, document.title)


def _tells(quantity: Quantity) -> bool:
    """Whether a quantity is a figure of business, not a version or a detail."""
    unit = quantity.unit.partition("/")[0]
    money = len(unit) == 3 and unit.isupper()
    watts = unit.endswith(("W", "Wh"))
    return money or watts or unit in _MEASURED or quantity.value >= FEWEST


def _figure(quantity: Quantity) -> Figure:
    return quantity.unit.partition("/")[0], quantity.value


def _is_known(figure: Figure, known: frozenset[Figure]) -> bool:
    unit, value = figure
    return any(
        unit == other and abs(value - stated) <= SAME_FIGURE * max(value, stated)
        for other, stated in known
    )


def _actors(document: Document, known: Known) -> Iterator[str]:
    """Names in the title that are not known, each as its title writes it. A title may begin any of
    its words with a capital: a name has one inside the text's own sentences, too.
    """
    text = folded(document.opening[:LEAD])
    inside = {_key(word) for word in _INSIDE.findall(text)}
    small = set(re.findall(r"\b[a-z][\w&.-]*\b", text))
    publisher = set(re.findall(r"\w+", document.publisher.lower()))
    title = folded(document.title)
    unknown = inside - known.names - small - publisher - _DATES
    run: list[str] = []
    for word in [*re.findall(r"[\w&.'-]+", title), ""]:
        name = _CAPITAL.match(word)
        if name and len(name[0]) > 2 and _key(name[0]) in unknown:
            run.append(name[0])
        elif run:
            yield _whole(run, text)
            run = []


def _whole(run: Sequence[str], text: str) -> str:
    """A name with what the text writes before it where it writes the name first: its first word
    begins the sentence there, which has a capital anyway.
    """
    name = " ".join(run)
    before = re.search(rf"(?:^|[.!?\n] )({_NAME}) {re.escape(name)}\b", text)
    return f"{before[1]} {name}" if before else name


def _key(word: str) -> str:
    return singular(re.sub(r"'s$", "", word).lower().strip(".'-"))
