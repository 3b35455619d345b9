"""The section of figures: which stand there, each in its source's sentence."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.insights.figures import telling
from digest.insights.headline_claim import stems_of
from digest.issue.material import links
from digest.issue.said_once import ShownWords
from digest.model import Item, Part
from digest.text.markdown import escape, to_plain
from digest.text.own_words import own_words
from digest.text.quantities import quantities
from digest.text.reader_dates import day_of_year, plain_day
from digest.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.issue.material import Material
    from digest.model import Draft, Figure, Previous
    from digest.text.quantities import Quantity

NUMBERS = "By the Numbers"


def number_items(
    material: Material, page: ShownWords, wanted: int, told: frozenset[tuple[float, str]]
) -> tuple[Item, ...]:
    """Figures in their sources' sentences, or in a model's that read them, but none of an amount
    that a story has `told`, in whatever words, and none twice. Of a told one it may be said what it
    is up or down from.
    """
    items: list[Item] = []
    sources: set[str] = set()
    for figure in _moved_first(telling(material.figures), material):
        before = material.previous.get(figure.record)
        told_above = amount_of(figure) in told
        if len(items) == wanted or (figure.entry in sources and not told_above):
            continue
        if told_above:
            text = owned(figure, before, material) if before else ""
        else:
            text = _quoted(figure, before, page, material)
        if not text or (told_above and _series(figure) in sources):
            continue
        told |= {amount_of(figure)}
        sources |= {_series(figure), *(() if told_above else (figure.entry,))}
        items.append(_item(figure, text, material))
    return tuple(items)


def _moved_first(found: Iterable[Figure], material: Material) -> list[Figure]:
    """The figures of which we know what they were before, and then the others, each in order."""
    return sorted(found, key=lambda one: one.record not in material.previous)


def _series(figure: Figure) -> str:
    return f"{figure.owner}\x1f{figure.measure}"


def _quoted(figure: Figure, before: Previous | None, page: ShownWords, material: Material) -> str:
    """The figure's sentence, and what it is up or down from; "" where it may not stand."""
    if not _fits(figure, page):
        return ""
    page.put(figure.entry, figure.what, quoted=not figure.insight)
    if before is None or before.text in figure.what:
        return figure.what
    return f"{figure.what} {remark(figure, before, material)}"


def owned(figure: Figure, before: Previous, material: Material) -> str:
    """The figure by its name alone, for one that a story tells, with what was told before."""
    period = f" {figure.period}" if figure.period else ""
    return f"{figure.owner}: {figure.measure}{period}, {memory(figure, before, material)}."


def remark(figure: Figure, before: Previous, material: Material) -> str:
    """What was told before, as a sentence behind the source's own."""
    change = memory(figure, before, material)
    return own_words(material.language).gettext("That is %(change)s.") % {"change": change}


def memory(figure: Figure, before: Previous, material: Material) -> str:
    """What was told before, in the newsletter's own words."""
    day, language = material.day, material.language
    this_year = day is not None and before.told.year == day.year
    when = (day_of_year if this_year else plain_day)(before.told, language)
    words = own_words(language)
    change = (
        words.gettext("up from %(before)s told on %(day)s")
        if figure.value > before.value
        else words.gettext("down from %(before)s told on %(day)s")
    )
    return change % {"before": before.text, "day": when}


def _item(figure: Figure, text: str, material: Material) -> Item:
    return Item(
        figure_id(figure),
        escape(figure.text),
        escape(text),
        links([material.documents[figure.entry]]),
        (figure.insight,) if figure.insight else (),
        kind="figure",
    )


def numbered(draft: Draft, material: Material, wanted: int) -> Draft:
    """The draft with the section made anew for texts that a model has written since: what they tell
    is not told again.
    """
    parts = [part for part in draft.parts if part.name != NUMBERS]
    page = ShownWords({entry: document.text for entry, document in material.documents.items()})
    own = {one.id: one for found in material.insights.values() for one in found}
    shown = [item for part in parts for item in part.items]
    for one in (own[name] for item in shown for name in item.insights if name in own):
        if one.verdict == "extract":
            page.put(one.entry, one.text)
    texts = [to_plain(text) for item in shown for text in (item.headline, item.text)]
    for span in (span for text in texts for span in sentences(text)):
        page.put("", span.text, quoted=False)
    told = amounts((*texts, to_plain(draft.highlights), draft.thesis))
    found = number_items(material, page, wanted, told)
    return replace(draft, parts=(*parts, *([Part(NUMBERS, found)] if found else [])))


def amounts(texts: Iterable[str]) -> frozenset[tuple[float, str]]:
    """What these texts tell of in figures."""
    return frozenset(amount_of(one) for text in texts for one in quantities(text))


def _fits(figure: Figure, page: ShownWords) -> bool:
    """Whether a figure's sentence may stand: what is quoted has its limit."""
    if figure.insight:
        return not page.told(figure.what)
    named = stems_of(figure.owner) & stems_of(figure.what)  # "Proceeds repay $700 million": whose?
    return bool(named) and page.fits(figure.entry, figure.what)


def figure_id(figure: Figure) -> str:
    """A figure's id in issue.md: its place in its document."""
    return hashlib.blake2s(
        f"{figure.entry}\x1f{figure.start}\x1f{figure.text}".encode(), digest_size=4
    ).hexdigest()


def amount_of(one: Figure | Quantity) -> tuple[float, str]:
    """How much of what, whatever the period: of "$4 billion or more a year" a text may be read with
    and without the year.
    """
    return one.value, one.unit.split("/")[0]
