"""The ledger kept while issues are made: what their documents hold is entered, what they tell is
marked, and what was told before is looked up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from digest.issue.told_figures import joined_texts, told_figures
from digest.model import Previous
from digest.run.passages import index_issue
from digest.store import ledger
from digest.stories.ledger.owners import owners
from digest.stories.ledger.reading import recorded
from digest.stories.ledger.series import contradicted, entered, planned_for, previous, scaled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from digest.issue.join import JoinedItem
    from digest.model import Document
    from digest.run.job import Job
    from digest.run.session import Session
    from digest.store.issues import IssueRecord
    from digest.stories.ledger.owners import Owners
    from digest.stories.ledger.series import Entered

REMEMBERED_DAYS = 400  # in which a told figure is compared with


def enter(session: Session, documents: Iterable[Document]) -> None:
    """Enter the figures of documents, in the caller's transaction. What is said aloud is no figure
    of record.
    """
    known = owners(session.config.aliases)
    for document in documents:
        if document.kind == "news":
            ledger.save(session.db, document.entry_id, figures_in(session, document, known))


def figures_in(session: Session, document: Document, known: Owners) -> list[Entered]:
    """The figures of record of a document, dated in the newsletter's days."""
    day = document.day or document.when.astimezone(session.config.newsletter.zone).date()
    return [
        entered(document.entry_id, day, one, document.url)
        for one in recorded(document.text, day, known, document.title)
    ]


def mark_told(session: Session, record: IssueRecord, told: Sequence[JoinedItem]) -> None:
    """Keep what an issue tells as it stands: which figures of the ledger, and what can be
    searched.
    """
    entries = {source.entry for one in told for source in one.sources if source.entry}
    found = ledger.of(session.db, sorted(entries))
    figures = told_figures(joined_texts(told), found, owners(session.config.aliases))
    with session.db:
        ledger.tell(session.db, record.id, record.edition, record.date, [one.id for one in figures])
        index_issue(session, record, told)


@dataclass(frozen=True, slots=True)
class Remembered:
    """The figures of record that an issue may tell, what each is up or down from, by its id, and
    which told ones cannot hold beside it.
    """

    figures: tuple[Entered, ...]
    previous: Mapping[str, Previous]
    contradicted: Mapping[str, tuple[Entered, ...]]
    came_due: Mapping[str, Entered]
    owners: Owners


def remembered(session: Session, job: Job, entries: Sequence[str]) -> Remembered:
    """What the ledger has of an issue's documents, beside what the edition told before."""
    known = owners(session.config.aliases)
    found = ledger.of(session.db, entries)
    told = _told_of(session, job, found, known)
    return Remembered(
        found,
        {one.id: value for one in found if (value := _previous(one, told[one.id]))},
        {one.id: other for one in found if (other := contradicted(one, told[one.id]))},
        {one.id: plan for one in found if (plan := _plan(session, one, known))},
        known,
    )


def _told_of(
    session: Session, job: Job, found: Sequence[Entered], known: Owners
) -> dict[str, list[Entered]]:
    """What the edition told before of each figure's owner and measure, by the figure's id."""
    keys = sorted({key for one in found for key in known.keys(one.figure.owner)})
    since = job.day - timedelta(days=REMEMBERED_DAYS)
    told: dict[tuple[str, str], list[Entered]] = {}
    for one in ledger.told_before(session.db, keys, job.edition.name, job.day, since):
        told.setdefault((known.key(one.figure.owner), one.figure.measure), []).append(one)
    return {
        one.id: told.get((known.key(one.figure.owner), one.figure.measure), []) for one in found
    }


def _plan(session: Session, one: Entered, known: Owners) -> Entered | None:
    """What the owner of a figure had planned for its time."""
    figure = one.figure
    if not figure.period:
        return None
    keys = sorted(known.keys(figure.owner))
    return planned_for(one, ledger.plans(session.db, keys, figure.measure, figure.period, one.day))


def _previous(one: Entered, told: Sequence[Entered]) -> Previous | None:
    """What a figure is up or down from, in its own unit; None where that is not sure."""
    last = previous(one, told)
    if last is None or last.told is None:
        return None
    value = scaled(last.figure) * one.figure.value / scaled(one.figure)
    return Previous(value, last.figure.text, last.told, last.issue)
