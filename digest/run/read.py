"""Reading with a model: the documents of stories that may be told, the most relevant first, for as
long as it answers and money lasts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.insights.model.claims import Checks
from digest.insights.model.prompts import Asking
from digest.insights.model.reader import Reader
from digest.insights.model.second_opinion import Judge
from digest.model import Left
from digest.net.fanout import each
from digest.run.attempt import Tried, tried
from digest.store import insights
from digest.stories.relevance import ON_SUBJECT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.llm.question import Answerer
    from digest.model import Document, Ranked, Reading
    from digest.run.session import Session

MOST_SOURCES = 4  # documents of one story that are read, the best first


def to_read(ranked: Iterable[Ranked]) -> tuple[Document, ...]:
    """The documents that a model is to read, in the order of what they may matter: an issue tells
    no others.
    """
    on_subject = [story for story in ranked if story.relevance >= ON_SUBJECT]
    found = {
        one.entry_id: one for story in on_subject for one in story.group.documents[:MOST_SOURCES]
    }
    return tuple(found.values())


def reader(session: Session, answerer: Answerer) -> Reader:
    """Reads in the newsletter's voice, with its checks."""
    asking = asking_of(session)
    return Reader(answerer, asking, Checks(answerer, asking, judge_of(session, answerer)))


def judge_of(session: Session, answerer: Answerer) -> Judge | None:
    """Who gives a second opinion; None where none is wanted."""
    return (
        Judge(answerer, asking_of(session), session.report.opinions)
        if session.config.grounding.judge
        else None
    )


def asking_of(session: Session) -> Asking:
    """What the newsletter's prompts share."""
    config = session.config
    return Asking(config.newsletter, config.llm.voice if config.llm else "", config.templates)


def read_with_model(session: Session, answerer: Answerer, wanted: Sequence[Document]) -> None:
    """Read documents and keep what they say; one that no model could read keeps what the embedded
    summariser found.
    """
    llm = session.config.llm
    assert llm is not None  # noqa: S101  there is an answerer only where there is a model
    reads = reader(session, answerer)
    session.stage(f"read: {len(wanted)} documents with {answerer.name}")

    def read(document: Document) -> tuple[Document, Tried[Reading]]:
        return document, tried(f"read {document.url}", lambda: reads.read(document))

    with session.pool(llm.concurrency) as pool:
        for i, (document, done) in enumerate(each(_queues(wanted, llm.concurrency), read, pool), 1):
            with session.db:
                insights.save_reading(
                    session.db, document.entry_id, session.summariser, done.result
                )
            _tell(session, document, done)
            told = done.why or f"{len(done.result.insights) if done.result else 0} insights"
            session.step(f"read {i}/{len(wanted)}: {document.title}: {told}")


def _tell(session: Session, document: Document, done: Tried[Reading]) -> None:
    """Take note of what became of a document."""
    report = session.report
    report.read += 1
    if done.result:
        report.claims += done.result.tally
    else:
        report.unread.append(Left(document.url, done.why))
    if done.crashed:
        report.crashed.append((f"reading {document.url}", done.why))


def _queues(wanted: Sequence[Document], count: int) -> list[Sequence[Document]]:
    """The documents dealt out to `count` readers, so that the most relevant come first in each."""
    return [wanted[i::count] for i in range(min(count, len(wanted)))]
