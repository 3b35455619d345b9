"""A mapping from a file as the frozen dataclass whose annotations describe it; each mistake with
its place.
"""

from __future__ import annotations

import math
import re
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Place = tuple[str | int, ...]
Form = TypeVar("Form")


@dataclass(frozen=True)
class Mistake:
    """What is wrong with the value at a place in the file."""

    place: Place
    says: str
    kind: Literal["value", "unknown", "missing"] = "value"


class UnfitError(ValueError):
    """A value is not what its annotation asks for."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__(mistakes[0].says)
        self.mistakes = mistakes


# ---------------------------------------------------------------- rules, as marks on annotations


@dataclass(frozen=True)
class ValueRule:
    """What a value of the annotated type must also fulfil: `check` returns it, perhaps tidied, or
    raises ValueError with what it must be. `first` is for a look at the value as it was written.
    """

    check: Callable[[Any], Any]
    first: bool = False


@dataclass(frozen=True)
class Key:
    """The name in the file where it is no name in Python."""

    name: str


@dataclass(frozen=True)
class OtherKeys:
    """On a field that is a mapping: it gathers the keys of the user's own, whose names `pattern`
    matches. Each stands for a `form` that has the key `sign`, which tells it from a misspelt one.
    """

    form: type
    pattern: str
    sign: str


def _such_that(fulfilled: Callable[[Any], bool], says: str) -> ValueRule:
    def check(value: Any) -> Any:
        if not fulfilled(value):
            raise ValueError(says)
        return value

    return ValueRule(check)


def at_least(bound: float) -> ValueRule:
    """A number of `bound` or more."""
    return _such_that(
        lambda value: value >= bound, f"input should be greater than or equal to {bound}"
    )


def above(bound: float) -> ValueRule:
    """A number of more than `bound`."""
    return _such_that(lambda value: value > bound, f"input should be greater than {bound}")


def at_most(bound: float) -> ValueRule:
    """A number of `bound` or less."""
    return _such_that(
        lambda value: value <= bound, f"input should be less than or equal to {bound}"
    )


def not_empty() -> ValueRule:
    """At least one character, or one item."""
    return _such_that(bool, "must not be empty")


def no_longer(bound: int) -> ValueRule:
    """Words of at most `bound` characters."""
    return _such_that(
        lambda value: len(value) <= bound, f"string should have at most {bound} characters"
    )


def like(pattern: str) -> ValueRule:
    """Words that a pattern matches whole."""
    return _such_that(
        lambda value: re.fullmatch(pattern, value) is not None,
        f"string should match pattern '{pattern}'",
    )


# ---------------------------------------------------------------- fitting


def fitted(form: type[Form], value: object) -> Form:
    """The dataclass that a plain mapping stands for. Raises UnfitError, which holds every
    mistake.
    """
    made: Form = _form(form, value, ())
    return made


@cache
def keys_of(form: type) -> dict[str, tuple[str, Any]]:
    """The keys that a form's mapping may have: for each the field's name and its annotation."""
    hints = get_type_hints(form, include_extras=True)
    return {
        _key(hints[field.name], field.name): (field.name, hints[field.name])
        for field in fields(form)
        if _other_keys(hints[field.name]) is None
    }


@cache
def others_of(form: type) -> tuple[str, OtherKeys] | None:
    """The field that gathers keys of the user's own, and what they are; None without one."""
    hints = get_type_hints(form, include_extras=True)
    marked = ((field.name, _other_keys(hints[field.name])) for field in fields(form))
    return next(((name, mark) for name, mark in marked if mark), None)


def _other_keys(annotation: Any) -> OtherKeys | None:
    marks = getattr(annotation, "__metadata__", ())
    return next((mark for mark in marks if isinstance(mark, OtherKeys)), None)


def _key(annotation: Any, name: str) -> str:
    marks = getattr(annotation, "__metadata__", ())
    return next((mark.name for mark in marks if isinstance(mark, Key)), name)


def form_inside(annotation: Any) -> type | None:
    """The dataclass in an annotation, however it is wrapped."""
    if isinstance(annotation, type) and is_dataclass(annotation):
        return annotation
    inner = (form_inside(argument) for argument in get_args(annotation))
    return next((form for form in inner if form), None)


def _form(form: Any, value: object, place: Place) -> Any:
    if not isinstance(value, dict):
        raise UnfitError(Mistake(place, "must be a mapping of keys to values"))
    made: dict[str, Any] = {}
    mistakes: list[Mistake] = []
    required = _required(form)
    for key, (name, annotation) in keys_of(form).items():
        if key in value:
            try:
                made[name] = _fit(annotation, value[key], (*place, key))
            except UnfitError as error:
                mistakes += error.mistakes
        elif name in required:
            mistakes.append(Mistake((*place, key), "is missing", "missing"))
    unknown = [key for key in value if key not in keys_of(form)]
    others = others_of(form)
    if others:
        own, wrong = _gathered(others[1], {key: value[key] for key in unknown}, place)
        made[others[0]] = own
        mistakes += wrong
        unknown = [key for key in unknown if not _is_own(others[1], value[key])]
    mistakes += [Mistake((*place, key), "is unknown", "unknown") for key in unknown]
    filled: Any = None if mistakes else form(**made)
    if hasattr(filled, "mistakes"):  # what the form says of its values together
        mistakes = [replace(found, place=(*place, *found.place)) for found in filled.mistakes()]
    if mistakes:
        raise UnfitError(*mistakes)
    return filled


