"""The stages that turn documents into stories and insights: group and read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.editions.selection import ranked, weights
from digest.insights.embedded import EMBEDDED, read
from digest.run import memory, progress
from digest.run.candidates import fresh, readable
from digest.run.passages import index_insights
from digest.run.read import read_with_model, to_read
from digest.run.results import ReadResult
from digest.store import insights
from digest.stories.developments import developments
from digest.stories.grouping import group
from digest.stories.themes import without_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.llm.provider import Provider
    from digest.model import Document
    from digest.run.job import Job
    from digest.run.session import Session

FIRST = 6  # documents read for each story that an issue made of the week may hold


def summarise(session: Session, job: Job, answerer: Provider | None) -> ReadResult:
    """Group the window's documents into stories and read each into insights: all without a model,
    those that may be told with it.
    """
    found, _ = readable(session, job)
    stories = group(found, weights(session.config))
    if any(section.dated for section in job.edition.terms.sections):
        stories = developments(stories, weights(session.config))
    words = without_marks(word for theme in session.config.themes for word in theme.words)
    with session.db:
        insights.save_groups(session.db, job.edition.name, job.day, stories)
        for document in found:
            insights.save(
                session.db, document.entry_id, EMBEDDED, read(document, theme_words=words)
            )
        memory.enter(session, found)
    session.stage(progress.summarise_stage(len(found), len(stories)))
    if answerer is None:
        index_insights(session, found)
        return ReadResult()
    # no model need read what is not told again
    wanted = to_read(ranked(fresh(session, job, stories), job.window, session.config))
    if job.edition.terms.stored:
        wanted = _missing(session, job, wanted)
    result = read_with_model(session, answerer, wanted) if wanted else ReadResult()
    index_insights(session, found)
    return result


def _missing(session: Session, job: Job, wanted: Sequence[Document]) -> tuple[Document, ...]:
    """Of the documents that an edition made of what others read may tell, those that no model has
    read, as far as they are among its first.
    """
    most = FIRST * sum(section.top for section in job.edition.terms.sections)
    read = insights.readings(
        session.db, [one.entry_id for one in wanted[:most]], session.summariser
    )
    return tuple(one for one in wanted[:most] if one.entry_id not in read)
