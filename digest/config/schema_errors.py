"""What is wrong with a feeds.yaml, in one line: the file's line, the key, and the nearest key that
would be right.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from digest.config.typed_mapping import form_inside, keys_of, others_of
from digest.config.yaml_file import line_of

if TYPE_CHECKING:
    from pathlib import Path

    from ruamel.yaml.comments import CommentedMap

    from digest.config.typed_mapping import Mistake, Place


def explained(path: Path, raw: CommentedMap, mistakes: tuple[Mistake, ...], whole: type) -> str:
    """The gravest of the mistakes. `whole` is what the file was to be."""
    mistake = next(
        (mistake for mistake in mistakes if mistake.kind == "unknown"), mistakes[0]
    )  # a misspelt key explains a missing one
    place = mistake.place
    where = f"{path}:{line_of(raw, place)}:"
    name = ".".join(str(part) for part in place)
    if mistake.kind == "unknown":
        return (
            f"{where} unknown key '{name}'{_nearest(str(place[-1]), _section(whole, place[:-1]))}"
        )
    if mistake.kind == "missing":
        return f"{where} '{name}' is missing"
    return f"{where} {name}: {mistake.says}" if name else f"{where} {mistake.says}"


def _nearest(key: str, section: type) -> str:
    valid = list(keys_of(section))
    close = get_close_matches(key, valid, n=1, cutoff=0.5)
    return f"; did you mean '{close[0]}'?" if close else f"; valid here: {', '.join(valid)}"


def _at(section: type, key: str) -> type | None:
    """The section that stands at a key, also at one of the user's own."""
    if key in keys_of(section):
        return form_inside(keys_of(section)[key][1])
    others = others_of(section)
    return others[1].form if others else None


def _section(whole: type, place: Place) -> type:
    """The section of the file that a place is in."""
    section = whole
    for part in place:
        if isinstance(part, str):
            section = _at(section, part) or section
    return section