def _is_own(mark: OtherKeys, value: object) -> bool:
    return isinstance(value, dict) and mark.sign in value


def _gathered(
    mark: OtherKeys, values: dict[Any, Any], place: Place
) -> tuple[dict[str, Any], list[Mistake]]:
    """The values at keys of the user's own, and what is wrong with them."""
    made: dict[str, Any] = {}
    mistakes: list[Mistake] = []
    for key, value in values.items():
        if not _is_own(mark, value):
            continue
        if not re.fullmatch(mark.pattern, key):
            says = f"is no name of your own; it is to match {mark.pattern}"
            mistakes.append(Mistake((*place, key), says))
            continue
        try:
            made[key] = _form(mark.form, value, (*place, key))
        except UnfitError as error:
            mistakes += error.mistakes
    return made, mistakes


@cache
def _required(form: type) -> frozenset[str]:
    return frozenset(field.name for field in fields(form) if not _has_default(field))


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING


def _fit(annotation: Any, value: object, place: Place) -> Any:
    try:
        return _fit_as(get_origin(annotation), annotation, value, place)
    except UnfitError:
        raise
    except ValueError as error:
        raise UnfitError(Mistake(place, str(error))) from None


def _fit_as(origin: Any, annotation: Any, value: object, place: Place) -> Any:
    if origin is Annotated:
        return _ruled(annotation, value, place)
    if origin in {Union, UnionType}:
        return _fit_either(get_args(annotation), value, place)
    if origin is tuple:
        return _fit_each(get_args(annotation)[0], value, place)
    if origin is Literal:
        return _fit_word(get_args(annotation), value)
    if is_dataclass(annotation):
        return _form(annotation, value, place)
    return _SCALARS[annotation](value)


def _ruled(annotation: Any, value: Any, place: Place) -> Any:
    rules = [mark for mark in annotation.__metadata__ if isinstance(mark, ValueRule)]
    for rule in rules:
        if rule.first:
            value = rule.check(value)
    value = _fit(annotation.__origin__, value, place)
    for rule in rules:
        if not rule.first:
            value = rule.check(value)
    return value


def _fit_either(choices: tuple[Any, ...], value: object, place: Place) -> Any:
    """A mapping is the form among the choices; anything else is the choice that is none."""
    if value is None and NoneType in choices:
        return None
    choices = tuple(choice for choice in choices if choice is not NoneType)
    forms = [choice for choice in choices if is_dataclass(choice)]
    others = [choice for choice in choices if choice not in forms]
    chosen = forms if forms and (isinstance(value, dict) or not others) else others
    return _fit(chosen[0], value, place)


def _fit_each(annotation: Any, value: object, place: Place) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise ValueError("must be a list, each item behind a '- '")  # noqa: TRY004
    made, mistakes = [], list[Mistake]()
    for i, item in enumerate(value):
        try:
            made.append(_fit(annotation, item, (*place, i)))
        except UnfitError as error:
            mistakes += error.mistakes
    if mistakes:
        raise UnfitError(*mistakes)
    return tuple(made)


def _fit_word(choices: tuple[str, ...], value: object) -> object:
    if value not in choices:
        raise ValueError(f"input should be {' or '.join(repr(choice) for choice in choices)}")
    return value


# ---------------------------------------------------------------- single values

_YES_OR_NO = {
    **dict.fromkeys(("true", "t", "yes", "y", "on", "1"), True),
    **dict.fromkeys(("false", "f", "no", "n", "off", "0"), False),
}


def _bool(value: object) -> bool:
    """True and false, and the words that people write for them."""
    try:
        return _YES_OR_NO[str(value).lower()]
    except KeyError:
        raise ValueError("input should be a valid boolean") from None


def _int(value: object) -> int:
    number = _float(value, "integer")
    if not math.isfinite(number) or number != math.floor(number):
        raise ValueError("input should be a valid integer")
    return value if type(value) is int else int(number)


def _float(value: object, kind: str = "number") -> float:
    """A number, also where it is written in quotes."""
    if isinstance(value, (int, float, str)):
        try:
            return float(value)
        except (ValueError, OverflowError):
            pass
    raise ValueError(f"input should be a valid {kind}")


def _str(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("input should be a valid string")  # noqa: TRY004
    return value


def _path(value: object) -> Path:
    return Path(_str(value))


_SCALARS: dict[Any, Callable[[object], Any]] = {
    bool: _bool,
    int: _int,
    float: _float,
    str: _str,
    Path: _path,
}
