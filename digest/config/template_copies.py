"""Copies of our templates for a user to change, and which of them ours have outgrown since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from digest.config.atomic_files import write_atomic, write_if_changed
from digest.config.templates import folder

if TYPE_CHECKING:
    from pathlib import Path

RECORD = ".copied.json"  # beside the copies: what each of them was a copy of


@dataclass(frozen=True, slots=True)
class Outgrown:
    """A copy of a template of ours that has changed since; `changed` is whether the user has
    changed the copy, too.
    """

    name: str
    changed: bool


def write_templates(target: Path) -> tuple[Path, ...]:
    """Copy our templates into a folder for a user to change; files that are there already stay.
    Returns what was written.
    """
    record, written = _record(target), []
    for name, content in sorted(_ours().items()):
        copy = target / name
        if not copy.exists() and write_if_changed(copy, content):
            record[name] = _hash(content)
            written.append(copy)
    if written:
        write_atomic(target / RECORD, f"{json.dumps(record, indent=1, sort_keys=True)}\n")
    return tuple(written)


def outgrown(copies: Path) -> tuple[Outgrown, ...]:
    """The copies in a folder whose originals are no longer what they were copied from. Of files
    that were not copied by `write_templates` nobody knows.
    """
    record, ours = _record(copies), _ours()
    return tuple(
        Outgrown(name, _hash((copies / name).read_bytes()) != record[name])
        for name in sorted(ours)
        if name in record and record[name] != _hash(ours[name]) and (copies / name).is_file()
    )


def _ours() -> dict[str, bytes]:
    return {
        source.relative_to(folder()).as_posix(): source.read_bytes()
        for source in folder().rglob("*.j2")
    }


def _record(copies: Path) -> dict[str, str]:
    """What each copy was a copy of, by its name; empty where that was not kept."""
    try:
        record = json.loads((copies / RECORD).read_bytes())
    except (OSError, ValueError):
        return {}
    kept = record.items() if isinstance(record, dict) else ()
    return {str(name): str(known) for name, known in kept}


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()
