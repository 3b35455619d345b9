"""The last resort for podcasts: episodes without a published transcript, of feeds that are marked,
are put through speech recognition.

Everything is kept as soon as it is there: bytes of a recording, the words of each chunk, the
transcript. What fails is recorded with its reason, and the show notes stay what is read.
"""

from __future__ import annotations

import tempfile
from collections import Counter, deque
from concurrent.futures import FIRST_COMPLETED, wait
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from digest.editions.window import today
from digest.errors import ConfigError, DigestError, ExtractFailed, FetchFailed
from digest.extract.document import TRY_AGAIN, Extracted, guarded, retry_at
from digest.extract.hostile import disarmed
from digest.llm.question import Spent
from digest.run import progress
from digest.run.results import TranscribeResult
from digest.run.session import MEGABYTE
from digest.run.speech_budget import Purse, open_purse
from digest.run.speech_crew import engine_of
from digest.speech.decode import cut
from digest.speech.download import CHUNKS, Recording, download, place_of, sweep
from digest.speech.engine import EngineUnusable, SpeechFailed
from digest.speech.engine_choice import ready
from digest.speech.joining import joined
from digest.speech.minutes_cap import Allowance
from digest.speech.transcribed import with_speech, with_trouble
from digest.store import documents
from digest.store import speech as kept
from digest.text.tidy import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Executor, Future

    from digest.config.schema import Speech
    from digest.model import Document, Entry
    from digest.net.http import Client
    from digest.run.session import Session
    from digest.speech.decode import Chunk
    from digest.speech.engine import Engine, Segment

NO_SECTION = "the feed is marked 'transcribe', but feeds.yaml has no 'speech'"
NO_RECORDING = "the feed names no recording"


_Fate = Literal["heard", "left", "failed"]  # of an episode; what is left is for another run


@dataclass(frozen=True, slots=True)
class Episode:
    """An entry and what its show notes make of it."""

    entry: Entry
    notes: Document

    @property
    def audio_url(self) -> str:
        """The recording's address."""
        return self.entry.enclosure.url if self.entry.enclosure else ""

    @property
    def language(self) -> str:
        """As ISO 639-1 has it, "" when unknown."""
        return (self.entry.language or self.notes.language).partition("-")[0].lower()


@dataclass
class _Means:
    """What listening needs, for all episodes of a run."""

    session: Session
    engine: Engine
    settings: Speech
    longest: float  # seconds of a chunk
    allowance: Allowance
    purse: Purse
    folder: Path
    client: Client
    pool: Executor


def transcribe(session: Session, wanted: Iterable[Entry]) -> TranscribeResult:
    """Recognise what is said in the recordings of these entries where nothing better is to be had,
    the newest first.
    """
    episodes = [episode for episode in _unread(session, wanted) if not _known(session, episode)]
    settings = session.config.speech
    if settings is None:
        for episode in episodes:
            _say(session, episode, NO_SECTION)
    elif session.offline:
        return TranscribeResult(ahead=tuple(episode.entry.seconds for episode in episodes))
    elif episodes:
        return _recognise(session, settings, deque(episodes))
    return TranscribeResult()


def _unread(session: Session, wanted: Iterable[Entry]) -> list[Episode]:
    """The episodes of marked feeds of which only the show notes are known, the newest first."""
    marked = {feed.url for feed in session.config.feeds if feed.transcribe}
    newest = sorted(
        (entry for entry in wanted if entry.feed_url in marked),
        key=lambda one: one.when,
        reverse=True,
    )
    known = documents.of(session.db, [entry.id for entry in newest])
    return [
        Episode(entry, known[entry.id])
        for entry in newest
        if entry.id in known and known[entry.id].basis == "show-notes"
    ]


def _known(session: Session, episode: Episode) -> bool:
    """Whether the recording has been transcribed before; the document is then what was heard."""
    found = kept.of(session.db, episode.entry.id)
    if found is None or not found.segments:
        return False
    with session.db:
        documents.save(
            session.db,
            episode.entry,
            _heard_in(episode, found.segments, found.name),
            session.now,
        )
    return True


def _heard_in(episode: Episode, segments: tuple[Segment, ...], model: str) -> Extracted:
    """What was heard, as it may be read. Raises ExtractFailed when that is too little."""
    document = with_speech(episode.notes, segments, model)
    return guarded(Extracted(replace(document, notes=tidy(episode.entry.text))), disarmed)


