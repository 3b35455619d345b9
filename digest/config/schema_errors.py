"""What is wrong with a feeds.yaml, in one line: the file's line, the key, and the nearest key that
would be right.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any, get_args

from digest.config.value_types import Strict
from digest.config.yaml_file import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic import ValidationError
    from ruamel.yaml.comments import CommentedMap

_PLAINLY = {
    "model_type": "must be a mapping of keys to values",
    "tuple_type": "must be a list, each item behind a '- '",
}


def _place(location: tuple[Any, ...]) -> tuple[Any, ...]:
    """Where in the file an error stands: what pydantic adds to that (a key's own mark, which kind
    of `fallback` was tried) left out.
    """
    if location[:2] == ("llm", "fallback"):
        location = (*location[:3], *location[4:])
    return tuple(part for part in location if part != "[key]")


def explained(path: Path, raw: CommentedMap, error: ValidationError, whole: type[Strict]) -> str:
    """The gravest of the errors. `whole` is what the file was to be."""
    errors = error.errors()
    first = next(
        (one for one in errors if one["type"] == "extra_forbidden"), errors[0]
    )  # a misspelt key explains a missing one
    location = _place(first["loc"])
    where = f"{path}:{line_of(raw, location)}:"
    name = ".".join(str(part) for part in location)
    if first["type"] == "extra_forbidden":
        section = _section(whole, location[:-1])
        return f"{where} unknown key '{name}'{_nearest(str(location[-1]), section)}"
    if first["type"] == "missing":
        return f"{where} '{name}' is missing"
    message = _PLAINLY.get(first["type"]) or first["msg"].removeprefix("Value error, ")
    return f"{where} {name}: {message[0].lower()}{message[1:]}" if name else f"{where} {message}"


def _nearest(key: str, section: type[Strict]) -> str:
    fields = [field.alias or name for name, field in section.model_fields.items()]
    close = difflib.get_close_matches(key, fields, n=1, cutoff=0.5)
    return f"; did you mean '{close[0]}'?" if close else f"; valid here: {', '.join(fields)}"


def _section(whole: type[Strict], location: tuple[Any, ...]) -> type[Strict]:
    """The section of the file that a location is in."""
    section = whole
    for part in location:
        field = section.model_fields.get(str(part))
        section = next(_sections(field.annotation), section) if field else section
    return section


def _sections(annotation: Any) -> Iterator[type[Strict]]:
    """The sections that a type holds, whatever it wraps them in."""
    if isinstance(annotation, type) and issubclass(annotation, Strict):
        yield annotation
    for part in get_args(annotation):
        yield from _sections(part)
