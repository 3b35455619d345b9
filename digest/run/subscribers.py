"""What an editor does with the list of readers: add, import, export, remove, forget."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_binary_file, policy
from typing import TYPE_CHECKING

from digest.deliver.leave_links import asked_to_leave
from digest.deliver.mail_address import reader_address
from digest.deliver.reader import CLOSED, STATES, Entrant, Reader, ReaderState, Refused, shown
from digest.deliver.subscriber_csv import language_code, subscriber_file, write_csv
from digest.editions.registry import PLAIN, names
from digest.errors import DigestError, UsageError
from digest.store import readers
from digest.store.readers_file import open_readers, tokens_of

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from pathlib import Path

    from digest.config.schema import Editions

SHOWN = 1000  # refused lines that are named one by one


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file's lines."""

    format: str
    counts: Counter[str]  # added, changed, unchanged, refused
    refused: list[Refused]  # the first thousand


def known_state(name: str) -> ReaderState:
    """A state by its name. Raises UsageError."""
    for state in STATES:
        if name == state:
            return state
    raise UsageError(f"'{shown(name)}' is no state; there are {', '.join(STATES)}")


def known_closed(name: str) -> ReaderState:
    """A state in which a reader gets nothing, by its name. Raises UsageError."""
    state = known_state(name)
    if state not in CLOSED:
        raise UsageError(f"--state: to remove is to be one of {', '.join(sorted(CLOSED))}")
    return state


def known_editions(wanted: tuple[str, ...], editions: Editions) -> tuple[str, ...]:
    """Editions by their names. Raises UsageError."""
    unknown = next((name for name in wanted if name not in names(editions)), None)
    if unknown:
        there = ", ".join(names(editions))
        raise UsageError(f"'{shown(unknown)}' is no edition; there are {there}")
    return wanted


def known_language(name: str) -> str:
    """A language as the list keeps it. Raises UsageError for what is none."""
    if name and not language_code(name):
        raise UsageError(f"'{shown(name)}' is no language such as de or pt-br")
    return language_code(name)


def checked_address(given: str) -> str:
    """An address as the list keeps it. Raises UsageError with the reason."""
    try:
        return reader_address(given)
    except ValueError as error:
        raise UsageError(f"'{shown(given)}' {error}") from None


def add(state: Path, entrant: Entrant, *, again: bool) -> Reader:
    """Add a reader, or change the state of one. Raises UsageError for somebody who has left or
    asked to be forgotten, unless `again` says that they want to come back.
    """
    with open_readers(state) as db:
        known = readers.by_address(db, entrant.address)
        if known and known.state in CLOSED and not again:
            raise UsageError(
                f"{entrant.address}: {known.state} since {known.since:%Y-%m-%d} ({known.why}); if"
                " they ask to come back: --again"
            )
        if not known and not again and readers.was_forgotten(db, entrant.address):
            raise UsageError(
                f"{entrant.address}: asked to be forgotten; if they ask to come back: --again"
            )
        with db:
            readers.put(db, entrant, datetime.now(UTC))
        added = readers.by_address(db, entrant.address)
    if added is None:
        raise DigestError(f"{entrant.address}: was taken off the list at this very moment")
    return added


def import_file(
    state: Path, file: Path, wanted: ReaderState | None, editions: Editions = PLAIN
) -> Imported:
    """Take in a CSV file of subscribers: all of it, but for the lines that are refused, or, when it
    is no sound CSV, nothing. Raises UsageError.
    """
    found = subscriber_file(file)
    with open_readers(state) as db:
        entries = found.entries(frozenset(names(editions)), wanted)
        counts, refused = readers.take_all(db, entries, datetime.now(UTC))
        return Imported(
            found.format.name, counts, [one for one, _ in zip(refused, range(SHOWN), strict=False)]
        )


def export_file(state: Path, target: Path | None, states: tuple[str, ...]) -> int:
    """Write readers as CSV into a new file that only its owner can read, or to stdout; returns how
    many. Raises UsageError when there is such a file already.
    """
    with open_readers(state) as db:
        rows = readers.every(db, states or STATES)
        if target is None:
            return write_csv(rows, sys.stdout)
        try:
            target.touch(0o600, exist_ok=False)
            with target.open("w", encoding="utf-8", newline="") as file:
                return write_csv(rows, file)
        except FileExistsError:
            raise UsageError(f"{target}: is there already; an export overwrites nothing") from None


def remove(state: Path, address: str, to: ReaderState, why: str) -> Reader:
    """Take a reader off the list: the address stays, so that nobody adds it by mistake. Raises
    UsageError for an address that is not on it.
    """
    with open_readers(state) as db:
        known = readers.by_address(db, address)
        if known is None:
            raise UsageError(f"{address}: is not on the list; 'digest subscribers list' shows it")
        with db:
            readers.change(db, known.number, to, why, datetime.now(UTC))
        return readers.by_address(db, address) or known


def forget(state: Path, address: str) -> bool:
    """Erase an address; says whether it was on the list."""
    with open_readers(state) as db:
        with db:
            was_there = readers.forget(db, address, datetime.now(UTC))
        readers.scrub(db)
        return was_there


@contextmanager
def listed(state: Path, states: tuple[str, ...]) -> Iterator[Iterator[Reader]]:
    """The readers in these states, all unless told, by address."""
    with open_readers(state) as db:
        yield readers.every(db, states or STATES)


def stats(state: Path) -> dict[str, int]:
    """How many readers are in each state."""
    with open_readers(state) as db:
        return readers.stats(db)


def leave_by_mail(state: Path, file: Path | None) -> str:
    """Read one mail that asks to leave, from a file or stdin, and let its reader go; returns the
    edition that is left. Raises DigestError when it asks for nothing that can be done.
    """
    subject = _subject(file)
    asked = asked_to_leave(subject)
    if asked is None:
        raise DigestError(f"the subject '{shown(subject)}' asks for nothing: 'leave EDITION KEY'")
    edition, token = asked
    with open_readers(state) as db:
        number = tokens_of(db).reader(token, edition)
        if not number:
            raise DigestError("the key in the subject is not one of this list's")
        with db:
            readers.leave(db, number, edition, "asked by mail", datetime.now(UTC))
    return edition


def _subject(file: Path | None) -> str:
    try:
        if file is None:
            mail = message_from_binary_file(sys.stdin.buffer, policy=policy.default)
        else:
            with file.open("rb") as opened:
                mail = message_from_binary_file(opened, policy=policy.default)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
    return str(mail.get("Subject", ""))