def _recognise(session: Session, settings: Speech, episodes: deque[Episode]) -> TranscribeResult:
    """Work through the episodes. What ends the whole of it is said of each that it leaves
    behind.
    """
    means: _Means | None = None
    fates, trouble = Counter[_Fate](), ""
    try:
        engine = engine_of(session, settings)
        due = deque(episode for episode in episodes if not _failed_before(session, episode, engine))
        if not due:
            return TranscribeResult()
        session.stage(progress.speech_stage(len(due), engine.name))
        with _means(session, settings, engine) as means:
            while due:
                label = progress.episode_label(due[0].notes, due[0].entry.title)
                fates[_try(means, due[0], label)] += 1
                episodes.remove(due.popleft())
    except (EngineUnusable, ConfigError) as error:
        trouble = str(error)
        for episode in episodes:
            _say(session, episode, trouble)
    return TranscribeResult(
        episodes=fates["heard"],
        minutes=means.allowance.taken if means else 0.0,
        usd=means.purse.paid if means else 0.0,
        failed=fates["failed"],
        trouble=trouble,
    )


def _failed_before(session: Session, episode: Episode, engine: Engine) -> bool:
    """Whether it is not to be tried now: what failed for good waits for another recording or
    engine, the rest for its time.
    """
    found = kept.of(session.db, episode.entry.id)
    if found is None or (found.audio_url, found.engine) != (episode.audio_url, engine.identity):
        return False
    if (
        found.retry_at is not None
        and not session.now < found.retry_at <= session.now + documents.LONGEST_WAIT
    ):
        return False
    _say(session, episode, found.failure)
    return True


@contextmanager
def _means(session: Session, settings: Speech, engine: Engine) -> Iterator[_Means]:
    """All that is needed, once it is known that the engine works. Raises EngineUnusable."""
    folder, zone = _folder(session), session.config.newsletter.zone
    midnight = datetime.combine(today(session.now, zone), time(), zone)
    allowance = Allowance(
        settings.max_minutes_per_run, settings.max_minutes_per_day, kept.spent(session.db, midnight)
    )
    limits = replace(  # a recording is large, and counted on its way by many
        session.config.limits, deadline=3600.0, run_deadline=6 * 3600.0, redirects=15
    )
    with ExitStack() as stack:
        stack.enter_context(closing(engine))
        suits = ready(engine)
        longest = settings.chunk_minutes * 60 if settings.chunk_minutes else suits
        purse = stack.enter_context(open_purse(session.config, settings, session.now))
        client, pool = (
            stack.enter_context(session.client(limits)),
            stack.enter_context(session.pool(engine.parallel)),
        )
        yield _Means(session, engine, settings, longest, allowance, purse, folder, client, pool)


def _folder(session: Session) -> Path:
    """Where recordings are kept, tidied."""
    folder = session.config.state.with_name(f"{session.config.state.name}.audio")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder, session.now)
    except OSError as error:
        raise EngineUnusable(
            f"{folder}: recordings cannot be kept there: {error.strerror}"
        ) from None
    return folder


def _try(means: _Means, episode: Episode, label: str) -> _Fate:
    """One episode; what goes wrong with it is recorded. Raises EngineUnusable."""
    session = means.session
    recording = Recording(
        episode.audio_url,
        place_of(means.folder, episode.audio_url),
        int(means.settings.max_mb * MEGABYTE),
    )
    try:
        segments = _heard(means, episode, recording, label)
        extracted = _heard_in(episode, segments, means.engine.name)
    except _Later as error:
        _say(session, episode, str(error))
        return "left"
    except FetchFailed as error:
        return _fail(means, episode, error.reason, retry_at(error, session.now))
    except ExtractFailed as error:
        return _fail(means, episode, error.reason, None)
    except SpeechFailed as error:
        again_at = session.now + TRY_AGAIN if error.passing else None
        return _fail(means, episode, error.reason, again_at)
    except OSError as error:
        reason = f"the recording cannot be kept: {error.strerror}"
        return _fail(means, episode, reason, session.now + TRY_AGAIN)
    _keep(means, episode, segments, extracted)
    recording.forget()
    return "heard"


def _keep(
    means: _Means, episode: Episode, segments: tuple[Segment, ...], extracted: Extracted
) -> None:
    """Keep what was heard, and the document that it makes."""
    session, engine = means.session, means.engine
    found = kept.Transcribed(episode.audio_url, engine.identity, engine.name, segments)
    with session.db:
        kept.save(session.db, episode.entry.id, found, session.now)
        kept.forget(session.db, session.now)
        documents.save(session.db, episode.entry, extracted, session.now)


class _Later(DigestError):
    """Nothing is wrong with the recording, but the run or the day has no minutes left for it."""


