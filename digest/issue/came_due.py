"""What came due: of a figure that the issue tells, what its owner had planned for the time that is
over. Pure.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.issue.by_the_numbers import NUMBERS
from digest.issue.told_figures import told_figures
from digest.model import Figure, Item, Part, SourceLink
from digest.net.urls import host_of
from digest.text.markdown import escape, to_plain
from digest.text.own_words import own_words
from digest.text.reader_dates import plain_day

if TYPE_CHECKING:
    from digest.issue.material import Material
    from digest.model import Draft
    from digest.stories.ledger.series import Entered

CAME_DUE = "Came Due"
MOST = 2  # in one issue


def with_came_due(draft: Draft, material: Material) -> Draft:
    """The draft with what came due of the figures that it tells, before the section of figures."""
    items = tuple(
        _item(one, material.came_due[one.id], material)
        for one in _told(draft, material)
        if one.id in material.came_due
    )
    unique = tuple({item.text: item for item in items}.values())[:MOST]
    if not unique:
        return draft
    at = next((i for i, part in enumerate(draft.parts) if part.name == NUMBERS), len(draft.parts))
    return replace(draft, parts=(*draft.parts[:at], Part(CAME_DUE, unique), *draft.parts[at:]))


def _told(draft: Draft, material: Material) -> tuple[Entered, ...]:
    urls = {one.url: entry for entry, one in material.documents.items()}
    texts = (
        (
            to_plain(f"{item.headline}. {item.text}"),
            [urls[link.url] for link in item.links if link.url in urls],
        )
        for part in draft.parts
        for item in part.items
    )
    return told_figures(texts, material.ledger, material.owners)


def _item(one: Entered, planned: Entered, material: Material) -> Item:
    figure = came_due_figure(one, planned, material)
    source, host = material.documents[one.entry], host_of(planned.entry_url).removeprefix("www.")
    told = [SourceLink(source.publisher or "source", source.url)]
    if planned.entry_url != source.url:
        told.append(
            SourceLink(
                own_words(material.language).gettext("the plan (%(host)s)") % {"host": host},
                planned.entry_url,
            )
        )
    return Item(
        came_due_id(one), escape(figure.text), escape(figure.what), tuple(told), kind="figure"
    )


def came_due_id(one: Entered) -> str:
    """The id of what came due in issue.md."""
    return hashlib.blake2s(f"due\x1f{one.id}".encode(), digest_size=4).hexdigest()


def came_due_figure(one: Entered, planned: Entered, material: Material) -> Figure:
    """The figure, and as its sentence what had been planned."""
    figure, day = one.figure, planned.day
    owner = material.owners.name(figure.owner)
    words = figure.period_text or figure.period
    plan = own_words(material.language).gettext("On %(day)s the plan was %(figure)s.") % {
        "day": plain_day(day, material.language),
        "figure": planned.figure.text,
    }
    return Figure(
        figure.value,
        figure.unit,
        figure.text,
        f"{owner}: {figure.measure} {words}. {plan}",
        one.entry_url,
        figure.start,
        figure.end,
        one.entry,
        owner,
        figure.measure,
        words,
        record=one.id,
    )
