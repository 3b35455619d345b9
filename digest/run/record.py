"""A record: what one issue was made from, in a folder that can be carried anywhere and made into
the issue again.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from digest import __version__
from digest.config.atomic_files import write_atomic
from digest.config.loading import load as load_config
from digest.errors import ConfigError, DigestError, QuietDay, StateError, UsageError
from digest.model import Window
from digest.run import progress
from digest.run.candidates import standing
from digest.store import documents, entries, issues, open_state
from digest.store.snapshot import (
    check_manners,
    copy_inputs,
    keep_standing,
    one_file,
    refuse_foreign_schema,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.config.schema import Config
    from digest.run.job import Job
    from digest.run.session import Session

FORMAT = 1
RUN, INPUTS, FEEDS = "run.json", "inputs.sqlite3", "feeds.yaml"


class Run(BaseModel):
    """run.json: whose inputs these are."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1]
    digest: str  # the version that made the record
    edition: str
    date: date
    window_from: AwareDatetime
    window_to: AwareDatetime
    recorded_at: AwareDatetime
    config_sha256: str  # of feeds.yaml
    thesis: str = ""  # of a column, in words

    @property
    def window(self) -> Window:
        """The time that the issue covers."""
        return Window(self.window_from, self.window_to)


@dataclass(frozen=True, slots=True)
class Record:
    """A record that was looked at: it is ours, whole, and of a version that we know. `inputs` is a
    copy, to be changed at will.
    """

    run: Run
    config: Config
    inputs: Path


# ---------------------------------------------------------------- making one


def refuse_foreign(directory: Path, job: Job) -> None:
    """Raise UsageError unless a record of this issue may be put there: a folder that is empty, not
    there, or holds an earlier one.
    """
    if not directory.exists():
        return
    if not directory.is_dir():
        raise UsageError(f"--record {directory}: is a file; name a folder")
    if not any(directory.iterdir()):
        return
    try:
        run = run_of(directory)
    except DigestError:
        raise UsageError(
            f"--record {directory}: holds other things; name an empty or a new folder"
        ) from None
    if (run.edition, run.date) != (job.edition.name, job.day):
        raise UsageError(
            f"--record {directory}: holds the record of {run.date}-{run.edition}; name another"
            " folder"
        )


@contextmanager
def record_of(session: Session, job: Job, directory: Path | None, settings: Path) -> Iterator[None]:
    """Record in `directory`, if there is one, what the issue that is made meanwhile is made from;
    of a quiet day too.

    `settings` is the feeds.yaml in use. Raises UsageError at once when the folder is not for us,
    DigestError when it cannot be written.
    """
    if directory is None:
        yield
        return
    refuse_foreign(directory, job)
    try:
        yield
    except QuietDay:
        _record(session, job, directory, settings)
        raise
    _record(session, job, directory, settings)


def _record(session: Session, job: Job, directory: Path, settings: Path) -> None:
    try:
        feeds = settings.read_bytes()
        directory.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix="digest-record-") as scratch:
            inputs = _inputs(session, job, Path(scratch) / INPUTS)
    except OSError as error:
        raise DigestError(f"--record {directory}: cannot be written: {error.strerror}") from None
    # run.json goes first: by it a record that was cut short is known as ours, and may be made
    # again.
    write_atomic(directory / RUN, json.dumps(_run_value(session, job, feeds), indent=1) + "\n")
    write_atomic(directory / FEEDS, feeds)
    write_atomic(directory / INPUTS, inputs)
    session.stage(progress.recorded_stage(directory))


def _inputs(session: Session, job: Job, path: Path) -> bytes:
    """inputs.sqlite3, made at `path`."""
    around = entries.around(session.db, job.window, session.feed_urls)
    beside = entries.holders(session.db, [entry.url for entry in around])
    ids = {entry.id for entry in around} | {holder.id for holder in beside}
    copy_inputs(session.config.state, path, sorted(ids), job.window, job.edition.name, job.day)
    earlier = issues.before(session.db, job.edition.name, job.day)
    keep_standing(path, {one.id: standing(session, one) for one in earlier})
    one_file(path)
    return path.read_bytes()


