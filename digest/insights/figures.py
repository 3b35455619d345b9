"""The figures of a document: its stated quantities and those that a model read in it, each with its
sentence, ordered by what they tell.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.insights.candidates import fit_sentences
from digest.insights.figure_owner import measure_of, owner_of, period_of
from digest.insights.headline_claim import claim_of, stems_of
from digest.insights.news_value import deciding
from digest.insights.standalone import speaks_for_us
from digest.model import Figure
from digest.text.quantities import quantities
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from digest.model import Document, Insight, StatedFigure
    from digest.stories.ledger.owners import Owners
    from digest.stories.ledger.series import Entered
    from digest.text.quantities import Quantity
    from digest.text.sentences import Span

MAX_SENTENCE_WORDS = 32
_RANGE = re.compile(r"[-\u2013]\d")  # what goes on is half a range: "$45-50 billion"

LEAD = 500  # characters of a text in which its news stands
LEAST = 1.0  # interest below which a figure is the price of a thing that people buy
MEASURED, MEASURED_FROM = 1.0, 2.0  # what a comparison adds, and from what it is one
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_SUPPOSED = re.compile(
    r"\b(?:may|might|could|would|suggests?|rumou?red|possibly|perhaps|up to)\b", re.IGNORECASE
)


def figures(document: Document) -> tuple[Figure, ...]:
    """The quantities stated in the document's sentences that can be shown alone and are short
    enough for a list of numbers.

    A transcript has none: a number said in passing is seldom exact, and captions mishear it.
    """
    if document.basis == "transcript":
        return ()
    known = _known_names(document)
    return tuple(
        _figure(document, span, quantity, known)
        for span in fit_sentences(document)
        if span.words <= MAX_SENTENCE_WORDS
        and not speaks_for_us(span.text)
        and not _long_ago(span.text, document.when.year)
        for quantity in quantities(span.text)
        if not _RANGE.match(span.text, quantity.end)
        and _of_its_matter(owner_of(span.text, quantity, known), document)
    )


def _of_its_matter(owner: str, document: Document) -> bool:
    """Whether the owner is somebody whom the document is about: named in its headline or, where that
    names nobody, in its beginning. What it says of others by the way is no figure of the day; one
    of an owner not known yet may be.
    """
    named = claim_of(document).names
    return not owner or bool(
        stems_of(owner) & (stems_of(document.title) if named else _of_the_lead(document))
    )


def _of_the_lead(document: Document) -> frozenset[str]:
    return stems_of(f"{document.title} {document.opening[:LEAD]}")


def _figure(document: Document, span: Span, quantity: Quantity, known: frozenset[str]) -> Figure:
    return Figure(
        quantity.value,
        quantity.unit,
        quantity.text,
        span.text,
        document.url,
        span.start,
        span.end,
        document.entry_id,
        owner=owner_of(span.text, quantity, known),
        measure=measure_of(span.text, quantity),
        period=period_of(span.text, quantity),
    )


def with_records(
    found: Iterable[Figure], ledger: Iterable[Entered], owners: Owners
) -> list[Figure]:
    """The figures with what the ledger knows of those that are figures of record."""
    by_text: dict[tuple[str, str], list[Entered]] = {}
    for one in ledger:
        by_text.setdefault((one.entry, one.figure.text), []).append(one)
    return [_with_record(figure, by_text, owners) for figure in found]


def _with_record(
    figure: Figure, ledger: Mapping[tuple[str, str], list[Entered]], owners: Owners
) -> Figure:
    same = [
        one
        for one in ledger.get((figure.entry, figure.text), ())
        if figure.start <= one.figure.start < figure.end
    ]
    if len(same) != 1:
        return figure
    record = same[0].figure
    return replace(
        figure,
        owner=owners.name(record.owner),
        measure=record.measure,
        period=record.period_text or figure.period,
        record=same[0].id,
    )


def figures_read(insight: Insight, document: Document) -> tuple[Figure, ...]:
    """The figures that a model read, each in the insight's own sentence that states it. Only one
    whose owner is known to that sentence is any; what is said in talk is no figure of record.
    """
    if (
        not (insight.read_by and insight.evidence)
        or insight.verdict == "extract"
        or insight.basis == "transcript"
    ):
        return ()
    known = _known_names(document)
    found = (
        _read(insight, stated, span, quantity, known)
        for span in sentences(insight.text)
        if span.words <= MAX_SENTENCE_WORDS and not _long_ago(span.text, document.when.year)
        for quantity in quantities(span.text)
        for stated in insight.figures
        if quantity.text in stated.text or stated.text in quantity.text
    )
    return tuple({(one.text, one.what): one for one in found if one.owner}.values())


def _read(
    insight: Insight, stated: StatedFigure, span: Span, quantity: Quantity, known: frozenset[str]
) -> Figure:
    named = stated.owner if stated.owner and stated.owner in span.text else ""
    begins = insight.evidence[0]
    return Figure(
        quantity.value,
        quantity.unit,
        quantity.text,
        span.text,
        insight.entry_url,
        begins.start,
        begins.end,
        insight.entry,
        owner=named or owner_of(span.text, quantity, known),
        measure=stated.what or measure_of(span.text, quantity),
        period=stated.period or period_of(span.text, quantity),
        insight=insight.id,
    )


def _known_names(document: Document) -> frozenset[str]:
    """Words that the document writes as names where no sentence begins, in lower case."""
    inside = re.findall(r"(?<=[a-z,] )[A-Z][\w&-]*[\w&]", f"{document.title}. {document.text}")
    return frozenset(word.lower().removesuffix("'s") for word in inside)


def telling(found: Iterable[Figure]) -> tuple[Figure, ...]:
    """One figure for each sentence, the one that tells most, and those in the order a reader would
    care for; none that nobody owns, that tells the price of a gadget, or of long ago.
    """
    best: dict[tuple[str, int], Figure] = {}
    for figure in sorted((one for one in found if _worth_telling(one)), key=_rank):
        best.setdefault((figure.entry, figure.start), figure)
    return tuple(best.values())


def _worth_telling(figure: Figure) -> bool:
    return bool(figure.owner) and _interest(figure) >= LEAST


def _long_ago(text: str, year: int) -> bool:
    """Whether the youngest year that a sentence names lies before the one before this."""
    named = [int(one) for one in _YEAR.findall(text)]
    return bool(named) and max(named) < year - 1


def _rank(figure: Figure) -> tuple[float, str, int, str]:
    return (-_weight(figure), figure.entry_url, figure.start, figure.text)


def _weight(figure: Figure) -> float:
    """Big money first, then power, changes and counts; the price of a gadget last, what is only
    supposed a little lower, and what is measured against another a little higher.
    """
    measured = MEASURED if deciding(figure.what) >= MEASURED_FROM else 0.0
    return _interest(figure) + measured - (1.5 if _SUPPOSED.search(figure.what) else 0.0)


def _interest(figure: Figure) -> float:
    size = math.log10(max(figure.value, 1.0))
    unit = figure.unit.split("/")[0]
    if len(unit) == 3 and unit.isupper() and unit not in {"GWh", "MWh", "TWh"}:
        return (
            size - (2.0 if unit in {"JPY", "KRW", "INR"} else 0.0)
            if figure.value >= 1e6
            else size / 4
        )
    if unit in {"GW", "GWh", "TWh"}:
        return 9.0 + size
    if unit in {"MW", "MWh"}:
        return 7.0 + size
    if unit == "%":
        return 6.5 + min(figure.value, 500.0) / 250 if figure.value >= 10 else 5.5
    if unit == "x":
        return 6.5 + min(size, 1.5)
    return 2.0 + min(size, 6.5)
