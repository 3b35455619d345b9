"""Reading with a model: the documents of stories that may be told, the most relevant first, for as
long as it answers and money lasts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.insights.model.claims import Checks
from digest.insights.model.prompts import Asking
from digest.insights.model.reader import ModelReader
from digest.insights.model.second_reading import SecondReader
from digest.llm.usage import SecondReadings
from digest.model import Left, Tally
from digest.net.fanout import each
from digest.run import progress
from digest.run.attempt import Tried, tried
from digest.run.results import Crash, ReadResult
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


def reader(session: Session, answerer: Answerer, readings: SecondReadings) -> ModelReader:
    """Reads in the newsletter's voice, with its checks."""
    asking = asking_of(session)
    second = second_reader(session, answerer, readings)
    return ModelReader(answerer, asking, Checks(answerer, asking, second))


def second_reader(
    session: Session, answerer: Answerer, readings: SecondReadings
) -> SecondReader | None:
    """Who gives claims their second reading, counted in `readings`; None where nobody is to."""
    wanted = session.config.second_reader
    return SecondReader(answerer, asking_of(session), readings) if wanted else None


def asking_of(session: Session) -> Asking:
    """What the newsletter's prompts share."""
    config = session.config
    return Asking(config.newsletter, config.llm.voice if config.llm else "", config.templates)


def read_with_model(session: Session, answerer: Answerer, wanted: Sequence[Document]) -> ReadResult:
    """Read documents and keep what they say; one that no model could read keeps what the embedded
    summariser found.
    """
    llm = session.config.llm
    assert llm is not None  # noqa: S101  there is an answerer only where there is a model
    readings = SecondReadings()
    reads = reader(session, answerer, readings)
    session.stage(progress.read_stage(len(wanted), answerer.name))

    def read(document: Document) -> tuple[Document, Tried[Reading]]:
        return document, tried(f"read {document.url}", lambda: reads.read(document))

    done: list[tuple[Document, Tried[Reading]]] = []
    with session.pool(llm.concurrency) as pool:
        for document, attempt in each(_queues(wanted, llm.concurrency), read, pool):
            with session.db:
                insights.save_reading(
                    session.db, document.entry_id, session.summariser, attempt.result
                )
            done.append((document, attempt))
            session.step(progress.read_step(len(done), len(wanted), document, _outcome(attempt)))
    return _result(done, readings)


def _outcome(attempt: Tried[Reading]) -> str:
    """What became of a document, in words."""
    found = len(attempt.result.insights) if attempt.result else 0
    return attempt.why or f"{found} insights"


def _result(
    done: Sequence[tuple[Document, Tried[Reading]]], readings: SecondReadings
) -> ReadResult:
    return ReadResult(
        documents=len(done),
        unread=tuple(
            Left(document.url, attempt.why, document.entry_id)
            for document, attempt in done
            if not attempt.result
        ),
        claims=sum((attempt.result.tally for _, attempt in done if attempt.result), Tally()),
        crashes=tuple(
            Crash(f"reading {document.url}", attempt.why)
            for document, attempt in done
            if attempt.crashed
        ),
        second=readings.counts(),
    )


def _queues(wanted: Sequence[Document], count: int) -> list[Sequence[Document]]:
    """The documents dealt out to `count` readers, so that the most relevant come first in each."""
    return [wanted[i::count] for i in range(min(count, len(wanted)))]
