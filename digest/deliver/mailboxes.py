"""Where mails that came back lie: a maildir, an IMAP server, or a single file; each mail is marked
there once it is dealt with, and not given out again.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from digest.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LARGEST = 2_000_001  # bytes that are read of a mail


@dataclass(frozen=True, slots=True)
class Arrived:
    """A mail, when it arrived, and what marks it: as done with, or as one for a person to see."""

    raw: bytes
    at: datetime
    mark: Callable[[bool], object]


class Mailbox(Protocol):
    """Mails that nobody has marked yet, one after the other."""

    def __iter__(self) -> Iterator[Arrived]: ...


@dataclass(frozen=True, slots=True)
class Maildir:
    """A folder with `new` and `cur`. What is done with goes to `cur` as seen, what a person should
    see stays unseen there, with a flag.
    """

    folder: Path

    def __iter__(self) -> Iterator[Arrived]:
        for inside in ("new", "cur"):
            for path in sorted(self.folder.joinpath(inside).iterdir()):
                flags = path.name.partition(":2,")[2]
                if path.name.startswith(".") or set(flags) & set("SFT") or not path.is_file():
                    continue
                with suppress(FileNotFoundError):  # somebody else's mail program was quicker
                    yield self._arrived(path, flags)

    def _arrived(self, path: Path, flags: str) -> Arrived:
        with path.open("rb") as file:
            raw = file.read(LARGEST)
        at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return Arrived(raw, at, lambda done: self._mark(path, flags, "S" if done else "F"))

    def _mark(self, path: Path, flags: str, flag: str) -> None:
        base, marked = path.name.partition(":")[0], "".join(sorted({*flags, flag}))
        with suppress(FileNotFoundError):
            path.rename(self.folder / "cur" / f"{base}:2,{marked}")


@dataclass(frozen=True, slots=True)
class OneMail:
    """A single mail from a file or, without one, from stdin; nothing is marked."""

    file: Path | None

    def __iter__(self) -> Iterator[Arrived]:
        raw = self.file.read_bytes() if self.file else sys.stdin.buffer.read(LARGEST)
        yield Arrived(raw[:LARGEST], datetime.now(UTC), bool)


def mailbox_at(place: Path) -> Mailbox:
    """What is there: a maildir, a file, or - for stdin. Raises UsageError."""
    if str(place) == "-":
        return OneMail(None)
    if place.is_file():
        return OneMail(place)
    if not all(place.joinpath(inside).is_dir() for inside in ("new", "cur")):
        raise UsageError(f"{place}: is no maildir (a folder with 'new' and 'cur'), nor a mail")
    if not os.access(place / "new", os.W_OK) or not os.access(place / "cur", os.W_OK):
        raise UsageError(f"{place}: cannot be written to, so no mail could be marked as read")
    return Maildir(place)
