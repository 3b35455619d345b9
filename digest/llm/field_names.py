"""The fields of a form in an object that spells their names its own way, or holds them further
down. Pure.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 3  # levels of wrapping around an answer
_NO_LETTER = re.compile(r"[\W_]+")


def item_model(annotation: Any) -> type[BaseModel] | None:
    """The model of a list's items; None of what is no list of models."""
    arguments = get_args(annotation)
    if get_origin(annotation) in {list, tuple} and arguments and _is_model(arguments[0]):
        model: type[BaseModel] = arguments[0]
        return model
    return None


def spelled(value: Any, form: type[BaseModel]) -> Any:
    """The value with the form's names for its keys, also inside: "whatHappened" and "What happened"
    are what_happened. A key that is right stays, and no other takes its place.
    """
    if isinstance(value, list):
        return [spelled(one, form) for one in value]
    if not isinstance(value, dict):
        return value
    names = {_folded(name): name for name in form.model_fields}
    found: dict[str, Any] = {}
    given: dict[str, Any] = value
    for key, inner in given.items():
        name = key if key in form.model_fields else names.get(_folded(key), key)
        name = key if name in value or name in found else name
        found[name] = _inside(inner, form, name)
    return found


def _inside(value: Any, form: type[BaseModel], name: str) -> Any:
    field = form.model_fields.get(name)
    model = item_model(field.annotation) if field else None
    return spelled(value, model) if model else value


def wrapped(value: dict[str, Any], form: type[BaseModel]) -> Iterator[dict[str, Any]]:
    """The objects inside an object that hold the form: the arguments of a call that nobody offered
    ({"name": "answer", "arguments": {…}}, also as a text of JSON), the values in an echo of the
    schema, an answer beside thoughts.
    """
    level = [value]
    for _ in range(DEEPEST):
        level = [
            inner
            for outer in level
            for one in outer.values()
            if isinstance(inner := _read(one), dict)
        ]
        for inner in level:
            named = spelled(inner, form)
            if _holds(named, form):
                yield named


def _read(value: Any) -> Any:
    if not (isinstance(value, str) and value.lstrip().startswith("{")):
        return value
    try:
        return json.loads(value, strict=False)
    except (ValueError, RecursionError):
        return None


def _holds(value: dict[str, Any], form: type[BaseModel]) -> bool:
    """Whether an object has what the form demands and half of what it may have, as values: a schema
    that is repeated has definitions there.
    """
    fields = form.model_fields
    required = {name for name, field in fields.items() if field.is_required()}
    defines = any(isinstance(one, dict) and "type" in one for one in value.values())
    return (
        required <= value.keys()
        and 2 * len(value.keys() & fields.keys()) >= len(fields)
        and not defines
    )


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _folded(name: str) -> str:
    return _NO_LETTER.sub("", name).casefold()
