"""Lists of subscribers as CSV: read line by line, so that a million take no more memory than ten;
and written.
"""

from __future__ import annotations

import codecs
import csv
import re
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from digest.deliver.mail_address import reader_address
from digest.deliver.reader import CLOSED, Entrant, Refused, shown
from digest.deliver.subscriber_exports import ListFormat, recognised
from digest.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from digest.deliver.reader import Reader, ReaderState

_DELIMITERS = ",;\t"
_LONGEST_WHY = 200
COLUMNS = ("email", "state", "since", "why", "editions", "language")


class _Writes(Protocol):
    def write(self, text: str, /) -> object: ...


@dataclass(frozen=True)
class SubscriberFile:
    """A file of subscribers whose columns are known."""

    path: Path
    format: ListFormat

    def entries(
        self, editions: frozenset[str], state: ReaderState | None
    ) -> Iterator[Entrant | Refused]:
        """Its rows in order. `editions` are those that there are; `state` is what rows that say
        nothing against it are to be.

        Raises UsageError at the first sign that the file is no sound CSV: what was read so far is
        then worth nothing either.
        """
        with _opened(self.path) as lines:
            for number, cells, columns in _rows(self.path, lines):
                yield self._entry(number, cells, columns, editions, state)

    def _entry(
        self,
        line: int,
        cells: list[str],
        columns: list[str],
        editions: frozenset[str],
        state: ReaderState | None,
    ) -> Entrant | Refused:
        given = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        address = given.get(self.format.address, "")
        try:
            _check_width(cells, columns)
            return _entrant(self.format, given, line, editions, state)
        except ValueError as error:
            return Refused(line, shown(address), str(error))


def subscriber_file(path: Path) -> SubscriberFile:
    """The file, its format found out by its first line. Raises UsageError when it cannot be read
    or no column holds addresses.
    """
    with _opened(path) as lines:
        columns = next(_header(path, lines), [])
    found = recognised(frozenset(columns))
    if found is None:
        named = ", ".join(shown(name) for name in columns[:6]) or "nothing"
        raise UsageError(f"{path}:1: no column is called 'email' (there is {named})")
    return SubscriberFile(path, found)


def write_csv(readers: Iterable[Reader], target: _Writes) -> int:
    """Write readers as `import` takes them; returns how many."""
    rows = csv.writer(target, lineterminator="\n")
    rows.writerow(COLUMNS)
    count = 0
    for count, one in enumerate(readers, 1):  # noqa: B007  # the last is how many
        rows.writerow(
            (
                one.address,
                one.state,
                one.since.isoformat(timespec="seconds"),
                # a spreadsheet would run what begins so
                f"'{one.why}" if one.why[:1] in tuple("=+-@") else one.why,
                " ".join(one.editions),
                one.language,
            )
        )
    return count


def _entrant(
    kind: ListFormat,
    row: dict[str, str],
    line: int,
    editions: frozenset[str],
    wanted: ReaderState | None,
) -> Entrant:
    address = reader_address(row.get(kind.address, ""))
    state, why = _state(kind, row, wanted)
    chosen = tuple(dict.fromkeys(row.get(kind.editions, "").replace(",", " ").lower().split()))
    unknown = next((name for name in chosen if name not in editions), None)
    if unknown:
        raise ValueError(f"has the edition '{shown(unknown)}', which there is not")
    return Entrant(address, state, why, chosen, language_code(row.get(kind.language, "")), line)


def _check_width(cells: list[str], columns: list[str]) -> None:
    if len(cells) != len(columns):
        raise ValueError(f"has {len(cells)} fields where the first line has {len(columns)}")


def _state(
    kind: ListFormat, row: dict[str, str], wanted: ReaderState | None
) -> tuple[ReaderState, str]:
    """Who has left stays away, whatever is wanted of the file."""
    told = kind.state(row)
    where = f"imported, {kind.name} list"
    if told and (told[0] in CLOSED or wanted is None):
        return told[0], shown(told[1])[:_LONGEST_WHY] or where
    return wanted or "pending", where


def language_code(text: str) -> str:
    """A language's code in lower case, "" for what is none."""
    code = text.strip().lower().replace("_", "-")
    return code if code.replace("-", "").isalnum() and code.isascii() and len(code) <= 12 else ""


# ---------------------------------------------------------------- the file as rows


def _column(name: str) -> str:
    """A column's name, however it is spelled: "Email Address" is email_address."""
    return re.sub(r"[\s-]+", "_", name.strip().lower())


@contextmanager
def _opened(path: Path) -> Iterator[Iterable[str]]:
    try:
        with path.open("rb") as file:
            start = file.read(4)
        encoding = (
            "utf-16" if start[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else "utf-8-sig"
        )
        with path.open(encoding=encoding, newline="") as lines:
            yield lines
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None


def _header(path: Path, lines: Iterable[str]) -> Iterator[list[str]]:
    for _, _, columns in _rows(path, lines, header_only=True):
        yield columns


def _rows(
    path: Path, lines: Iterable[str], *, header_only: bool = False
) -> Iterator[tuple[int, list[str], list[str]]]:
    """Line number, cells and columns of each row. Raises UsageError naming the line where the file
    stops being CSV.
    """
    reader = None
    try:
        whole = iter(lines)
        first = next(whole, "")
        delimiter = max(_DELIMITERS, key=first.count)
        reader = csv.reader(chain((first,), whole), delimiter=delimiter, strict=True)
        columns = [_column(name) for name in next(reader, [])]
        if header_only:
            yield 1, [], columns
            return
        line = reader.line_num + 1
        for cells in reader:
            if cells:
                yield line, cells, columns
            line = reader.line_num + 1
    except (csv.Error, UnicodeError) as error:
        reason = "is not UTF-8 text" if isinstance(error, UnicodeError) else f"is no CSV ({error})"
        where = reader.line_num + 1 if reader else 1
        raise UsageError(f"{path}:{where}: {reason}; nothing of the file was taken") from None