def _heard(
    means: _Means, episode: Episode, recording: Recording, label: str
) -> tuple[Segment, ...]:
    """What is said in an episode. A recording that is good for nothing is thrown away."""
    if not episode.audio_url:
        raise SpeechFailed(NO_RECORDING, passing=False)
    _check(means, (episode.entry.seconds or 0) / 60)
    means.session.step(progress.recording_step(label))
    download(means.client, recording, user_agent=_user_agent(means.session, episode))
    with tempfile.TemporaryDirectory(prefix=CHUNKS, dir=means.folder) as folder:
        try:
            chunks = cut(
                recording.path,
                Path(folder),
                lambda: means.session.processes(1),
                longest=means.longest,
                most=means.settings.max_minutes_per_day * 60,
            )
        except SpeechFailed:
            recording.forget()
            raise
        heard = _chunk_by_chunk(means, chunks, episode.language, label)
    return joined((chunk.start, chunk.overlap, heard[chunk.key]) for chunk in chunks)


def _chunk_by_chunk(
    means: _Means, chunks: Sequence[Chunk], language: str, label: str
) -> dict[str, tuple[Segment, ...]]:
    """What is said in each chunk, by key; given to the engine is only what is not known from
    before.
    """
    db, engine = means.session.db, means.engine
    heard = _known_chunks(means, chunks, language)
    unheard = deque({chunk.key: chunk for chunk in chunks if chunk.key not in heard}.values())
    _check(means, sum(chunk.end - chunk.start for chunk in unheard) / 60)
    under_way: dict[Future[tuple[Segment, ...]], Chunk] = {}
    trouble: Exception | None = None
    while under_way or (unheard and trouble is None):
        while unheard and trouble is None and len(under_way) < engine.parallel:
            chunk = unheard.popleft()
            try:
                under_way[_begun(means, chunk, language)] = chunk
            except Spent as error:
                trouble = _Later(str(error))
        for future in wait(under_way, return_when=FIRST_COMPLETED).done:
            chunk = under_way.pop(future)
            try:
                heard[chunk.key] = future.result()
            except (
                SpeechFailed,
                EngineUnusable,
            ) as error:  # what is under way is paid for, and waited for
                trouble = error
                continue
            with db:
                kept.save_chunk(db, chunk.key, engine.identity, language, heard[chunk.key])
            segments = len(heard[chunk.key])
            means.session.step(
                progress.chunk_step(label, len(heard), len(chunks), segments, chunk.start)
            )
    if trouble:
        raise trouble
    return heard


def _known_chunks(
    means: _Means, chunks: Sequence[Chunk], language: str
) -> dict[str, tuple[Segment, ...]]:
    """What is known from before of the chunks, by key."""
    db, engine = means.session.db, means.engine
    found = ((chunk.key, kept.chunk(db, chunk.key, engine.identity, language)) for chunk in chunks)
    return {key: words for key, words in found if words is not None}


def _begun(means: _Means, chunk: Chunk, language: str) -> Future[tuple[Segment, ...]]:
    """Count a chunk as used, in time and money, and give it away. Raises Spent."""
    seconds = chunk.end - chunk.start
    means.purse.pay(seconds / 60)
    means.allowance.take(seconds / 60)
    with means.session.db as db:
        kept.begin_chunk(db, chunk.key, means.engine.identity, language, seconds, means.session.now)
    return means.pool.submit(means.engine.transcribe, chunk.path, language=language)


def _check(means: _Means, minutes: float) -> None:
    """Raises _Later when there is no time or no money for so many minutes: an episode is heard
    whole, or left for another run.
    """
    if refusal := means.allowance.refusal(minutes) or means.purse.refusal(minutes):
        raise _Later(refusal)


def _fail(means: _Means, episode: Episode, reason: str, again_at: datetime | None) -> _Fate:
    """Record why there is no transcript, and when to try again if that may help."""
    session = means.session
    found = kept.Transcribed(
        episode.audio_url, means.engine.identity, failure=reason, retry_at=again_at
    )
    with session.db:
        kept.save(session.db, episode.entry.id, found, session.now)
    _say(session, episode, reason)
    return "failed"


def _say(session: Session, episode: Episode, trouble: str) -> None:
    """Write into the episode's document why nothing was recognised."""
    note = with_trouble(episode.notes.note, trouble)
    if note != episode.notes.note:
        with session.db:
            documents.annotate(session.db, episode.entry.id, note)


def _user_agent(session: Session, episode: Episode) -> str | None:
    return (
        next(
            (
                feed.user_agent
                for feed in session.config.feeds
                if feed.url == episode.entry.feed_url
            ),
            "",
        )
        or None
    )
