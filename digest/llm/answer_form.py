"""A form out of what was found in an answer: which value is meant, and what is wrong when none will
do. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from digest.llm.field_names import item_model, spelled, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from digest.llm.lenient_json import JsonValues
    from digest.llm.question import Form

_TOLD = 4  # faults that are named to a model when it is asked again
_LONGEST_NAME = 60  # characters: a key of the model's own making may be anything


class Misformed(Exception):
    """No value has the form; `str()` says what is wrong, in words fit for asking again."""


def form_in(found: JsonValues, form: type[Form]) -> Form:
    """The form that the values hold. Raises Misformed.

    The last value that has the form counts, for models state drafts first. Where the text ends
    inside of a value, only a value with every field of the form will do: what stands complete
    inside a torn one is a part and not the answer.
    """
    fault = _lacking(found, form)
    for value in _candidates(found, form):
        if found.open and not value.keys() >= form.model_fields.keys():
            continue
        try:
            return form.model_validate(value)
        except ValidationError as error:
            fault = _faults(error)
    raise Misformed(fault)


def _lacking(found: JsonValues, form: type[Form]) -> str:
    """What is wrong where no value has anything of the form."""
    if not any(isinstance(value, dict) for value in found.values):
        return "there is no JSON object in it"
    required = [name for name, field in form.model_fields.items() if field.is_required()]
    return f"it lacks {', '.join(required or form.model_fields)}"


def _candidates(found: JsonValues, form: type[Form]) -> Iterator[dict[str, Any]]:
    """What may be meant, likeliest last seen first: objects that share a field with the form, as
    they are or put right.
    """
    for value in (spelled(value, form) for value in reversed(found.values)):
        if isinstance(value, list):
            yield from _listed(value, form)
        for one in _unwrapped(value, form):
            if one.keys() & form.model_fields.keys():
                yield one
                yield _pruned(one)
    if not found.open:
        yield from _listed([value for value in found.values if isinstance(value, dict)], form)


def _unwrapped(value: Any, form: type[Form]) -> Iterator[dict[str, Any]]:
    """An object, and the one inside where it is but a wrapper ("answer": {…}, or a list of one) or
    has what the object itself has not.
    """
    value = value[0] if isinstance(value, list) and len(value) == 1 else value
    if isinstance(value, dict):
        yield value
        if len(value) == 1 and isinstance(inner := next(iter(value.values())), dict):
            yield spelled(inner, form)
        if not value.keys() & form.model_fields.keys():
            yield from wrapped(value, form)


def _listed(values: list[Any], form: type[Form]) -> Iterator[dict[str, Any]]:
    """A bare list, or bare items, for a form that has one list of objects and nothing else that is
    required.
    """
    items = {
        name: item
        for name, field in form.model_fields.items()
        if (item := item_model(field.annotation))
    }
    others = [
        name
        for name, field in form.model_fields.items()
        if name not in items and field.is_required()
    ]
    if len(items) != 1 or others:
        return
    name, item = next(iter(items.items()))
    if values and all(
        isinstance(value, dict) and value.keys() & item.model_fields.keys() for value in values
    ):
        yield {name: values}


def _pruned(value: Any) -> Any:
    """Without what is null, so that defaults apply: small models write null for what a text does
    not say.
    """
    if isinstance(value, dict):
        return {key: _pruned(inner) for key, inner in value.items() if inner is not None}
    return [_pruned(inner) for inner in value] if isinstance(value, list) else value


def _faults(error: ValidationError) -> str:
    """The first faults: where and what, never the values, which are the model's."""
    faults = error.errors(include_input=False, include_url=False, include_context=False)
    told = [f"{_place(fault['loc'])}: {fault['msg'][:100].lower()}" for fault in faults[:_TOLD]]
    return "; ".join(told) + ("; …" if len(faults) > _TOLD else "")


def _place(location: tuple[int | str, ...]) -> str:
    name = ".".join(str(part) for part in location) or "the object"
    return "".join(char for char in name if char.isprintable())[:_LONGEST_NAME]


def prose_of(form: BaseModel) -> Iterator[str]:
    """Every text in a form."""
    yield from _texts(form.model_dump())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)