def _run_value(session: Session, job: Job, feeds: bytes) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "digest": __version__,
        "edition": job.edition.name,
        "date": job.day.isoformat(),
        "window_from": job.window.start.isoformat(),
        "window_to": job.window.end.isoformat(),
        "recorded_at": session.now.isoformat(),
        "config_sha256": hashlib.sha256(feeds).hexdigest(),
        **({"thesis": thesis} if (thesis := _thesis(session, job)) else {}),
    }


def _thesis(session: Session, job: Job) -> str:
    """What a column argues, also where its number chose it."""
    record = issues.get(session.db, job.id)
    return str(record.facts.get("column", {}).get("text", "")) if record else ""


# ---------------------------------------------------------------- reading one


@contextmanager
def opened(directory: Path) -> Iterator[Record]:
    """A record, checked. Raises UsageError when there is none, StateError when it is damaged,
    foreign or newer; each in one line.
    """
    run = run_of(directory)
    with TemporaryDirectory(prefix="digest-replay-") as scratch:
        inputs = Path(scratch) / INPUTS
        try:
            shutil.copyfile(directory / INPUTS, inputs)
            config = load_config(directory / FEEDS)
        except OSError as error:
            raise StateError(
                f"{error.filename or directory}: the record cannot be read: {error.strerror}"
            ) from None
        except ConfigError as error:
            raise StateError(f"the record is damaged: {error}") from None
        _look_through(directory / INPUTS, inputs, run, config)
        yield Record(run, config, inputs)


def run_of(directory: Path) -> Run:
    """Whose inputs a record holds. Raises UsageError when there is none, StateError when run.json
    is damaged, foreign or newer.
    """
    path = directory / RUN
    try:
        value = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise UsageError(f"{directory}: is no record; it holds no {RUN}") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise StateError(f"{path}: is not JSON; the record is damaged") from None
    known = value.get("format") if isinstance(value, dict) else None
    if isinstance(known, int) and known > FORMAT:
        raise StateError(
            f"{path}: was recorded by a newer version of digest (format {known}; this one knows"
            f" {FORMAT})"
        )
    try:
        return Run.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        raise StateError(
            f"{path}: {'.'.join(map(str, first['loc'])) or 'the whole'}: {first['msg']}; the record"
            " is damaged"
        ) from None


def _look_through(named: Path, inputs: Path, run: Run, config: Config) -> None:
    """Read all that a replay will read, so that what is wrong is said before anything is changed.
    `named` is what errors call it.
    """
    urls = [feed.url for feed in config.feeds]
    try:
        with open_state(inputs) as db:
            refuse_foreign_schema(db, named)
            wanted = entries.around(db, run.window, urls)
            found = documents.of(db, [entry.id for entry in wanted])
            earlier = issues.every(db)
            check_manners(db)
            links = [
                link
                for one in wanted
                for link in (one.url, one.enclosure.url if one.enclosure else "")
            ]
            links += [url for one in found.values() for url in (one.url, one.audio_url)]
            links += [
                source["url"]
                for one in earlier
                for story in one.facts["stories"].values()
                for source in story["sources"]
            ]
    except StateError as error:
        raise StateError(str(error).replace(str(inputs), str(named))) from None
    except (ValueError, TypeError, KeyError, AttributeError, sqlite3.Error, RecursionError):
        raise StateError(f"{named}: holds values that no record has; it is damaged") from None
    bad = next(
        (link for link in links if link and not link.startswith(("http://", "https://"))), None
    )
    if bad is not None:
        raise StateError(
            f"{named}: holds an address that is none of the web's ({bad[:60]!r}); it was not made"
            " by digest, or is damaged"
        )
