"""The end of extraction: what publishers repeat is learned and taken out of new documents before
anything reads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.extract.consent_and_pay_walls import lacks
from digest.extract.hostile.disarm import blanked
from digest.extract.page import Page
from digest.extract.repeated_boilerplate import Sighting, learned, seen, without
from digest.store import boilerplate, documents
from digest.text.tidy import tidy

if TYPE_CHECKING:
    from digest.model import Basis
    from digest.run.session import Session
    from digest.store.documents import Sheet

ANNOUNCED = 300  # characters of the feed's text that say what a page tells of
EARLIER = 60  # pages of a site that new ones are compared with


def settle(session: Session) -> None:
    """Clean the documents that are new. A document is settled once, so that what points into its
    text stays true.
    """
    for site in documents.unsettled_sites(session.db):
        sheets = documents.sheets(session.db, site, EARLIER)
        known = boilerplate.of(session.db, site) | learned([_sighting(sheet) for sheet in sheets])
        new = [sheet for sheet in sheets if not sheet.settled]
        with session.db:
            boilerplate.save(
                session.db,
                site,
                {passage for sheet in new for passage in seen(sheet.text, known)},
                session.now,
            )
            for sheet in new:
                documents.settle(session.db, sheet.entry_id, *_cleaned(sheet, known))


def _sighting(sheet: Sheet) -> Sighting:
    return Sighting(f"{sheet.title} {sheet.feed_text[:ANNOUNCED]}", sheet.text)


def _cleaned(sheet: Sheet, passages: frozenset[str]) -> tuple[str, Basis, str]:
    """Text, basis and note. A page that was nothing but furniture, such as one wall at many
    addresses, gives way to the feed's text.
    """
    text = without(sheet.text, passages)
    lacking = (
        lacks(Page(text=text, title=sheet.title), sheet.title, sheet.feed_text)
        if text != sheet.text
        else ""
    )
    return (
        (blanked(tidy(sheet.feed_text)), "feed-text", lacking)
        if lacking
        else (text, "article", sheet.note)
    )
