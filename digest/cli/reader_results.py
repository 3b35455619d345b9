"""What commands print about readers: as JSON values, and as lines for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from digest.deliver.reader import Reader
    from digest.run.subscribers import Imported

_COUNTS = ("added", "changed", "unchanged", "refused")


def reader_json(reader: Reader) -> dict[str, Any]:
    """All that is known of a reader."""
    return {
        "address": reader.address,
        "state": reader.state,
        "since": reader.since.isoformat(),
        "why": reader.why,
        "editions": list(reader.editions),
        "language": reader.language,
    }


def reader_line(reader: Reader) -> str:
    """A reader in a list."""
    chosen = f" [{', '.join(reader.editions)}]" if reader.editions else ""
    language = f" ({reader.language})" if reader.language else ""
    return (
        f"{reader.state:<13}{reader.address}{chosen}{language}  since {reader.since:%Y-%m-%d}:"
        f" {reader.why}"
    )


def import_json(done: Imported) -> dict[str, Any]:
    """What an import came to, with the lines that could not be taken."""
    return {
        "format": done.format,
        **{name: done.counts[name] for name in _COUNTS},
        "lines": [{"line": one.line, "address": one.given, "why": one.why} for one in done.refused],
    }


def import_lines(done: Imported, file: Path) -> Iterator[str]:
    """The lines that could not be taken, and the counts."""
    yield from (
        f"{file}:{one.line}: {one.given or '(no address)'}: {one.why}" for one in done.refused
    )
    if more := done.counts["refused"] - len(done.refused):
        yield f"and {more} more lines"
    told = ", ".join(f"{done.counts[name]} {name}" for name in _COUNTS)
    yield f"{file}: {done.format} list: {told}"
