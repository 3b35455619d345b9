"""Which figures of the ledger an issue tells: those of a text's own sources whose amount it states,
in their sentence or beside their owner's name. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from digest.text.folding import folded
from digest.text.markdown import to_plain
from digest.text.quantities import quantities

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from digest.issue.join import JoinedItem
    from digest.issue.material import Material
    from digest.model import Draft, Item, Previous
    from digest.stories.ledger.owners import Owners
    from digest.stories.ledger.series import Entered

    Told = tuple[str, Collection[str]]  # a text, and the entries that it rests on


def told_figures(
    texts: Iterable[Told], found: Iterable[Entered], owners: Owners
) -> tuple[Entered, ...]:
    """Those of the ledger's figures that the texts tell, each once."""
    by_entry: dict[str, list[Entered]] = {}
    for one in found:
        by_entry.setdefault(one.entry, []).append(one)
    told = {
        one.id: one
        for text, entries in texts
        for one in _told_in(
            text, [each for name in entries for each in by_entry.get(name, ())], owners
        )
    }
    return tuple(told.values())


def _told_in(text: str, found: Iterable[Entered], owners: Owners) -> Iterator[Entered]:
    plain = " ".join(folded(text).split())
    lower = plain.casefold()
    amounts = {(one.value, one.unit.partition("/")[0]) for one in quantities(text)}
    for one in found:
        figure = one.figure
        if (figure.value, figure.unit.partition("/")[0]) not in amounts:
            continue
        said = " ".join(folded(figure.what).split()) in plain
        if said or any(name in lower for name in owners.keys(figure.owner)):
            yield one


def texts_of(draft: Draft, sources: Mapping[str, Sequence[str]]) -> Iterator[Told]:
    """The texts of a draft with the entries that each rests on, by the item's id."""
    for part in draft.parts:
        for item in part.items:
            yield _text(item), sources.get(item.id, ())


def joined_texts(told: Iterable[JoinedItem]) -> Iterator[Told]:
    """The texts of an issue as it stands, with the entries that each rests on."""
    for one in told:
        yield _text(one.item), [source.entry for source in one.sources if source.entry]


def _text(item: Item) -> str:
    return ". ".join(to_plain(text) for text in (item.update, item.headline, item.text) if text)


def figure_json(one: Entered, owners: Owners, before: Previous | None) -> dict[str, Any]:
    """A figure of the ledger as issue.json has it."""
    figure = one.figure
    return {
        "value": figure.value,
        "unit": figure.unit,
        "text": figure.text,
        "owner": owners.name(figure.owner),
        "measure": figure.measure,
        "period": figure.period_text,
        "what": figure.what,
        "entry": one.entry,
        "entry_url": one.entry_url,
        "previous": previous_json(before),
    }


def previous_json(before: Previous | None) -> dict[str, Any] | None:
    """What a figure is up or down from."""
    if before is None:
        return None
    return {
        "value": before.value,
        "text": before.text,
        "told": before.told.isoformat(),
        "issue": before.issue,
    }


def ledger_facts(draft: Draft, material: Material) -> list[dict[str, Any]]:
    """The figures that a draft's stories tell as they are written, with their entries' ids."""
    items = [item for part in draft.parts for item in part.items if item.kind == "story"]
    sources = {item.id: _entries(item, material) for item in items}
    told = told_figures(texts_of(draft, sources), material.ledger, material.owners)
    # two sources of a story tell one figure
    once = {_same(one, material.owners): one for one in reversed(told)}
    return [
        {"id": one.id, **figure_json(one, material.owners, material.previous.get(one.id))}
        for one in told
        if once[_same(one, material.owners)] is one
    ]


def _same(one: Entered, owners: Owners) -> tuple[str, str, float, str]:
    figure = one.figure
    return owners.key(figure.owner), figure.measure, figure.value, figure.unit


def _entries(item: Item, material: Material) -> list[str]:
    urls = {link.url for link in item.links}
    return [entry for entry, document in material.documents.items() if document.url in urls]
